"""`make lint`: every check that runs no test. With --fix: rewrite in the house style."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from process import ROOT

type Command = list[str | Path]
type Jobs = dict[str, Command]

BIN = Path(sys.executable).parent
TEMPLATES = [str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("templates/**/*.html"))]
DJADE: Command = [BIN / "djade", "--target-version", "6.1"]
MANAGE = [sys.executable, "manage.py"]
FIXES: Jobs = {
    "ruff": [BIN / "ruff", "check", "--fix-only", "."],
    "ruff format": [BIN / "ruff", "format", "."],
    "djade": [*DJADE, *TEMPLATES],
}
CHECKS: Jobs = {
    "mypy": [BIN / "mypy"],
    "translations": [sys.executable, "tools/check_locale.py"],
    "ruff": [BIN / "ruff", "check", "."],
    "ruff format": [BIN / "ruff", "format", "--check", "."],
    "djade": [*DJADE, "--check", *TEMPLATES],
    "djlint": [BIN / "djlint", "--lint", "--quiet", "templates"],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "settings": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
}
# Settings as on a server: `check --deploy` looks at what would run there, and no .env has a say.
SERVER = {
    "DEBUG": "0",
    "SECRET_KEY": "a key of fifty characters or more that serves no purpose but this check",
    "SITE_URL": "https://www.example.com",
    "ALLOWED_HOSTS": "www.example.com",
    "DATABASE_URL": "",
    "CACHE_URL": "redis://127.0.0.1:6379/0",
    "CONFIDENTIAL_KEYS": "c2VydmVzIG5vIHB1cnBvc2UgYnV0IHRoaXMgY2hlY2s=",
    "MAIL_URL": "smtps://user:password@mail.example.com",
    "DEFAULT_FROM_EMAIL": "newsroom@example.com",
}


def main(jobs: Jobs) -> int:
    with tempfile.TemporaryDirectory() as var, ThreadPoolExecutor(2) as pool:
        env = {**os.environ, **SERVER, "VAR_DIR": var}
        runs = {name: pool.submit(run, command, env) for name, command in jobs.items()}
        failures = [name for name, job in runs.items() if not report(name, job.result())]
    return len(failures)


def run(command: Command, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    out, both = subprocess.PIPE, subprocess.STDOUT
    return subprocess.run(words, cwd=ROOT, env=env, text=True, stdout=out, stderr=both)


def report(name: str, done: subprocess.CompletedProcess[str]) -> bool:
    """One line for a check that passed, all of its words for one that did not."""
    passed = done.returncode == 0
    print(f"{'ok    ' if passed else 'FAILED'} {name}", flush=True)
    if not passed or "!!" in done.stdout:
        print(done.stdout, flush=True)
    return passed


if __name__ == "__main__":
    if "--fix" in sys.argv:
        # djade's exit code 1 means that it rewrote something.
        sys.exit(main(FIXES) > 1)
    sys.exit(main(CHECKS) > 0)
