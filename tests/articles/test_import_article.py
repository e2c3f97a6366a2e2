"""`manage.py import_article`: real input, and everything that is wrong with it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles import content, snapshots, workflow
from articles.content import Signature, Values
from articles.models import Article, Outbox
from tests import make

SEED = """JurnalPatroliNews – Sebuah negeri di utara akhirnya mengakui pasukannya ikut berperang.
Pernyataan itu menyebut “kewajiban persahabatan” sebagai alasan – bukan imbalan.
Menurut laporan kantor berita resmi, pasukan itu tiba pada Sabtu (26/4).
Laporan tersebut terbit setelah pihak lain lebih dulu membenarkannya.
Bagi negeri itu, keberhasilan ini menjadi lambang kesetiaan.
Sebuah monumen akan didirikan untuk para tentara.
Jumlah pasti tentara yang dikirim tidak disebutkan.
Komentar"""


@pytest.fixture
def file(tmp_path):
    def write(data, name="berita.txt"):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return str(path)

    return write


@pytest.fixture
def nasional(db):
    return make.section("nasional")


def run(*arguments):
    """Output, complaints and exit code of one call."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_article", *arguments, stdout=out, stderr=err)
    except SystemExit as stop:
        return out.getvalue(), err.getvalue(), stop.code
    return out.getvalue(), err.getvalue(), 0


def test_the_seed_article_comes_out_whole(nasional, file, settings):
    out, err, code = run(file(SEED), "--publish")
    article = Article.objects.live().get()
    assert (err, code) == ("", 0)
    assert article.body.count("<p>") == 7
    assert (article.dateline_source, article.dateline_city) == ("JurnalPatroliNews", "")
    assert "Komentar" not in article.body
    assert "“kewajiban persahabatan” sebagai alasan – bukan imbalan" in article.body
    assert out.startswith(f"{article.pk}\t{settings.SITE_URL}{article.get_absolute_url()}\t")
    assert " words" in out


def test_a_derived_headline_says_so(nasional, file):
    out, _, _ = run(file(SEED))
    article = Article.objects.get()
    assert article.headline_derived
    assert article.headline.startswith("Sebuah negeri di utara")
    assert len(article.headline) <= 110
    assert article.headline in out
    assert article.status == Article.Status.DRAFT


def test_options_are_obeyed(nasional, file):
    make.section("luar-negeri")
    make.author("Lukman Hakim", code="Luk")
    editor = make.user("editor")
    run(
        file(SEED),
        "--headline=Judul dari redaktur",
        "--section=luar-negeri",
        "--author=luk",
        "--tags=Perang, Diplomasi,",
        f"--by={editor.email}",
    )
    article = Article.objects.get()
    assert article.headline == "Judul dari redaktur"
    assert not article.headline_derived
    assert article.section.slug == "luar-negeri"
    assert [line.author.name for line in article.bylines.all()] == ["Lukman Hakim"]
    assert {tag.name for tag in article.tags.all()} == {"Perang", "Diplomasi"}
    assert {step.actor for step in article.transitions.all()} == {editor}


def test_the_server_publishes_what_it_imports(nasional, file):
    run(file(SEED), "--publish")
    assert Article.objects.live().get().transitions.get(name="publish").actor is None


def test_who_publishes_by_name_is_held_to_the_gate(nasional, file):
    """Nothing is written then: the file can be imported as a draft and completed at the desk."""
    editor = make.user("editor")
    _, err, _ = run(file(SEED), f"--by={editor.email}", "--publish")
    assert "Deck belum ada." in err
    assert not Article.objects.exists()


def test_an_editor_may_work_on_an_imported_draft_and_approve_it(nasional, file):
    editor = make.user("editor")
    run(file(SEED), f"--by={editor.email}")
    article = Article.objects.get()
    full = snapshots.working(make.complete())
    lacking = ("standfirst", "dateline_city", "lead_image_id", "sensitivity")
    fields = {"kicker": "Perang"} | {name: full["fields"][name] for name in lacking}
    signed = [Signature(make.author("Sari Dewi"))]
    values = Values(fields, tags=["Perang"], bylines=signed)
    article = content.save(article, values, article.version, editor)
    assert workflow.publish(article, editor).status == Article.Status.PUBLISHED


