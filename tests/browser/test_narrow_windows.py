"""Nothing sticks out of a phone's window: 360 pixels are common, 320 the least that WCAG allows."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import content, pictures, wastebin, workflow
from articles.content import Values
from articles.jobs import ticker
from articles.models import Article, Beat, Image, Job
from comments.models import Comment
from tests import background, make, public
from tests.browser_tools import Visitor

pytestmark = pytest.mark.once

WIDTHS = [360, 320]
PHONE = {"viewport": {"width": 360, "height": 740}}
ENDLESS = "Pertanggungjawabanpenyelenggaraanketatausahaanpemerintahan"
ERRORS = ("withdrawn", "not found")
LONG = f"{ENDLESS} Dipertanyakan dalam Sidang Paripurna Dewan Kota yang Berlangsung hingga Larut"
ADDRESS = f"https://contoh.example/{'panjang/' * 20}"
CELLS = "".join(f"<td>Kecamatan{number}</td>" for number in range(9))
# By how much the page is wider than the window, and what sticks out. What scrolls in a box of its
# own, such as a table or the menu, may be as wide as it likes. Icons are words until their font is
# there.
EXCESS = """async () => {
  await document.fonts.ready;
  const excess = document.scrollingElement.scrollWidth - innerWidth;
  const boxed = (element) => element && (
    getComputedStyle(element).overflowX !== "visible" || boxed(element.parentElement));
  const right = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect().right;
  };
  const out = [...document.body.querySelectorAll("*")].filter(
    (element) => right(element) > innerWidth + 1 && !boxed(element));
  return excess > 0 ? [excess, ...out.map((e) => `${e.localName}.${e.className}`)] : [];
}"""


def picture(**words: str) -> Image:
    """A picture with all its copies."""
    words = {"caption": "Kapal di dermaga.", "credit": "Foto: Tes", "alt": "Kapal"} | words
    return pictures.store(ContentFile(make.jpeg((1280, 800)), "foto.jpg"), by=None, **words)


@pytest.fixture
def paper(monkeypatch) -> public.Paper:
    """A paper with the longest of everything."""
    monkeypatch.setattr(public, "image", picture)
    paper = public.paper()
    body = f"<h2>{ENDLESS}</h2><p>{ADDRESS}</p><table><tbody><tr>{CELLS}</tr></tbody></table>"
    wide = make.live_article(
        headline=LONG,
        kicker=ENDLESS[:40],
        standfirst=f"{ENDLESS} {ENDLESS}",
        body=body,
        lead_image_id=picture(caption=ENDLESS, credit=f"Foto: {ENDLESS}").pk,
        tags=["Banjir", ENDLESS],
        bylines=[make.author(ENDLESS), make.author("Rini Wulandari"), make.author("Bagas P.")],
    )
    first = make.comment(wide, body=ADDRESS)
    for _ in range(3):
        first = make.comment(wide, parent=first, depth=first.depth + 1, body=ENDLESS)
    paper.paths["long article"] = wide.get_absolute_url()
    return paper


def excess(person: Visitor, paths: dict[str, str]) -> dict[str, dict[int, list[object]]]:
    """The pages that are wider than the window, at which width, by how much and by what."""
    found: dict[str, dict[int, list[object]]] = {}
    for name, path in paths.items():
        person.follow(person.paper + path)
        for width in WIDTHS:
            person.page.set_viewport_size({"width": width, "height": 740})
            if wide := person.page.evaluate(EXCESS):
                found.setdefault(name, {})[width] = wide
    return found


def test_a_readers_pages(visitor, paper) -> None:
    machines = ("feed", "sitemap", "robots")
    paths = {k: v for k, v in paper.paths.items() if not any(word in k for word in machines)}
    paths |= {
        "log-in": "/akun/login/",
        "sign-up": "/akun/signup/",
        "forgotten password": "/akun/password/reset/",
    }
    reader = visitor(**PHONE)
    assert excess(reader, paths) == {}
    # The console tells of two answers that are errors, and mean to be.
    assert len(reader.errors) == 2
    assert all(reader.paper + paths[name] in " ".join(reader.errors) for name in ERRORS)
    reader.errors.clear()


def test_a_members_pages(visitor, paper) -> None:
    siti = make.user(name=ENDLESS[:50])
    comment = make.comment(paper.article, by=siti, body=ENDLESS, status="held")
    reader = visitor(**PHONE).log_in(siti)
    write = f"/komentar/tulis/{paper.article.pk}/"
    parent = Comment.objects.filter(body=ADDRESS).get()
    paths = {
        "account": "/akun/",
        "name": "/akun/profil/",
        "address": "/akun/email/",
        "password": "/akun/password/change/",
        "log-out": "/akun/logout/",
        "form": write,
        "answer": f"/komentar/tulis/{parent.article_id}/?balas={parent.pk}",
        "waiting": f"/komentar/terkirim/{comment.submission}/",
    }
    assert excess(reader, paths) == {}


def test_the_desk(visitor, paper) -> None:
    chief = make.user("chief_editor")
    article = Article.objects.get(headline=LONG)
    make.comment(article, body=ADDRESS, status="held")
    editor = visitor(**PHONE).log_in(chief)
    workflow.submit(paper.draft, None)
    values = Values({"headline": f"{ENDLESS} Lain", "body": f"<p>{ADDRESS} {ENDLESS}</p>"})
    content.save(article, values, article.version, chief, note=ENDLESS)
    wastebin.throw_away(make.draft(headline=LONG), chief, ENDLESS)
    later = make.live_article(headline=LONG)
    saved = content.save(later, Values({"kicker": "Laut"}), later.version, chief)
    tomorrow = timezone.now() + timedelta(days=1)
    workflow.schedule_update(saved, chief, at=tomorrow, is_substantial=True)
    paths = {
        "article that will change": f"/admin/articles/article/{later.pk}/change/",
        "desk": "/admin/",
        "articles": "/admin/articles/article/",
        "new article": "/admin/articles/article/add/",
        "article": f"/admin/articles/article/{article.pk}/change/",
        "preview": f"/admin/articles/article/{article.pk}/preview/",
        "revision": f"/admin/articles/article/{article.pk}/revisions/1/",
        "history": f"/admin/articles/article/{article.pk}/history/",
        "comparison": f"/admin/articles/article/{article.pk}/compare/",
        "restoration": f"/admin/articles/article/{article.pk}/revisions/1/restore/",
        "into the bin": f"/admin/articles/article/{article.pk}/bin/",
        "bin": "/admin/articles/article/bin/",
        "pictures": "/admin/articles/image/",
        "picture": "/admin/articles/image/add/",
        "sections": "/admin/articles/section/",
        "authors": "/admin/articles/author/",
        "tags": "/admin/articles/tag/",
        "comments": "/admin/comments/comment/",
        "comment": f"/admin/comments/comment/{Comment.objects.get(status='held').pk}/change/",
        "people": "/admin/accounts/user/",
    }
    assert excess(editor, paths) == {}


def test_the_page_of_the_background_and_its_strip(visitor, settings) -> None:
    settings.TASKS = background.QUEUE
    Beat.objects.create(worker_id="silent", seen_at=timezone.now() - timedelta(hours=30))
    ticker.enrol()
    Job.objects.filter(pk="search").update(error=f"OSError: {ADDRESS}")
    background.stumble.enqueue()
    DBTaskResult.objects.get().set_failed(ValueError(f"{ADDRESS} {ENDLESS}"))
    administrator = visitor(**PHONE).log_in(make.user("administrator"))
    paths = {"desk": "/admin/", "background": "/admin/articles/job/"}
    assert excess(administrator, paths) == {}
    assert administrator.page.locator(".desk-alarm").is_visible()
