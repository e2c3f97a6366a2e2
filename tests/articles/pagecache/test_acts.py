"""What is due is done before a page of that time is made, by whoever makes the first one."""

from datetime import datetime, timedelta

import pytest

from articles.pagecache import moments
from articles.pagecache.moments import Act, Moment
from tests.articles.pagecache.toy import START, Stand

# An act may ask the database; the pages of these tests do not.
pytestmark = pytest.mark.django_db

AT = START + timedelta(minutes=1)
SECOND = timedelta(seconds=1)
TAGS = frozenset({"article:1"})


class Change:
    """A text that is another one from AT on, once somebody has done that."""

    def __init__(self, clock, stand: Stand) -> None:
        self.clock, self.sheet = clock, stand.sheet("/a/", tags=TAGS)
        self.stand, self.done = stand, 0
        self.looked = 0

    def acts(self):
        self.looked += 1
        return [] if self.done else [Act(AT, self.do)]

    def moments(self, since: datetime):
        return [] if self.done else [Moment(AT, True, TAGS)]

    def do(self, now: datetime) -> None:
        assert now >= AT
        self.done, self.sheet.text = self.done + 1, "dua"
        self.clock.bump([moments.TAG, *TAGS])


@pytest.fixture(autouse=True)
def _nothing_was_looked_up(monkeypatch):
    monkeypatch.setattr(moments, "_looked", (float("-inf"), []))


def arranged(clock, monkeypatch, **options) -> Change:
    given = {"prepare": moments.prepare, "settle": moments.settle}
    stand = Stand(clock, **given | options)
    change = Change(clock, stand)
    monkeypatch.setattr(moments, "_sources", [change.moments])
    monkeypatch.setattr(moments, "_acts", [change.acts])
    return change


def test_a_kept_page_ends_at_the_moment_and_the_act_comes_before_the_next(
    clock, monkeypatch
) -> None:
    change = arranged(clock, monkeypatch)
    stand = change.stand
    stand.now = AT - SECOND
    assert [stand.ask("/a/").body, stand.ask("/a/").story] == [b"satu", "hit"]
    assert change.done == 0
    stand.now = AT
    assert stand.ask("/a/").body == b"dua"
    # The page was made after the act, and is no older than it: it is kept at once.
    assert stand.ask("/a/").story == "hit"
    assert (change.done, stand.times("/a/")) == (1, 2)


def test_it_is_looked_up_again_only_after_a_change_of_moments(clock, monkeypatch) -> None:
    change = arranged(clock, monkeypatch)
    for number in range(5):
        change.stand.ask(f"/{number}/")
        clock.bump(["article:9"])
    assert change.looked == 1


def test_without_a_clock_it_is_known_by_heart_for_a_second(clock, monkeypatch) -> None:
    change = arranged(clock, monkeypatch)
    change.stand.cache.clock = None
    change.stand.now = AT - SECOND
    assert {change.stand.ask("/a/").body for _ in range(5)} == {b"satu"}
    assert change.looked == 1
    change.stand.now = AT
    assert change.stand.ask("/a/").body == b"dua"


def test_a_page_before_which_it_failed_is_told_once_and_not_kept(
    clock, monkeypatch, caplog
) -> None:
    change = arranged(clock, monkeypatch)
    do = change.do
    change.do = lambda now: 1 / 0
    change.stand.now = AT
    assert change.stand.ask("/a/").body == b"satu"
    assert "could not be done" in caplog.text
    change.do = do
    clock.bump([moments.TAG])
    assert change.stand.ask("/a/").body == b"dua"


def test_the_mutant_that_forgets_to_prepare_serves_the_page_of_before(clock, monkeypatch) -> None:
    change = arranged(clock, monkeypatch, prepare=lambda made: False)
    change.stand.now = AT
    assert change.stand.ask("/a/").body == b"satu"
