"""The moderators' queue: it shows, and asks moderation.py to decide."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.longlists import LongListAdmin
from articles import search
from articles.models import Article
from comments import moderation
from comments.models import MOST_CHARACTERS, Comment
from comments.querysets import saying
from comments.rules import REASONS
from comments.templatetags.comments import with_links

EVERYWHERE = [ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM]
HELD = Comment.Status.HELD
# A search looks below so many of the newest articles that hold its words.
MOST_ARTICLES = 200
LABELS = REASONS | {"moderator": _("A moderator’s reason")}


class StatusFilter(admin.SimpleListFilter):
    """What waits comes first; the rest is one click away."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*Comment.Status.choices, ("all", _("All"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        status = self.value() or HELD
        return queryset if status == "all" else queryset.filter(status=status)

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        chosen = self.value() or HELD
        for value, title in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": chosen == value, "query_string": query, "display": title}


def with_record(comments: Iterable[Comment]) -> list[Comment]:
    """The comments, each with how its writer's comments have fared: one query for one page.

    Counted in the list's own query, those of all pages before it would be counted too.
    """
    rows = list(comments)
    writers = {comment.author_id for comment in rows}
    own = Comment.objects.filter(author__in=writers).exclude(status=HELD).order_by()
    counted = own.values_list("author", "status").annotate(number=Count("*"))
    record = {(author, status): number for author, status, number in counted}
    for row in rows:
        told = {status: record.get((row.author_id, status), 0) for status in Comment.Status}
        row.record = told  # type: ignore[attr-defined]
    return rows


