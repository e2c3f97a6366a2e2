"""Every kind of tag is needed: with any one left out, the hammer finds a stale page.

A mutant is the same paper whose changes forget one kind of tag. It makes those changes that should
show it, until a reader gets a page of before.
"""

from collections.abc import Iterable

import pytest

from articles.pagecache import clock, fragments
from articles.pagecache.mapped_clock import MappedClock
from tests.hammer import changes
from tests.hammer import paper as papers
from tests.hammer.hammer import Hammer
from tests.hammer.servers import InProcess

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

MOST_TRIES = 30
# A kind of tag, by how it begins, and the changes that would go unseen without it.
MUTANTS = {
    "article:": [changes.correct_the_body, changes.link_articles],
    "card:": [changes.change_the_headline],
    "comments:": [changes.approve, changes.reject_what_was_shown],
    "section:": [changes.rename_a_section],
    "tag:": [changes.rename_a_tag],
    "author:": [changes.rename_an_author],
    "image:": [changes.describe_a_picture],
    "list:front": [changes.publish],
    "list:section:": [changes.move_the_section],
    "list:tag:": [changes.retag],
    "list:author:": [changes.change_the_bylines],
    "list:day:": [changes.withdraw, changes.publish],
    "list:section-day:": [changes.move_the_section],
    "list:month:": [changes.withdraw, changes.publish],
    "list:months": [changes.publish],
    "list:months:past": [changes.withdraw],
    "list:search": [changes.publish],
    "list:menu": [changes.add_a_section, changes.rename_a_section],
    "slug:tag:": [changes.tag_anew],
    "slug:author:": [changes.move_an_author],
    "moments": [changes.schedule, changes.end_later, changes.change_later],
}


def kind_of(tag: str) -> str:
    """The longest kind of MUTANTS that the tag is of."""
    fits = [kind for kind in MUTANTS if tag == kind or (kind[-1] == ":" and tag.startswith(kind))]
    return max(fits, key=len, default="")


@pytest.fixture
def paper(tmp_path, settings) -> papers.Paper:
    settings.PAGE_CLOCK = str(tmp_path / "clock")
    fragments.clear()
    # Two months and more, so that there are months of the past.
    return papers.build(seed=11, articles=12, apart=6)


def goes_stale(paper: papers.Paper, kind: str) -> bool:
    """Whether one of the changes that need this kind of tag leaves a page of before behind."""
    hammer = Hammer(paper, [InProcess(clock())], InProcess(None), seed=11)
    hammer.visit(list(paper.paths))
    for number in range(MOST_TRIES):
        hammer.change(MUTANTS[kind][number % len(MUTANTS[kind])].__name__)
        if kind == "moments":
            hammer.leap()
        if hammer.report.stale:
            return True
    return False


@pytest.mark.parametrize("kind", MUTANTS)
def test_the_hammer_fails_when_a_tag_is_left_out(paper, monkeypatch, kind) -> None:
    whole = MappedClock.bump

    def forgetful(self: MappedClock, tags: Iterable[str]) -> None:
        whole(self, [tag for tag in tags if kind_of(tag) != kind])

    monkeypatch.setattr(MappedClock, "bump", forgetful)
    assert goes_stale(paper, kind), f"Nothing needs the tag {kind}"


def test_every_tag_that_a_change_bumps_has_its_mutant(paper, monkeypatch) -> None:
    bumped: set[str] = set()
    whole = MappedClock.bump

    def noting(self: MappedClock, tags: Iterable[str]) -> None:
        bumped.update(tags)
        whole(self, tags)

    monkeypatch.setattr(MappedClock, "bump", noting)
    hammer = Hammer(paper, [InProcess(clock())], InProcess(None), seed=11)
    for kind in changes.KINDS:
        hammer.change(kind)
    assert not hammer.report.stale
    # A former address is bumped for whoever writes one by hand: tests/articles/test_naming.py.
    others = {tag for tag in bumped if not kind_of(tag) and not tag.startswith("address:")}
    assert others == set()
    assert {kind_of(tag) for tag in bumped} >= set(MUTANTS)
