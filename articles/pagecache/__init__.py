"""The page cache: a page at the speed of a file, right at the second.

`announce` a change inside its transaction, `page` a route whose answer is the same for everybody,
`fragments.get` a part that many pages share, `moments.register` what changes pages by itself.
"""

from articles.pagecache import fragments, moments
from articles.pagecache.announcing import announce, drain, drain_all, late, prune, watching
from articles.pagecache.clocks import Clock, ClockDown, Reading
from articles.pagecache.current import clock
from articles.pagecache.pages import Page, mark, page
from articles.pagecache.serve import PageCache

__all__ = [
    "Clock",
    "ClockDown",
    "Page",
    "PageCache",
    "Reading",
    "announce",
    "clock",
    "drain",
    "drain_all",
    "fragments",
    "late",
    "mark",
    "moments",
    "page",
    "prune",
    "watching",
]
