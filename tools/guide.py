"""`make pictures`: the pictures of docs/editors.md, taken anew from the demo edition.

It needs a Chromium; the paper it shows is its own, and is thrown away.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import services
from process import ROOT, beside, interrupt_on_stop

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = ROOT / "docs" / "pictures"
COLOURS = 64
ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
DESK = "/admin/articles/article/"
# The demo's articles are looked for by their words: numbers may change with the edition.
DRAFT, HANDED_IN, HARMFUL, LIVE = "layang-layang", "perintis", "kas koperasi", "tongkol"


@dataclass(frozen=True)
class Shot:
    """A picture: whose screen, which page, what is pressed there, and the part that is shown."""

    name: str
    address: str
    article: str = ""
    person: str = "redaktur@example.com"
    part: str = ""
    size: tuple[int, int] = (1280, 860)
    touch: bool = False
    press: str = ""


PHONE = (360, 740)
SHOTS = (
    Shot("first-page", "/admin/"),
    Shot("form", "change/", DRAFT, "reporter@example.com"),
    Shot("form-on-a-phone", "change/", DRAFT, "reporter@example.com", size=PHONE, touch=True),
    Shot("needs", "change/", DRAFT, part="section:has(> .desk-needs)"),
    Shot("checks", "verification/", HARMFUL),
    Shot("cards", "change/", LIVE, part=".desk-cards", size=(1000, 900)),
    Shot("pictures", "/admin/articles/image/"),
    Shot("picture", "/admin/articles/image/1/change/", size=(1280, 1000)),
    Shot("history", "history/", LIVE),
    Shot("comparison", "compare/?from=1&to=2", LIVE),
    Shot("list", DESK),
    Shot("returning", "change/", HANDED_IN, press="return_articles"),
    Shot("preview", "frames/", LIVE),
    Shot("preview-links", "previews/", DRAFT, size=(1100, 560)),
    Shot("family", "family/", LIVE, size=(1100, 760)),
    Shot("audit", "/admin/accounts/auditentry/", person="pemred@example.com"),
)


def main() -> int:
    interrupt_on_stop()
    chromium = services.chromium()
    if not chromium:
        print("Pictures need a Chromium: apt install chromium.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="newsroom-guide-") as folder:
        port = services.free_port()
        env = {
            **os.environ,
            "DEBUG": "1",
            "SECRET_KEY": "shows a demo on this machine and signs nothing that anyone keeps",
            "SITE_URL": f"http://127.0.0.1:{port}",
            "VAR_DIR": folder,
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "PYTHONPATH": str(ROOT),
        }
        password = demo(env)
        worker = [sys.executable, ROOT / "manage.py", "worker"]
        serve = [sys.executable, ROOT / "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
        with contextlib.ExitStack() as stack:
            stack.enter_context(environment(env))
            stack.enter_context(services.started(serve, port, folder))
            stack.enter_context(beside(worker, dict(os.environ), lambda code: None))
            take(chromium, f"http://127.0.0.1:{port}", password)
    print(f"{len(SHOTS)} pictures in {FOLDER.relative_to(ROOT)}.")
    return 0


@contextlib.contextmanager
def environment(env: dict[str, str]) -> Any:
    """Let what is started in the block have these variables."""
    before = dict(os.environ)
    os.environ.update(env)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def demo(env: dict[str, str]) -> str:
    """Load the demo edition with all sizes of its pictures; the password that all of it have."""

    def manage(*words: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=env, check=True, capture_output=True, text=True
        )
        return done.stdout

    manage("migrate", "--verbosity", "0")
    found = re.search(r"password for all: (\S+)", manage("demo"))
    manage("worker", "--once")
    if found is None:
        raise SystemExit("The demo named no password.")
    return found[1]


def take(chromium: str, paper: str, password: str) -> None:
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        for shot in SHOTS:
            with contextlib.closing(page_of(browser, shot, paper, password)) as page:
                keep(shot, page)
        browser.close()


def page_of(browser: Browser, shot: Shot, paper: str, password: str) -> Page:
    """The page in a browser of its own, logged in."""
    width, height = shot.size
    page = browser.new_page(
        viewport={"width": width, "height": height},
        has_touch=shot.touch,
        is_mobile=shot.touch,
        device_scale_factor=1,
        locale="id-ID",
    )
    page.goto(f"{paper}/akun/login/")
    page.fill("[name=login]", shot.person)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/akun/")
    address = shot.address
    if shot.article:
        page.goto(f"{paper}{DESK}?q={shot.article}")
        found = page.locator("#result_list .field-title a").first.get_attribute("href")
        address = f"{str(found).partition('change/')[0]}{shot.address or 'change/'}"
    page.goto(f"{paper}{address}")
    page.wait_for_load_state("networkidle")
    if shot.press:
        page.click(f"button[value={shot.press}]")
        page.wait_for_load_state("networkidle")
    return page


def keep(shot: Shot, page: Page) -> None:
    """Store the picture with few colours: texts need no more, and a clone is lighter."""
    from PIL import Image

    if shot.part:
        part = page.locator(shot.part).first
        part.evaluate("(element) => element.matches('details') && (element.open = true)")
        taken = part.screenshot()
    else:
        taken = page.screenshot()
    picture = Image.open(io.BytesIO(taken)).convert("RGB")
    picture = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(Path(FOLDER, f"{shot.name}.png"), optimize=True)


if __name__ == "__main__":
    os.chdir(ROOT)
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
