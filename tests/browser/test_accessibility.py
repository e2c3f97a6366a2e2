"""axe-core finds nothing on the desk, and a thumb misses nothing: every page, in four windows."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import RequestFactory
from django.utils import timezone
from playwright.sync_api import expect

from articles import (
    confidential,
    content,
    families,
    gate,
    pictures,
    previews,
    verification,
    wastebin,
    workflow,
)
from articles.content import Values
from articles.models import Article, Image
from tests import make
from tests.browser_tools import Visitor, said
from tests.inspection import WIDTHS, complaints

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

TITLE = "Pelabuhan Watulayar Dibuka Kembali"
BODY = (
    "<h2>Dermaga</h2><p>Kapal <strong>pertama</strong> tiba pada 12/11/2026, kata "
    '<a href="https://contoh.example/">syahbandar Praktek</a>.</p><ul><li>Satu</li></ul>'
    "<table><tbody><tr><th>Kapal</th><td>Muatan</td></tr></tbody></table>"
)
ARTICLES = "/admin/articles/article/"
IMAGES = "/admin/articles/image/"

type Found = dict[str, list[str]]


def of(article: Article, page: str) -> str:
    """The address of one of the desk's pages about an article."""
    return f"{ARTICLES}{article.pk}/{page}/"


def picture(by: Any) -> Image:
    file = ContentFile(make.jpeg((1280, 800)), "foto.jpg")
    words = {"caption": "Kapal.", "photographer": "Sari", "alt": "Kapal di dermaga"}
    return pictures.store(file, by=by, **words)


def changed(article: Article, by: Any, **fields: Any) -> Article:
    """Saved once more, so that there are two texts."""
    article.refresh_from_db()
    return content.save(article, Values(fields), article.version, by, note="Angka dicek")


def walk(person: Visitor, paths: Mapping[str, str]) -> Found:
    """What is wrong with the pages, by their names; nothing of those that are right."""
    found: Found = {}
    for name, path in paths.items():
        person.follow(person.paper + path)
        look(person, name, found)
    return found


def look(person: Visitor, name: str, found: Found) -> None:
    """Add what is wrong with the page in the window, and make the window small again."""
    person.page.wait_for_load_state()
    if person.editor.or_(person.page.locator("textarea#id_body")).count():
        expect(person.page.locator(".prose-menubar [data-name=picture]")).to_be_visible()
    if complained := complaints(person.page):
        found[name] = complained
    person.page.set_viewport_size(dict(zip(("width", "height"), min(WIDTHS.items()), strict=True)))


def press(person: Visitor, article: Article, *buttons: str) -> None:
    """Open the article's form, and go on from there."""
    person.follow(person.paper + of(article, "change"))
    for button in buttons:
        person.click(said(button), "#content")


def test_the_pages_of_a_chief_editor(visitor) -> None:
    chief, reporter = make.user("chief_editor", name="Ratna"), make.user("reporter", name="Rini")
    photo = picture(chief)
    fields = {"body": BODY + f'<figure data-image="{photo.pk}"></figure>', "tags": ["Banjir"]}
    draft = make.draft(reporter, headline=TITLE, lead_image_id=photo.pk, **fields)
    changed(draft, chief, headline=f"{TITLE} Senin", body="<p>Kapal kedua.</p>")
    live = make.live_article(headline="Tarif Parkir Naik", standfirst="Mulai Senin.", **fields)
    changed(live, chief, body="<p>Kapal ketiga.</p>")
    families.link(live, make.live_article(), "follow_up", None)
    asked = {"asked": "Kepala Dinas", "at": timezone.now(), "outcome": "refused"}
    verification.record(live, chief, **asked)
    seen = gate.betrayals(Article.objects.get(pk=live.pk))
    verification.check(live, chief, items=verification.CHECKLIST, seen=seen)
    waiting = workflow.submit(make.draft(reporter, headline="Harga Cabai Turun"), None)
    withdrawn = make.withdrawn_article()
    wastebin.throw_away(make.draft(reporter, headline="Salah Kirim"), chief, "Dobel")
    note = confidential.add(draft, "Bu Ani", chief, request=RequestFactory().get("/"))
    _link, token = previews.make(draft, chief)
    comment = make.comment(live, body="Setuju sekali.", status="held")
    paths = {
        "first page": "/admin/",
        "articles": ARTICLES,
        "articles, filtered": f"{ARTICLES}?state=live&kind__exact=news",
        "articles, none": f"{ARTICLES}?q=tidakada",
        "article, new": f"{ARTICLES}add/",
        "article, draft": of(draft, "change"),
        "article, live with changes": of(live, "change"),
        "article, in review": of(waiting, "change"),
        "article, withdrawn": of(withdrawn, "change"),
        "bin": f"{ARTICLES}bin/",
        "into the bin": of(draft, "bin"),
        "history": of(draft, "history"),
        "history, a time": of(live, "history") + f"?at={clock()}",
        "comparison": of(draft, "compare") + "?from=1&to=draft",
        "revision": f"{ARTICLES}{draft.pk}/revisions/1/",
        "restoration": f"{ARTICLES}{draft.pk}/revisions/1/restore/",
        "family": of(live, "family"),
        "checks": of(live, "verification"),
        "saved searches": f"{ARTICLES}searches/",
        "search to save": f"{ARTICLES}searches/keep/?query=state%3Dlive",
        "preview links": of(draft, "previews"),
        "preview in frames": of(draft, "frames"),
        "preview": of(draft, "preview"),
        "shared preview": previews.address(token),
        "confidential notes": f"/admin/articles/confidentialnote/article/{draft.pk}/",
        "confidential note": f"/admin/articles/confidentialnote/{note.pk}/",
        "images": IMAGES,
        "image": f"{IMAGES}{photo.pk}/change/",
        "image, new": f"{IMAGES}add/",
        "images, upload": f"{IMAGES}upload/",
        "comments": "/admin/comments/comment/",
        "comment": f"/admin/comments/comment/{comment.pk}/change/",
        "audit log": "/admin/accounts/auditentry/",
        "sections": "/admin/articles/section/",
        "section": f"/admin/articles/section/{live.section_id}/change/",
        "section, new": "/admin/articles/section/add/",
        "authors": "/admin/articles/author/",
        "tags": "/admin/articles/tag/",
        "people": "/admin/accounts/user/",
    }
    ratna = visitor().log_in(chief)
    found = walk(ratna, paths)
    tick(ratna, found)
    steps(ratna, {"return": waiting, "schedule": draft, "update": live, "end": live}, found)
    conflict(ratna, draft, reporter, found)
    tell(found)


