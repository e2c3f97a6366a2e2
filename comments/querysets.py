"""What can be asked about comments."""

from typing import TYPE_CHECKING, Any, Self

from articles.guard import GuardedQuerySet

if TYPE_CHECKING:
    from articles.models import Article
    from comments.models import Comment  # noqa: F401 (named below as the model of the rows)


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
