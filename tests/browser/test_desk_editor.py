"""The desk in a real Chromium: no violation of the policy, and an editor that loses nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from articles import markup, questions
from articles.models import Article, Image
from tests import desk, make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

LISTEN = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error("policy:", event.violatedDirective, event.blockedURI, event.sourceFile));
"""
PASTE = """(html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  const options = { clipboardData: data, bubbles: true, cancelable: true };
  const event = new ClipboardEvent("paste", options);
  document.querySelector(".ProseMirror").dispatchEvent(event);
}"""
DOCS = (
    '<meta charset=\'utf-8\'><b style="font-weight:normal;" id="docs-internal-guid-1">'
    '<p dir="ltr" style="line-height:1.38"><span style="font-weight:400;">Biasa </span>'
    '<span style="font-weight:700;">tebal</span><span style="font-style:italic;"> miring</span></p>'
    '<ul><li dir="ltr" style="list-style-type:disc"><p><span>butir</span></p></li></ul></b>'
)
WORD = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>p {color:red}</style>"
    "</head><body><!--StartFragment--><p class=MsoNormal>Dari <b>Word</b><o:p></o:p></p>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
    "<span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Butir</p>"
    "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]>"
    "<span style='mso-list:Ignore'>o<span>&nbsp; </span></span><![endif]>Anak</p>"
    "<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><!--[if !supportLists]-->"
    "<span style='mso-list:Ignore'>1.<span>&nbsp; </span></span><!--[endif]-->Nomor</p>"
    "<!--EndFragment--></body></html>"
)


@dataclass
class Browser:
    """A page at the desk, and what its console said."""

    page: Page
    root: str
    said: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.root + path)

    def log_in(self, person) -> None:
        self.page.context.clear_cookies()
        self.open("/admin/")
        self.page.fill("input[name=login]", person.email)
        self.page.fill("input[type=password]", make.PASSWORD)
        self.page.press("input[type=password]", "Enter")
        self.page.wait_for_url("**/admin/")

    def edit(self, path: str) -> None:
        """Open an article's form and wait until its editor is there."""
        self.open(path)
        expect(self.page.locator(".prose-menubar [data-name=picture]")).to_be_visible()

    def body(self) -> str:
        return self.page.input_value("#id_body")


@pytest.fixture
def browser(chromium, live_server, settings) -> Iterator[Browser]:
    settings.SITE_URL = live_server.url
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    found = Browser(page, live_server.url)
    page.add_init_script(LISTEN)
    page.on("console", lambda m: found.said.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: found.said.append(str(error)))
    yield found
    page.close()


def test_no_page_of_the_desk_violates_the_policy(browser) -> None:
    chief = make.user("chief_editor")
    image = make.image()
    article = make.draft(body=f'<figure data-image="{image.pk}"></figure><p>Isi.</p>')
    comment = make.comment(make.live_article(), status="held")
    browser.log_in(chief)
    browser.edit(desk.ADD)
    browser.edit(desk.change(article))
    for path in (
        "/admin/",
        desk.LIST,
        f"/admin/articles/article/{article.pk}/preview/",
        f"/admin/articles/article/{article.pk}/revisions/1/",
        "/admin/articles/image/",
        "/admin/articles/image/add/",
        f"/admin/articles/image/{image.pk}/change/",
        f"/admin/articles/section/{article.section_id}/change/",
        "/admin/articles/author/add/",
        "/admin/articles/tag/",
        "/admin/comments/comment/",
        f"/admin/comments/comment/{comment.pk}/change/",
        "/admin/accounts/user/",
    ):
        browser.open(path)
    browser.edit(desk.change(article))
    browser.page.click("button[value=schedule_articles]")
    expect(browser.page.locator("input[type=datetime-local]")).to_be_visible()
    assert [text for text in browser.said if "policy:" in text] == []


