"""`python -m tests.hammer CHANGES SEED`: a rehearsal over real processes, on an empty database.

The environment names the database, the cache and a folder; tools/hammer.py sets it.
"""

import os
import signal
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.hammer.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402  as above: the apps must be ready
from django.core.management import call_command  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from tests.hammer import paper as papers  # noqa: E402
from tests.hammer.hammer import Hammer, Report  # noqa: E402
from tests.hammer.servers import processes  # noqa: E402

READERS = 2
# A change every forty seconds while fifty pages are opened in a second: a busy hour.
READS = 2000
MOST_EXCESS = 2.0
LEAST_HITS = 0.95


def main(count: int, seed: int) -> int:
    call_command("migrate", verbosity=0)
    setup_test_environment()
    log = Path(settings.VAR_DIR, "servers.log")
    with processes({}, log) as (one, other, fresh):
        paper = papers.build(seed)
        hammer = Hammer(paper, [one, other], fresh, seed, readers=READERS, reads=READS)
        report = hammer.run(count)
    sys.stdout.write("\n".join(report.lines()) + "\n")
    return int(failed(report))


def failed(report: Report) -> bool:
    """Whether the promise was broken: a stale page, a lost answer, too many pages made anew."""
    too_many = report.excess > MOST_EXCESS or report.hit_rate < LEAST_HITS
    return bool(report.stale or report.failures or too_many)


if __name__ == "__main__":
    # A request to end must reach the servers too: `finally` runs for an exception alone.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
