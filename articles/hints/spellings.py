"""Spellings that Indonesian newsrooms correct every day: as it is often written → the standard one.

A list of our own, by the rule that a word stands here only if its left side is right nowhere in
ordinary news; names of people and firms, and what depends on the sentence, are no business of it.
An underscore is a space.
"""

_PAIRS = """
abjat abjad; adzan azan; aksesoris aksesori; aktifis aktivis; aktifitas aktivitas; aktip aktif
amandemen amendemen; ambulan ambulans; analisa analisis; menganalisa menganalisis
dianalisa dianalisis; anti_korupsi antikorupsi; antar_kota antarkota; antar_negara antarnegara
antri antre; antrian antrean; mengantri mengantre; apapun apa_pun; apotik apotek; atlit atlet
azas asas; bathin batin; bekerjasama bekerja_sama; berfikir berpikir; berhutang berutang
beresiko berisiko; beritahu beri_tahu; bertanggungjawab bertanggung_jawab; cabe cabai
cidera cedera; cinderamata cendera_mata; coklat cokelat; darimana dari_mana; detil detail
diagnosa diagnosis; diantara di_antara; diatas di_atas; dibawah di_bawah; dibelakang di_belakang
didalam di_dalam; didepan di_depan; difahami dipahami; dihimbau diimbau; diijinkan diizinkan
diluar di_luar; dimana di_mana; dimanapun di_mana_pun; dipersilahkan dipersilakan; dirubah diubah
disamping di_samping; disana di_sana; disini di_sini; disitu di_situ; efektifitas efektivitas
ekstrim ekstrem; enerji energi; faham paham; fihak pihak; fikir pikir; fikiran pikiran
formil formal; fotocopy fotokopi; frekwensi frekuensi; gladi_resik gladi_bersih; hadist hadis
hadits hadis; hakekat hakikat; handal andal; hapal hafal; hektar hektare; himbau imbau
himbauan imbauan; hirarki hierarki; hisap isap; hutang utang; idul_adha Iduladha
idul_fitri Idulfitri; ijasah ijazah; ijin izin; insyaf insaf; isteri istri; jadual jadwal
jaman zaman; jenasah jenazah; jendral jenderal; jum'at Jumat; kaos kaus; kapanpun kapan_pun
karir karier; katagori kategori; kawatir khawatir; keatas ke_atas; kebawah ke_bawah
kedalam ke_dalam; kemana ke_mana; kerjasama kerja_sama; kesana ke_sana; kesini ke_sini
ketentraman ketenteraman; ketrampilan keterampilan; kharisma karisma; komersil komersial
komoditi komoditas; komplek kompleks; konggres kongres; kongkrit konkret; konkrit konkret
konsekwensi konsekuensi; kordinasi koordinasi; kordinator koordinator; kreatifitas kreativitas
kuatir khawatir; kwalitas kualitas; kwantitas kuantitas; kwartal kuartal; kwitansi kuitansi
kyai kiai; lembab lembap; lobang lubang; manapun mana_pun; memperdulikan memedulikan
mempengaruhi memengaruhi; mempersilahkan mempersilakan; mempesona memesona
mempraktekkan mempraktikkan; menasehati menasihati; menghimbau mengimbau; menghisap mengisap
mengijinkan mengizinkan; mengkomunikasikan mengomunikasikan; mengkonfirmasi mengonfirmasi
mengkonsumsi mengonsumsi; mengkoordinasikan mengoordinasikan
mensosialisasikan menyosialisasikan; mensukseskan menyukseskan; mentaati menaati
mentargetkan menargetkan; menterjemahkan menerjemahkan; merubah mengubah; mesjid masjid
meski_pun meskipun; metoda metode; milyar miliar; milyard miliar; milyarder miliarder
moderen modern; mushalla musala; mushola musala; musholla musala; nafas napas; nampak tampak
nasehat nasihat; negatip negatif; non_aktif nonaktif; nopember November; obyek objek
obyektif objektif; olah_raga olahraga; orangtua orang_tua; otentik autentik; otopsi autopsi
pebruari Februari; penasehat penasihat; pengrajin perajin; pengrusakan perusakan; perduli peduli
perijinan perizinan; photo foto; pondasi fondasi; positip positif; praktek praktik
produktifitas produktivitas; propinsi provinsi; prosentase persentase; ramadhan Ramadan
rapot rapor; raport rapor; rejeki rezeki; resiko risiko; respon respons; rumahsakit rumah_sakit
sekedar sekadar; seksama saksama; selebritis selebritas; sepakbola sepak_bola; shalat salat
sholat salat; siapapun siapa_pun; silahkan silakan; sintesa sintesis; sistim sistem; sorga surga
sportifitas sportivitas; standarisasi standardisasi; stress stres; subyek subjek
subyektif subjektif; supir sopir; survey survei; tanda_tangani tandatangani
tandatangan tanda_tangan; tanggungjawab tanggung_jawab; tauladan teladan; tehnik teknik
tehnis teknis; tehnologi teknologi; tekhnologi teknologi; telor telur; tentram tenteram
terimakasih terima_kasih; terlanjur telanjur; terlantar telantar; terpercaya tepercaya
tolak_ukur tolok_ukur; trampil terampil; trilyun triliun; ustadz ustaz; varitas varietas
walau_pun walaupun; walikota wali_kota; yunior junior
"""


def _read(lines: str) -> dict[str, str]:
    pairs = (pair.split() for line in lines.split("\n") for pair in line.split(";") if pair.strip())
    return {often.replace("_", " "): right.replace("_", " ") for often, right in pairs}


SPELLINGS = _read(_PAIRS)
