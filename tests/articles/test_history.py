"""“What was live at 14.05 on 3 March?” has an answer, and so has “why nothing?”."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone, translation

from articles import history, workflow
from articles.models import Article
from tests import make

pytestmark = pytest.mark.django_db

MARCH = datetime(2026, 3, 3, 7, 5, tzinfo=timezone.get_default_timezone())
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def corrected(time_machine) -> Article:
    """Published at 7.05 on 3 March as “Lama”, and from 9.05 on “Baru”."""
    time_machine.move_to(MARCH, tick=False)
    article = workflow.publish(make.complete(headline="Lama"), make.user("editor"))
    time_machine.move_to(MARCH + 2 * HOUR, tick=False)
    return make.changed(article, make.user("editor"), headline="Baru")


def headline_at(article: Article, at: datetime) -> str:
    seen = history.live_at(article, at)
    assert seen.revision is not None
    return str(seen.revision.content["fields"]["headline"])


def test_each_time_has_its_text(time_machine) -> None:
    article = corrected(time_machine)
    second = timedelta(seconds=1)
    assert headline_at(article, MARCH) == "Lama"
    assert headline_at(article, MARCH + 2 * HOUR - second) == "Lama"
    assert headline_at(article, MARCH + 2 * HOUR) == "Baru"
    assert headline_at(article, MARCH + 200 * HOUR) == "Baru"


def test_before_the_first_time_there_was_nothing(time_machine) -> None:
    seen = history.live_at(corrected(time_machine), MARCH - HOUR)
    assert seen.revision is None
    assert "not published yet" in seen.why
    assert "07.05 WIB" in seen.why


def test_a_draft_was_never_seen() -> None:
    assert "never" in history.live_at(make.complete(), timezone.now()).why


def test_what_was_withdrawn_says_when_and_why(time_machine) -> None:
    article = corrected(time_machine)
    time_machine.move_to(MARCH + 5 * HOUR, tick=False)
    workflow.withdraw(
        article, make.user("chief_editor"), reason="child", public_reason="Demi anak."
    )
    time_machine.move_to(MARCH + 9 * HOUR, tick=False)
    workflow.publish(article, make.user("editor"))
    seen = history.live_at(article, MARCH + 6 * HOUR)
    assert seen.revision is None
    for words in ("12.05 WIB", "A child's future", "Demi anak."):
        assert words in seen.why
    assert headline_at(article, MARCH + 9 * HOUR) == "Baru"
    assert headline_at(article, MARCH + HOUR) == "Lama"


def test_what_ended_says_so(time_machine) -> None:
    article = corrected(time_machine)
    end = MARCH + 4 * HOUR
    workflow.unpublish(
        article, make.user("editor"), at=end, reason="licence_ended", note="Lisensi habis."
    )
    assert headline_at(article, end - timedelta(seconds=1)) == "Baru"
    seen = history.live_at(article, end)
    assert seen.revision is None
    assert "Lisensi habis." in seen.why


def test_what_waits_for_its_time_was_not_seen_yet() -> None:
    article = make.scheduled_article(timezone.now() + HOUR)
    assert "not published yet" in history.live_at(article, timezone.now()).why
