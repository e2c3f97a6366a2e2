"""What need not fill a disk: a stranger's wrong question, and a database that everybody misses."""

import copy
import logging
import time

from django.core.exceptions import DisallowedHost, PermissionDenied
from django.db import DatabaseError, InterfaceError, OperationalError

log = logging.getLogger(__name__)

# Seconds between two lines that say the same of the database.
CALM = 60.0
_told: dict[str, float] = {}


class OneLine(logging.Filter):
    """Takes the traceback from what is nobody's fault here, and drops what was said already.

    A wrong Host and a refusal are a line each; Django's own line for a 503 comes after ours.
    """

    def filter(self, record: logging.LogRecord) -> bool | logging.LogRecord:
        if record.name == "django.request" and getattr(record, "status_code", 0) == 503:
            return False
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, DisallowedHost | PermissionDenied):
            return True
        line = copy.copy(record)
        line.exc_info = line.exc_text = None
        line.levelno, line.levelname = logging.WARNING, "WARNING"
        return line


def is_away(error: DatabaseError) -> bool:
    """Whether the database can't be reached or refuses to work; all else is an error of ours."""
    return isinstance(error, OperationalError | InterfaceError)


def database_failed(message: str, error: DatabaseError) -> None:
    """Say it with a traceback if the error is our own; of a database that is away once a minute."""
    if not is_away(error):
        log.error(message, exc_info=error)
    elif time.monotonic() >= _told.get(message, -CALM) + CALM:
        _told[message] = time.monotonic()
        log.error("%s %s", message, " ".join(str(error).split()))
