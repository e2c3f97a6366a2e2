"""Two people in one text: nobody's words are lost."""

from playwright.sync_api import expect

from articles.models import Article
from tests import make
from tests.browser_tools import Visitor, said

HEADLINE = "Tarif Parkir Naik"


def open_it(editor: Visitor) -> Visitor:
    return editor.click(said("articles"), "nav.desk-nav").click(HEADLINE)


def test_a_second_save_is_shown_both_texts(visitor) -> None:
    make.draft(headline=HEADLINE, body="<p>Naskah pertama.</p>")
    edi, sri = (make.user("editor", name=name) for name in ("Edi", "Sri"))
    first, second = (open_it(visitor().go_to_desk(person)) for person in (edi, sri))

    first.sees("Naskah pertama.", ".ProseMirror").rewrite("Kalimat Edi.")
    first.click(said("Save")).sees(HEADLINE, ".messagelist .success")
    second.sees("Naskah pertama.", ".ProseMirror").rewrite("Kalimat Sri.")
    second.click(said("Save")).sees("Kalimat Sri.", ".ProseMirror")
    with second.page.expect_popup() as opened:
        second.click(said("Read the text that stands now"))
    expect(opened.value.locator("article.text")).to_contain_text("Kalimat Edi.")
    with second.page.expect_popup() as opened:
        second.click(said("Read yours"))
    expect(opened.value.locator("article.text")).to_contain_text("Kalimat Sri.")
    assert Article.objects.get().body == "<p>Kalimat Edi.</p>"

    second.errors.clear()  # the browser tells of the answer 409

    second.field(said("Save mine over it")).check()
    second.click(said("Save")).sees(HEADLINE, ".messagelist .success")
    assert Article.objects.get().body == "<p>Kalimat Sri.</p>"
