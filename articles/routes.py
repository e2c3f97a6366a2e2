"""What an address already leads to."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

OWN = {"articles:section", "articles:section_feed"}
# The first part of the addresses of shared previews, which no section may take.
PREVIEWS = "pratinjau"


def collides_with_route(slug: str) -> bool:
    """Whether an address that a section of this slug needs leads somewhere else already."""
    files = {urlsplit(url).path.strip("/") for url in (settings.STATIC_URL, settings.MEDIA_URL)}
    paths = (f"/{slug}/", f"/{slug}", f"/{slug}/feed/")
    return slug in {*files, PREVIEWS} or any(_leads_elsewhere(path) for path in paths)


def _leads_elsewhere(path: str) -> bool:
    try:
        return resolve(path).view_name not in OWN
    except Resolver404:
        return False
