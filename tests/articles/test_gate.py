"""The gate: what a text needs before readers see it, item by item and kind by kind."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from articles import (
    content,
    gate,
    questions,
    scheduled,
    snapshots,
    verification,
    workflow,
)
from articles.content import Signature, Values
from articles.errors import Conflict, NotAllowed, Refused
from articles.guard import writing
from articles.models import Article, Byline, ConfirmationAttempt, IdentityCheck, Image
from tests import make

pytestmark = pytest.mark.django_db

Kind = Article.Kind
NO = dict.fromkeys(questions.QUESTIONS, questions.NO)


def codes(article: Article) -> list[str]:
    return [item.code for item in gate.missing(article, timezone.now())]


def refused(article: Article, by: Any = None) -> list[str]:
    """What `publish` says that it lacks; nothing may have changed."""
    before = Article.objects.values().get(pk=article.pk)
    with pytest.raises(gate.Incomplete) as caught:
        workflow.publish(article, by or make.user("editor"))
    assert Article.objects.values().get(pk=article.pk) == before
    return [item.code for item in caught.value.missing]


def test_what_has_all_goes_out() -> None:
    article = make.complete()
    assert gate.missing(article, timezone.now()) == []
    assert workflow.publish(article, make.user("editor")).status == Article.Status.PUBLISHED


LACKS: list[tuple[dict[str, Any], list[str]]] = [
    ({"headline": "Satu judul yang panjang sekali " * 4}, ["headline"]),
    ({"standfirst": " "}, ["standfirst"]),
    ({"dateline_city": ""}, ["city"]),
    ({"bylines": []}, ["writer"]),
    ({"lead_image_id": None}, ["lead_image"]),
    ({"tags": []}, ["tag"]),
    ({"sensitivity": {}}, [f"question:{code}" for code in questions.QUESTIONS]),
    ({"sensitivity": NO | {"suicide": "mungkin"}}, ["question:suicide"]),
    ({"sensitivity": NO | {"may_harm": "yes"}}, ["confirmation"]),
    ({"sensitivity": NO | {"involves_child": "yes"}}, ["identity_check"]),
    ({"sensitivity": NO | {"sexual_violence": "yes"}}, ["identity_check"]),
    ({"sensitivity": NO | {"suicide": "yes", "ai_used": "yes"}}, []),
]


@pytest.mark.parametrize(("lack", "expected"), LACKS)
def test_each_item_is_missed_by_itself(lack: dict[str, Any], expected: list[str]) -> None:
    article = make.complete()
    tags, bylines = lack.pop("tags", None), lack.pop("bylines", None)
    values = Values(fields=lack, tags=tags, bylines=bylines)
    article = content.save(article, values, article.version, None)
    assert codes(article) == expected
    if expected:
        assert refused(article) == expected
        # The same for whoever may override everything else, and for a time ahead.
        assert refused(article, make.user("chief_editor")) == expected
        at = timezone.now() + timedelta(hours=2)
        with pytest.raises(gate.Incomplete):
            workflow.publish(article, make.user("editor"), at=at)


def test_a_headline_may_have_110_characters() -> None:
    assert codes(make.complete(headline="a" * 110)) == []
    assert codes(make.complete(headline="a" * 111)) == ["headline"]


def test_an_editor_or_photographer_is_no_writer() -> None:
    article, author = make.complete(), make.author()
    for role, expected in (("editor", ["writer"]), ("photographer", ["writer"]), ("writer", [])):
        values = Values(fields={}, bylines=[Signature(author, Byline.Role(role))])
        article = content.save(article, values, article.version, None)
        assert codes(article) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.NEWS, {"city", "writer"}),
        (Kind.OPINION, {"writer"}),
        (Kind.ANALYSIS, {"writer"}),
        (Kind.EDITORIAL, set()),
        (Kind.PRESS_RELEASE, {"city"}),
        (Kind.ADVERTORIAL, set()),
    ],
)
def test_kinds_need_different_things(kind: str, expected: set[str]) -> None:
    bare = make.draft(kind=kind, label="Advertorial" if kind == Kind.ADVERTORIAL else "")
    common = {"standfirst", "lead_image", "tag", *(f"question:{one}" for one in NO)}
    assert set(codes(bare)) == common | expected
    assert set(gate.REQUIRED) == set(Kind.values)


def test_paid_content_without_a_label_is_missed() -> None:
    """The database refuses it before; the item looks for itself all the same."""
    fields = snapshots.blank()["fields"] | {"kind": "advertorial"}
    text = gate.Text(0, snapshots.blank() | {"fields": fields}, {})
    assert [item.field for item in gate.paid_label(text)] == ["label"]
    assert [item.field for item in gate.section(text)] == ["section"]
    assert [item.words for item in gate.headline(text)] != []


def test_the_lead_image_needs_caption_and_alt_and_each_picture_a_credit() -> None:
    lead = make.image(caption="", alt="")
    shown, share, gallery = (make.image(credit="") for _each in range(3))
    body = (
        f'<p>Isi.</p><figure data-image="{shown.pk}"></figure>'
        f'<figure data-gallery="{gallery.pk}"></figure>'
    )
    article = make.complete(lead_image_id=lead.pk, share_image_id=share.pk, body=body)
    assert codes(article) == [
        *("lead_caption", "lead_alt"),
        *(f"credit:{pk}" for pk in sorted((shown.pk, share.pk, gallery.pk))),
    ]
    assert {item.image for item in gate.missing(article, timezone.now())} == {
        *(lead.pk, shown.pk, share.pk, gallery.pk)
    }
    with writing():
        Image.objects.all().update(credit="Foto: Tes", caption="Kapal", alt="Kapal")
    assert codes(article) == []


def test_the_words_are_indonesian_and_say_what_to_do() -> None:
    with translation.override("id"):
        words = {item.words for item in gate.missing(make.draft(), timezone.now())}
    assert "Kotanya belum ada: di mana ini ditulis?" in words
    assert not any("missing" in text for text in words)


# Changes to what is out


def changed(article: Article, **fields: Any) -> Article:
    return content.save(article, Values(fields=fields), article.version, None)


def test_a_change_must_not_take_away_what_was_there() -> None:
    editor = make.user("editor")
    live = workflow.publish(make.complete(), make.user("editor"))
    with pytest.raises(gate.Incomplete) as caught:
        workflow.update(changed(live, standfirst=""), editor, is_substantial=False)
    assert [item.code for item in caught.value.missing] == ["standfirst"]


def test_what_came_without_all_that_can_be_corrected() -> None:
    """An import has no answers and perhaps no picture; a wrong name in it can't wait for them."""
    live = make.live_article(standfirst="Ringkasan.")
    saved = changed(live, headline="Judul yang dibetulkan")
    assert workflow.update(saved, make.user("editor"), is_substantial=True).headline == (
        "Judul yang dibetulkan"
    )
    worse = changed(Article.objects.get(pk=live.pk), standfirst="")
    with pytest.raises(gate.Incomplete) as caught:
        workflow.update(worse, make.user("editor"), is_substantial=False)
    assert [item.code for item in caught.value.missing] == ["standfirst"]


