"""How much is kept: bounded in bytes, and nothing that has no end pushes out an article."""

from articles.dependencies import Recording
from articles.pagecache import Page, Reading
from articles.pagecache.entries import OVERHEAD, Entry, Shelf, Validity
from tests.articles.pagecache.toy import START, Stand


def entry(size: int = 1000) -> Entry:
    made = Recording(START, Reading(b"epoch", 1))
    return Entry("200 OK", (), "", Validity.of(made), bodies={"br": bytes(size)})


def test_a_shelf_holds_so_many_bytes_and_the_longest_unasked_goes_first() -> None:
    weight = OVERHEAD + 2 * 1000
    shelf = Shelf(3 * weight)
    for key in "abc":
        shelf.put(key, entry())
    shelf.get("a")
    shelf.put("d", entry())
    assert [key for key in "abcd" if shelf.get(key)] == ["a", "c", "d"]


def test_a_page_that_is_made_again_takes_the_place_of_its_own() -> None:
    shelf = Shelf(10 * (OVERHEAD + 2 * 1000))
    for _ in range(100):
        shelf.put("a", entry())
    for key in "bcdefghij":
        shelf.put(key, entry())
    assert len(shelf) == 10


def test_a_large_page_makes_room_for_itself() -> None:
    shelf = Shelf(100_000)
    for key in "abc":
        shelf.put(key, entry())
    shelf.put("large", entry(40_000))
    assert [key for key in ("a", "b", "c", "large") if shelf.get(key)] == ["large"]


def test_only_the_very_entry_is_dropped() -> None:
    shelf, old, new = Shelf(10**6), entry(), entry()
    shelf.put("a", old)
    shelf.put("a", new)
    shelf.drop("a", old)
    assert shelf.get("a") is new
    shelf.drop("a", new)
    assert shelf.get("a") is None


def test_neither_misses_nor_searches_push_out_an_article(mapped) -> None:
    stand = Stand(mapped, megabytes=1)
    stand.ask("/nasional/")
    for number in range(200):
        stand.sheet(f"/tidak/{number}/", status="404 Not Found")
        stand.ask(f"/tidak/{number}/")
        stand.sheet("/cari/", kind=Page(("q",), seconds=10))
        stand.ask(f"/cari/?q={number}")
    assert stand.ask("/nasional/").story == "hit"
    assert stand.ask("/tidak/199/").story == stand.ask("/cari/?q=199").story == "hit"
    assert stand.ask("/tidak/0/").story == stand.ask("/cari/?q=0").story == "fwd=miss"


def test_what_was_not_there_and_is_now_is_found(stand) -> None:
    sheet = stand.sheet(status="404 Not Found", tags={"slug:tag:banjir"})
    assert stand.ask().status == 404
    sheet.status = "200 OK"
    stand.clock.bump(["slug:tag:banjir"])
    assert [stand.ask().status, stand.ask().story] == [200, "hit"]


def test_what_is_void_is_let_go_at_once(stand) -> None:
    sheet = stand.sheet(tags={"article:1"})
    stand.ask()
    sheet.kind = None
    stand.clock.bump(["article:1"])
    stand.ask()
    assert len(stand.cache._pages) == 0


def test_no_bytes_no_pages(mapped) -> None:
    stand = Stand(mapped, megabytes=0)
    for path in ("/a/", "/b/", "/a/"):
        assert stand.ask(path).story == "fwd=miss"