def test_a_known_code_names_the_writer_and_the_editor(nasional, file):
    reporter = make.user("reporter")
    writer = make.author("Rafi", code="rfs", user=reporter)
    editor = make.author("Jabar", code="jbr")
    run(file("Bandung – Hujan turun sepanjang hari di kota.\n\n(rfs/jbr)"))
    article = Article.objects.get()
    lines = [(line.author, line.role) for line in article.bylines.all()]
    assert lines == [(writer, "writer"), (editor, "editor")]
    assert article.created_by == reporter
    assert article.dateline_city == "Bandung"


def test_without_a_known_code_it_is_signed_by_the_newsroom(nasional, file):
    run(file("Hujan turun sepanjang hari di kota.\n(xyz)"))
    author = Article.objects.get().bylines.get().author
    assert (author.name, author.is_organization) == ("Redaksi", True)


def test_without_by_the_actor_is_the_import(nasional, file):
    run(file(SEED), "--publish")
    assert {step.actor for step in Article.objects.get().transitions.all()} == {None}


BAD_FILES = {
    "empty": b"",
    "white": b" \n\t\r\n",
    "binary": b"\x89PNG\r\n\x1a\n\x00\x00\x00",
    "latin": "Café di tepi laut".encode("latin-1"),
    "large": b"a" * (5 * 1024 * 1024 + 1),
}


@pytest.mark.parametrize("data", BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_one_clear_line_and_the_others_go_on(nasional, file, data):
    bad, good = file(data, "buruk.txt"), file(SEED, "baik.txt")
    out, err, code = run(bad, good)
    assert code == 1
    assert err.count("\n") == 1
    assert err.startswith(f"{bad}: ")
    assert Article.objects.count() == 1
    assert out


def test_a_missing_file_is_named(nasional, tmp_path):
    _, err, code = run(str(tmp_path / "tidak-ada.txt"))
    assert code == 1
    assert "tidak-ada.txt: No such file" in err


def test_a_folder_is_no_file(nasional, tmp_path):
    _, err, code = run(str(tmp_path))
    assert code == 1
    assert err.count("\n") == 1


def test_an_unknown_section_is_refused_with_those_there_are(nasional, file):
    _, err, code = run(file(SEED), "--section=tidak-ada")
    assert code == 1
    assert "tidak-ada" in err
    assert "nasional" in err
    assert not Article.objects.exists()


def test_an_unknown_author_is_refused(nasional, file):
    _, err, code = run(file(SEED), "--author=hantu")
    assert (code, "hantu" in err) == (1, True)


def test_a_file_imported_before_is_refused_unless_again(nasional, file):
    run(file(SEED))
    _, err, code = run(file(SEED + "\n", "nama-lain.txt"))
    assert code == 1
    assert str(Article.objects.get().pk) in err
    assert run(file(SEED), "--again")[2] == 0
    assert run(file(SEED), "--again")[2] == 0
    assert Article.objects.count() == 3


def test_whoever_may_not_publish_leaves_nothing_behind(nasional, file):
    reporter = make.user("reporter")
    _, err, code = run(file(SEED), "--publish", f"--by={reporter.email}")
    assert code == 1
    assert err.count("\n") == 1
    assert not Article.objects.exists()


def test_the_writer_can_not_publish_ones_own_text_by_import(nasional, file):
    editor = make.user("editor")
    make.author("Editor Sendiri", code="eds", user=editor)
    _, _, code = run(file(SEED + "\n(eds)"), "--publish", f"--by={editor.email}")
    assert code == 1
    assert not Article.objects.exists()


def test_an_unknown_person_is_refused_before_any_file(nasional, file):
    with pytest.raises(CommandError, match="tidak@example.com"):
        run(file(SEED), "--by=tidak@example.com")


def test_a_headline_goes_with_one_file(nasional, file):
    with pytest.raises(CommandError):
        run(file(SEED, "a.txt"), file(SEED, "b.txt"), "--headline=Satu")


def test_the_author_of_what_nobody_signs_is_announced_once(nasional, file):
    for text in (SEED, f"{SEED}\nSusulan."):
        run(file(text))
    tags = [row.payload["tags"] for row in Outbox.objects.all()]
    assert tags.count(["slug:author:redaksi"]) == 1


def test_an_address_alone_in_a_paragraph_becomes_an_embed(nasional, file):
    address = "https://youtu.be/dQw4w9WgXcQ?si=abc"
    _, err, code = run(file(SEED.replace("\nBagi", f"\n\n{address}\n\nBagi")))
    assert (err, code) == ("", 0)
    assert '<figure data-embed="youtube:dQw4w9WgXcQ"></figure>' in Article.objects.get().body
