"""What articles, names and pictures leave in the audit log; and that no text of theirs does."""

import json
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import AuditEntry
from articles import content, naming, pictures, previews, trail, workflow
from articles.content import Values
from articles.errors import NotAllowed
from articles.models import Author, Revision, Section
from tests import make

pytestmark = pytest.mark.django_db


def rows(group: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(group=group).order_by("id"))


def upload(colour: str = "navy") -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", BytesIO(make.jpeg((640, 480), colour)).read())


# Settings


def test_a_section_that_is_added_and_renamed_is_written_down():
    chief = make.user("chief_editor", name="Pemred")
    section = Section(name="Kota", slug="kota", intro="Pengantar rahasia.")
    naming.save_named(section, chief)
    section.name, section.slug, section.intro = "Metro", "metro", "Pengantar lain."
    naming.save_named(section, chief)
    added, changed = rows("section")
    assert (added.action, added.target_id, added.target_text) == (
        "section.add",
        str(section.pk),
        "Kota",
    )
    assert (changed.action, changed.actor_name, changed.target_text) == (
        "section.change",
        "Pemred",
        "Metro",
    )
    assert changed.details == {"name": ["Kota", "Metro"], "slug": ["kota", "metro"], "intro": []}


def test_an_author_who_gets_an_account_is_written_down():
    editor, person = make.user("editor"), make.user("reporter")
    author = Author(name="Luki", slug="luki")
    naming.save_named(author, editor)
    author.user, author.bio = person, "Riwayat hidup."
    naming.save_named(author, editor)
    assert rows("author")[1].details == {"user_id": [None, person.pk], "bio": []}


def test_a_save_that_changes_nothing_is_no_act():
    section = make.section("kota")
    naming.save_named(section, make.user("chief_editor"))
    assert rows("section") == []


def test_a_save_that_is_refused_leaves_nothing():
    section = make.section("kota")
    with pytest.raises(NotAllowed):
        naming.save_named(section, make.user("reporter"))
    section.name = ""
    with pytest.raises(ValidationError):
        naming.save_named(section, make.user("chief_editor"))
    assert rows("section") == []


# Pictures


def test_a_picture_that_comes_changes_and_is_replaced_is_written_down():
    person = make.user("editor")
    image = pictures.store(upload(), by=person, caption="Keterangan panjang", credit="Foto: A")
    pictures.update(image, by=person, credit="Foto: B", caption="Keterangan lain")
    pictures.update(image, by=person, credit="Foto: B")
    pictures.replace(image, upload("red"), by=person)
    assert [(row.action, row.details) for row in rows("image")] == [
        ("image.add", {"credit": "Foto: A"}),
        ("image.change", {"credit": ["Foto: A", "Foto: B"], "caption": []}),
        ("image.replace", {}),
    ]
    assert {(row.actor, row.target_id) for row in rows("image")} == {(person, str(image.pk))}


def test_another_cut_is_written_down_with_the_picture_that_it_is_of():
    person = make.user("reporter")
    image = pictures.store(upload(), by=person)
    cut = pictures.vary(image, by=person)
    row = rows("image")[-1]
    assert (row.action, row.actor, row.target_id) == ("image.vary", person, str(cut.pk))
    assert row.details == {"of": image.pk}


def test_a_picture_that_is_refused_leaves_nothing():
    with pytest.raises(ValidationError):
        pictures.store(SimpleUploadedFile("a.jpg", b"bukan gambar"), by=make.user("editor"))
    assert rows("image") == []


# Articles


def last_step(article):
    return article.transitions.first()


def test_a_step_names_both_states_and_no_word_of_the_note():
    article = make.complete()
    workflow.submit(article, article.created_by)
    editor = make.user("editor")
    article = workflow.return_to_writer(article, editor, note="Catatan penyunting.")
    trail.step(last_step(article))
    row = rows("article")[-1]
    assert (row.action, row.actor, row.target_id) == ("article.return", editor, str(article.pk))
    assert row.details["status"] == [last_step(article).source, last_step(article).target]
    assert row.details["revision"] == article.draft_revision.number
    assert "Catatan" not in json.dumps(row.details)


