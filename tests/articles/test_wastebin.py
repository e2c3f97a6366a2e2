"""The bin: who may throw what away, that it comes back whole, what is left after thirty days."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles import confidential, content, tasks, wastebin, workflow
from articles.content import Values
from articles.errors import NotAllowed, Refused
from articles.guard import writing
from articles.models import (
    Article,
    ConfidentialNote,
    EditSession,
    FormerAddress,
    Outbox,
    Revision,
    SearchDocument,
    Transition,
)
from comments.models import Comment
from tests import make

pytestmark = pytest.mark.django_db

PLANTED = "Rahasiabesar"


def filled(by: Any = None) -> Article:
    """A draft with everything that can hang on one."""
    article = make.complete(
        by=by,
        headline="Dibuang",
        tags=["Banjir", "Jakarta"],
        bylines=[make.author("Sri"), make.author("Edi")],
        lead_image_id=make.image().pk,
        body=f'<p>Isi.</p><figure data-image="{make.image().pk}"></figure>',
    )
    make.comment(article, body="Komentar lama.")
    return article


def rows_of(article: Article) -> dict[str, list[Any]]:
    """All rows of all tables that point at the article, and its own."""
    found = {"article": list(Article.objects.filter(pk=article.pk).values())}
    for relation in Article._meta.related_objects:
        if relation.related_model is not Transition:
            rows = relation.related_model._base_manager.filter(**{relation.field.name: article.pk})
            found[relation.related_model.__name__] = list(rows.order_by("pk").values())
    return found


def age(article: Article, days: int) -> None:
    """Pretend that the article was thrown away so many days ago."""
    with writing():
        then = timezone.now() - timedelta(days=days)
        Article.objects.filter(pk=article.pk).update(deleted_at=then)


# Who may


@pytest.mark.parametrize(
    ("role", "own", "others"),
    [
        ("reporter", True, False),
        ("editor", True, True),
        ("chief_editor", True, True),
        ("moderator", False, False),
        ("administrator", False, False),
    ],
)
def test_a_draft_is_thrown_away_by_its_writer_and_by_editors(role, own, others) -> None:
    person = make.user(role)
    for may, article in (
        (own, make.complete(by=person) if own else None),
        (others, make.complete()),
    ):
        if article and may:
            assert wastebin.why_not(person, article) == ""
            assert wastebin.throw_away(article, person).deleted_at
            assert wastebin.bring_back(article, person).deleted_at is None
        elif article:
            assert wastebin.why_not(person, article)
            with pytest.raises(NotAllowed):
                wastebin.throw_away(article, person)
            wastebin.throw_away(article, None)
            with pytest.raises(NotAllowed):
                wastebin.bring_back(article, person)
            assert article not in wastebin.in_bin(person)


def test_what_was_handed_in_is_the_editors_to_throw_away() -> None:
    reporter = make.user("reporter")
    article = workflow.submit(make.complete(by=reporter), reporter)
    with pytest.raises(NotAllowed):
        wastebin.throw_away(article, reporter)
    wastebin.throw_away(article, make.user("editor"))
    with pytest.raises(NotAllowed):
        wastebin.bring_back(article, reporter)


@pytest.mark.parametrize(
    "made",
    [
        make.live_article,
        make.withdrawn_article,
        lambda: make.scheduled_article(timezone.now() + timedelta(days=1)),
    ],
)
def test_what_is_or_was_published_is_never_thrown_away(made) -> None:
    article = made()
    chief = make.user("chief_editor")
    assert wastebin.why_not(chief, article)
    with pytest.raises(Refused):
        wastebin.throw_away(article, chief)
    with pytest.raises(Refused):
        wastebin.throw_away(article, None)
    article.refresh_from_db()
    assert article.deleted_at is None


# There and back


def test_nothing_that_hangs_on_it_is_touched() -> None:
    article = filled()
    before = rows_of(article)
    assert {name for name, rows in before.items() if rows} >= {
        "article", "Comment", "Byline", "TaggedArticle", "ImageUse", "Revision", "SearchDocument",
    }  # fmt: skip
    editor = make.user("editor")
    wastebin.throw_away(article, editor, "Dobel")
    wastebin.bring_back(article, editor)
    after = rows_of(article)
    for side in (before, after):
        side["article"][0].pop("token")
    assert after == before
    article.refresh_from_db()
    assert article.get_absolute_url() == f"/nasional/{article.pk}/dibuang/"


def test_each_way_is_logged_with_who_and_why() -> None:
    article, editor = make.complete(), make.user("editor")
    wastebin.throw_away(article, editor, "Dobel")
    wastebin.bring_back(article, editor)
    rows = article.transitions.order_by("pk").values_list("name", "actor", "note")
    assert list(rows)[1:] == [("bin", editor.pk, "Dobel"), ("unbin", editor.pk, "")]


def test_what_is_in_the_bin_is_nowhere_else() -> None:
    article, editor = make.complete(), make.user("editor")
    wastebin.throw_away(article, editor)
    assert not Article.objects.visible_to(editor).exists()
    assert list(wastebin.in_bin(editor)) == [article]
    with pytest.raises(Refused):
        workflow.publish(article, editor)


def test_readers_are_told_nothing() -> None:
    article = make.complete()
    Outbox.objects.all().delete()
    wastebin.throw_away(article, None)
    wastebin.bring_back(article, None)
    assert not Outbox.objects.exists()


def test_twice_is_refused() -> None:
    article = make.complete()
    wastebin.throw_away(article, None)
    with pytest.raises(Refused):
        wastebin.throw_away(article, None)
    wastebin.bring_back(article, None)
    with pytest.raises(Refused):
        wastebin.bring_back(article, None)


def test_a_reporter_sees_her_own_in_the_bin() -> None:
    reporter = make.user("reporter")
    mine, signed, other = make.complete(by=reporter), make.complete(), make.complete()
    content.save(
        signed, Values({}, bylines=[content.Signature(make.author(user=reporter))]), 0, None
    )
    for article in (mine, signed, other):
        wastebin.throw_away(article, None)
    assert set(wastebin.in_bin(reporter)) == {mine, signed}


# After thirty days


def test_it_is_wiped_after_thirty_days_and_no_earlier() -> None:
    young, old = make.complete(), make.complete()
    for article, days in ((young, 29), (old, 31)):
        wastebin.throw_away(article, None)
        age(article, days)
    assert tasks.empty_bin() == 1
    assert tasks.empty_bin() == 0
    assert [one.pk for one in wastebin.in_bin(make.user("editor"))] == [young.pk]


def test_what_was_said_in_confidence_goes_with_it(rf) -> None:
    article, reporter = make.complete(), make.user("reporter")
    asked = {"request": rf.post("/")}
    note = confidential.add(article, "Nama narasumber", article.created_by, **asked)
    confidential.name_readers(note, [reporter], article.created_by, **asked)
    wastebin.throw_away(article, article.created_by)
    later = timezone.now() + wastebin.KEPT + timedelta(hours=1)
    assert wastebin.wipe(article.pk, later)
    assert not ConfidentialNote.objects.exists()


def test_what_came_back_in_time_is_not_wiped() -> None:
    article, now = make.complete(), timezone.now()
    wastebin.throw_away(article, None)
    age(article, 31)
    wastebin.bring_back(article, None)
    assert wastebin.wipe(article.pk, now) is False


def test_no_word_of_it_is_left_in_any_table() -> None:
    editor = make.user("editor")
    words = {
        "headline": f"{PLANTED} judul",
        "body": f"<p>{PLANTED} isi.</p>",
        "standfirst": f"{PLANTED} deck",
        "seo_title": PLANTED,
    }
    article = make.complete(tags=[], bylines=[make.author("Sri")], **words)
    content.save(article, Values({"kicker": PLANTED}), 0, editor, note=f"{PLANTED} catatan")
    workflow.submit(article, editor, note=PLANTED)
    with pytest.raises(content.Conflict):
        content.save(article, Values({"kicker": f"{PLANTED} kalah"}), 0, editor)
    FormerAddress.objects.create(path=f"/{PLANTED.lower()}/", article=article, origin="manual")
    typed = {"headline": [f"{PLANTED} diketik"]}
    EditSession.objects.create(user=editor, article=article, data=typed)
    wastebin.throw_away(article, editor, f"{PLANTED} buang")
    assert tables_with(PLANTED) > {"Article", "EditSession", "Revision", "Transition"}
    age(article, 31)
    assert tasks.empty_bin() == 1
    assert tables_with(PLANTED) == set()
    # The words of the search row are numbers: it knows no more than that of an empty text.
    kept = SearchDocument.objects.values().get(article=article)
    blank = make.complete(headline="-", standfirst="", body="")
    empty = SearchDocument.objects.values().get(article=blank)
    assert kept | {"article_id": 0} == empty | {"article_id": 0}


def tables_with(word: str) -> set[str]:
    """The models in any of whose rows that word stands."""
    found: set[str] = set()
    for model in Article._meta.apps.get_models():
        if model._meta.app_label in {"articles", "comments"} and model is not Outbox:
            rows = model._base_manager.values()
            found |= {model.__name__ for row in rows if word.lower() in str(row).lower()}
    return found


def test_who_did_what_stays_and_so_do_the_comments() -> None:
    editor, article = make.user("editor"), filled()
    wastebin.throw_away(article, editor)
    age(article, 31)
    tasks.empty_bin()
    assert list(article.transitions.order_by("pk").values_list("name", "actor"))[1:] == [
        ("bin", editor.pk),
        ("wipe", None),
    ]
    assert Comment.objects.filter(article=article).count() == 1
    assert [one.content["fields"] for one in Revision.objects.filter(article=article)] == [{}]
    with pytest.raises(Refused, match="wiped|dihapus"):
        wastebin.bring_back(article, editor)


def test_a_reason_that_the_database_asks_for_is_wiped_too() -> None:
    chief = make.user("chief_editor")
    article = make.complete(by=chief)
    at = timezone.now() + timedelta(days=1)
    workflow.publish(article, chief, at=at, note=f"{PLANTED} sendiri")
    workflow.return_to_writer(article, chief, note="Batal")
    wastebin.throw_away(article, chief)
    age(article, 31)
    assert tasks.empty_bin() == 1
    assert tables_with(PLANTED) == set()


def test_the_same_text_can_be_imported_anew_once_it_is_wiped() -> None:
    values = Values({"section_id": make.section().pk, "headline": "Impor", "body": "<p>Isi.</p>"})
    article = content.create(values, None, import_hash="a" * 64)
    wastebin.throw_away(article, None)
    age(article, 31)
    tasks.empty_bin()
    assert content.create(values, None, import_hash="a" * 64).pk != article.pk


def test_everything_that_points_at_an_article_is_thought_of() -> None:
    """A new table with words of an article must be wiped with it: look at wastebin.wipe."""
    known = {"TaggedArticle", "Byline", "ImageUse", "Revision", "Transition", "FormerAddress"}
    known |= {
        "SearchDocument",
        "Comment",
        "EditSession",
        "ConfidentialNote",
        "ConfirmationAttempt",
        "IdentityCheck",
        "ArticleLink",
        "PreviewLink",
    }
    pointing = {
        model.__name__
        for model in Article._meta.apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is Article
    }
    assert pointing == known
