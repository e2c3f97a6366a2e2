"""From a file, as a newsroom hands it over, to a page that readers open."""

import re
from html import unescape
from io import StringIO

import pytest
from django.core.management import call_command

from articles.models import Article
from tests import make

pytestmark = pytest.mark.django_db

PARAGRAPHS = [
    "Sebuah kapal perintis bersandar lagi di Watulayar setelah enam pekan tertahan ombak.",
    "Syahbandar menyebut “cuaca yang membaik” sebagai alasan – bukan tekanan siapa pun.",
    "Menurut catatan pelabuhan, kapal itu tiba pada Sabtu (26/4) membawa 40 ton beras.",
    "Harga beras di pasar turun dalam sehari.",
    "Pedagang berharap kapal berikutnya tidak terlambat.",
    "Dermaga sisi barat masih ditutup.",
    "Perbaikannya dijadwalkan selesai bulan depan.",
]


def test_a_plain_file_becomes_a_page(client, tmp_path) -> None:
    make.section("daerah")
    make.author("Lukman Hakim", code="Luk")
    file = tmp_path / "kapal.txt"
    lines = [f"JurnalPatroliNews – {PARAGRAPHS[0]}", *PARAGRAPHS[1:-1]]
    file.write_text("\n".join([*lines, f"{PARAGRAPHS[-1]} (Luk)", "Komentar", ""]))
    said = StringIO()
    call_command("import_article", file, "--publish", "--tags", "Pelabuhan", stdout=said)

    article = Article.objects.get()
    address = re.search(r"http://testserver(/\S+)", said.getvalue())
    assert address
    assert address.group(1) == article.get_absolute_url()
    page = client.get(address.group(1)).content.decode()
    body = re.search(r'<div class="text">(.*?)</div>', page, re.DOTALL)
    assert body
    texts = [unescape(re.sub("<[^>]+>", "", text)) for text in body.group(1).split("</p>")[:-1]]
    assert [" ".join(text.split()) for text in texts] == [
        f"JurnalPatroliNews – {PARAGRAPHS[0]}",
        *PARAGRAPHS[1:],
    ]
    assert "Lukman Hakim" in page
    assert page.count(PARAGRAPHS[3]) == 1
    for path in ("/", "/daerah/", "/tag/pelabuhan/", "/cari/?q=perintis", "/feed/"):
        assert article.headline in client.get(path).content.decode()
