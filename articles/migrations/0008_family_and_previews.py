import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0007_confidential'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ArticleLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('follow_up', 'Follow-up'), ('correction', 'Correction'), ('reply', 'Right of reply'), ('series', 'Series'), ('related', 'Related')], max_length=12, verbose_name='kind')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
            ],
            options={
                'verbose_name': 'link between articles',
                'verbose_name_plural': 'links between articles',
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PreviewLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('hits', models.PositiveIntegerField(default=0)),
                ('last_seen_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'preview link',
                'verbose_name_plural': 'preview links',
                'ordering': ['-created_at', '-id'],
            },
        ),
        migrations.AddField(
            model_name='article',
            name='embargo_until',
            field=models.DateTimeField(blank=True, help_text='Before this time nobody can publish it, and no shared link opens it.', null=True, verbose_name='embargo until'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), ('embargo_until', None), ('published_at__gte', models.F('embargo_until')), _connector='OR'), name='article_not_before_embargo', violation_error_message='It would be published before its embargo ends. Change its time first.'),
        ),
        migrations.AddField(
            model_name='articlelink',
            name='from_article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_out', to='articles.article'),
        ),
        migrations.AddField(
            model_name='articlelink',
            name='to_article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_in', to='articles.article'),
        ),
        migrations.AddField(
            model_name='previewlink',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='preview_links', to='articles.article'),
        ),
        migrations.AddField(
            model_name='previewlink',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='articlelink',
            constraint=models.UniqueConstraint(django.db.models.functions.comparison.Least('from_article', 'to_article'), django.db.models.functions.comparison.Greatest('from_article', 'to_article'), name='articlelink_pair_once'),
        ),
        migrations.AddConstraint(
            model_name='articlelink',
            constraint=models.CheckConstraint(condition=models.Q(('from_article', models.F('to_article')), _negated=True), name='articlelink_not_to_itself'),
        ),
        migrations.AddConstraint(
            model_name='previewlink',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='previewlink_expires_later'),
        ),
    ]