@admin.register(Comment)
class CommentAdmin(LongListAdmin):
    """Approve and reject, on the list and on the form; nothing is added, edited or deleted."""

    actions = ["approve", "reject"]
    list_display = ["text", "place", "writer", "reasons_text", "state", "created_at"]
    list_filter = [StatusFilter, "article__section"]
    search_fields = ["body"]  # Only that there is a search: it is made below.
    search_help_text = _("Words of the comment, of its writer’s name or of the article.")
    sortable_by = ["created_at"]
    view_on_site = False
    fields = [
        "whole_text",
        "answered",
        "place",
        "writer",
        "reasons_text",
        "status",
        "created_at",
        "decided_at",
        "decided_by",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return Comment.objects.for_queue()

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        changelist.result_list = with_record(changelist.result_list)
        return changelist

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        comment = super().get_object(request, object_id, from_field)
        return comment and with_record([comment])[0]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By the comment's words and its writer's name, or by the words of the article above."""
        if not search_term.strip():
            return queryset, False
        said = saying(search_term)
        if said is None:
            return queryset.none(), False
        found = search.find(Article.objects.order_by("-saved_at", "-pk"), search_term)
        above = list(found.values_list("pk", flat=True)[:MOST_ARTICLES])
        return queryset.filter(Q(said) | Q(article__in=above)), False

    def get_ordering(self, request: HttpRequest) -> list[str | Combinable]:
        """The queue begins with whoever has waited longest; an archive begins with the newest."""
        waiting = request.GET.get("status", HELD) == HELD
        return ["created_at", "id"] if waiting else ["-created_at", "-id"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        """Asked by the actions below."""
        return request.user.has_perm(moderation.PERMISSION)

    @admin.action(
        permissions=["moderate"],
        description=_("Approve"),
        description_plural=_("Approve the selected comments"),
        location=EVERYWHERE,
    )
    def approve(self, request: HttpRequest, queryset: QuerySet[Comment]) -> HttpResponse | None:
        """Show the comments to everybody."""
        return self.decide(request, queryset, moderation.approve_all)

    @admin.action(
        permissions=["moderate"],
        description=_("Reject"),
        description_plural=_("Reject the selected comments"),
        location=EVERYWHERE,
    )
    def reject(self, request: HttpRequest, queryset: QuerySet[Comment]) -> HttpResponse | None:
        """Keep the comments from the readers; they stay in the database."""
        return self.decide(request, queryset, moderation.reject_all)

    def decide(
        self,
        request: HttpRequest,
        queryset: QuerySet[Comment],
        act: Callable[..., moderation.Decision],
    ) -> HttpResponse | None:
        """Let moderation.py decide on what this person saw, and say what came of it."""
        decision = act(self.as_seen(request, queryset), by=request.user)
        self.tell(request, decision)
        on_form = request.resolver_match and "object_id" in request.resolver_match.kwargs
        if on_form and decision.changed:
            return self.response_post_save_change(request, decision.changed[0])
        return None

    def as_seen(self, request: HttpRequest, queryset: QuerySet[Comment]) -> list[Comment]:
        """The chosen comments with the status on this person's screen, not the one of now.

        `queryset` is the filtered list of now: what a colleague has just decided is not in it.
        """
        if request.POST.get("select_across") != "1":
            chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
            queryset = Comment.objects.filter(
                pk__in=[pk for pk in chosen if pk.isdecimal() and len(pk) < 19]
            )
        comments = list(queryset)
        for comment in comments:
            comment.status = request.POST.get(f"seen-{comment.pk}", HELD)
        return comments

    def tell(self, request: HttpRequest, decision: moderation.Decision) -> None:
        """What was decided now, and what a colleague had decided before."""
        if decision.changed:
            number, status = len(decision.changed), decision.changed[0].get_status_display()
            assert request.user.pk
            LogEntry.objects.log_actions(request.user.pk, decision.changed, CHANGE, status)
            text = ngettext(
                "%(number)d comment: %(status)s", "%(number)d comments: %(status)s", number
            )
            self.message_user(request, text % {"number": number, "status": status})
        for comment in decision.late[:5]:
            text = f"“{Truncator(comment.body).chars(60)}” {moderation.already_decided(comment)}"
            self.message_user(request, text, messages.WARNING)

    @admin.display(description=_("comment"))
    def text(self, comment: Comment) -> SafeString:
        """The words, and those they answer."""
        words = Truncator(comment.body).chars(400)
        if comment.parent is None:
            return format_html("{}", words)
        return format_html("{}<br><small>{}</small>", words, quoted(comment.parent, 200))

    @admin.display(description=_("comment"))
    def whole_text(self, comment: Comment) -> SafeString:
        """All that was written, with its lines as they were."""
        lines = [(with_links(line),) for line in comment.body.split("\n")]
        return format_html_join("", "{}<br>", lines)

    @admin.display(description=_("in reply to"))
    def answered(self, comment: Comment) -> str:
        """The comment above this one."""
        return quoted(comment.parent, MOST_CHARACTERS) if comment.parent else "–"

    @admin.display(description=_("article"))
    def place(self, comment: Comment) -> SafeString:
        """The article as readers see it, and its section."""
        article = comment.article
        link = '<a href="{}">{}</a><br><small>{}</small>'
        return format_html(link, article.get_absolute_url(), article, article.section)

    @admin.display(description=_("written by"))
    def writer(self, comment: Any) -> SafeString:
        """The name, and how this person's comments have fared."""
        counts = _("%(approved)d approved, %(rejected)d rejected before") % {
            "approved": comment.record[Comment.Status.APPROVED],
            "rejected": comment.record[Comment.Status.REJECTED],
        }
        return format_html("{}<br><small>{}</small>", comment.author_name, counts)

    @admin.display(description=_("what the rules say"))
    def reasons_text(self, comment: Comment) -> SafeString | str:
        """The verdicts, one a line, with their evidence."""
        lines = [(LABELS.get(row["rule"], row["rule"]), row["detail"]) for row in comment.reasons]
        return format_html_join("", "<div>{} <small>{}</small></div>", lines) or "–"

    @admin.display(description=_("status"))
    def state(self, comment: Comment) -> SafeString:
        """The status, and a note of what was on the screen when somebody decides."""
        seen = '<input type="hidden" name="seen-{}" value="{}">{}'
        return format_html(seen, comment.pk, comment.status, comment.get_status_display())


def quoted(comment: Comment, most: int) -> str:
    """Somebody's words with the name before them."""
    return f"{comment.author_name}: {Truncator(comment.body).chars(most)}"