def test_the_editor_keeps_references_links_and_tables(browser) -> None:
    editor = make.user("editor")
    image, other = make.image(), make.live_article()
    body = (
        f'<p>Awal <a href="https://example.com/" rel="sponsored noopener">tautan</a>.</p>'
        f'<figure data-image="{image.pk}"></figure><h2>Sub</h2><ul><li>a</li></ul>'
        f'<figure data-embed="youtube:dQw4w9WgXcQ"></figure>'
        f'<aside data-articles="{other.pk}"></aside><blockquote><p>Kutip</p></blockquote>'
        "<table><tbody><tr><th>A</th><td>B</td></tr></tbody></table><hr><p>CO<sub>2</sub></p>"
    )
    article = make.draft(body=body)
    browser.log_in(editor)
    browser.edit(desk.change(article))
    expect(browser.page.locator("figure.desk-reference img")).to_have_count(1)
    expect(browser.page.locator("aside.desk-reference")).to_contain_text(other.headline)
    browser.page.locator(".ProseMirror p").first.click()
    browser.page.keyboard.press("Home")
    browser.page.keyboard.type("X")
    browser.page.keyboard.press("Control+s")
    browser.page.wait_for_url("**/change/")
    expect(browser.page.locator(".messagelist")).to_be_visible()
    article.refresh_from_db()
    assert article.body == body.replace("<p>Awal", "<p>XAwal")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            DOCS,
            "<p>Biasa <strong>tebal</strong><em> miring</em></p><ul><li>butir</li></ul>",
        ),
        (
            WORD,
            "<p>Dari <b>Word</b></p><ul><li>Butir<ul><li>Anak</ul></ul><ol><li>Nomor</ol>",
        ),
    ],
    ids=["google-docs", "word"],
)
def test_what_is_pasted_keeps_its_meaning_and_nothing_else(browser, html, expected) -> None:
    browser.log_in(make.user("reporter"))
    browser.edit(desk.ADD)
    browser.page.locator(".ProseMirror").click()
    browser.page.evaluate(PASTE, html)
    assert markup.clean(browser.body()) == markup.clean(expected)
    assert browser.said == []


def test_pictures_and_boxes_are_put_in_from_lists(browser) -> None:
    reporter = make.user("reporter")
    picture, one = make.image(), make.live_article()
    browser.log_in(reporter)
    browser.edit(desk.ADD)
    page = browser.page
    page.locator(".ProseMirror").click()
    page.click("[data-name=picture]")
    page.locator(".desk-pick__results label").first.click()
    page.click(".desk-dialog [type=submit]")
    expect(page.locator("figure.desk-reference")).to_have_count(1)
    page.click("[data-name=related]")
    page.locator(".desk-pick__results label", has_text=one.headline).click()
    page.click(".desk-dialog [type=submit]")
    expect(page.locator("aside.desk-reference")).to_have_count(1)
    assert f'<figure data-image="{picture.pk}"></figure>' in browser.body()
    assert f'<aside data-articles="{one.pk}"></aside>' in browser.body()


def test_a_body_that_is_one_picture_is_not_taken_for_empty(browser) -> None:
    reporter, image = make.user("reporter"), make.image()
    article = make.draft(by=reporter, body=f'<p>x</p><figure data-image="{image.pk}"></figure>')
    browser.log_in(reporter)
    browser.edit(desk.change(article))
    browser.page.locator(".ProseMirror p").first.click()
    browser.page.keyboard.press("End")
    browser.page.keyboard.press("Backspace")
    browser.page.keyboard.press("Backspace")
    assert f'<figure data-image="{image.pk}"></figure>' in browser.body()


def test_a_reporter_writes_and_an_editor_publishes(browser, client, tmp_path) -> None:
    make.section("ekonomi")
    reporter, editor = make.user("reporter"), make.user("editor")
    author = make.author("Rina Wulandari", user=reporter)
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(make.jpeg((1280, 800)))
    browser.log_in(reporter)
    page = browser.page
    page.click(".desk-nav a >> nth=0")
    page.click("a.addlink")
    expect(page.locator(".prose-menubar [data-name=picture]")).to_be_visible()
    page.fill("[name=headline]", "Harga Tongkol Melonjak")
    page.select_option("[name=section]", label="Ekonomi")
    page.locator(".ProseMirror").click()
    page.evaluate(PASTE, DOCS)
    page.fill("#id_tag_names", "Harga Ikan, Labuhan")
    page.set_input_files("[name=upload]", photo)
    page.fill("[name=upload_credit]", "Foto: Rina")
    page.fill("[name=upload_caption]", "Tongkol di Labuhan")
    page.fill("[name=upload_alt]", "Sekeranjang tongkol di dermaga")
    page.fill("[name=standfirst]", "Harga naik dua kali lipat.")
    page.fill("[name=dateline_city]", "Labuhan")
    for code in questions.QUESTIONS:
        page.check(f"[name={code}][value=no]")
    page.click("button[value=submit_articles]")
    page.wait_for_url("**/change/#*")
    article = Article.objects.get()
    assert article.stage == Article.Stage.SUBMITTED
    assert article.lead_image == Image.objects.get()
    assert {tag.name for tag in article.tags.all()} == {"Harga Ikan", "Labuhan"}
    assert [line.author for line in article.bylines.all()] == [author]

    browser.log_in(editor)
    page.click(".desk-today a >> nth=0")
    page.click("text=Harga Tongkol Melonjak")
    page.click("button.default[value=publish_articles]")
    expect(page.locator(".desk-state--live")).to_be_visible()
    article.refresh_from_db()
    browser.open(article.get_absolute_url())
    expect(page.locator("h1")).to_have_text("Harga Tongkol Melonjak")
    assert [text for text in browser.said if "policy:" in text] == []
