from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import workflow
from articles.guard import writing
from articles.models import Article
from articles.pagecache import clock, fragments
from tests import make
from tests.hammer.servers import InProcess

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def read(client, path: str) -> list[tuple[str | None, str | None]]:
    """Address and time of each entry."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    root = ET.fromstring(answer.content)  # noqa: S314 - our own sitemap
    return [(row.findtext(f"{NAMESPACE}loc"), row.findtext(f"{NAMESPACE}lastmod")) for row in root]


def test_each_month_has_a_file_with_the_time_of_its_last_change(client) -> None:
    make.live_article(at=datetime(2025, 3, 31, 16, 59, tzinfo=UTC))
    make.live_article(at=datetime(2025, 3, 31, 17, 0, tzinfo=UTC))
    last = make.live_article(at=datetime(2025, 4, 20, 3, 15, tzinfo=UTC))
    assert read(client, "/sitemap.xml") == [
        ("http://testserver/sitemap-2025-4.xml", "2025-04-20T10:15:00+07:00"),
        ("http://testserver/sitemap-2025-3.xml", "2025-03-31T23:59:00+07:00"),
    ]
    april = read(client, "/sitemap-2025-4.xml")
    address = f"http://testserver{last.get_absolute_url()}"
    assert april[0] == (address, "2025-04-20T10:15:00+07:00")
    assert len(april) == 2
    assert len(read(client, "/sitemap-2025-3.xml")) == 1


def test_only_a_change_of_substance_after_publication_moves_the_time(client) -> None:
    at = datetime(2025, 4, 20, 3, 15, tzinfo=UTC)
    early, late = make.live_article(at=at), make.live_article(at=at)
    with writing():
        Article.objects.filter(pk=early.pk).update(updated_at=at - timedelta(days=1))
        Article.objects.filter(pk=late.pk).update(updated_at=at + timedelta(days=9))
    times = [time for _, time in read(client, "/sitemap-2025-4.xml")]
    assert times == ["2025-04-29T10:15:00+07:00", "2025-04-20T10:15:00+07:00"]
    assert read(client, "/sitemap.xml")[0][1] == "2025-04-29T10:15:00+07:00"


def test_what_is_not_public_is_in_no_sitemap(client) -> None:
    make.draft()
    make.withdrawn_article()
    make.scheduled_article(timezone.now() + timedelta(minutes=1))
    now = timezone.localtime()
    assert read(client, "/sitemap.xml") == []
    assert client.get(f"/sitemap-{now.year}-{now.month}.xml").status_code == 404


def test_addresses_come_from_the_setting(client, settings) -> None:
    settings.SITE_URL, settings.DEBUG = "https://koran.example", True
    make.live_article(at=datetime(2025, 4, 20, tzinfo=UTC))
    for path in ("/sitemap.xml", "/sitemap-2025-4.xml"):
        assert all(
            (loc or "").startswith("https://koran.example/") for loc, _ in read(client, path)
        )


@pytest.mark.django_db(transaction=True)  # What is announced is announced on commit.
def test_a_month_goes_when_its_only_article_ends(settings, tmp_path) -> None:
    settings.PAGE_CLOCK = str(tmp_path / "clock")
    fragments.clear()
    article = make.live_article(at=datetime(2025, 4, 20, tzinfo=UTC))
    now = timezone.now()
    end = now + timedelta(hours=1)
    editor, reason = make.user("editor"), Article.Reason.LICENCE_ENDED
    workflow.unpublish(article, editor, at=end, reason=reason, note="Lisensi habis.")
    server = InProcess(clock())
    pages = [server.get("/sitemap.xml", at).body for at in (now, end - SECOND, end)]
    assert [b"sitemap-2025-4.xml" in page for page in pages] == [True, True, False]


@pytest.mark.django_db(transaction=True)
def test_months_of_the_past_outlast_what_comes_out_in_this_one(settings, tmp_path) -> None:
    settings.PAGE_CLOCK = str(tmp_path / "clock")
    fragments.clear()
    make.live_article(at=datetime(2025, 4, 20, tzinfo=UTC))
    now = timezone.now()
    at = now + SECOND
    make.scheduled_article(at)
    server = InProcess(clock())
    server.get("/sitemap.xml", now)
    with CaptureQueriesContext(connection) as captured:
        server.get("/sitemap.xml", at)
    assert not [query for query in captured if '"published_at" < ' in query["sql"]]
