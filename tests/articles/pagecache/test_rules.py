"""The rules of the page cache's protocol, each with a history that breaks without it.

A rule's name is that of the design: (T1) to (T15). For each there is a scenario that holds, and a
mutant of the code, from which this rule alone is taken: with it the same scenario must fail.
T1 is in test_redis_runs.py, which kills a Redis; T9 in test_whole_stack.py, where a person saves;
T2 and the other half of T10 in test_rules_of_writers.py; T7 in test_fork.py. T8 does not apply:
replicas are not supported, and a system check says so. Of T11 the half that a mutant can show is
here: a part is checked against the page's clock. A part that is newer than this clock is never
used, so there is no clock that it could hand up.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pytest

from articles import dependencies
from articles.dependencies import Recording
from articles.pagecache import Reading, fragments, moments, parts, serve
from articles.pagecache import answers as answers_module
from articles.pagecache.entries import Validity
from articles.pagecache.mapped_clock import MappedClock, Mapping
from articles.pagecache.moments import Moment
from tests.articles.pagecache.mutants import without
from tests.articles.pagecache.toy import Stand


class Between:
    """A clock with something that happens before or after its stamps are asked, once."""

    def __init__(self, clock: Any, before: Callable[[], None], after: Callable[[], None]) -> None:
        self.clock, self.before, self.after = clock, before, after

    def read(self) -> Reading:
        return self.clock.read()

    def newest(self, tags: Any) -> Reading:
        before, self.before = self.before, nothing
        before()
        found: Reading = self.clock.newest(tags)
        after, self.after = self.after, nothing
        after()
        return found


def nothing() -> None: ...


def kept_stand(clock: Any) -> Stand:
    """A page that shows article 1, kept when the clock had moved already, and moved once more."""
    for _ in range(5):
        clock.bump(["others"])
    stand = Stand(clock)
    stand.sheet(tags={"article:1"})
    stand.ask()
    clock.bump(["others"])
    return stand


def change(stand: Stand) -> None:
    """Article 1 is changed, and its writer has an answer."""
    stand.sheet(text="dua", tags={"article:1"})
    stand.clock.bump(["article:1"])


def t3_epoch_lost_between_two_looks(clock: Any, lose: Callable[[], None]) -> None:
    """The store is lost, and the change is announced to the new one, after the clock was read."""
    stand = kept_stand(clock)

    def lost() -> None:
        lose()
        change(stand)

    stand.cache.clock = Between(clock, lost, nothing)
    # The question was there before the change was answered; from the next one on it must be seen.
    reply = stand.ask()
    assert reply.body == b"dua"


def t5_bump_after_the_comparison(clock: Any, lose: Callable[[], None]) -> None:
    """A change comes after the stamps were compared and before the reader has his answer."""
    stand = kept_stand(clock)
    stand.cache.clock = Between(clock, nothing, lambda: change(stand))
    assert stand.ask().body == b"satu"
    assert stand.ask().body == b"dua"


class Watched:
    """The words of a mapped file, with a reader who looks before and after each is written."""

    def __init__(self, words: memoryview, look: Callable[[], Any]) -> None:
        self.words, self.look = words, look

    def __getitem__(self, place: int) -> int:
        return self.words[place]

    def __setitem__(self, place: int, value: int) -> None:
        self.look()
        self.words[place] = value
        self.look()


def t6_reader_between_two_writes(clock: MappedClock, lose: Callable[[], None]) -> None:
    """A reader in another process looks while a writer is at the file."""
    stand = kept_stand(clock)
    writer = MappedClock(clock._path)
    writer.read()
    mapping: Any = writer._mapping
    stand.sheet(text="dua", tags={"article:1"})
    mapping.words = Watched(mapping.words, stand.ask)
    writer.bump(["article:1"])
    assert stand.ask().body == b"dua"


def t10b_moment_in_a_long_rendering(clock: Any, lose: Callable[[], None]) -> None:
    """A moment passes between a page's now and the search for its moments."""
    now = datetime.now(UTC)
    moment = Moment(now - timedelta(seconds=5), False, frozenset({"list:front"}))
    source = lambda since: [moment] if moment.at > since else []  # noqa: E731
    stand = Stand(clock, settle=moments.settle)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moments, "_sources", [source])
        patch.setattr(moments, "_acts", [])
        stand.sheet(tags={"list:front"})
        stand.now = now - timedelta(seconds=10)
        stand.ask()
        stand.sheet(text="dua", tags={"list:front"})
        stand.now = now
        assert stand.ask().body == b"dua"


def t11_part_of_before_in_a_page_of_after(clock: Any, lose: Callable[[], None]) -> None:
    """A part is kept; it changes; a page is begun after that."""
    stand, menu = Stand(clock), ["lama"]

    def build() -> str:
        dependencies.saw("list:menu")
        return menu[0]

    def show() -> None:
        shown.append(fragments.get("menu", build))

    shown: list[str] = []
    stand.toy.during = show
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moments, "_sources", [])
        patch.setattr(moments, "_acts", [])
        stand.ask("/a/")
        menu[0] = "baru"
        clock.bump(["list:menu"])
        stand.ask("/b/")
    assert shown == ["lama", "baru"]


