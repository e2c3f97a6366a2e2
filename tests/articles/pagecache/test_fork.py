"""The rule (T7) of the page cache: a lock excludes a child of fork, too."""

import pytest

from tests.articles.pagecache.servers import run

FORK = """
import fcntl, os, sys, time
from pathlib import Path
from articles.pagecache.mapped_clock import MappedClock, Mapping
from tests.articles.pagecache.mutants import without
if sys.argv[2] == "mutant":
    Mapping.is_current = without(Mapping.is_current, "self.pid == os.getpid() and ", "")
clock = MappedClock(Path(sys.argv[1]))
clock.read()
held = clock._mapping
fcntl.flock(held.file, fcntl.LOCK_EX)
child = os.fork()
if child == 0:
    clock.bump(["article:1"])
    os._exit(0)
for _ in range(20):
    time.sleep(0.05)
    if ended := os.waitpid(child, os.WNOHANG)[0]:
        break
before = held.words[8]
fcntl.flock(held.file, fcntl.LOCK_UN)
if not ended:
    os.waitpid(child, 0)
print(bool(ended), before, held.words[8])
"""


@pytest.mark.parametrize(("code", "printed"), [("ours", "False 1 2"), ("mutant", "True 2 2")])
def test_t7_a_child_waits_for_the_lock_that_its_parent_holds(tmp_path, code, printed) -> None:
    """A child of fork opens the file itself: a lock on its parent's descriptor is held by both."""
    done = run(FORK, str(tmp_path / "page-clock"), code)
    assert (done.stdout.strip(), done.returncode) == (printed, 0), done.stderr
