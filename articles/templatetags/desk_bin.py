"""What the page of the bin tells of its rows."""

from datetime import datetime

from django import template

from articles import wastebin
from articles.models import Article

register = template.Library()


@register.filter
def wiped_at(article: Article) -> datetime | None:
    """When the texts of an article in the bin are wiped."""
    return wastebin.wiped_at(article)