def t12_shows_and_hides_apart(clock: Any, lose: Callable[[], None]) -> None:
    """Without the database a page without the newest goes on, one with the withdrawn does not."""
    answers = {}
    for field in ("shows", "hides"):
        stand = Stand(clock)
        stand.sheet(**{field: stand.later(60)})
        stand.ask()
        stand.toy.is_down, stand.now = True, stand.later(61)
        answers[field] = stand.ask().status
    assert answers == {"shows": 200, "hides": 503}


def t13_lifetime_at_the_edge(clock: Any, lose: Callable[[], None]) -> None:
    """A cache in front never keeps a page beyond the next moment, however late it asks."""
    stand = Stand(clock, edge_seconds=5)
    stand.sheet(hides=stand.later(60))
    lives = []
    for seconds in (0, 50, 55.5, 58.2, 59.5):
        stand.now = stand.later(seconds)
        lives.append(stand.ask().headers["Cache-Control"].partition("s-maxage=")[2])
    assert lives == ["5", "5", "4", "1", "0"]


def t15_file_removed_and_replaced(clock: MappedClock, lose: Callable[[], None]) -> None:
    """Somebody removes the file; another process makes it anew and announces there."""
    stand = kept_stand(clock)
    clock._path.unlink()
    stand.sheet(text="dua", tags={"article:1"})
    MappedClock(clock._path).bump(["article:1"])
    assert stand.ask().body == b"dua"


class Rule(NamedTuple):
    """A rule: its scenario, where it is in the code, and the words of it."""

    scenario: Callable[[Any, Callable[[], None]], None]
    owner: Any
    name: str
    words: str
    mutant: str
    original: Any = None


LEFT = "(min(entry.validity.ends_at, entry.dies_at) - now).total_seconds()"
CLOCK_FIRST = """\
mapping.words[CLOCK] = value
        for slot in slots:
            mapping.words[slot] = value
"""
CLOCK_LAST = """\
for slot in slots:
            mapping.words[slot] = value
        mapping.words[CLOCK] = value
"""
BOTH = {
    "T3": Rule(
        t3_epoch_lost_between_two_looks,
        Validity,
        "stands",
        "if epoch != self.epoch or newest > self.clock:",
        "if newest > self.clock:",
    ),
    "T5": Rule(
        t5_bump_after_the_comparison,
        Validity,
        "stands",
        "self.checked = read.clock",
        "self.checked = clock.read().clock",
    ),
    "T10b": Rule(
        t10b_moment_in_a_long_rendering,
        moments,
        "settle",
        "bisect_right(ahead, made.now)",
        "bisect_right(ahead, datetime.now(ahead[0].tzinfo))",
    ),
    "T11": Rule(
        t11_part_of_before_in_a_page_of_after,
        parts,
        "_is_true",
        "kept.validity.stands(read, current.clock())",
        "True",
    ),
    "T12 all shows": Rule(t12_shows_and_hides_apart, Recording, "end", "if hides:", "if False:"),
    "T12 all hides": Rule(t12_shows_and_hides_apart, Recording, "end", "if hides:", "if True:"),
    "T13": Rule(
        t13_lifetime_at_the_edge,
        serve,
        "send_entry",
        LEFT,
        f"entry.__dict__.setdefault('left', {LEFT})",
        answers_module.send,
    ),
}
MAPPED = {
    "T6": Rule(t6_reader_between_two_writes, MappedClock, "bump", CLOCK_LAST, CLOCK_FIRST),
    "T15": Rule(
        t15_file_removed_and_replaced,
        Mapping,
        "is_current",
        "self.pid == os.getpid() and self.identity == self.named(path.stat())",
        "self.pid == os.getpid()",
    ),
}


@pytest.fixture
def lose(clock, monkeypatch) -> Callable[[], None]:
    """The store is lost, with all that it held."""
    if isinstance(clock, MappedClock):
        return clock._path.unlink
    from articles.pagecache import redis_clock

    return lambda: clock._ask("DEL", redis_clock.KEY)


def holds_and_breaks(rule: Rule, clock: Any, lose: Callable[[], None], monkeypatch: Any) -> None:
    rule.scenario(clock, lose)
    fragments.clear()
    whole = rule.original or getattr(rule.owner, rule.name)
    monkeypatch.setattr(rule.owner, rule.name, without(whole, rule.words, rule.mutant))
    with pytest.raises(AssertionError):
        rule.scenario(clock, lose)


@pytest.mark.parametrize("rule", BOTH.values(), ids=BOTH.keys())
def test_the_rule_holds_and_is_needed(rule, clock, lose, monkeypatch) -> None:
    holds_and_breaks(rule, clock, lose, monkeypatch)


@pytest.mark.parametrize("rule", MAPPED.values(), ids=MAPPED.keys())
def test_the_file_s_rule_holds_and_is_needed(rule, mapped, monkeypatch) -> None:
    holds_and_breaks(rule, mapped, nothing, monkeypatch)
