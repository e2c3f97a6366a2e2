"""Saving: nothing lost, nothing written behind the writers' backs."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from articles import content, snapshots, terms
from articles.content import Signature, Values
from articles.errors import Conflict, NotAllowed
from articles.guard import NotAWriter, writing
from articles.models import (
    Article,
    Author,
    Byline,
    Image,
    ImageUse,
    Revision,
    SearchDocument,
    Section,
    Tag,
    TaggedArticle,
)
from comments.models import Comment
from tests import make

pytestmark = pytest.mark.django_db


def test_a_revision_holds_all_content():
    author, picture = make.author("Rini Wulandari"), make.image(caption="Dermaga")
    article = make.complete(
        tags=["Pelabuhan", "Ikan"], bylines=[author], lead_image_id=picture.pk, kicker="Laut"
    )
    kept = article.revisions.get().content
    assert kept["fields"]["kicker"] == "Laut"
    assert kept["fields"]["body"] == article.body
    assert kept["tags"] == ["Ikan", "Pelabuhan"]
    assert kept["bylines"] == [{"author": author.pk, "name": "Rini Wulandari", "role": "writer"}]
    assert kept["lead_image"]["caption"] == "Dermaga"
    assert set(kept["fields"]) == set(content.FIELDS)


def test_each_save_adds_a_revision_and_a_version():
    article = make.complete()
    first = article.draft_revision
    saved = content.save(
        article, Values({"headline": "Judul kedua"}), article.version, article.created_by
    )
    assert saved.version == article.version + 1
    assert saved.draft_revision.base == first
    assert [revision.number for revision in saved.revisions.all()] == [2, 1]


def test_a_save_over_an_old_version_is_refused_and_both_texts_are_kept():
    reporter = make.user("reporter", name="Rini")
    editor = make.user("editor", name="Andi")
    article = make.complete(reporter)
    opened = article.version
    content.save(article, Values({"headline": "Dari Andi"}), opened, editor)

    with pytest.raises(Conflict, match="Andi") as caught:
        content.save(
            article,
            Values({"headline": "Dari Rini", "body": "<p>Panjang.</p>"}, tags=["Laut"]),
            opened,
            reporter,
        )

    article.refresh_from_db()
    assert article.headline == "Dari Andi"
    losing = article.revisions.get(kind=Revision.Kind.LOSING)
    assert losing == caught.value.losing
    assert losing.content["fields"]["headline"] == "Dari Rini"
    assert losing.content["fields"]["body"] == "<p>Panjang.</p>"
    assert losing.content["tags"] == ["Laut"]
    assert losing.author == reporter
    assert article.draft_revision == caught.value.theirs


def test_a_body_is_cleaned_on_save():
    article = make.complete(body='<p onclick="x()">Aman<script>alert(1)</script></p>')
    assert article.body == "<p>Aman</p>"


def test_a_slug_comes_from_the_headline_or_the_id():
    assert make.complete(headline="KPK/Polri Sita Rp1,2 Triliun").slug == (
        "kpk-polri-sita-rp1-koma-2-triliun"
    )
    nameless = make.complete(headline="🌋🌋")
    assert nameless.slug == str(nameless.pk)


def test_spellings_of_a_tag_are_one_tag():
    make.complete(tags=["Pilkada DKI"])
    article = make.complete(tags=["pilkada-dki", "PILKADA  DKI"])
    assert Tag.objects.get().name == "Pilkada DKI"
    assert article.tagged_items.count() == 1


def test_two_writers_make_new_tags_in_the_same_order():
    make.complete(tags=["Pilkada", "Banjir", "air bersih"])
    assert [tag.name for tag in Tag.objects.order_by("pk")] == ["air bersih", "Banjir", "Pilkada"]


def test_tags_and_bylines_that_are_not_named_stay():
    author = make.author()
    article = make.complete(tags=["Laut"], bylines=[author])
    content.save(article, Values({"headline": "Baru"}), article.version, article.created_by)
    assert [tag.name for tag in article.tags.all()] == ["Laut"]
    assert [line.author for line in article.bylines.all()] == [author]


def test_bylines_keep_their_order_and_roles():
    writer, editor = make.author("Zul"), make.author("Ani")
    lines = [Signature(writer), Signature(editor, Byline.Role.EDITOR), Signature(writer)]
    article = make.complete()
    content.save(article, Values({}, bylines=lines), article.version, article.created_by)
    assert [(line.author, line.role) for line in article.bylines.all()] == [
        (writer, "writer"),
        (editor, "editor"),
    ]


def test_where_a_picture_is_used_is_written_with_the_text():
    lead, inside = make.image(), make.image()
    figures = [f'<figure data-image="{pk}"></figure>' for pk in (inside.pk, 999999)]
    body = f"<p>Satu.</p>{''.join(figures)}"
    article = make.complete(body=body, lead_image_id=lead.pk)
    uses = set(ImageUse.objects.values_list("image", "role"))
    assert uses == {(lead.pk, "lead"), (inside.pk, "body")}
    content.save(article, Values({"body": "<p>Satu.</p>"}), article.version, article.created_by)
    assert set(ImageUse.objects.values_list("image", flat=True)) == {lead.pk}


def test_a_picture_without_credit_is_no_lead_image():
    with pytest.raises(ValidationError) as caught:
        make.complete(lead_image_id=make.image(credit="").pk)
    assert "lead_image" in caught.value.message_dict


def test_an_advertorial_needs_its_label():
    with pytest.raises(ValidationError):
        make.complete(kind=Article.Kind.ADVERTORIAL)
    labelled = make.complete(kind=Article.Kind.ADVERTORIAL, label="Pariwara")
    assert labelled.kind_label == "Pariwara"


@pytest.mark.parametrize(
    ("role", "state", "allowed"),
    [
        ("owner", "draft", True),
        ("owner", "submitted", False),
        ("owner", "published", True),
        ("reporter", "draft", False),
        ("reporter", "published", False),
        ("editor", "draft", True),
        ("editor", "submitted", True),
        ("editor", "published", True),
        ("editor", "withdrawn", True),
        ("chief_editor", "published", True),
        ("moderator", "draft", False),
        ("administrator", "draft", False),
        ("reader", "draft", False),
    ],
)
def test_who_may_save_what(role, state, allowed):
    owner = make.user("reporter")
    article = in_state(state, owner)
    person = {"owner": owner, "reader": None}.get(role) or make.user(
        *([] if role == "reader" else [role])
    )
    save = Values({"headline": "Judul baru"})
    if allowed:
        saved = content.save(article, save, article.version, person)
        assert snapshots.working(saved)["fields"]["headline"] == "Judul baru"
    else:
        with pytest.raises(NotAllowed):
            content.save(article, save, article.version, person)


def in_state(state, owner):
    from articles import workflow

    article = make.complete(owner)
    if state == "submitted":
        return workflow.submit(article, owner)
    if state in {"published", "withdrawn"}:
        article = workflow.publish(article, make.user("editor"))
    if state == "withdrawn":
        chief = make.user("chief_editor")
        return workflow.withdraw(article, chief, reason="sara", public_reason="SARA.")
    return article


class TestGuard:
    """Rows shown to readers change through their writers alone."""

    @pytest.mark.parametrize(
        "model", [Article, Author, Byline, Comment, Image, Revision, Section, Tag, TaggedArticle]
    )
    @pytest.mark.parametrize("write", ["update", "delete", "bulk_create", "bulk_update"])
    def test_many_rows_at_once_are_refused(self, model, write):
        arguments = {"bulk_create": [[]], "bulk_update": [[], ["id"]]}.get(write, [])
        fields = {"id": 1} if write == "update" else {}
        with pytest.raises(NotAWriter):
            getattr(model.objects.all(), write)(*arguments, **fields)

    def test_an_article_is_never_deleted(self):
        with pytest.raises(models.ProtectedError):
            make.complete().delete()

    @pytest.mark.parametrize("thing", ["section", "tag", "author", "created_by"])
    def test_nothing_takes_an_article_with_it(self, thing):
        author = make.author()
        article = make.live_article(tags=["Laut"], bylines=[author])
        victim = {
            "section": article.section,
            "tag": Tag.objects.get(),
            "author": author,
            "created_by": article.created_by,
        }[thing]
        with pytest.raises(models.ProtectedError):
            victim.delete()
        assert Article.objects.live().get() == article


BROKEN_ROWS = [
    {"published_at": None},
    {"first_published_at": None},
    {"headline": ""},
    {"body": ""},
    {"slug": ""},
    {"status": "deleted"},
    {"status": "withdrawn"},
    {"kind": "advertorial", "label": ""},
    {"deleted_at": datetime(2026, 1, 1, tzinfo=UTC)},
    {"unpublish_at": datetime(2026, 1, 1, tzinfo=UTC)},
]


@pytest.mark.parametrize("broken", BROKEN_ROWS, ids=str)
def test_the_database_refuses_nonsense(broken):
    article = make.live_article()
    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        Article.objects.filter(pk=article.pk).update(**broken)


def test_search_rows_follow_the_text():
    article = make.draft(headline="Café Tepi Laut", body="<p>Kopi <strong>robusta</strong></p>")
    row = SearchDocument.objects.get(article=article)
    assert set(row.words) == set(map(terms.word_hash, ["cafe", "tepi", "laut", "kopi", "robusta"]))
    assert set(row.headline) < {*row.words, *row.phrases}
