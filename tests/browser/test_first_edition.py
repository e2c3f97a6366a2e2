"""The main job of a newspaper, from the first word to the answer of a reader, by clicking."""

from pathlib import Path

from django.core import mail
from playwright.sync_api import expect

from accounts.models import Consent
from articles import questions
from articles.models import Article
from tests import make
from tests.browser_tools import Visitor, said

HEADLINE = "Pelabuhan Watulayar Dibuka Kembali"
PASTED = "Kapal pertama bersandar pukul 06.10, kata syahbandar."
DOCS = (
    '<meta charset="utf-8"><style>p { color: red }</style>'
    '<b style="font-weight:normal" id="docs-internal-guid-7f">'
    '<p dir="ltr" style="line-height:1.38;margin-top:0pt"><span style="font-size:11pt;'
    'font-family:Arial,sans-serif;color:#c00000;background-color:#ffff00">Kapal pertama '
    'bersandar </span><span style="font-weight:700;color:#c00000">pukul 06.10</span>'
    '<span style="color:#000000">, kata syahbandar.</span></p></b>'
)
WORDS = "Akhirnya kapal dari Serindit bisa bersandar lagi."


def test_an_article_is_written_published_and_commented_on(visitor, tmp_path) -> None:
    make.section("ekonomi", name="Ekonomi")
    rini = make.user("reporter", name="Rini Wulandari")
    make.author("Rini Wulandari", user=rini)
    photo = tmp_path / "pelabuhan.jpg"
    photo.write_bytes(make.jpeg((1600, 1000)))

    writer = visitor().go_to_desk(rini)
    write(writer, photo)
    hand_in(writer)
    publish(visitor().go_to_desk(make.user("editor", name="Teguh Samodra")))
    read(visitor())

    siti = visitor()
    sign_up(siti)
    comment(siti)
    visitor().click(HEADLINE).sees(said("Nobody has commented yet. Be the first.")).misses(WORDS)

    approve(visitor().go_to_desk(make.user("moderator", name="Wening Palupi")))
    see_it_below_the_article(visitor())


def write(writer: Visitor, photo: Path) -> None:
    """A text from another program, a picture, a tag; the byline is the writer's own."""
    writer.click(said("articles"), "nav.desk-nav").click(said("Add %(name)s", name=said("article")))
    writer.write(said("headline"), HEADLINE)
    writer.paste(DOCS, PASTED)
    expect(writer.editor).to_contain_text(PASTED)
    expect(writer.editor.locator("[style]")).to_have_count(0)
    writer.field(said("section")).select_option("Ekonomi")
    writer.write(said("tags"), "Pelabuhan, Watulayar")
    writer.choose_file(said("upload a picture"), photo)
    writer.write(said("caption"), "Kapal pertama di dermaga.")
    writer.write(said("credit"), "Foto: Rini Wulandari")
    writer.write(said("description for blind readers"), "Sebuah kapal di dermaga")
    writer.write(said("standfirst"), "Setelah enam pekan, kapal boleh bersandar.")
    writer.write(said("dateline city"), "Watulayar")
    for code in questions.QUESTIONS:
        writer.page.check(f"[name={code}][value=no]")


def hand_in(writer: Visitor) -> None:
    writer.click(said("Hand in to the editors"))
    writer.sees(said("Submitted"), "#desk-where")
    assert Article.objects.get().body == (
        "<p>Kapal pertama bersandar <strong>pukul 06.10</strong>, kata syahbandar.</p>"
    )
    writer.click(said("Log out")).misses(HEADLINE)
    assert writer.page.url == f"{writer.paper}/"


def publish(editor: Visitor) -> None:
    editor.click(said("articles"), "nav.desk-nav").click(HEADLINE)
    editor.sees(PASTED, ".ProseMirror").click(said("Publish"))
    editor.sees(said("Published"), "#desk-where")


def read(reader: Visitor) -> None:
    """On the front page with its picture; on its own page with all that belongs to it."""
    card = reader.page.get_by_role("article").filter(has_text=HEADLINE)
    card.get_by_role("img").or_(card.locator("img")).evaluate("img => img.decode()")
    reader.click(HEADLINE).sees(HEADLINE, "h1")
    reader.page.get_by_alt_text("Sebuah kapal di dermaga").evaluate("img => img.decode()")
    reader.sees("Kapal pertama di dermaga. Foto: Rini Wulandari", "figcaption")
    reader.sees("Rini Wulandari", ".story__byline").sees(PASTED, ".text")
    reader.sees("Watulayar", "nav.tags")


def sign_up(reader: Visitor) -> None:
    """From the article to a confirmed account, and back to the form below the article."""
    reader.click(HEADLINE).click(said("Write a comment")).click(said("Sign up"), "main")
    reader.write(said("Name"), "Siti Pembaca").write(said("Email"), "siti@example.com")
    reader.write(said("Password"), make.PASSWORD)
    boxes = reader.page.get_by_role("checkbox")
    expect(boxes).to_have_count(2)
    for box in boxes.all():
        box.check()
    reader.click(said("Sign up"), "main").sees(said("Confirm your e-mail address"), "h1")
    assert mail.outbox[-1].to == ["siti@example.com"]
    reader.open_mail()
    reader.click(said("Yes, confirm"))
    assert Consent.objects.filter(user__email="siti@example.com").count() == 2


def comment(reader: Visitor) -> None:
    reader.write(said("Your comment"), WORDS).click(said("Send"))
    reader.sees(said("Thank you. Your comment is waiting for a moderator."), "h1").sees(WORDS)
    reader.click(said("Back to the article")).misses(WORDS)


def approve(moderator: Visitor) -> None:
    moderator.click(said("comments"), "nav.desk-nav").sees(WORDS).sees(HEADLINE)
    moderator.page.get_by_role("row").filter(has_text=WORDS).get_by_role("checkbox").check()
    moderator.click(said("Approve the selected comments"))
    moderator.sees(said("%(number)d comment: %(status)s", number=1, status=said("Approved")))
    moderator.misses(WORDS)


def see_it_below_the_article(reader: Visitor) -> None:
    reader.click(HEADLINE).sees("(1)", "#komentar-judul").sees("Siti Pembaca", "#komentar")
    reader.sees(WORDS, "#komentar")
