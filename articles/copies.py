"""The only maker of a picture's public copies: one at once, the rest by the worker.

The upload itself makes one JPEG, which stands in wherever the picture is shown. What the row then
`wants` is made by a task, which is ordered in the change's own transaction; a sweep orders it
again if its worker was killed (tasks.py). No page and no GET makes a file.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

from django.core.exceptions import ValidationError
from django.db import transaction
from django.tasks import task

from articles import outbox, renditions
from articles.guard import writing
from articles.models import Image
from articles.renditions import Original

log = logging.getLogger(__name__)


# Below mails: a gallery of fifty pictures keeps a worker busy for minutes.
@task(priority=-10)
def make_copies(pk: int) -> None:
    """Make what the picture wants; nothing if that is there already."""
    image = Image.objects.incomplete().filter(pk=pk).first()
    if image:
        complete(image)


def order(image: Image) -> None:
    """Have the worker make what the picture wants, once the transaction is committed."""
    make_copies.enqueue(image.pk)


@contextmanager
def first(image: Image, original: Original) -> Iterator[None]:
    """Make the one copy that is made at once; take it away if the block can't save the row."""
    image.ready = renditions.first(original.size)
    try:
        renditions.write(image, original)
        yield
    except BaseException:
        renditions.discard(image)
        raise


def complete(image: Image) -> None:
    """Make all copies of the wanted state, and have readers get them."""
    try:
        original = renditions.reread(image)
    except ValidationError as error:
        log.error("The copies of picture %d can't be made: %s", image.pk, *error.messages)
        _give_up(image)
        return
    made = copy(image)
    made.revision, made.ready = image.wanted, renditions.plan(original.size, image.crops)
    renditions.write(made, original)
    if not _show(made):
        renditions.discard(made)
        return
    # Pages that readers have open show the state before; older ones are nobody's any more.
    renditions.discard_before(made, image.revision)


def _show(made: Image) -> bool:
    """Let readers get these copies; False if the picture wants others by now."""
    with transaction.atomic(), writing():
        rows = Image.objects.filter(pk=made.pk, wanted=made.revision, original=made.original.name)
        if not rows.update(revision=made.revision, ready=made.ready):
            return False
        outbox.announce({f"image:{made.pk}"})
    return True


def _give_up(image: Image) -> None:
    """What can't be read can't be cut, now or later: the copies that are there stay."""
    with writing():
        Image.objects.filter(pk=image.pk, wanted=image.wanted).update(wanted=image.revision)
