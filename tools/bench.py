"""`make bench`: CPU milliseconds a request, in this process, with the demo and a server's settings.

H is a page of 27 KB that asks for nothing, through the same middleware: what Django itself costs.
Compare rows of one run; other machines and other loads give other numbers.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

from process import ROOT

type Get = Callable[..., Any]

REQUESTS, ROUNDS = 30, 3
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    "DEBUG": "0",
    "SECRET_KEY": "measures pages on this machine and signs nothing that anyone keeps",
    "SITE_URL": "https://bench.example",
    "MAIL_URL": "smtp://127.0.0.1",
    "DATABASE_URL": "",
    "CACHE_URL": "",
    "VAR_DIR": str(ROOT / "var" / "bench"),
}


def main() -> None:
    os.environ.update(SETTINGS)
    load_demo()
    boot()
    from django.test import Client

    get = Client(headers={"host": "bench.example"}).get
    # A round asks for every page, so that a busy moment of the machine falls on every row.
    paths = {"H": "/bench-constant/"} | addresses(get)
    rounds = [[cost(get, path) for path in paths.values()] for _ in range(ROUNDS)]
    for name, costs in zip(paths, zip(*rounds, strict=True), strict=True):
        print(f"{name:8} {statistics.median(costs):7.2f} ms   {paths[name]}")


def load_demo() -> None:
    """The demo edition in a paper of its own, kept for the next time; it is refused by a server."""
    for words in (["migrate", "--verbosity=0"], ["demo", "--verbosity=0"]):
        env = {**os.environ, "DEBUG": "1"}
        command = [sys.executable, "manage.py", *words]
        subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)


def boot() -> None:
    """Django with a server's settings, and the constant page beside the real ones."""
    sys.path[0] = str(ROOT)
    # Nothing is served from there, so nothing need be collected.
    warnings.filterwarnings("ignore", "No directory at")
    import django
    from django.conf import settings
    from django.http import HttpResponse
    from django.urls import path

    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    django.setup()
    from newsroom import urls

    page = "<!doctype html><title>H</title>".ljust(27 * 1024, ".")
    urls.urlpatterns.insert(0, path("bench-constant/", lambda _: HttpResponse(page)))


def addresses(get: Get) -> dict[str, str]:
    """The front page, and the first section and article that it links to."""
    front = get("/", secure=True).content.decode()
    [article, *_] = re.findall(r'href="(/[\w-]+/\d+/[\w-]+/)"', front)
    section = f"/{article.split('/')[1]}/"
    return {"front": "/", "section": section, "article": article, "search": "/cari/?q=harga"}


def cost(get: Get, path: str) -> float:
    """CPU milliseconds of one request, the mean of a round; the first two warm up."""
    for _ in range(2):
        assert get(path, secure=True).status_code == 200, path
    start = time.process_time()
    for _ in range(REQUESTS):
        get(path, secure=True)
    return (time.process_time() - start) * 1000 / REQUESTS


if __name__ == "__main__":
    main()