def test_an_override_and_the_ground_of_a_withdrawal_are_told():
    chief = make.user("chief_editor")
    article = workflow.publish(make.complete(chief), chief, note="Gempa.")
    trail.step(last_step(article))
    article = workflow.withdraw(article, chief, reason="child", public_reason="Demi anak.")
    trail.step(last_step(article))
    told = {row.verb: row.details for row in rows("article")}
    assert told["publish"]["override"] is True
    assert told["withdraw"]["reason"] == "child"
    assert "Demi anak" not in json.dumps(told)


def test_a_saved_text_is_told_by_its_number_and_an_autosave_is_not():
    article = make.complete()
    article = content.save(
        article, Values({"body": "<p>Isi.</p>"}), article.version, make.user("editor")
    )
    before = len(rows("article"))
    revision = article.draft_revision
    trail.saved(revision)
    row = rows("article")[before]
    assert (row.action, row.details) == ("article.save", {"revision": 2, "kind": "save"})
    assert row.actor == revision.author
    revision.kind = Revision.Kind.AUTOSAVE
    trail.saved(revision)
    assert len(rows("article")) == before + 1


LATER = timedelta(hours=1)
SEEN = {
    "draft": (lambda: make.complete(headline="Banjir"), ""),
    "waiting": (lambda: make.scheduled_article(timezone.now() + LATER, headline="Banjir"), ""),
    "live": (lambda: make.live_article(headline="Banjir"), "Banjir"),
}


@pytest.mark.parametrize(("made", "headline"), SEEN.values(), ids=SEEN)
def test_a_headline_is_told_only_once_readers_have_seen_it(made, headline):
    trail.step(last_step(made()))
    assert rows("article")[-1].target_text == headline


def test_the_whole_way_of_an_article_is_in_the_log():
    reporter, editor = make.user("reporter"), make.user("editor")
    chief = make.user("chief_editor")
    article = workflow.submit(make.complete(reporter), reporter)
    article = workflow.return_to_writer(article, editor, note="Perbaiki.")
    article = content.save(article, Values({"body": "<p>Lagi.</p>"}), article.version, reporter)
    article = workflow.publish(workflow.submit(article, reporter), editor)
    article = content.save(article, Values({"body": "<p>Dua.</p>"}), article.version, editor)
    workflow.update(article, editor, is_substantial=False)
    workflow.withdraw(article, chief, reason="child", public_reason="Demi anak.")
    told = [(row.action, row.actor) for row in rows("article") if row.verb != "save"]
    assert told == [
        ("article.create", reporter),
        ("article.submit", reporter),
        ("article.return", editor),
        ("article.submit", reporter),
        ("article.publish", editor),
        ("article.update", editor),
        ("article.withdraw", chief),
    ]
    assert "Perbaiki" not in json.dumps([row.details for row in rows("article")])


def test_a_preview_link_that_is_made_and_closed_is_written_down():
    article, editor = make.draft(headline="Rahasia"), make.user("editor")
    link, token = previews.make(article, editor)
    previews.revoke(link, article.created_by)
    previews.revoke(link, editor)  # once more closes nothing
    shared, closed = rows("article")[-2:]
    assert (shared.action, shared.actor) == ("article.share", editor)
    assert (closed.action, closed.actor) == ("article.unshare", article.created_by)
    assert {row.target_id for row in (shared, closed)} == {str(article.pk)}
    assert {row.details["link"] for row in (shared, closed)} == {link.pk}
    assert datetime.fromisoformat(shared.details["until"]) == link.expires_at.replace(
        microsecond=link.expires_at.microsecond // 1000 * 1000
    )
    told = json.dumps([shared.details, closed.details, shared.target_text])
    assert token not in told
    assert "Rahasia" not in told


def test_a_link_that_is_refused_leaves_nothing():
    article = make.draft()
    before = len(rows("article"))
    with pytest.raises(NotAllowed):
        previews.make(article, make.user("moderator"))
    link = previews.make(article, make.user("editor"))[0]
    with pytest.raises(NotAllowed):
        previews.revoke(link, make.user("moderator"))
    assert [row.action for row in rows("article")[before:]] == ["article.share"]


def test_a_step_that_is_refused_leaves_nothing():
    article = make.complete()
    before = len(rows("article"))
    with pytest.raises(NotAllowed):
        workflow.publish(article, make.user("reporter"))
    assert len(rows("article")) == before
