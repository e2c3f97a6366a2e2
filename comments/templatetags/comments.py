"""What templates of other apps show of comments."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django import template
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from articles import dependencies, pieces
from articles.models import Article
from articles.prepared import Prepared
from articles.templatetags.newsroom import when
from comments import moderation
from comments.models import DEEPEST, Comment

register = template.Library()

MOST_SHOWN = 500
MOST_OWN = 20
# Only these two schemes ever become a link; what is no link stays text and is escaped.
LINK = re.compile(r"https?://\w[^\s<>\"']*", re.IGNORECASE)
EMPTY_LINES = re.compile("\n{2,}")
TRAILING = ".,:;!?…)]}”’»"


class Line(NamedTuple):
    """What a page reads of a comment; hundreds of whole rows would take longer than the page."""

    pk: int
    author_name: str
    body: str
    parent_id: int | None
    thread_id: int | None
    depth: int
    created_at: datetime


class Shown(NamedTuple):
    """A comment in its place: how deep, and whose words it answers."""

    comment: Line
    depth: int
    answered: Line | None

    @property
    def is_orphan(self) -> bool:
        """Whether it answers something that readers can't see any more."""
        return self.comment.depth > 0 and self.answered is None


@register.inclusion_tag("comments/thread.html")
def comments_of(article: Article) -> dict[str, Any]:
    """The comments below `article`, the same for everybody; one query."""
    now = dependencies.now()
    dependencies.saw(f"comments:{article.pk}")
    rows = in_threads([Line(*row) for row in _newest(article.pk, most=MOST_SHOWN)])
    write = reverse("comments:write", args=[article.pk])
    is_open = moderation.is_open(article, now)
    language = get_language()
    replies = [f"{write}?balas={row.comment.pk}" if is_open else "" for row in rows]
    return {
        "article": article,
        "rows": rows,
        "pieces": [_piece(*pair, language) for pair in zip(rows, replies, strict=True)],
        "number": len(rows),
        "all_shown": len(rows) < MOST_SHOWN,
        "open": is_open,
        "write": write,
    }


@Prepared
def _newest(pk: int, *, most: int) -> QuerySet[Comment, tuple[Any, ...]]:
    newest = Comment.objects.shown().on(Article(pk=pk)).newest()
    return newest.values_list(*Line._fields)[:most]


def _piece(row: Shown, reply: str, language: str | None) -> SafeString:
    """The comment as the page shows it; `reply` is where to answer it, if one still may."""
    comment, answered = row.comment, row.answered
    stamp, time = when(comment.created_at, "short", language)
    return pieces.render(
        "partials/comment.html",
        language,
        pk=str(comment.pk),
        depth=str(row.depth or ""),
        author=comment.author_name,
        body=paragraphs(comment.body),
        url=f"/komentar/{comment.pk}/",
        stamp=stamp,
        time=time,
        answered=str(answered.pk) if answered else "",
        answered_author=answered.author_name if answered else "",
        is_orphan=row.is_orphan,
        reply=reply,
    )


@register.inclusion_tag("comments/mine.html", takes_context=True)
def my_comments(context: dict[str, Any]) -> dict[str, Any]:
    """The member's own latest comments, whatever became of them."""
    own = Comment.objects.by(context["request"].user).select_related("article")
    now = timezone.now()
    # A withdrawn article's headline may be the very thing that had to go.
    rows = [(comment, comment.article.is_live(now)) for comment in own.newest()[:MOST_OWN]]
    return {"rows": rows}


@register.filter
def paragraphs(text: str) -> SafeString:
    """What somebody wrote as HTML: escaped, with links, an empty line between two paragraphs.

    The same as `linebreaks`, which takes a tenth of the time of a page with hundreds of comments.
    """
    text = with_links(text) + ""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = EMPTY_LINES.split(text) if "\n\n" in text else [text]
    lines = [part.replace("\n", "<br>") for part in parts]
    return mark_safe("\n\n".join([f"<p>{part}</p>" for part in lines]))  # noqa: S308


@register.filter
def with_links(text: str) -> SafeString:
    """Escaped text whose web addresses are links that search engines do not count."""
    if "://" not in text:
        return escape(text)
    pieces: list[tuple[SafeString | str]] = []
    end = 0
    for found in LINK.finditer(text):
        address = trim(found.group())
        link = '<a href="{}" rel="ugc nofollow noopener">{}</a>'
        pieces += [(text[end : found.start()],), (format_html(link, address, address),)]
        end = found.start() + len(address)
    return format_html_join("", "{}", [*pieces, (text[end:],)])


def trim(address: str) -> str:
    """The address without the punctuation of the sentence around it."""
    while address[-1] in TRAILING and not (address[-1] == ")" and "(" in address):
        address = address[:-1]
    return address


def in_threads(comments: Sequence[Line]) -> list[Shown]:
    """Thread by thread, the oldest first, each answer right below what it answers."""
    seen = {comment.pk: comment for comment in comments}
    answers: dict[int | None, list[Line]] = defaultdict(list)
    for comment in sorted(comments, key=lambda row: (row.thread_id or 0, row.created_at, row.pk)):
        answers[anchor(comment, seen)].append(comment)

    def below(pk: int | None, depth: int) -> list[Shown]:
        rows: list[Shown] = []
        for comment in answers[pk]:
            rows.append(Shown(comment, depth, seen.get(comment.parent_id or 0)))
            rows += below(comment.pk, min(depth + 1, DEEPEST))
        return rows

    return below(None, 0)


def anchor(comment: Line, seen: dict[int, Line]) -> int | None:
    """Below which comment it stands: what it answers, else the thread's first, else none."""
    for pk in (comment.parent_id, comment.thread_id):
        if pk in seen and pk != comment.pk:
            return pk
    return None
