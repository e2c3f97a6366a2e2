"""`make messages`: collect the texts to translate, then compile what is translated."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from check_locale import CATALOGUE
from process import ROOT

NOT_OURS = [f"--ignore={name}" for name in (".venv", "tests", "tools", "var", "staticfiles")]
COLLECT = ["makemessages", "--locale=id", "--no-wrap", "--add-location=file", "--no-obsolete"]
COMPILE = ["msgfmt", "--check-format", "--statistics", "-o", str(CATALOGUE.with_suffix(".mo"))]


def main() -> int:
    if not shutil.which("msgfmt"):
        sys.exit("gettext is needed: apt install gettext, or brew install gettext")
    (ROOT / CATALOGUE).parent.mkdir(parents=True, exist_ok=True)
    # Collecting reads the settings, but no secret and no database.
    env = {"DEBUG": "1", "SECRET_KEY": "collects texts", **os.environ}
    collect = [sys.executable, "manage.py", *COLLECT, *NOT_OURS]
    return subprocess.call(collect, cwd=ROOT, env=env) or subprocess.call(
        [*COMPILE, CATALOGUE], cwd=ROOT
    )


if __name__ == "__main__":
    sys.exit(main())
