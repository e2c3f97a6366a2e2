"""Who did something stays: neither a deleted account nor SQL empties the actor of an entry."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts import appendonly


def hold(apps: Any, schema_editor: Any) -> None:
    """Make the triggers anew, which let the actor be emptied until now."""
    appendonly.install(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_audit'),
    ]

    operations = [
        migrations.AlterField(
            model_name='auditentry',
            name='actor',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.RunPython(hold, migrations.RunPython.noop),
    ]
