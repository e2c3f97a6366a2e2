"""What was taken from the readers and is scheduled again: what its addresses say until then."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles import dependencies, previews, workflow
from articles.admin.lists import words_for
from articles.errors import Refused
from articles.models import Article
from articles.pagecache import current
from articles.pagecache.mapped_clock import MappedClock
from newsroom.door import with_page_cache
from tests import desk, make
from tests.articles.pagecache.toy import ask
from tests.browser_tools import said

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
NOW = datetime.fromisoformat("2026-03-02T10:00+07:00")
BACK = datetime.fromisoformat("2026-03-05T06:30+07:00")
PUBLIC = "Demi masa depan anak."


@pytest.fixture
def chief():
    return make.user("chief_editor")


def gone(chief, way: str) -> Article:
    """Published in February and taken away on 1 March at ten, WIB."""
    with time_machine.travel(NOW - timedelta(days=3), tick=False):
        whole = make.complete(headline="Judul yang lama")
        article = make.backdate(workflow.publish(whole, None), NOW - timedelta(days=20))
        end = {"at": NOW - timedelta(days=1), "reason": "child", "note": PUBLIC}
        if way == "ended":
            article = workflow.unpublish(article, chief, **end)
    if way == "withdrawn":
        with time_machine.travel(NOW - timedelta(days=1), tick=False):
            article = workflow.withdraw(article, chief, reason="child", public_reason=PUBLIC)
    return article


@pytest.fixture(params=["withdrawn", "ended"])
def away(request, chief):
    """Scheduled again; the clock stands still at NOW."""
    article = gone(chief, request.param)
    with time_machine.travel(NOW, tick=False):
        yield workflow.publish(article, chief, at=BACK)


def answer_at(path: str, at: datetime):
    with dependencies.recording(at):
        return Client().get(path)


def test_until_its_second_the_address_says_when_and_why_it_went(away) -> None:
    for path in (away.get_absolute_url(), f"/lain/{away.pk}/judul-lama/"):
        for at in (NOW, BACK - SECOND):
            answer = answer_at(path, at)
            assert answer.status_code == 410
            assert PUBLIC in answer.text
            assert (NOW - timedelta(days=1)).isoformat() in answer.text
            assert away.headline not in answer.text
            assert away.slug not in answer.text
    assert answer_at(away.get_absolute_url(), BACK).status_code == 200
    moved = answer_at(f"/lain/{away.pk}/judul-lama/", BACK)
    assert (moved.status_code, moved.headers["Location"]) == (301, away.get_absolute_url())


def test_a_shared_preview_stays_closed_until_then(away, chief) -> None:
    token = previews.make(away, chief, timedelta(days=7))[1]
    statuses = [answer_at(previews.address(token), at).status_code for at in (BACK - SECOND, BACK)]
    assert statuses == [410, 200]


def test_it_is_in_no_list_before(away) -> None:
    assert not Article.objects.live(BACK - SECOND).exists()
    assert Article.objects.live(BACK).get() == away


@pytest.mark.django_db(transaction=True)
def test_the_kept_page_ends_at_the_second(chief, tmp_path, monkeypatch, settings) -> None:
    mapped = MappedClock(tmp_path / "page-clock")
    monkeypatch.setattr(current, "clock", lambda: mapped)
    settings.PAGE_CACHE = True
    stack = with_page_cache(WSGIHandler(), clock=mapped, begin=lambda: None)
    article = workflow.publish(make.complete(), None)
    article = workflow.withdraw(article, chief, reason="child", public_reason=PUBLIC)
    article = workflow.publish(article, chief, at=timezone.now() + timedelta(hours=3))
    path, back = article.get_absolute_url(), article.published_at
    answers = []
    with time_machine.travel(back - 2 * SECOND, tick=False) as clock:
        for move in (0, 1, 1):
            clock.shift(move)
            reply = ask(stack, path)
            answers.append((reply.status, reply.story))
    assert answers == [(410, "fwd=miss"), (410, "hit"), (200, "fwd=miss")]


def test_the_desk_calls_it_scheduled_and_keeps_the_ground_in_sight(away, chief, client) -> None:
    assert words_for(away).startswith(said("Scheduled for %(time)s", time=""))
    for at, is_told in ((NOW, True), (BACK, False)):
        with time_machine.travel(at, tick=False):
            client.force_login(chief)
            page = LexborHTMLParser(client.get(desk.change(away)).text)
        assert any(PUBLIC in note.text() for note in page.css(".desk-note")) == is_told


def test_no_other_ground_takes_the_place_of_the_one_that_readers_are_told(away, chief) -> None:
    end = {"at": BACK + timedelta(days=9), "reason": "licence_ended", "note": "Lisensi habis."}
    with pytest.raises(Refused):
        workflow.unpublish(away, chief, **end)
    with pytest.raises(Refused):
        workflow.unpublish(away, chief, at=None)
    with time_machine.travel(BACK, tick=False):
        # Once it is back, the ground of before binds nobody: an editor dates the end of a licence.
        ended = workflow.unpublish(away, make.user("editor"), **end)
        assert ended.ended_at == end["at"]
        assert "Lisensi habis." in answer_at(away.get_absolute_url(), end["at"]).text


def test_another_time_changes_the_second_and_not_what_is_said(away, chief) -> None:
    later = BACK + timedelta(days=1)
    again = workflow.publish(away, chief, at=later)
    assert again.withdrawn_at == NOW - timedelta(days=1)
    statuses = [answer_at(away.get_absolute_url(), at).status_code for at in (BACK, later)]
    assert statuses == [410, 200]


def test_published_at_once_after_all_it_has_its_first_date(away, chief) -> None:
    back = workflow.publish(away, chief)
    assert back.published_at == back.first_published_at == NOW - timedelta(days=20)
    assert (back.withdrawn_at, back.withdrawal_reason) == (None, "")
    assert answer_at(back.get_absolute_url(), NOW).status_code == 200


def test_called_off_it_went_when_it_went(away, chief) -> None:
    off = workflow.withdraw(away, chief, reason="trauma", public_reason="Demi korban.")
    assert off.ended_at == NOW - timedelta(days=1)
    assert answer_at(away.get_absolute_url(), BACK).status_code == 410


def test_its_changes_go_out_with_it(away, chief) -> None:
    changed = make.changed(away, headline="Judul yang baru")
    assert answer_at(changed.get_absolute_url(), BACK - SECOND).status_code == 410
    assert "Judul yang baru" in answer_at(changed.get_absolute_url(), BACK).text
