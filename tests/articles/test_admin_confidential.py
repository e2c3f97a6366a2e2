"""The desk's pages of confidential notes: what is shown to whom, and what is kept of it."""

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from accounts import roles
from accounts.models import AuditEntry
from articles import confidential
from articles.models import ConfidentialNote
from articles.seal import new_key
from tests import make
from tests.articles.test_confidential import REQUEST

pytestmark = pytest.mark.django_db

TEXT = "Narasumber: Bu Ani, kepala gudang."


def page(name, pk):
    return reverse(f"admin:articles_confidentialnote_{name}", args=[pk])


@pytest.fixture
def reporter(client):
    person = make.user("reporter", name="Si Reporter")
    client.force_login(person)
    return person


@pytest.fixture
def note(reporter):
    article = make.draft(reporter, headline="Judul naskah")
    return confidential.add(article, TEXT, reporter, request=REQUEST)


def text_of(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def field(answer, name):
    return LexborHTMLParser(answer.content.decode()).css_first(f"[name={name}]")


def test_from_the_form_to_a_note_that_its_author_reads(client, reporter):
    article = make.draft(reporter)
    form = text_of(client.get(reverse("admin:articles_article_change", args=[article.pk])))
    assert page("article", article.pk) in form
    assert page("add", article.pk) in text_of(client.get(page("article", article.pk)))
    answer = client.post(page("add", article.pk), {"text": f"  {TEXT}\r\nBaris dua.  "})
    note = ConfidentialNote.objects.get()
    assert answer.headers["Location"] == page("readers", note.pk)
    shown = LexborHTMLParser(text_of(client.get(page("read", note.pk))))
    assert shown.css_first(".confidential-text").text(strip=True) == f"{TEXT}Baris dua."
    assert page("read", note.pk) in text_of(client.get(page("article", article.pk)))


def test_the_list_shows_no_text_and_is_no_opening(client, note):
    before = AuditEntry.objects.count()
    assert TEXT not in text_of(client.get(page("article", note.article_id)))
    assert AuditEntry.objects.count() == before
    client.get(page("read", note.pk))
    assert AuditEntry.objects.latest("id").action == "note.open"


def test_a_note_is_changed_over_the_version_that_was_read(client, note):
    form = client.get(page("edit", note.pk))
    assert TEXT in text_of(form)
    data = {"text": "Yang baru.", "base_version": field(form, "base_version").attributes["value"]}
    assert client.post(page("edit", note.pk), data).status_code == 302
    late = client.post(page("edit", note.pk), data | {"text": "Terlambat."})
    assert "Terlambat." in text_of(late)
    assert "Yang baru." in text_of(client.get(page("read", note.pk)))


@pytest.mark.parametrize("data", [{}, {"text": " "}, {"text": "x" * 20_001}], ids=str)
def test_a_refused_text_is_given_back_with_the_reason(client, reporter, data):
    article = make.draft(reporter)
    answer = client.post(page("add", article.pk), data | {"x": "1"})
    assert LexborHTMLParser(text_of(answer)).css_first(".errorlist") is not None
    assert not ConfidentialNote.objects.exists()


def test_readers_are_chosen_among_the_staff(client, note, reporter):
    editor, gone = make.user("editor"), make.user("editor", is_active=False)
    boxes = LexborHTMLParser(text_of(client.get(page("readers", note.pk)))).css("[name=readers]")
    offered = {int(box.attributes["value"]): "checked" in box.attributes for box in boxes}
    assert offered[reporter.pk] is True
    assert offered[editor.pk] is False
    assert gone.pk not in offered
    client.post(page("readers", note.pk), {"readers": [reporter.pk, editor.pk]})
    assert set(note.readers.all()) == {reporter, editor}
    client.post(page("readers", note.pk), {"readers": [reporter.pk, gone.pk]})
    assert set(note.readers.all()) == {reporter, editor}


def test_when_the_key_is_gone_the_page_says_so(client, note, settings):
    settings.CONFIDENTIAL_KEYS = [new_key()]
    shown = LexborHTMLParser(text_of(client.get(page("read", note.pk))))
    assert shown.css_first("[role=alert]") is not None
    assert client.get(page("edit", note.pk)).headers["Location"] == page("read", note.pk)
    settings.CONFIDENTIAL_KEYS = []
    answer = client.post(page("add", note.article_id), {"text": "Lain"})
    assert "CONFIDENTIAL_KEYS" in text_of(answer)


# Role × page

PAGES = ["read", "edit", "readers", "article", "add"]
EVERYBODY = ["anonymous", "reader", *roles.ROLES, "superuser"]
CHIEF = set(PAGES)
# To the article of somebody else; who edits it may write a note there and sees none.
EDITS = {"article", "add"}
TABLE = {"chief_editor": CHIEF, "superuser": EDITS}
TABLE |= dict.fromkeys(("editor", "managing_editor", "photo_desk"), EDITS)


def person_of(role):
    is_super = role == "superuser"
    return make.user(*({role} & set(roles.ROLES)), is_superuser=is_super, is_staff=is_super)


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("name", PAGES)
def test_who_opens_which_page_of_somebody_elses_note(client, note, role, name):
    client.logout()
    if role != "anonymous":
        client.force_login(person_of(role))
    address = page(name, note.article_id if name in {"article", "add"} else note.pk)
    answer = client.get(address)
    outside = role in {"anonymous", "reader"}
    expected = 200 if name in TABLE.get(role, ()) else 302 if outside else 404
    assert answer.status_code == expected
    assert (TEXT in answer.content.decode()) == (
        role == "chief_editor" and name in {"read", "edit"}
    )
    if name == "article" and expected == 200:
        assert (page("read", note.pk) in answer.content.decode()) == (role == "chief_editor")


@pytest.mark.parametrize("role", [code for code in roles.ROLES if code != "chief_editor"])
def test_whoever_is_named_reads_and_opens_no_form(client, note, reporter, role):
    person = make.user(role)
    confidential.name_readers(note, [reporter, person], reporter, request=REQUEST)
    client.force_login(person)
    assert TEXT in text_of(client.get(page("read", note.pk)))
    assert page("read", note.pk) in text_of(client.get(page("article", note.article_id)))
    for name in ("edit", "readers"):
        assert client.get(page(name, note.pk)).status_code == 404
        forged = {"text": "Palsu", "base_version": 1, "readers": [person.pk]}
        assert client.post(page(name, note.pk), forged).status_code == 404
    note.refresh_from_db()
    assert note.version == 1
    assert note.readers.count() == 2


def test_whoever_may_not_read_the_article_is_not_told_its_headline(client, note, reporter):
    moderator = make.user("moderator")
    confidential.name_readers(note, [reporter, moderator], reporter, request=REQUEST)
    client.force_login(moderator)
    for address in (page("read", note.pk), page("article", note.article_id)):
        assert "Judul naskah" not in text_of(client.get(address))


@pytest.mark.parametrize("address", ["", "add/", "autocomplete/", "1/change/", "1/history/"])
def test_none_of_djangos_own_pages_is_there(client, note, address):
    client.force_login(person_of("superuser"))
    assert client.get(f"/admin/articles/confidentialnote/{address}").status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_no_browser_keeps_a_page_and_no_script_what_is_typed(client, note, name):
    answer = client.get(page(name, note.article_id if name in {"article", "add"} else note.pk))
    assert "no-store" in answer.headers["Cache-Control"]
    shown = LexborHTMLParser(text_of(answer))
    # Nothing that other forms use to keep a text beyond a session or in the browser.
    assert shown.css_first("[name=shown_to]") is None
    assert "js/editor/" not in answer.content.decode()
    if text := shown.css_first("textarea"):
        assert text.attributes["autocomplete"] == "off"
        assert text.attributes["spellcheck"] == "false"


def test_markup_in_a_note_stays_text(client, reporter):
    article = make.draft(reporter)
    client.post(page("add", article.pk), {"text": "<script>alert(1)</script>"})
    note = ConfidentialNote.objects.get()
    for name in ("read", "edit"):
        assert "<script>alert(1)" not in text_of(client.get(page(name, note.pk)))


def test_the_list_costs_the_same_for_one_note_and_for_many(
    client, note, reporter, django_assert_max_num_queries
):
    for _ in range(12):
        confidential.add(note.article, TEXT, reporter, request=REQUEST)
    with django_assert_max_num_queries(16):
        assert text_of(client.get(page("article", note.article_id))).count("/admin/articles/c") > 12
