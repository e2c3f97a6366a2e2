"""The page cache around Django's application, as the settings say."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from accounts.middleware import MEMBER_PATHS
from articles import pagecache, routes
from articles.pagecache import PageCache, moments, watcher

# Health is asked of this very process; files are streamed; a shared preview is for its holder.
NEVER_KEPT = ("/healthz", "/readyz", f"/{routes.PREVIEWS}/")


def with_page_cache(application: Any, **options: Any) -> PageCache:
    """The application that answers kept pages itself; `options` are PageCache's, for rehearsals."""
    files = tuple(urlsplit(url).path for url in (settings.STATIC_URL, settings.MEDIA_URL))
    given = {
        "clock": pagecache.clock() if settings.PAGE_CACHE else None,
        "origin": settings.SITE_URL,
        "private": (*MEMBER_PATHS, *files, *NEVER_KEPT),
        "prepare": moments.prepare,
        "settle": moments.settle,
        "drain": pagecache.drain_all,
        "megabytes": settings.PAGE_CACHE_MB,
        "edge_seconds": settings.EDGE_SECONDS,
        "begin": watcher.begin,
    }
    cache = PageCache(application, **(given | options))
    watcher.each_second(cache.look_again)
    return cache
