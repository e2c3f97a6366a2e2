"""What an address already leads to."""

from django.urls import Resolver404, resolve


def collides_with_route(slug: str) -> bool:
    """Whether /slug/ already leads somewhere else than to a section."""
    for path in (f"/{slug}/", f"/{slug}"):
        try:
            if resolve(path).view_name != "articles:section":
                return True
        except Resolver404:
            continue
    return False
