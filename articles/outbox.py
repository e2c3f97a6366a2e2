"""Announcing a change: which things it touches, as tags, in the change's own transaction."""

from collections.abc import Iterable

from django.utils import timezone

from articles.models import Article, Outbox


def tags_of(article: Article) -> set[str]:
    """The article itself and each list it is in. Ask before and after a change; announce both."""
    tags = {f"article:{article.pk}", "list:front", f"list:section:{article.section_id}"}
    tags |= {f"list:tag:{pk}" for pk in article.tagged_items.values_list("tag", flat=True)}
    tags |= {f"list:author:{pk}" for pk in article.bylines.values_list("author", flat=True)}
    if article.published_at:
        tags.add(f"list:day:{timezone.localtime(article.published_at):%Y-%m-%d}")
    return tags


def announce(tags: Iterable[str]) -> Outbox:
    """Write the row that tells of a change to `tags`; call it inside the change's transaction."""
    return Outbox.objects.create(kind="changed", payload={"tags": sorted(tags)})
