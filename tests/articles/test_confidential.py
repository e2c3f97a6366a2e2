"""Confidential notes: who reads and writes them, what is kept, and how keys are changed."""

from contextlib import nullcontext
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db.models import ProtectedError
from django.test import RequestFactory
from django.utils import timezone

from accounts.models import AuditEntry
from articles import checks, confidential
from articles.errors import NotAllowed, Refused
from articles.guard import NotAWriter, writing
from articles.models import Article, ConfidentialNote, NoteReader
from articles.seal import Seal, new_key
from tests import make

pytestmark = pytest.mark.django_db

TEXT = "Narasumber: Bu Ani, kepala gudang."
REQUEST = RequestFactory().get("/", REMOTE_ADDR="203.0.113.57")


@pytest.fixture
def reporter():
    return make.user("reporter", name="Si Reporter")


@pytest.fixture
def note(reporter):
    return add(make.draft(reporter), reporter)


def add(article, by, text=TEXT):
    return confidential.add(article, text, by, request=REQUEST)


def read(note, by):
    return confidential.read(note, by, request=REQUEST)


def save(note, by, text="Yang baru.", version=None):
    confidential.save(note, text, version or note.version, by, request=REQUEST)


def name(note, people, by):
    confidential.name_readers(note, people, by, request=REQUEST)


def acts():
    return list(AuditEntry.objects.filter(group="note").order_by("id"))


def test_its_author_reads_it_and_the_row_holds_bytes_alone(note, reporter, settings):
    assert read(note, reporter) == TEXT
    row = ConfidentialNote.objects.values().get(pk=note.pk)
    assert b"Ani" not in bytes(row["locked"])
    assert row["key_id"] == Seal(settings.CONFIDENTIAL_KEYS).key_id
    name = note.names.get()
    assert (name.reader, name.granted_by) == (reporter, reporter)
    assert name.granted_at <= timezone.now()


def superuser():
    return make.user(is_superuser=True, is_staff=True)


PEOPLE = {
    "reader": lambda: make.user(),
    "reporter": lambda: make.user("reporter"),
    "editor": lambda: make.user("editor"),
    "moderator": lambda: make.user("moderator"),
    "administrator": lambda: make.user("administrator"),
    "superuser": superuser,
    "chief_editor": lambda: make.user("chief_editor"),
    "a chief editor who left": lambda: make.user("chief_editor", is_active=False),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_of_all_others_the_chief_editor_alone_reads_it(note, who):
    person = PEOPLE[who]()
    may = who == "chief_editor"
    assert list(ConfidentialNote.objects.readable_by(person)) == [note] * may
    if may:
        assert read(note, person) == TEXT
    else:
        with pytest.raises(NotAllowed):
            read(note, person)
    with pytest.raises(NotAllowed) if not may else nullcontext():
        save(note, person)
    with pytest.raises(NotAllowed) if not may else nullcontext():
        name(note, [person], person)


@pytest.mark.parametrize("who", ["reporter", "editor", "administrator", "superuser"])
def test_whoever_is_named_reads_it_and_changes_nothing(note, reporter, who):
    person = PEOPLE[who]()
    name(note, [reporter, person], reporter)
    assert read(note, person) == TEXT
    with pytest.raises(NotAllowed):
        save(note, person)
    with pytest.raises(NotAllowed):
        name(note, [person], person)


def test_whoever_is_named_no_more_reads_it_no_more(note, reporter):
    editor = make.user("editor")
    name(note, [reporter, editor], reporter)
    name(note, [reporter], reporter)
    with pytest.raises(NotAllowed):
        read(note, editor)


def test_an_author_whose_name_was_taken_off_has_lost_it(note, reporter):
    name(note, [], make.user("chief_editor"))
    with pytest.raises(NotAllowed):
        read(note, reporter)
    with pytest.raises(NotAllowed):
        save(note, reporter)


def test_only_staff_can_be_named(note, reporter):
    left = make.user("editor", is_active=False)
    name(note, [reporter, make.user(), left], reporter)
    assert list(note.readers.all()) == [reporter]


def test_naming_the_same_people_keeps_since_when_and_is_no_act(note, reporter):
    since, number = note.names.get().granted_at, len(acts())
    name(note, [reporter], reporter)
    assert note.names.get().granted_at == since
    assert len(acts()) == number


WRITERS = {"reporter": False, "editor": True, "chief_editor": True, "moderator": False}


@pytest.mark.parametrize("role", WRITERS)
def test_who_works_on_an_article_and_may_read_it_writes_notes(role):
    person, article = make.user(role), make.draft()
    assert confidential.may_add(person, article) == WRITERS[role]
    if not WRITERS[role]:
        with pytest.raises(NotAllowed):
            add(article, person)
        assert not ConfidentialNote.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 20_001, "\x00"])
