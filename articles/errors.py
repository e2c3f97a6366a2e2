"""What a writer says when it refuses: to the person at the desk, in her language."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from articles.models import Revision


class Refused(Exception):
    """A step or a save that can't be; the message says why and what to do."""


class NotAllowed(Refused, PermissionDenied):
    """This person may not do this to this article now."""


class Conflict(Refused):
    """Somebody else saved in between. `theirs` stands; `losing` is kept in the history.

    `clashes` names the fields that both changed, each in another way.
    """

    def __init__(
        self,
        message: str,
        theirs: "Revision",
        losing: "Revision | None" = None,
        clashes: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.losing = losing
        self.clashes = clashes
