"""What can be asked about comments."""

import re
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any, Self

from django.db import connection
from django.db.models import BooleanField, Func, Q, Value

from articles.guard import GuardedQuerySet

if TYPE_CHECKING:
    from articles.models import Article
    from comments.models import Comment  # noqa: F401 (named below as the model of the rows)


MOST_WORDS = 8


class Said(Func):
    """Whether a comment or its writer's name holds the words of a `to_tsquery`.

    By this very expression PostgreSQL's index was made, in migration 0002.
    """

    template = "to_tsvector('simple', %(expressions)s)"
    arg_joiner = ") @@ to_tsquery('simple', "
    output_field = BooleanField()


def saying(text: str) -> "Q | Said | None":
    """The condition that each word of `text` begins one of the comment or of its writer's name.

    None for a text without words. SQLite, which has no such index, also finds the middle of a word.
    """
    words = re.findall(r"\w+", text.lower())[:MOST_WORDS]
    if not words:
        return None
    if connection.vendor == "postgresql":
        both = Func("body", "author_name", template="%(expressions)s", arg_joiner=" || ' ' || ")
        return Said(both, Value(" & ".join(f"'{word}':*" for word in words)))
    each = (Q(body__icontains=word) | Q(author_name__icontains=word) for word in words)
    return reduce(and_, each)


class CommentQuerySet(GuardedQuerySet["Comment"]):
    """Every query for readers begins with `shown()`."""

    def shown(self) -> Self:
        """Approved: what everybody may read."""
        return self.filter(status=self.model.Status.APPROVED)

    def waiting(self) -> Self:
        """Held for a moderator, the oldest first."""
        return self.filter(status=self.model.Status.HELD).order_by("created_at", "id")

    def on(self, article: "Article") -> Self:
        return self.filter(article=article)

    def by(self, user: Any) -> Self:
        return self.filter(author=user)

    def newest(self) -> Self:
        return self.order_by("-created_at", "-id")

    def in_threads(self) -> Self:
        """Thread by thread, the oldest first, answers after what they answer."""
        return self.order_by("thread", "created_at", "id")

    def for_queue(self) -> Self:
        """All that a moderator sees beside a comment."""
        return self.select_related("article__section", "parent", "author", "decided_by")
