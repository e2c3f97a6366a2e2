"""The queue, its archive and its search by index, with half a million comments.

PostgreSQL searches the words by an index on the expression of comments.querysets.Said.
"""

from typing import Any

from django.conf import settings
from django.db import migrations, models

WORDS = (
    "CREATE INDEX comment_words ON comments_comment"
    " USING gin (to_tsvector('simple', body || ' ' || author_name))"
)


def index_words(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(WORDS)


def drop_words(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX comment_words")


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0003_background'),
        ('comments', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(models.OrderBy(models.F('created_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='comment_newest'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['author', 'status'], name='comment_fared'),
        ),
        migrations.RunPython(index_words, drop_words),
    ]
