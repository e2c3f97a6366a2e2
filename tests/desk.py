"""What a browser sends from the desk's forms; a test names only what it changes."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import questions, snapshots
from articles.models import Article
from tests import make

FORM_ACTION = "CHANGE_FORM-action"
ADD = "/admin/articles/article/add/"
LIST = "/admin/articles/article/"


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def typed(article: Article | None = None, **changes: Any) -> dict[str, Any]:
    """All fields of the article's form as they stand, with `changes`."""
    data: dict[str, Any] = {"kind": "news", "comments_mode": "open", "signatures-author": []}
    if article is None:
        data |= {"section": make.section().pk, "headline": "Judul baru", "body": "<p>Isi.</p>"}
        return data | changes
    article = Article.objects.get(pk=article.pk)
    if snapshots.is_apart(article):
        snapshots.show(article, snapshots.working(article))
    lines = list(article.bylines.all())
    plain = ("section_id", "kind", "label", "kicker", "headline", "slug", "standfirst", "body")
    plain += ("lead_image_id", "dateline_source", "dateline_city", "seo_title")
    plain += ("seo_description", "share_image_id", "canonical_url", "comments_mode")
    data = {name.removesuffix("_id"): getattr(article, name) or "" for name in plain}
    data |= {
        "base_version": article.version,
        "embargo_until": moment(article.embargo_until),
        "tag_names": ", ".join(sorted(tag.name for tag in article.topics)),
        "signatures-author": [line.author_id for line in lines],
        "signatures-role": [line.role for line in lines],
    }
    return data | questions.clean(article.sensitivity) | changes


def moment(at: datetime | None) -> str:
    """A time as the desk's forms hold it, in the site's zone."""
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}" if at else ""


def save(client: Client, article: Article | None = None, **changes: Any) -> HttpResponse:
    """Press “Save” in the form."""
    data = typed(article, **changes) | {"_continue": "1"}
    return client.post(change(article) if article else ADD, data)


def change_live(
    client: Client, article: Article, *, kind: str = "small", **changes: Any
) -> HttpResponse:
    """Save in the form, and publish the change from the list."""
    answer = save(client, article, **changes)
    return (
        act(client, "update_articles", article, kind=kind) if answer.status_code == 302 else answer
    )


def press(client: Client, article: Article, action: str, **changes: Any) -> HttpResponse:
    """Press a step's button in the form, the fields as they stand or as changed."""
    data = typed(article, **changes) | {FORM_ACTION: action, "_selected_action": article.pk}
    return client.post(change(article), data)


def act(client: Client, action: str, *articles: Article, **asked: Any) -> HttpResponse:
    """Run an action on the list; with `asked`, the page between is answered as well."""
    data: dict[str, Any] = {"action": action, "index": 0, "select_across": 0}
    data["_selected_action"] = [article.pk for article in articles]
    return client.post(LIST, data | ({"confirmed": action} | asked if asked else {}))


def told(client: Client) -> str:
    """The messages that wait for this person."""
    page = client.get("/admin/")
    return " ".join(str(message) for message in page.context["messages"])


def errors_of(response: HttpResponse) -> dict[str, list[str]]:
    """What the form, shown again, says is wrong."""
    assert response.status_code in {200, 409}
    return dict(response.context["adminform"].form.errors)
