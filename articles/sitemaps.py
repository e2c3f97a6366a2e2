"""The sitemap: an index of monthly files; a new article changes no old month's file."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce, Greatest, TruncMonth
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import days, dependencies, outbox
from articles.models import Article
from articles.pagecache import fragments
from articles.prepared import Prepared
from articles.querysets import ArticleQuerySet, month_bounds

MOST = 50_000
XML = "application/xml; charset=utf-8"
# A declared change of substance, if it came after publication.
CHANGED = Greatest(Coalesce("updated_at", "published_at"), "published_at")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One line for each month that has articles, with the time of its last change.

    The months before this one are looked through again only when something in them has changed.
    """
    now = dependencies.now()
    today = timezone.localdate(now)
    start = datetime(today.year, today.month, 1, tzinfo=timezone.get_default_timezone())
    dependencies.saw("list:months")
    dependencies.ends(days.midnight_after(now))
    present = list(_months(Article.objects.live(now).filter(published_at__gte=start)))
    months = present + fragments.get(f"months before {start}", partial(_past, start))
    return TemplateResponse(request, "articles/sitemap.xml", {"months": months}, content_type=XML)


def _past(start: datetime) -> list[dict[str, Any]]:
    dependencies.saw(outbox.PAST_MONTHS)
    return list(_months(Article.objects.live(dependencies.now()).filter(published_at__lt=start)))


def _months(articles: ArticleQuerySet) -> QuerySet[Any, Any]:
    months = articles.annotate(month=TruncMonth("published_at")).order_by("-month")
    return months.values("month").annotate(changed=Max(CHANGED))


@Prepared
def _of_month(at: datetime, start: datetime, end: datetime, *, most: int) -> ArticleQuerySet:
    rows = Article.objects.live(at).between(start, end).select_related("section")
    return rows.only("slug", "section__slug").annotate(changed=CHANGED).newest()[:most]


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The articles of one month; 404 for a month without any."""
    now = dependencies.now()
    dependencies.saw(f"list:month:{year:04}-{month:02}", "list:menu")
    if not (1900 <= year <= now.year + 1 and 1 <= month <= 12):
        raise Http404
    found = _of_month(now, *month_bounds(year, month), most=MOST)
    if not found:
        raise Http404
    context = {"articles": found}
    return TemplateResponse(request, "articles/sitemap_month.xml", context, content_type=XML)
