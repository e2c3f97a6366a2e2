"""A Chromium, and people in front of it. Whatever their pages complain of fails the test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser_tools import Visitor

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WINDOW = {"viewport": {"width": 1280, "height": 900}, "locale": "id-ID"}


@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """One browser for a file of tests; it is gone before tests of another kind begin."""
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright runs an event loop in this thread, which Django takes for a reason to worry.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        # A busy machine is not a broken page.
        expect.set_options(timeout=15_000)
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium, live_server, settings) -> Iterator[Callable[..., Visitor]]:
    """Brings somebody with a browser of her own to the front page."""
    settings.SITE_URL = live_server.url
    cache.clear()
    people: list[Visitor] = []

    def bring(**options: Any) -> Visitor:
        people.append(Visitor(chromium.new_context(**WINDOW | options), live_server.url))
        return people[-1].arrive()

    yield bring
    for person in people:
        person.context.close()
    assert [heard for person in people for heard in person.violations] == []
    assert [heard for person in people for heard in person.errors] == []
