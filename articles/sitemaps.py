"""The sitemap: an index of monthly files; a new article changes no old month's file."""

from django.db.models import Max
from django.db.models.functions import Coalesce, Greatest, TruncMonth
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Article

MOST = 50_000
XML = "application/xml; charset=utf-8"
# A declared change of substance, if it came after publication.
CHANGED = Greatest(Coalesce("updated_at", "published_at"), "published_at")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One line for each month that has articles, with the time of its last change."""
    now = timezone.now()
    months = (
        Article.objects.live(now)
        .annotate(month=TruncMonth("published_at"))
        .order_by("-month")
        .values("month")
        .annotate(changed=Max(CHANGED))
    )
    return TemplateResponse(request, "articles/sitemap.xml", {"months": months}, content_type=XML)


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The articles of one month; 404 for a month without any."""
    now = timezone.now()
    if not (1900 <= year <= now.year + 1 and 1 <= month <= 12):
        raise Http404
    articles = Article.objects.live(now).in_month(year, month).select_related("section")
    fields = ("slug", "published_at", "section__slug")
    found = list(articles.only(*fields).annotate(changed=CHANGED).newest()[:MOST])
    if not found:
        raise Http404
    context = {"articles": found}
    return TemplateResponse(request, "articles/sitemap_month.xml", context, content_type=XML)
