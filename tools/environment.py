"""Make .venv and keep it in step with the locked requirements; write .env once.

Standard library only, and no syntax newer than Python 3.8: a Python that is too old must live to
say so.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

from process import ROOT, call

OLDEST = (3, 12)
LEVELS = ("base", "production", "dev")
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
DOTENV = ROOT / ".env"
DOTENV_TEXT = """\
# Written once by `make run`; yours to change. The settings of a server: docs/operators.md.
DEBUG=1
SECRET_KEY={key}
SITE_NAME="Harian Tirtanala"
"""


def ensure(level: str) -> None:
    """Have what requirements/<level>.txt locks; return at once if it's there already."""
    check_python()
    make_venv()
    if is_installed(level):
        return
    install(level)
    # A lock holds all that those below it hold, in the same versions.
    for name in LEVELS[: LEVELS.index(level) + 1]:
        stamp(name).write_text(digest(name))


def is_installed(level: str) -> bool:
    return stamp(level).exists() and stamp(level).read_text() == digest(level)


def stamp(level: str) -> Path:
    return VENV / f"{level}.installed"


def digest(level: str) -> str:
    return hashlib.sha256(lock_of(level).read_bytes()).hexdigest()


def lock_of(level: str) -> Path:
    return ROOT / "requirements" / f"{level}.txt"


def check_python() -> None:
    """End with one line if this Python can't make the environment."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit(
            f"Python 3.12 or newer is needed, and {sys.executable} is {found}. "
            "If you have one, name it: make PYTHON=/path/to/python3.13 …"
        )


def make_venv() -> None:
    if is_sound():
        return
    if VENV.exists():
        print("The environment in .venv is broken: making it anew.", flush=True)
        shutil.rmtree(VENV)
    check_venv_module()
    if call([sys.executable, "-m", "venv", VENV]):
        sys.exit(f"{sys.executable} could not make an environment in .venv: see above.")


def check_venv_module() -> None:
    """Debian's python3 comes without it."""
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        sys.exit(
            f"{sys.executable} can't make virtual environments: its venv module is missing. "
            "On Debian and Ubuntu: apt install python3-venv"
        )


def is_sound() -> bool:
    """Whether .venv has a Python that runs, is new enough and has pip; a half-made one has not."""
    probe = f"import pip, sys; sys.exit(sys.version_info < {OLDEST})"
    try:
        return subprocess.run([PYTHON, "-c", probe], capture_output=True).returncode == 0
    except OSError:
        return False


def install(level: str) -> None:
    print(f"Installing the packages of requirements/{level}.txt …", flush=True)
    pip = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    if call([*pip, "--require-hashes", "--requirement", lock_of(level)]):
        sys.exit("The packages could not be installed: see above. The same command tries again.")


def write_dotenv() -> None:
    """A newcomer's settings, readable by nobody else; a .env that exists is never touched."""
    try:
        handle = os.open(DOTENV, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        file.write(DOTENV_TEXT.format(key=secrets.token_urlsafe(48)))
    print("Wrote .env: settings for this machine.", flush=True)


def dotenv_is_ours() -> bool:
    """Whether .env is still as we wrote it."""
    pattern = re.escape(DOTENV_TEXT).replace(re.escape("{key}"), r"[\w-]+")
    return DOTENV.is_file() and bool(re.fullmatch(pattern, DOTENV.read_text()))


if __name__ == "__main__":
    try:
        ensure(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