def test_a_withdrawn_article_comes_back_through_the_whole_gate() -> None:
    assert len(refused(make.withdrawn_article(), make.user("chief_editor"))) > 5


def test_the_server_itself_is_not_asked() -> None:
    assert workflow.publish(make.draft(), None).status == Article.Status.PUBLISHED


# Whom it may harm


def harmful() -> Article:
    return make.complete(sensitivity=NO | {"may_harm": "yes"})


def attempt(article: Article, by: Any = None, **given: Any) -> ConfirmationAttempt:
    asked: dict[str, Any] = {
        "asked": "Kepala Dinas",
        "at": timezone.now() - timedelta(hours=1),
        "outcome": "unreachable",
    }
    return verification.record(article, by or make.user("editor"), **asked | given)


@pytest.mark.parametrize("outcome", ConfirmationAttempt.Outcome.values)
def test_an_attempt_of_whatever_outcome_opens_the_gate(outcome: str) -> None:
    article = harmful()
    attempt(article, outcome=outcome)
    assert workflow.publish(article, make.user("editor")).status == Article.Status.PUBLISHED


def test_what_is_struck_out_does_not_count() -> None:
    article, editor = harmful(), make.user("editor")
    made = attempt(article, editor)
    verification.strike(made, editor)
    assert refused(article) == ["confirmation"]
    made.refresh_from_db()
    assert made.struck_by == editor


