"""`make storm ROUNDS=1000 SEED=7`: two editors type while networks, servers and sessions fail.

Everything that was typed must be in the article or in its history; the number of silent losses is
printed, and is 0. It needs a Chromium; the paper it writes is its own, and is thrown away.
"""

from __future__ import annotations

import contextlib
import os
import random
import sys

import services
from process import ROOT, call, interrupt_on_stop, number

STORM = [sys.executable, "-m", "pytest", "-q", "-n0", "tests/browser/test_storm.py"]


def main() -> int:
    interrupt_on_stop()
    rounds = number("ROUNDS", 100)
    seed = number("SEED", random.randrange(10**6))
    chromium = services.chromium()
    if not chromium:
        print("A storm needs a Chromium: apt install chromium.", file=sys.stderr)
        return 1
    env = {**os.environ, "CHROMIUM": chromium, "TEST_DATABASE_URL": ""}
    # A test that is asked for a thousand rounds is not one that hangs.
    words = ["-o", "faulthandler_timeout=0"]
    return int(call([*STORM, *words], env | {"STORM_ROUNDS": rounds, "STORM_SEED": seed}) != 0)


if __name__ == "__main__":
    os.chdir(ROOT)
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
