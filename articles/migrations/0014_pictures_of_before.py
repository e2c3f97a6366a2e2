"""Takes apart the credits of pictures of before, and shows the copies that there are.

0009 did it while it held the table, for minutes at 200,000 pictures. Here some rows at a time are
held, each time for a moment; it may be stopped at any time, and goes on where it was. Where 0009
has done it there is nothing left to do.
"""

import re
from typing import Any

from django.db import migrations, transaction

# The copies of before lay in one format for each recipe; cards had another ratio.
FORMATS = {"lead": "webp", "thumb": "webp", "inline": "webp", "share": "jpg"}
HAND_MADE = re.compile(r"(?:Foto|Photo|Ilustrasi|Illustration): ([^/]+)(?:/(.+))?")
LONGEST = 70
AT_ONCE = 500


def fill(apps: Any, schema_editor: Any) -> None:
    images = apps.get_model("articles", "Image").objects.using(schema_editor.connection.alias)
    last = 0
    while rows := some(images, schema_editor.connection.alias, last):
        last = rows[-1].pk


def some(images: Any, alias: str, last: int) -> list[Any]:
    """Fill the next rows behind number `last`; those that were looked at."""
    with transaction.atomic(using=alias):
        # What 0009 added was 1 for all, and every picture since wants its second state.
        rows = list(images.select_for_update().filter(pk__gt=last, wanted=1).order_by("pk")[:AT_ONCE])
        old = [image for image in rows if is_old(image.ready)]
        for image in old:
            image.photographer, image.source = names(image.credit)
            image.ready = {
                recipe: {FORMATS[recipe]: widths}
                for recipe, widths in image.ready.items()
                if recipe in FORMATS
            }
            image.wanted = image.revision + 1
        images.bulk_update(old, ["photographer", "source", "ready", "wanted"])
    return rows


def is_old(ready: dict[str, Any]) -> bool:
    """Whether its copies are told as before 0009: widths without their formats."""
    return not any(isinstance(widths, dict) for widths in ready.values())


def names(credit: str) -> list[str]:
    found = HAND_MADE.fullmatch(credit)
    parts = [(part or "").strip() for part in found.groups()] if found else ["", ""]
    return parts if max(map(len, parts)) <= LONGEST else ["", ""]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('articles', '0013_chains_and_files'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=False),
    ]
