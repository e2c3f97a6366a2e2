"""What is told to the one who changed something."""

import logging
from collections.abc import Callable

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles import pagecache

log = logging.getLogger(__name__)


class LateChangeMiddleware:
    """Says so when a change is saved and readers do not see it yet: the cache was out of reach.

    It reads what each change has noted of itself; that no error came up proves nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD"}:
            return self.get_response(request)
        with pagecache.watching() as changes:
            response = self.get_response(request)
        try:
            if pagecache.late(changes):
                self.tell(request)
        except DatabaseError:
            log.exception("Whether readers see the change already could not be looked up.")
        return response

    def tell(self, request: HttpRequest) -> None:
        """A word on the next page of the desk."""
        text = _(
            "Saved. Readers will see the change late: the page cache can’t be reached. "
            "It is announced again by itself, every second."
        )
        messages.warning(request, text)
