"""The audit log, and the triggers that keep it append-only."""

from typing import Any

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts import appendonly


def hold(apps: Any, schema_editor: Any) -> None:
    appendonly.install(schema_editor.connection)


def let_go(apps: Any, schema_editor: Any) -> None:
    appendonly.lift(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('group', models.CharField(max_length=20, verbose_name='about')),
                ('verb', models.CharField(max_length=30, verbose_name='act')),
                ('actor_name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('network', models.CharField(blank=True, help_text='The address without its last part, which would name one machine.', max_length=45, verbose_name='network')),
                ('target_type', models.CharField(blank=True, max_length=40)),
                ('target_id', models.CharField(blank=True, max_length=40)),
                ('target_text', models.CharField(blank=True, max_length=200, verbose_name='what')),
                ('details', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='details')),
                ('actor', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
            ],
            options={
                'verbose_name': 'entry of the audit log',
                'verbose_name_plural': 'audit log',
                'ordering': ['-at', '-id'],
                'permissions': [('export_audit', 'Can export the audit log')],
                'default_permissions': ('view',),
                'indexes': [models.Index(models.OrderBy(models.F('at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='audit_newest'), models.Index(models.F('group'), models.OrderBy(models.F('at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='audit_group'), models.Index(models.F('actor'), models.OrderBy(models.F('at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='audit_actor'), models.Index(models.F('target_type'), models.F('target_id'), models.OrderBy(models.F('at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='audit_target')],
            },
        ),
        migrations.RunPython(hold, let_go),
    ]
