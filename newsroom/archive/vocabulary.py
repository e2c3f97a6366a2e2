"""Indonesian words by the thousand, from roots and affixes, and how often each is used. Pure.

A few words are kept out of the lot: search is measured with them, so stories.py alone says which
articles hold them.
"""

from functools import cache
from itertools import accumulate
from random import Random

HALF, HUNDREDTH, TEN = "pemerintah", "rekonsiliasi", "mercusuar"
SECOND, PHRASE = "anggaran", "harga beras naik"
KEPT_OUT = frozenset({HALF, HUNDREDTH, TEN, SECOND})


def _listed(text: str) -> list[str]:
    return text.split()


FUNCTION = _listed("""
    yang dan di untuk dengan pada dalam itu ini dari tidak akan ke juga oleh ada adalah
    sebagai telah sudah mereka bisa karena kata kami hari tahun saat lebih atau para dapat
    seperti masih menjadi hingga namun satu bahwa setelah warga kita tersebut antara serta
    agar belum secara
    """)
NOUNS = _listed("""
    rumah jalan pasar kota desa sungai laut pantai gunung hutan sawah kebun sekolah guru murid
    dokter pasien petani nelayan pedagang pembeli harga beras cabai ikan garam gula minyak air
    listrik kapal jembatan kereta bus terminal pelabuhan bandara kantor gedung lapangan taman
    partai dewan rapat sidang hakim jaksa saksi kasus hukum undang pasal aturan izin dana kas
    pajak utang bank saham rupiah ekspor impor pabrik mesin barang produk bahan kayu besi baja
    batu pasir tanah lahan peta wilayah batas perang damai tentara polisi korban luka penyakit
    obat vaksin virus gejala darah jantung otak tubuh gizi makanan minuman resep dapur warung
    kopi teh nasi sayur buah budaya seni musik film buku tari teater lagu cerita bahasa kata
    berita surat kabar media layar telepon jaringan data pesan gambar foto suara cahaya panas
    hujan banjir badai angin cuaca iklim musim gempa ombak pulau danau kolam rawa lumpur
    sampah limbah asap api bola gol laga tim pemain pelatih wasit liga piala medali juara
    stadion keluarga anak ibu ayah adik kakak nenek kakek teman tetangga tamu umat masjid
    gereja doa puasa lebaran libur wisata hotel tiket penumpang sopir ojek sepeda motor mobil
    roda ban
    """)
VERBS = _listed("""
    ajar baca tulis lihat dengar bicara tanya jawab kirim terima beri ambil bawa bangun
    bongkar buka tutup jual beli bayar pinjam simpan hitung ukur timbang potong sambung ikat
    lepas tarik dorong angkat turun naik masuk keluar pulang pergi datang lari jalan lompat
    renang terbang duduk tidur mandi masak makan minum tanam panen siram pupuk tangkap buru
    jaga lindung bantu tolong dukung tolak setuju tuntut gugat lapor periksa selidik tahan
    bebas hukum denda cegah obati rawat sembuh tular sebar kumpul bagi pilih ganti ubah olah
    rakit cetak gambar warna hias pasang gali timbun bakar padam alir bendung tampung salur
    pakai guna manfaat kelola atur pimpin arah tunjuk latih didik bina uji nilai teliti cari
    temu sembunyi hilang muncul tampil main menang kalah serang bertahan lawan tanding sambut
    undang hadir tunggu harap yakin percaya pikir ingat lupa rasa cinta benci takut tangis
    tawa kerja usaha dagang tawar sewa
    """)
QUALITIES = _listed("""
    besar kecil tinggi rendah panjang pendek lebar sempit tebal tipis berat ringan cepat
    lambat kuat lemah keras lunak panas dingin basah kering bersih kotor baru lama muda tua
    kaya miskin mahal murah mudah sulit aman bahaya sehat sakit senang sedih marah tenang
    ramai sepi terang gelap indah buruk baik benar salah adil jujur tegas ramah sabar rajin
    malas cerdas bodoh penting utama khusus umum resmi pasti jelas cukup kurang penuh kosong
    dekat jauh dalam luas
    """)
