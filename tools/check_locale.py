"""Which texts lack their Indonesian translation, and whether the compiled catalogue is fresh."""

from __future__ import annotations

import gettext
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("newsroom", "accounts", "articles", "comments", "templates", "manage.py")
CATALOGUE = Path("locale", "id", "LC_MESSAGES", "django.po")


def main() -> int:
    if not shutil.which("xgettext"):
        print(
            "!! Translations were not checked: there is no gettext on this machine. CI checks them."
        )
        return int(os.environ.get("REQUIRE") == "all")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = collect(folder)
        problems = missing(template) + outdated(folder)
    print("\n".join(problems))
    return int(bool(problems))


def collect(folder: Path) -> Path:
    """Every text of the project, collected from a copy, so that nothing here changes."""
    (folder / "locale" / "id" / "LC_MESSAGES").mkdir(parents=True)
    for source in SOURCES:
        copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
        copy(ROOT / source, folder / source)
    words = ["makemessages", "--locale=id", "--keep-pot", "--no-wrap", "--verbosity=0"]
    subprocess.run([sys.executable, "manage.py", *words], cwd=folder, check=True)
    return folder / "locale" / "django.pot"


def missing(template: Path) -> list[str]:
    """Texts without a translation, or with one that a translator has yet to look at."""
    done = run("msgcmp", str(ROOT / CATALOGUE), str(template))
    return [done.stderr.replace(f"{ROOT}/", "")] if done.returncode else []


def outdated(folder: Path) -> list[str]:
    """Whether the .mo (committed, since msgfmt is not everywhere) says what the .po says."""
    fresh = folder / "fresh.mo"
    done = run("msgfmt", "--check-format", "-o", str(fresh), str(ROOT / CATALOGUE))
    if done.returncode:
        return [done.stderr.replace(f"{ROOT}/", "")]
    same = read(fresh) == read((ROOT / CATALOGUE).with_suffix(".mo"))
    return [] if same else [f"{CATALOGUE.with_suffix('.mo')} is out of date: make messages"]


def read(path: Path) -> dict[object, str]:
    """What a compiled catalogue says; empty if there is none."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue: dict[object, str] = vars(gettext.GNUTranslations(file))["_catalog"]
        return catalogue


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True)


if __name__ == "__main__":
    sys.exit(main())
