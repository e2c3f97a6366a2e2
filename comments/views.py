"""A reader's own pages: the form, what became of it, and the way to a comment."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import consent
from accounts.models import has_confirmed_address
from articles.models import Article
from comments import forms, moderation, rules
from comments.forms import CommentForm
from comments.models import Comment
from comments.querysets import CommentQuerySet

DRAFTS = "comment_drafts"
MOST_DRAFTS = 3
LONGEST_DRAFT = 20_000
DRAFTED = ("body", "stamp", "submission")

type View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Not stored by any cache, and not found by any search engine."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return answer


@private
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, article_pk: int) -> HttpResponse:
    """The form below an article. Whoever may not post yet is led there and back, text in hand."""
    live = Article.objects.live().select_related("section")
    article = live.filter(pk=article_pk).first()
    if article is None:
        return gone(request)
    if door := door_before(request):
        keep_draft(request, article)
        return redirect(f"{door}?next={quote(request.get_full_path())}")
    if not moderation.is_open(article, timezone.now()):
        typed = request.POST.get("body", "") or draft_of(request, article).get("body", "")
        return page(request, article, "comments/closed.html", typed=typed)
    return post(request, article) if request.method == "POST" else show_form(request, article)


def gone(request: HttpRequest) -> HttpResponse:
    """The article went while somebody wrote: her text is hers all the same."""
    typed = request.POST.get("body", "").strip()
    if not typed:
        raise Http404
    return TemplateResponse(request, "comments/gone.html", {"typed": typed}, status=404)


def show_form(request: HttpRequest, article: Article) -> HttpResponse:
    """An empty form, or the text that was typed before log-in came between."""
    draft = draft_of(request, article)
    fresh = {"stamp": forms.stamp(article.pk), "submission": str(forms.mark(""))}
    parent, problem = find_parent(request, article)
    context = {"form": CommentForm(initial=fresh | draft), "parent": parent, "problem": problem}
    return page(request, article, "comments/write.html", **context, restored=bool(draft))


def post(request: HttpRequest, article: Article) -> HttpResponse:
    """Keep the comment, once; or show the form again with all that was typed."""
    form = CommentForm(request.POST)
    parent, problem = find_parent(request, article)
    if not form.is_valid() or problem:
        context = {"form": form, "parent": parent, "problem": problem}
        return page(request, article, "comments/write.html", **context)
    assert request.user.is_authenticated
    comment = moderation.receive(
        article,
        request.user,
        form.cleaned_data["body"],
        judgement=rules.judge(submission_of(request, article, form)),
        parent=parent,
        submission=forms.mark(form.cleaned_data["submission"]),
    )
    drop_draft(request, article)
    return redirect("comments:sent", comment.submission)


@private
@require_safe
@login_required
def sent(request: HttpRequest, submission: UUID) -> HttpResponse:
    """What became of a comment; for its writer's eyes only."""
    own = Comment.objects.by(request.user).select_related("article__section")
    comment = get_object_or_404(own, submission=submission)
    live = comment.article.is_live(timezone.now())
    return page(request, comment.article, "comments/sent.html", comment=comment, live=live)


@private
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the page that shows the comment; its writer sees it before everybody else does."""
    comment = get_object_or_404(Comment.objects.select_related("article__section"), pk=pk)
    if comment.status == Comment.Status.APPROVED and comment.article.is_live(timezone.now()):
        return redirect(f"{comment.article.get_absolute_url()}#komentar-{comment.pk}")
    if request.user.is_authenticated and comment.author_id == request.user.pk:
        return redirect("comments:sent", comment.submission)
    raise Http404


def door_before(request: HttpRequest) -> str | None:
    """Where a person must go first: log-in, a confirmed address, agreement to the rules."""
    user = request.user
    if not user.is_authenticated:
        return reverse("account_login")
    if not has_confirmed_address(user):
        return reverse("accounts:confirm")
    return reverse("accounts:consent") if consent.missing(user) else None


def find_parent(request: HttpRequest, article: Article) -> tuple[Comment | None, str]:
    """The comment that is answered (`?balas=`), or why there is none to answer."""
    asked = request.GET.get("balas", "")
    if not asked:
        return None, ""
    if asked.isdecimal() and len(asked) < 19:
        shown = Comment.objects.shown().on(article).select_related("parent", "thread")
        if parent := shown.filter(pk=int(asked)).first():
            return parent, ""
    return None, _(
        "The comment you want to answer is not shown any more. Your text is kept: "
        "send it again, and it stands on its own."
    )


def submission_of(request: HttpRequest, article: Article, form: CommentForm) -> rules.Submission:
    """What the rules look at: the text as it was typed, with the tricks that are not kept."""
    own = Comment.objects.by(request.user)
    here = Comment.objects.on(article)
    return rules.Submission(
        body=request.POST["body"],
        honeypot=form.cleaned_data["website"],
        age_seconds=forms.age(form.cleaned_data["stamp"], article.pk),
        first_comment=not own.shown().exists(),
        recent_bodies=(*last_bodies(own, 10), *last_bodies(here, 20)),
    )


def last_bodies(comments: CommentQuerySet, number: int) -> list[str]:
    """The newest texts of `comments`."""
    return list(comments.newest().values_list("body", flat=True)[:number])


def keep_draft(request: HttpRequest, article: Article) -> None:
    """Put what was typed into the session, where it outlives log-in; bounded in size and number."""
    typed = {name: request.POST.get(name, "")[:LONGEST_DRAFT] for name in DRAFTED}
    if typed["body"].strip():
        others = {pk: draft for pk, draft in drafts(request).items() if pk != str(article.pk)}
        kept = [*others.items(), (str(article.pk), typed)][-MOST_DRAFTS:]
        request.session[DRAFTS] = dict(kept)


def draft_of(request: HttpRequest, article: Article) -> dict[str, str]:
    """What was typed for this article and not sent yet."""
    return drafts(request).get(str(article.pk), {})


def drop_draft(request: HttpRequest, article: Article) -> None:
    """Forget the text: it is a comment now."""
    if str(article.pk) in drafts(request):
        rest = {pk: draft for pk, draft in drafts(request).items() if pk != str(article.pk)}
        request.session[DRAFTS] = rest


def drafts(request: HttpRequest) -> dict[str, dict[str, str]]:
    """The drafts of this session, the oldest first."""
    kept: dict[str, dict[str, str]] = request.session.get(DRAFTS, {})
    return kept


def page(request: HttpRequest, article: Article, template: str, **context: Any) -> HttpResponse:
    """A page of the member's own about one article."""
    return TemplateResponse(request, template, {"article": article, **context})
