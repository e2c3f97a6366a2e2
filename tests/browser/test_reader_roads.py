"""Other roads to the same goal: an answer to somebody, no mouse, no scripts."""

from playwright.sync_api import expect

from articles.models import Article
from comments import moderation
from comments.models import Comment
from tests import make
from tests.browser_tools import Visitor, said

HEADLINE = "Jalur Sepeda di Tanggul Diperpanjang"


def story() -> Article:
    """A published article with a picture, in a section, with a tag and a byline."""
    return make.live_article(
        headline=HEADLINE,
        section=make.section("olahraga", name="Olahraga"),
        tags=["Sepeda"],
        bylines=[make.author("Bagas Prakoso")],
    )


def waits(reader: Visitor, words: str) -> None:
    """The reader's own page shows the comment; the public page doesn't."""
    reader.sees(said("Thank you. Your comment is waiting for a moderator."), "h1").sees(words)
    reader.click(said("Back to the article")).sees(HEADLINE, "h1").misses(words)


def test_a_reader_answers_another(visitor) -> None:
    first = make.comment(story(), by=make.user(name="Siti"), body="Lampunya kurang.")
    budi = make.user(name="Budi")
    reader = visitor().click(HEADLINE)
    reader.click(said("Reply") + " " + said("to %(name)s", name="Siti"))
    reader.give_password(budi).sees(said("Reply to a comment"), "h1").sees("Lampunya kurang.")
    reader.write(said("Your comment"), "Sudah ditambah minggu lalu.").click(said("Send"))
    waits(reader, "Sudah ditambah minggu lalu.")

    moderation.approve(Comment.objects.get(author=budi), make.user("moderator"))
    other = visitor().click(HEADLINE).sees("(2)", "#komentar-judul")
    answer = other.page.locator(".comment--depth-1")
    expect(answer).to_contain_text(said("answers %(name)s", name="Siti"))
    expect(answer).to_contain_text("Sudah ditambah minggu lalu.")
    answer.get_by_role("link", name="Siti").click()
    assert other.page.url.endswith(f"#komentar-{first.pk}")


def test_without_a_mouse(visitor) -> None:
    story()
    siti = make.user(name="Siti")
    reader = visitor()
    reader.tab_to(reader.called(HEADLINE)).press("Enter").sees(HEADLINE, "h1")
    reader.tab_to(reader.called(said("Write a comment"))).press("Enter")
    reader.tab_to(reader.field(said("Email"))).type(siti.email)
    reader.tab_to(reader.field(said("Password"))).type(make.PASSWORD).press("Enter")
    reader.tab_to(reader.field(said("Your comment"))).type("Tanpa tetikus.")
    reader.tab_to(reader.called(said("Send"))).press("Enter")
    waits(reader, "Tanpa tetikus.")


def test_the_first_tab_skips_to_the_text(visitor) -> None:
    story()
    reader = visitor()
    reader.tab_to(reader.called(said("Skip to the content"))).press("Enter").press("Tab")
    assert reader.page.locator("main :focus").count() == 1


def test_without_scripts(visitor) -> None:
    story()
    siti = make.user(name="Siti")
    reader = visitor(java_script_enabled=False)
    reader.click("Olahraga", "header").sees("Olahraga", "h1").click(HEADLINE)
    reader.click("Bagas Prakoso", "article").sees(HEADLINE, "main").click(HEADLINE)
    reader.click("Sepeda", "article").sees("Sepeda", "h1").click(HEADLINE)
    reader.click(said("Index"), "header").sees(HEADLINE, "main")
    reader.click(said("Search"), "header").write(said("Words in headline or text"), "sepeda")
    reader.click(said("Search"), "main").sees(HEADLINE, "main").click(HEADLINE)

    reader.sees("Paragraf pertama berita", ".text").click(said("Write a comment"))
    reader.give_password(siti).write(said("Your comment"), "Tanpa skrip.").click(said("Send"))
    waits(reader, "Tanpa skrip.")
    reader.click(said("Log in"), "footer").sees("Siti", "h1").sees("Tanpa skrip.")
    reader.click(said("Log out")).click(said("Log in"), "footer").sees(said("Log in"), "h1")
