"""From a draft to every place where readers find an article, and away from all of them again."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles import workflow
from articles.models import Article
from tests import desk, make

pytestmark = pytest.mark.django_db

HEADLINE = "Mercusuar Serindit Menyala Lagi"
SECOND = timedelta(seconds=1)


def at_desk(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def draft() -> Article:
    """A reporter's text, with all that makes an article turn up in lists."""
    return make.complete(
        headline=HEADLINE,
        section=make.section("daerah"),
        standfirst="Nelayan tak lagi menebak arah.",
        tags=["Mercusuar"],
        bylines=[make.author("Rini Wulandari", slug="rini-wulandari")],
    )


def places(article: Article, day: datetime) -> dict[str, str]:
    """Each public address that lists the article, and how it is named there."""
    lists = ["/", "/daerah/", "/tag/mercusuar/", "/penulis/rini-wulandari/"]
    local = timezone.localtime(day)
    headed = [*lists, *(f"{path}feed/" for path in lists), "/cari/?q=mercusuar"]
    headed.append(f"/indeks/?date={local:%Y-%m-%d}")
    month = f"/sitemap-{local.year}-{local.month}.xml"
    return dict.fromkeys(headed, HEADLINE) | {month: article.get_absolute_url()}


def showing(client: Client, article: Article, day: datetime) -> set[str]:
    """Of those places, the ones that show it now."""
    return {
        path
        for path, name in places(article, day).items()
        if name in client.get(path).content.decode()
    }


def test_what_an_editor_publishes_is_everywhere_at_once(client, draft) -> None:
    reporter = at_desk(User.objects.get(pk=draft.created_by_id))
    editor = at_desk(make.user("editor"))
    now = timezone.now()
    assert desk.save(reporter, draft, kicker="Pelayaran").status_code == 302
    assert desk.press(reporter, draft, "submit_articles").status_code == 302
    assert showing(client, draft, now) == set()
    assert client.get(draft.get_absolute_url()).status_code == 404

    assert desk.press(editor, draft, "publish_articles").status_code == 302
    assert showing(client, draft, now) == set(places(draft, now))
    page = client.get(draft.get_absolute_url())
    assert page.status_code == 200
    for words in (HEADLINE, "Pelayaran", "Nelayan tak lagi menebak arah.", "Rini Wulandari"):
        assert words in page.content.decode()


def test_a_scheduled_article_appears_at_the_second_and_ends_at_the_second(client, draft) -> None:
    start = datetime(2027, 3, 14, 23, 30, tzinfo=UTC)  # Already the 15th in Jakarta.
    end = start + timedelta(days=2)
    everywhere = set(places(draft, start))
    with time_machine.travel(start - timedelta(hours=6), tick=False) as clock:
        editor = make.user("editor")
        workflow.publish(draft, editor, at=start)
        ended = {"reason": "licence_ended", "note": "Lisensi foto berakhir."}
        workflow.unpublish(draft, editor, at=end, **ended)

        clock.move_to(start - SECOND)
        assert showing(client, draft, start) == set()
        assert client.get(draft.get_absolute_url()).status_code == 404
        clock.move_to(start)
        assert showing(client, draft, start) == everywhere
        assert "Senin, 15 Maret 2027 | 06:30 WIB" in page_of(client, draft)

        clock.move_to(end - SECOND)
        assert showing(client, draft, start) == everywhere
        clock.move_to(end)
        assert showing(client, draft, start) == set()
        assert "Lisensi foto berakhir." in page_of(client, draft, status=410)


def test_a_withdrawn_article_is_gone_everywhere_and_says_why(client, draft) -> None:
    now = timezone.now()
    workflow.publish(draft, make.user("editor"))
    assert showing(client, draft, now) == set(places(draft, now))

    chief = at_desk(make.user("chief_editor"))
    asked = {"reason": "child", "public_reason": "Demi masa depan anak."}
    assert desk.act(chief, "withdraw_articles", draft, **asked).status_code == 302
    assert showing(client, draft, now) == set()
    page = page_of(client, draft, status=410)
    assert "Demi masa depan anak." in page
    assert HEADLINE not in page
    assert "Paragraf pertama" not in page


def page_of(client: Client, article: Article, status: int = 200) -> str:
    answer = client.get(article.get_absolute_url())
    assert answer.status_code == status
    return answer.content.decode()