def test_what_readers_have_seen_rests_on_stays() -> None:
    article, editor = harmful(), make.user("editor")
    made = attempt(article, editor)
    workflow.publish(article, make.user("editor"))
    with pytest.raises(NotAllowed):
        verification.strike(made, editor)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"asked": " "}, "asked"),
        ({"asked": "a" * 161}, "asked"),
        ({"outcome": "maybe"}, "outcome"),
        ({"outcome": ""}, "outcome"),
        ({"note": "a" * 501}, "note"),
        ({"at": timezone.now() + timedelta(days=2)}, "at"),
    ],
)
def test_a_wrong_attempt_is_refused_by_field(given: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        attempt(harmful(), **given)
    assert set(caught.value.message_dict) == {field}
    assert not ConfirmationAttempt.objects.exists()


# Whoever must not be recognized


def guarded(by: Any = None) -> Article:
    return make.complete(by, sensitivity=NO | {"involves_child": "yes"})


def check(article: Article, by: Any, items: Any = tuple(verification.CHECKLIST)) -> IdentityCheck:
    return verification.check(article, by, items=items, seen=gate.betrayals(article))


def test_a_second_editor_s_check_opens_the_gate_for_this_very_text() -> None:
    article, editor = guarded(), make.user("editor")
    check(article, editor)
    assert codes(article) == []
    saved = changed(article, body="<p>Bunga, 14 tahun, bersekolah di SD itu.</p>")
    assert codes(saved) == ["identity_check"]
    check(saved, editor)
    assert workflow.publish(saved, editor).status == Article.Status.PUBLISHED


@pytest.mark.parametrize(
    "change",
    [
        {"canonical_url": "https://x.example/nama"},
        {"kicker": "Nama"},
        {"seo_title": "Nama"},
        {"slug": "nama-anak"},
        {"dateline_city": "Desa"},
    ],
)
def test_every_text_that_may_betray_is_looked_through_again(change: dict[str, Any]) -> None:
    article = guarded()
    check(article, make.user("editor"))
    assert codes(changed(article, **change)) == ["identity_check"]


def test_a_new_tag_and_a_picture_s_new_caption_are_looked_through_again() -> None:
    article, editor = guarded(), make.user("editor")
    check(article, editor)
    tagged = content.save(article, Values(fields={}, tags=["Nama Anak"]), article.version, None)
    assert codes(tagged) == ["identity_check"]
    check(tagged, editor)
    with writing():
        Image.objects.filter(pk=tagged.lead_image_id).update(caption="Nama anak itu")
    assert codes(tagged) == ["identity_check"]


def test_closed_comments_are_no_reason_to_look_again() -> None:
    article = guarded()
    check(article, make.user("editor"))
    assert codes(changed(article, comments_mode="closed")) == []


def test_a_change_of_a_checked_live_text_is_checked_too() -> None:
    article, editor = guarded(), make.user("editor")
    check(article, editor)
    live = changed(workflow.publish(article, editor), headline="Judul lain")
    with pytest.raises(gate.Incomplete) as caught:
        workflow.update(live, editor, is_substantial=True)
    assert [item.code for item in caught.value.missing] == ["identity_check"]
    check(live, editor)
    workflow.update(live, editor, is_substantial=True)


@pytest.mark.parametrize("role", ["editor", "chief_editor"])
def test_its_writer_is_never_the_second_editor(role: str) -> None:
    writer = make.user(role)
    article = guarded(writer)
    with pytest.raises(NotAllowed):
        check(article, writer)
    assert refused(article, make.user("chief_editor")) == ["identity_check"]


@pytest.mark.parametrize(
    "role", ["reporter", "contributor", "photo_desk", "moderator", "advertising"]
)
def test_only_editors_look_through(role: str) -> None:
    with pytest.raises(NotAllowed):
        check(guarded(), make.user(role))


def test_each_item_of_the_list_is_ticked() -> None:
    for item in verification.CHECKLIST:
        with pytest.raises(Refused):
            check(guarded(), make.user("editor"), set(verification.CHECKLIST) - {item})
    assert not IdentityCheck.objects.exists()


def test_a_text_that_changed_meanwhile_is_not_checked_unread() -> None:
    article, editor = guarded(), make.user("editor")
    seen = gate.betrayals(article)
    changed(Article.objects.get(pk=article.pk), headline="Nama anak")
    with pytest.raises(Conflict):
        verification.check(article, editor, items=verification.CHECKLIST, seen=seen)


def test_a_caption_that_changed_meanwhile_is_not_checked_unread() -> None:
    """A picture's words are in no version of the article."""
    article, editor = guarded(), make.user("editor")
    seen = gate.betrayals(article)
    with writing():
        Image.objects.filter(pk=article.lead_image_id).update(caption="Nama anak itu")
    with pytest.raises(Conflict):
        verification.check(article, editor, items=verification.CHECKLIST, seen=seen)


def test_copies_that_the_worker_makes_are_no_other_picture() -> None:
    article = guarded()
    check(article, make.user("editor"))
    with writing():
        Image.objects.filter(pk=article.lead_image_id).update(revision=2, wanted=2)
    assert codes(article) == []


def test_a_stale_check_of_what_is_live_excuses_no_new_text() -> None:
    article, editor = guarded(), make.user("editor")
    check(article, editor)
    live = workflow.publish(article, editor)
    with writing():
        Image.objects.filter(pk=article.lead_image_id).update(caption="Keterangan lain")
    saved = changed(live, body="<p>Bunga binti Amir, SD 3.</p>")
    with pytest.raises(gate.Incomplete) as caught:
        workflow.update(saved, editor, is_substantial=False)
    assert [item.code for item in caught.value.missing] == ["identity_check"]


def test_what_has_ended_comes_back_through_the_whole_gate() -> None:
    """A comma makes a change of it; it is no correction of what readers see."""
    live = make.live_article()
    end = timezone.now() + timedelta(minutes=1)
    workflow.unpublish(live, None, at=end, reason="licence_ended", note="Habis.")
    with time_machine.travel(end + timedelta(minutes=1)):
        saved = changed(Article.objects.get(pk=live.pk), kicker="Koma")
        assert len(refused(saved)) > 5


def test_two_checked_texts_that_are_joined_go_out_only_if_somebody_has_seen_both() -> None:
    editor, body = make.user("editor"), "<p>Satu.</p><p>Dua.</p><p>Tiga.</p>"
    live = workflow.publish(make.complete(body=body), editor)
    saved = changed(
        live,
        body=body.replace("Tiga", "Seorang anak"),
        sensitivity=NO | {"involves_child": "yes"},
    )
    check(saved, editor)
    at = timezone.now() + timedelta(hours=1)
    waits = workflow.schedule_update(saved, editor, at=at, is_substantial=False)
    corrected = changed(
        Article.objects.get(pk=waits.pk), body=body.replace("Satu", "Bunga, siswa SD 3")
    )
    workflow.update(corrected, editor, is_substantial=True)
    scheduled.bring_out(live.pk, at)
    row = Article.objects.get(pk=live.pk)
    assert row.change_at is None
    assert row.stage == Article.Stage.RETURNED
    assert "Bunga" in row.body
    assert "Seorang anak" not in row.body
    note = row.transitions.get(name="clash").note
    assert note


def test_a_checked_change_comes_out_when_nothing_else_did() -> None:
    editor = make.user("editor")
    live = workflow.publish(make.complete(), editor)
    saved = changed(live, kicker="Anak", sensitivity=NO | {"involves_child": "yes"})
    check(saved, editor)
    at = timezone.now() + timedelta(hours=1)
    workflow.schedule_update(saved, editor, at=at, is_substantial=False)
    scheduled.bring_out(live.pk, at)
    assert Article.objects.get(pk=live.pk).kicker == "Anak"


# Two people answer


def test_answers_of_two_people_are_joined() -> None:
    article = make.draft()
    base = article.version
    content.save(article, Values({"sensitivity": {"suicide": "no"}}), base, None)
    joined = content.save(article, Values({"sensitivity": {"ai_used": "yes"}}), base, None)
    assert joined.sensitivity == {"suicide": "no", "ai_used": "yes"}
    with pytest.raises(Conflict) as caught:
        content.save(joined, Values({"sensitivity": {"suicide": "yes"}}), base, None)
    assert caught.value.clashes == ("sensitivity",)