def test_a_text_that_is_none_is_refused(text, reporter):
    with pytest.raises(ValidationError):
        add(make.draft(reporter), reporter, text)
    assert not ConfidentialNote.objects.exists()
    assert acts() == []


def test_of_the_text_before_nothing_is_kept(note, reporter):
    before = bytes(note.locked)
    save(note, reporter, "Yang baru.")
    note.refresh_from_db()
    assert read(note, reporter) == "Yang baru."
    assert bytes(note.locked) != before
    assert note.version == 2
    assert ConfidentialNote.objects.count() == 1


def test_of_two_who_save_the_second_is_told(note, reporter):
    chief = make.user("chief_editor")
    save(note, chief, "Dari pemred.", version=1)
    with pytest.raises(Refused):
        save(note, reporter, "Dari reporter.", version=1)
    note.refresh_from_db()
    assert read(note, chief) == "Dari pemred."


def test_each_act_is_in_the_audit_log_and_not_a_word_of_the_text(note, reporter):
    editor = make.user("editor")
    read(note, reporter)
    name(note, [reporter, editor], reporter)
    save(note, reporter, "Yang baru sekali.")
    told = [(row.action, row.actor, row.target_id, row.network) for row in acts()]
    assert told == [
        (action, reporter, str(note.pk), "203.0.113.0/24")
        for action in ("note.add", "note.open", "note.readers", "note.change")
    ]
    assert acts()[2].details == {"article": note.article_id, "added": str(editor.pk)}
    everything = str(list(AuditEntry.objects.values()))
    assert "Ani" not in everything
    assert "Yang baru" not in everything


def test_who_may_not_open_it_leaves_no_entry_of_an_opening(note):
    with pytest.raises(NotAllowed):
        read(note, make.user("editor"))
    assert [row.action for row in acts()] == ["note.add"]


def test_nobody_else_writes_the_rows(note):
    with pytest.raises(NotAWriter):
        ConfidentialNote.objects.update(version=9)
    with pytest.raises(NotAWriter):
        ConfidentialNote.objects.all().delete()


def test_an_article_with_a_note_can_not_go_from_under_it(note):
    with writing(), pytest.raises(ProtectedError):
        Article.objects.filter(pk=note.article_id).delete()
    assert NoteReader.objects.filter(note=note).exists()


# Keys


@pytest.fixture
def rotate(settings):
    """Put a new key before the others; returns what the keys were."""

    def put() -> list[str]:
        before = settings.CONFIDENTIAL_KEYS
        settings.CONFIDENTIAL_KEYS = [new_key(), *before]
        return before

    return put


def rekeyed() -> str:
    out = StringIO()
    call_command("rekey_notes", stdout=out)
    return out.getvalue()


def test_after_a_rotation_old_notes_open_and_rekey_frees_the_old_key(
    note, reporter, rotate, settings
):
    rotate()
    assert read(note, reporter) == TEXT
    assert rekeyed() == "1 notes are locked with the first key.\n"
    settings.CONFIDENTIAL_KEYS = settings.CONFIDENTIAL_KEYS[:1]
    note.refresh_from_db()
    assert (note.version, note.key_id) == (1, Seal(settings.CONFIDENTIAL_KEYS).key_id)
    assert read(note, reporter) == TEXT
    assert rekeyed() == "0 notes are locked with the first key.\n"
    assert [row.details for row in acts() if row.verb == "rekey"] == [{"notes": 1}]


def test_a_note_whose_key_is_gone_is_named_and_left_as_it_is(note, reporter, settings):
    other = add(make.draft(reporter), reporter)
    locked = bytes(note.locked)
    settings.CONFIDENTIAL_KEYS = [new_key()]
    with pytest.raises(CommandError, match=f"{note.pk}, {other.pk}"):
        rekeyed()
    note.refresh_from_db()
    assert bytes(note.locked) == locked
    with pytest.raises(confidential.CannotOpen):
        read(note, reporter)


def test_without_a_key_nothing_is_written_and_the_checks_speak(note, reporter, settings):
    assert found() == []
    settings.CONFIDENTIAL_KEYS = [new_key()]
    assert found() == ["articles.W032"]
    settings.CONFIDENTIAL_KEYS = []
    assert found() == ["articles.E031", "articles.W032"]
    with pytest.raises(Refused):
        add(make.draft(reporter), reporter)
    assert ConfidentialNote.objects.count() == 1
    with pytest.raises(CommandError, match="no key"):
        rekeyed()


def found() -> list[str]:
    messages = checks.confidential_notes_have_a_key(None)
    messages += checks.confidential_notes_can_be_opened(None, databases=["default"])
    return [message.id for message in messages]


def test_a_new_key_is_printed_once(capsys, settings):
    call_command("new_note_key")
    key = capsys.readouterr().out.strip()
    assert Seal([key]).open(Seal([key]).lock(TEXT)) == TEXT
    assert key not in settings.CONFIDENTIAL_KEYS
