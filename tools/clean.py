"""`make clean`: remove what make made. A .env that someone changed stays."""

from __future__ import annotations

import shutil

import environment
from process import ROOT

FOLDERS = (".venv", "var", "staticfiles", "htmlcov")
CACHES = ("__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis")


def main() -> None:
    for name in FOLDERS:
        shutil.rmtree(ROOT / name, ignore_errors=True)
    for cache in [path for name in CACHES for path in ROOT.rglob(name)]:
        shutil.rmtree(cache, ignore_errors=True)
    (ROOT / ".coverage").unlink(missing_ok=True)
    print("Removed .venv, var (database, pictures, mails), staticfiles and the caches.")
    remove_dotenv()


def remove_dotenv() -> None:
    if environment.dotenv_is_ours():
        environment.DOTENV.unlink()
        print("Removed .env.")
    elif environment.DOTENV.exists():
        print("Kept .env: it is not as `make run` wrote it.")


if __name__ == "__main__":
    main()
