from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import articles.models.images

USUAL = [{"step": "edit", "role": "editor"}]


def keep_chains(apps: Any, schema_editor: Any) -> None:
    """Give what is under way since before 0005 the steps of its section as they are today.

    Without steps of its own an article asks its section, and a change there would reach it.
    """
    sections = {row.pk: row for row in apps.get_model("articles", "Section").objects.all()}
    rows = apps.get_model("articles", "Article").objects.select_related("draft_revision")
    for article in rows.filter(stage__in=["submitted", "ready"], chain=[]).defer("body"):
        section = sections[section_of(article)]
        above = sections.get(section.parent_id)
        article.chain = section.chain or (above and above.chain) or USUAL
        article.save(update_fields=["chain"])


def section_of(article: Any) -> int:
    """Where the text is to stand: a change of a published one may bring it elsewhere."""
    draft = article.draft_revision
    if article.status != "published" or draft is None or draft.pk == article.live_revision_id:
        return int(article.section_id)
    return int(draft.content["fields"].get("section_id", article.section_id))


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0012_saved_searches'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReplacedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(storage=articles.models.images.originals, upload_to='')),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.image')),
            ],
            options={
                'verbose_name': 'replaced file',
                'verbose_name_plural': 'replaced files',
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='image',
            name='sent_as',
            field=models.CharField(blank=True, default='', editable=False, max_length=64),
        ),
        migrations.AddConstraint(
            model_name='image',
            constraint=models.UniqueConstraint(condition=models.Q(('sent_as', ''), _negated=True), fields=('sent_as',), name='image_sent_once'),
        ),
        migrations.RunPython(keep_chains, migrations.RunPython.noop),
    ]
