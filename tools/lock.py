"""`make lock`: lock requirements/*.in to versions and hashes; a lock names no host."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

from process import ROOT

LEVELS = ("base", "production", "dev")
FORM = ["--universal", "--generate-hashes", "--python-version", "3.12", "--no-header", "--quiet"]
WHERE = {"UV_PYTHON_DOWNLOADS": "never", "UV_PYTHON": sys.executable}


def main() -> int:
    if not importlib.util.find_spec("uv"):
        subprocess.check_call([sys.executable, "-m", "pip", "install", "--quiet", "uv"])
    return max(lock(*pair) for pair in zip(LEVELS, ("", *LEVELS), strict=False))


def lock(level: str, below: str) -> int:
    """Lock one level, to the versions that the one below it has."""
    print(f"Locking requirements/{level}.in …", flush=True)
    names = [f"{level}.in", "--output-file", f"{level}.txt"]
    names += ["--constraint", f"{below}.txt"] if below else []
    command = [sys.executable, "-m", "uv", "pip", "compile", *FORM, "--upgrade", *names]
    return subprocess.call(command, cwd=ROOT / "requirements", env=os.environ | WHERE)


if __name__ == "__main__":
    sys.exit(main())
