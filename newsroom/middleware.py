from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from articles import addresses, pagecache, routes
from newsroom import logs
from newsroom.typed import typed_texts

# Here the letter case of a path matters, or the address is a machine's.
LEFT_ALONE = ("/admin/", "/akun/", "/static/", "/media/", "/healthz", "/readyz")
# A redirect would carry a shared preview's token to wherever redirects are kept.
NEVER_REDIRECTED = f"/{routes.PREVIEWS}/"
PERMANENT = (301, 308)


class CanonicalAddressMiddleware:
    """Host, https, case and slash variants of a public address reach the canonical one in one hop.

    The page is answered under its canonical path first; if that is itself a redirect (an old
    slug, say), its target is joined with the canonical host into a single 301.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if request.method not in {"GET", "HEAD"} or is_left_alone(path):
            return self.get_response(request)
        request.path_info = request.path = canonical_path(path)
        response = self.get_response(request)
        if response.status_code == 404 and (new := former_target(request)):
            pagecache.mark()
            return HttpResponsePermanentRedirect(f"{settings.SITE_URL}{new}")
        if response.status_code >= 400:
            return response  # A name that is not ours, perhaps, which need not be said twice.
        if request.path_info != path or is_foreign_host(request):
            pagecache.mark()
            return HttpResponsePermanentRedirect(target(request, response))
        return response


def is_left_alone(path: str) -> bool:
    return path.startswith(LEFT_ALONE) or path.lower().startswith(NEVER_REDIRECTED)


def canonical_path(path: str) -> str:
    """The lower-case path, with the slash at its end that a page has; others stay as they are."""
    lowered = path.lower()
    for candidate in (lowered, f"{lowered}/"):
        try:
            resolve(candidate)
        except Resolver404:
            continue
        return candidate
    return path


def former_target(request: HttpRequest) -> str | None:
    """The last look before a 404: perhaps the address is a former one of something we have.

    If the database fails here nobody knows: that is a 503, and no 404 that would be kept.
    """
    return addresses.find(request.path_info, request.META.get("QUERY_STRING", ""))


def is_foreign_host(request: HttpRequest) -> bool:
    """Whether the reader came by another name or by http; while developing, all are welcome."""
    here = f"{request.scheme}://{request.get_host()}"
    return not settings.DEBUG and here != settings.SITE_URL


def target(request: HttpRequest, response: HttpResponse) -> str:
    """The one address to go to, absolute, with the query kept unless a redirect set its own.

    Where the page itself would lead for the moment only (to log-in, say) is not to be remembered.
    """
    moved = response.headers.get("Location", "") if response.status_code in PERMANENT else ""
    location = moved or request.get_full_path()
    if urlsplit(location).netloc:
        return location
    return f"{settings.SITE_URL}{location}"


def unavailable(error: DatabaseError) -> HttpResponse | None:
    """A page that says so, made without the database; None for an error that is our own."""
    if not logs.is_away(error):
        return None
    logs.database_failed("The database does not answer.", error)
    page = render_to_string("503.html", {"site_name": settings.SITE_NAME})
    return HttpResponse(page, status=503, headers={"Retry-After": "10"})


def without_database(request: HttpRequest, error: DatabaseError) -> HttpResponse | None:
    """The answer to a request under which the database failed; None for an error of our own."""
    if request.method != "POST":
        return unavailable(error)
    logs.database_failed("The database failed under a form.", error)
    # Like the other page: no menu and no person, which the database would have to tell.
    context = {
        "site_name": settings.SITE_NAME,
        "typed": typed_texts(request),
        "address": request.get_full_path(),
    }
    page = render_to_string("form_failed.html", context)
    # What was typed may be for nobody else's eyes: no browser keeps this page.
    headers = {"Retry-After": "10", "Cache-Control": "no-store"}
    return HttpResponse(page, status=503, headers=headers)


class DatabaseDownMiddleware:
    """When the database fails: 503, for a form with all that was typed.

    A reader's page is answered by the page cache instead, if it has one that is still true.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return without_database(request, error) if isinstance(error, DatabaseError) else None