def tell(found: Found) -> None:
    """Fail with a page's name and what is wrong with it, a line each."""
    lines = [f"{name}: {complaint}" for name, told in found.items() for complaint in told]
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


def clock() -> str:
    """A minute ago, as a form's field has it."""
    return f"{timezone.localtime() - timedelta(minutes=1):%Y-%m-%dT%H:%M}"


def tick(person: Visitor, found: Found) -> None:
    """The list with rows that are chosen for a step."""
    person.follow(person.paper + ARTICLES)
    for box in person.page.locator(".action-select").all()[:2]:
        box.check()
    look(person, "articles, two chosen", found)


BUTTONS = {
    "return": "Return to the writer…",
    "schedule": "Publish later…",
    "update": "Publish the changes…",
    "end": "Set an end…",
    "withdraw": "Withdraw…",
}


def steps(person: Visitor, articles: Mapping[str, Article], found: Found) -> None:
    """The pages between, as they come and as they come back with errors."""
    withdrawing = {"withdraw": articles["end"]}
    for name, article in {**articles, **withdrawing}.items():
        press(person, article, BUTTONS[name])
        look(person, f"step: {name}", found)
        person.page.locator(".submit-row button, .desk-bar button").first.click()
        look(person, f"step: {name}, with errors", found)


def conflict(person: Visitor, article: Article, other: Any, found: Found) -> None:
    """The form that is refused because somebody else has changed the same sentence."""
    person.follow(person.paper + of(article, "change"))
    person.rewrite("Kalimat Ratna.")
    changed(article, other, body="<p>Kalimat Rini.</p>")
    person.click(said("Save")).sees("Kalimat Ratna.", ".ProseMirror")
    look(person, "article, conflict", found)
    assert len(person.errors) == 1
    assert "409" in person.errors.pop()


def test_the_pages_of_a_contributor(visitor) -> None:
    sari = make.user("contributor", name="Sari")
    own = picture(sari)
    draft = make.draft(sari, headline=TITLE, body=BODY, tags=["Banjir"], lead_image_id=own.pk)
    changed(draft, sari, body="<p>Kapal kedua.</p>")
    sent = workflow.submit(make.draft(sari, headline="Harga Cabai Turun", body=BODY), sari)
    paths = {
        "first page": "/admin/",
        "articles": ARTICLES,
        "articles, none": f"{ARTICLES}?q=tidakada",
        "article, new": f"{ARTICLES}add/",
        "article, draft": of(draft, "change"),
        "article, read only": of(sent, "change"),
        "history": of(draft, "history"),
        "family": of(draft, "family"),
        "checks": of(draft, "verification"),
        "preview links": of(draft, "previews"),
        "confidential notes": f"/admin/articles/confidentialnote/article/{draft.pk}/",
        "images": IMAGES,
        "image": f"{IMAGES}{own.pk}/change/",
        "images, upload": f"{IMAGES}upload/",
        "section": f"/admin/articles/section/{draft.section_id}/change/",
        "tags": "/admin/articles/tag/",
    }
    tell(walk(visitor().log_in(sari), paths))


PAGE = "<!doctype html><html lang='id'><title>Uji</title><main><h1>Uji</h1>{}</main></html>"
DARK = "@media (prefers-color-scheme: dark) { p { color: #222; background: #111 } }"
WIDE = "@media (min-width: 1000px) { p { color: #eee } }"


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Baca <a href='#'>pedoman</a> lebih dulu.</p>", ""),
        ("<img src='data:,'>", "360 light image-alt"),
        (f"<style>{DARK}</style><p>Gelap</p>", "360 dark color-contrast"),
        (f"<style>{WIDE}</style><p>Pucat</p>", "1280 light color-contrast"),
        ("<p><a href='#'>Pedoman</a></p>", "too small: a “Pedoman”"),
        ("<details><summary>Rincian</summary></details>", "too small: summary “Rincian”"),
        ("<p style='width: 500px'>Lebar</p>", "px too wide"),
    ],
)
def test_what_is_wrong_is_found(chromium, html, found) -> None:
    """The measure itself, on pages with one fault each and on one without."""
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.set_content(PAGE.format(html))
    told = complaints(page)
    page.close()
    assert bool(told) == bool(found)
    assert found in "".join(told[:1])


def test_the_doors(visitor) -> None:
    paths = {"log-in": "/akun/login/", "log-in to the desk": "/admin/"}
    tell(walk(visitor(), paths))