FIRST_NAMES = _listed("""
    Agus Bambang Citra Dewi Eko Fitri Gunawan Hesti Indra Joko Kartika Lestari Made Ningsih
    Oki Putri Rahmat Sari Teguh Umar Vina Wahyu Yanti Zainal Ratna Slamet Yuli Hendra Maya
    Rizal
    """)
LAST_NAMES = _listed("""
    Santoso Wijaya Pratama Siregar Nasution Hutapea Simatupang Tambunan Lubis Harahap Saragih
    Kusuma Hartono Setiawan Wibowo Nugroho Purnomo Rahayu Suryani Hidayat Firmansyah Maulana
    Pattiasina Latuconsina Wenda Rumbiak Tuasikal Manullang Sinaga Gunadi
    """)
CITIES = _listed("""
    Labuhan Nala Tirtamaja Watulayar Ujungnala Sagaranala Kencana Serindit Belimbing Tanjung
    Karanganyar Sumbersari Mekarjaya Wanasari Bumiayu
    """)

_VOWELS = "aeiou"


def nasal(prefix: str, root: str) -> str:
    """`root` behind me- or pe-, with the sound that joins them: tulis → menulis."""
    first = root[0]
    if first in _VOWELS or first in "gh":
        return f"{prefix}ng{root}"
    if first == "k":
        return f"{prefix}ng{root[1:]}"
    if first == "s":
        return f"{prefix}ny{root[1:]}"
    if first in "bf":
        return f"{prefix}m{root}"
    if first == "p":
        return f"{prefix}m{root[1:]}"
    if first == "t":
        return f"{prefix}n{root[1:]}"
    if first in "cdj":
        return f"{prefix}n{root}"
    return prefix + root


def _of_verb(root: str) -> list[str]:
    me, pe = nasal("me", root), nasal("pe", root)
    passive = [f"di{root}", f"ter{root}", f"di{root}kan", f"di{root}i", f"diper{root}kan"]
    active = [me, f"ber{root}", f"{me}kan", f"{me}i", f"memper{root}kan"]
    return [*active, *passive, pe, f"{pe}an", f"{root}an", f"{root}nya", f"{pe}annya"]


def _of_noun(root: str) -> list[str]:
    return [f"{root}nya", f"ber{root}", f"per{root}an", f"ke{root}an", f"se{root}", f"{root}lah"]


def _of_quality(root: str) -> list[str]:
    me = nasal("me", root)
    return [f"ter{root}", f"ke{root}an", f"se{root}", f"{root}nya", f"{me}kan", f"memper{root}"]


@cache
def words() -> list[str]:
    """All words, the most used first; roots come before what is made of them."""
    rng = Random(1945)  # noqa: S311  repeatable, not secret
    roots = [*NOUNS, *VERBS, *QUALITIES]
    made = [
        *(word for root in VERBS for word in _of_verb(root)),
        *(word for root in NOUNS for word in _of_noun(root)),
        *(word for root in QUALITIES for word in _of_quality(root)),
    ]
    rng.shuffle(roots)
    rng.shuffle(made)
    return [word for word in dict.fromkeys([*FUNCTION, *roots, *made]) if word not in KEPT_OUT]


@cache
def frequencies() -> list[float]:
    """Cumulated weights of `words`, by Zipf's law."""
    return zipf(len(words()))


def zipf(number: int, power: float = 1.0) -> list[float]:
    """Cumulated weights of `number` things, the first the most used."""
    return list(accumulate((rank + 2) ** -power for rank in range(number)))


def topic(number: int) -> str:
    """The name of tag `number`: each is another one, and reads like a topic."""
    qualities, nouns = len(QUALITIES), len(NOUNS)
    noun, rest = NOUNS[number % nouns], number // nouns
    quality, rest = QUALITIES[rest % qualities], rest // qualities
    name = f"{noun} {quality}".title()
    return f"{name} {rest + 1}" if rest else name


def person(number: int) -> str:
    """A name; after nine hundred they repeat, as names do."""
    first, last = FIRST_NAMES, LAST_NAMES
    turn = number // len(first)
    return f"{first[number % len(first)]} {last[(turn + number) % len(last)]}"
