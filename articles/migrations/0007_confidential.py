"""Confidential notes: locked texts, and who is named on each."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0006_edit_sessions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ConfidentialNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('locked', models.BinaryField()),
                ('key_id', models.CharField(max_length=16)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confidential_notes', to='articles.article')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'confidential note',
                'verbose_name_plural': 'confidential notes',
                'ordering': ['created_at', 'id'],
                'permissions': [('read_confidential', 'Can read every confidential note')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='NoteReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('granted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='names', to='articles.confidentialnote')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'reader of a confidential note',
                'verbose_name_plural': 'readers of confidential notes',
                'ordering': ['granted_at', 'id'],
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='confidentialnote',
            name='readers',
            field=models.ManyToManyField(related_name='+', through='articles.NoteReader', through_fields=('note', 'reader'), to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='notereader',
            constraint=models.UniqueConstraint(fields=('note', 'reader'), name='note_reader_unique'),
        ),
    ]
