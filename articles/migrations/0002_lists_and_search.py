"""Each list is one index scan: list rows know when they are shown; search rows keep hashes.

The search rows are made anew: they hold nothing that isn't in their article.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

import articles.models.search
from articles import markup, terms

BATCH = 500

POSTGRESQL = [
    # Search reads thousands of rows for one answer: their words stay in the page, uncompressed, and
    # the phrases, which only the index reads, go elsewhere.
    "ALTER TABLE articles_searchdocument ALTER COLUMN words SET STORAGE MAIN",
    "ALTER TABLE articles_searchdocument ALTER COLUMN headline SET STORAGE PLAIN",
    "ALTER TABLE articles_searchdocument ALTER COLUMN phrases SET STORAGE EXTERNAL",
    # How often a word occurs decides how its articles are found.
    "ALTER TABLE articles_searchdocument ALTER COLUMN words SET STATISTICS 300",
]
# Without the list of pending entries, which each search would have to read.
POSTGRESQL_INDEX = (
    "CREATE INDEX search_terms ON articles_searchdocument"
    " USING gin (words, phrases) WITH (fastupdate = off)"
)
SQLITE = [
    "CREATE VIRTUAL TABLE articles_search_index USING fts5(words, phrases,"
    " content='articles_searchdocument', content_rowid='article_id',"
    " detail=none, columnsize=0, tokenize='ascii')",
    "CREATE TRIGGER articles_search_insert AFTER INSERT ON articles_searchdocument BEGIN"
    " INSERT INTO articles_search_index(rowid, words, phrases)"
    " VALUES (new.article_id, new.words, new.phrases); END",
    "CREATE TRIGGER articles_search_delete AFTER DELETE ON articles_searchdocument BEGIN"
    " INSERT INTO articles_search_index(articles_search_index, rowid, words, phrases)"
    " VALUES ('delete', old.article_id, old.words, old.phrases); END",
    "CREATE TRIGGER articles_search_update AFTER UPDATE OF words, phrases"
    " ON articles_searchdocument BEGIN"
    " INSERT INTO articles_search_index(articles_search_index, rowid, words, phrases)"
    " VALUES ('delete', old.article_id, old.words, old.phrases);"
    " INSERT INTO articles_search_index(rowid, words, phrases)"
    " VALUES (new.article_id, new.words, new.phrases); END",
]
SQLITE_BACK = ["DROP TABLE articles_search_index"]  # The triggers go with the rows' table.


def run(schema_editor: Any, statements: list[str]) -> None:
    for statement in statements:
        schema_editor.execute(statement)


def prepare(apps: Any, schema_editor: Any) -> None:
    run(schema_editor, POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def index(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        run(schema_editor, [POSTGRESQL_INDEX])


def take_away(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        run(schema_editor, SQLITE_BACK)


def fill(apps: Any, schema_editor: Any) -> None:
    Article, Section, Byline, TaggedArticle = (
        apps.get_model("articles", name)
        for name in ("Article", "Section", "Byline", "TaggedArticle")
    )
    section = Section.objects.filter(pk=OuterRef("section"))
    top = Subquery(section.values(top=Coalesce("parent", "pk")))
    Article.objects.update(top_section=top)

    def time(name: str) -> Subquery:
        shown = Article.objects.filter(pk=OuterRef(name), status="published")
        return Subquery(shown.values("published_at"))

    TaggedArticle.objects.update(shown_at=time("content_object"))
    earlier = Byline.objects.filter(
        article=OuterRef("article"), author=OuterRef("author"), pk__lt=OuterRef("pk")
    )
    Byline.objects.filter(~Exists(earlier)).update(shown_at=time("article"))
    fill_search(Article.objects, apps.get_model("articles", "SearchDocument").objects)
    if schema_editor.connection.vendor == "postgresql":
        # The tables change again below, which waiting checks of keys would forbid.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def fill_search(texts: Any, documents: Any) -> None:
    last = 0
    fields = ("id", "status", "published_at", "unpublish_at", "headline", "standfirst", "body")
    while rows := list(texts.filter(pk__gt=last).order_by("pk").only(*fields)[:BATCH]):
        documents.bulk_create(document(documents.model, row) for row in rows)
        last = rows[-1].pk


def document(model: Any, row: Any) -> Any:
    lines = markup.plain_text(row.body).splitlines()
    found = terms.of_text(row.headline, [row.standfirst, *lines])
    is_public = row.status == "published"
    times = {
        "shown_at": row.published_at if is_public else None,
        "ends_at": row.unpublish_at if is_public else None,
    }
    return model(article_id=row.pk, **times, **vars(found))


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [
        migrations.AddField(
            "article",
            "top_section",
            models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.section",
            ),
        ),
        migrations.AddField("byline", "shown_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField(
            "taggedarticle", "shown_at", models.DateTimeField(editable=False, null=True)
        ),
        migrations.DeleteModel("SearchDocument"),
        migrations.CreateModel(
            "SearchDocument",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="search_document",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("shown_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                ("words", articles.models.search.HashesField()),
                ("phrases", articles.models.search.HashesField()),
                ("headline", articles.models.search.HashesField()),
            ],
            options={"verbose_name": "search row"},
        ),
        migrations.RunPython(prepare, take_away),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(index, migrations.RunPython.noop),
        migrations.AddIndex(
            "article",
            models.Index(
                F("top_section"),
                F("published_at").desc(),
                F("id").desc(),
                condition=models.Q(status="published"),
                name="article_live_in_top_section",
            ),
        ),
        migrations.AddIndex(
            "byline",
            models.Index(
                F("author"),
                F("shown_at").desc(),
                F("article").desc(),
                condition=models.Q(shown_at__isnull=False),
                name="byline_newest",
            ),
        ),
        migrations.AddIndex(
            "taggedarticle",
            models.Index(
                F("tag"),
                F("shown_at").desc(),
                F("content_object").desc(),
                condition=models.Q(shown_at__isnull=False),
                name="tagged_newest",
            ),
        ),
        migrations.AddIndex(
            "searchdocument",
            models.Index(
                F("shown_at").desc(),
                F("article").desc(),
                condition=models.Q(shown_at__isnull=False),
                name="search_newest",
            ),
        ),
    ]
