"""Open forms: what is typed is on the server before it is saved, and never gone."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts import roles
from articles import content, editing, wastebin, workflow
from articles.content import Values
from articles.errors import NotAllowed, Refused
from articles.models import Article, EditSession, Revision
from tests import background, desk, make

pytestmark = pytest.mark.django_db

BEAT = "/admin/articles/article/beat/"


@pytest.fixture
def reporter():
    return make.user("reporter", name="Rini Wulandari")


@pytest.fixture
def article(reporter) -> Article:
    return make.draft(reporter, headline="Kapal Tiba")


@pytest.fixture
def queue(settings) -> None:
    settings.TASKS = background.QUEUE


def typed(article: Article | None = None, **changes: Any) -> dict[str, Any]:
    """What the page's script sends while one types."""
    data = desk.typed(article, **changes)
    data |= {"edit_key": str(uuid.uuid4()), "_typed": "1"}
    return data | ({"_article": article.pk} if article else {}) | changes


def test_typed_text_is_kept_unchecked_and_the_article_stays(client, reporter, article) -> None:
    client.force_login(reporter)
    data = typed(article, headline="", body="<p>Baru separuh", section="entah")
    answer = client.post(BEAT, data)
    assert answer.status_code == 200
    session = EditSession.objects.get()
    assert session.data["headline"] == [""]
    assert session.data["body"] == ["<p>Baru separuh"]
    assert not {"csrfmiddlewaretoken", "edit_key"} & set(session.data)
    article.refresh_from_db()
    assert (article.headline, article.version) == ("Kapal Tiba", 0)
    assert article.revisions.count() == 1


def test_a_text_that_was_left_is_offered_and_gone_on_with(client, reporter, article) -> None:
    client.force_login(reporter)
    data = typed(article, headline="Judul yang hilang", base_version=0)
    client.post(BEAT, data)
    page = client.get(desk.change(article))
    assert "Judul yang hilang" in page.text
    assert page.context["adminform"].form["headline"].value() == "Kapal Tiba"
    assert [one.name for one in page.context["differences"]] == ["headline"]
    assert "<ins" in page.text
    again = client.get(desk.change(article), {"typed": data["edit_key"]})
    assert again.context["adminform"].form["headline"].value() == "Judul yang hilang"
    assert not again.context["left"]
    resumed = {"edit_resumed": data["edit_key"], "edit_key": str(uuid.uuid4())}
    desk.save(client, article, headline="Judul yang hilang", **resumed)
    article.refresh_from_db()
    assert article.headline == "Judul yang hilang"
    assert not EditSession.objects.unsaved().exists()
    assert not client.get(desk.change(article)).context["left"]


def test_so_is_one_that_was_never_saved_at_all(client, reporter) -> None:
    client.force_login(reporter)
    data = typed(headline="Baru dari lapangan")
    client.post(BEAT, data)
    assert "Baru dari lapangan" in client.get(desk.ADD).text
    again = client.get(desk.ADD, {"typed": data["edit_key"]})
    assert again.context["adminform"].form["headline"].value() == "Baru dari lapangan"


def test_nobody_else_is_offered_it(client, reporter, article) -> None:
    client.force_login(reporter)
    data = typed(article, headline="Rahasia Rini")
    client.post(BEAT, data)
    client.force_login(make.user("editor"))
    assert "Rahasia Rini" not in client.get(desk.change(article), {"typed": data["edit_key"]}).text
    assert client.post(BEAT, data | {"headline": "Dibajak"}).status_code == 403
    assert (
        client.post(f"/admin/articles/article/typed/{data['edit_key']}/discard/").status_code == 404
    )
    assert EditSession.objects.get().data["headline"] == ["Rahasia Rini"]


def test_what_comes_late_from_a_saved_form_is_not_offered_again(client, reporter, article) -> None:
    client.force_login(reporter)
    data = typed(article, headline="Judul baru")
    client.post(BEAT, data)
    desk.save(client, article, headline="Judul baru", edit_key=data["edit_key"])
    late = client.post(BEAT, data)
    assert (late.status_code, late.json()["closed"]) == (200, True)
    assert not EditSession.objects.unsaved().exists()


def test_a_refused_save_leaves_the_kept_text_alone(client, reporter, article) -> None:
    client.force_login(reporter)
    data = typed(article, headline="Judul")
    client.post(BEAT, data)
    desk.save(client, article, headline="", edit_key=data["edit_key"])
    assert EditSession.objects.unsaved().exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        *((role, 200) for role in ("editor", "managing_editor", "chief_editor", "photo_desk")),
        *((role, 403) for role in ("reporter", "contributor", "advertising")),
        *((role, 403) for role in ("moderator", "administrator")),
        ("reader", 401),
        ("anonymous", 401),
    ],
)
def test_who_may_keep_text_in_somebodys_draft(client, article, role, status) -> None:
    if role != "anonymous":
        client.force_login(make.user(*([] if role == "reader" else [role])))
    assert client.post(BEAT, typed(article)).status_code == status
    assert EditSession.objects.exists() == (status == 200)


def test_nonsense_is_refused_in_words(client, reporter, article) -> None:
    client.force_login(reporter)
    assert client.post(BEAT, typed(article, edit_key="bukan nomor")).status_code == 400
    assert client.post(BEAT, typed(article, _article="9" * 30)).status_code == 403
    large = typed(article, body="x" * (editing.LARGEST + 1))
    answer = client.post(BEAT, large)
    assert answer.status_code == 403
    assert answer.json()["error"]
    assert client.get(BEAT).status_code == 405


@pytest.mark.usefixtures("queue")
@pytest.mark.django_db(transaction=True)
def test_two_people_see_each_other_and_take_over(reporter, article) -> None:
    editor = make.user("editor", name="Andi Saputra")
    first, second = Client(), Client()
    first.force_login(reporter)
    second.force_login(editor)
    data = typed(article, headline="Setengah jadi")
    assert first.post(BEAT, data).json()["others"] == []
    page = second.get(desk.change(article))
    assert "Rini Wulandari" in page.text
    assert "Rini Wulandari" in second.post(BEAT, typed(article)).json()["others"][0]

    second.post(f"/admin/articles/article/{article.pk}/take-over/")
    kept = article.revisions.get(kind=Revision.Kind.AUTOSAVE)
    assert kept.content["fields"]["headline"] == "Setengah jadi"
    assert kept.author == reporter
    told = first.post(BEAT, data).json()
    assert any("Andi Saputra" in news for news in told["news"])
    call_command("worker", once=True)
    assert [message.to for message in mail.outbox] == [[reporter.email]]
    # What is typed after that is not lost either.
    first.post(BEAT, data | {"headline": "Masih mengetik"})
    assert EditSession.objects.get(user=reporter).headline == "Masih mengetik"


def test_whoever_may_not_edit_takes_nothing_over(client, reporter, article) -> None:
    stranger = make.user("reporter")
    with pytest.raises(NotAllowed):
        editing.take_over(make.live_article(), stranger)
    client.force_login(stranger)
    address = f"/admin/articles/article/{article.pk}/take-over/"
    assert client.post(address).status_code == 404
    assert client.get(address).status_code == 405


def test_the_same_person_in_two_tabs_is_told_so(client, reporter, article) -> None:
    client.force_login(reporter)
    client.post(BEAT, typed(article))
    other = typed(article)
    assert client.post(BEAT, other).json()["news"]
    EditSession.objects.exclude(key=other["edit_key"]).update(
        seen_at=timezone.now() - EditSession.SILENCE
    )
    assert not client.post(BEAT, other).json()["news"]


def test_a_tab_that_is_left_is_not_there_any_more(client, reporter, article) -> None:
    client.force_login(reporter)
    client.post(BEAT, typed(article) | {"_closing": "1"})
    assert not EditSession.objects.awake().exists()
    assert EditSession.objects.unsaved().exists()


def test_a_form_is_told_that_it_is_outdated(client, reporter, article) -> None:
    client.force_login(reporter)
    data = typed(article)
    content.save(article, Values({"kicker": "Laut"}), 0, make.user("editor"))
    assert client.post(BEAT, data).json()["news"]


def test_what_is_thrown_away_is_out_of_sight_and_in_the_history(client, reporter, article) -> None:
    client.force_login(reporter)
    data = typed(article, headline="Dibuang")
    client.post(BEAT, data)
    answer = client.post(f"/admin/articles/article/typed/{data['edit_key']}/discard/")
    assert answer.headers["Location"] == desk.change(article)
    assert not client.get(desk.change(article)).context["left"]
    kept = article.revisions.get(kind=Revision.Kind.AUTOSAVE)
    assert kept.content["fields"]["headline"] == "Dibuang"


def test_what_waits_for_a_day_goes_into_the_history(client, reporter, article) -> None:
    client.force_login(reporter)
    with time_machine.travel(timezone.now() - timedelta(hours=25)):
        client.post(BEAT, typed(article, headline="Tertinggal", tag_names="Laut, Ikan"))
        client.post(BEAT, typed(headline="Belum pernah disimpan"))
    client.post(BEAT, typed(article, headline="Masih baru"))
    assert editing.sweep() == 1
    assert editing.sweep() == 0
    kept = article.revisions.get(kind=Revision.Kind.AUTOSAVE)
    assert kept.content["fields"]["headline"] == "Tertinggal"
    assert kept.content["tags"] == ["Ikan", "Laut"]
    assert {one.headline for one in EditSession.objects.unsaved()} == {
        "Masih baru",
        "Belum pernah disimpan",
    }


def test_the_same_text_is_not_kept_twice(reporter, article) -> None:
    for _again in range(2):
        key = uuid.uuid4()
        editing.beat(key, reporter, article, typed={"headline": ["Sama"]})
        editing.discard(key, reporter)
    key = uuid.uuid4()
    editing.beat(key, reporter, article, typed={"headline": [article.headline]})
    editing.discard(key, reporter)
    assert article.revisions.filter(kind=Revision.Kind.AUTOSAVE).count() == 1


@pytest.mark.usefixtures("queue")
@pytest.mark.django_db(transaction=True)
class TestMails:
    """Returned, approved, taken over: each is told to the article's people, in their language."""

    def told(self) -> list[tuple[str, str]]:
        call_command("worker", once=True)
        return [(message.to[0], message.subject) for message in mail.outbox]

    def test_what_comes_back_is_told_with_its_note(self, reporter, article) -> None:
        workflow.submit(article, reporter)
        editor = make.user("editor")
        workflow.return_to_writer(article, editor, note="Sumber kedua?")
        assert [to for to, _subject in self.told()] == [reporter.email]
        assert "Sumber kedua?" in mail.outbox[0].body
        assert "Kapal Tiba" in mail.outbox[0].subject
        assert str(editor) in mail.outbox[0].body

    def test_an_approval_is_told_and_ones_own_step_is_not(self, reporter, article) -> None:
        workflow.submit(article, reporter)
        assert self.told() == []
        workflow.approve(article, make.user("editor"))
        assert [to for to, _subject in self.told()] == [reporter.email]

    def test_whoever_had_it_in_hand_is_told_who_has_it_now(self, reporter, article) -> None:
        first, second = make.user("editor"), make.user("editor")
        workflow.submit(article, reporter)
        workflow.take(article, first)
        workflow.take(article, first)
        assert self.told() == []
        workflow.take(article, second)
        assert [to for to, _subject in self.told()] == [first.email]

    def test_a_step_that_fails_sends_nothing(self, reporter, article) -> None:
        with pytest.raises(Refused):
            workflow.return_to_writer(article, make.user("editor"), note="Belum diajukan.")
        assert self.told() == []


def test_what_arrives_late_does_not_cover_what_is_newer(client, reporter, article) -> None:
    client.force_login(reporter)
    newer = typed(article, headline="Kapal Tiba Pagi", _serial="9")
    client.post(BEAT, newer)
    assert client.post(BEAT, newer | {"headline": "Kapal Ti", "_serial": "7"}).status_code == 200
    assert EditSession.objects.get().headline == "Kapal Tiba Pagi"


def test_the_answer_names_what_is_newer(client, reporter, article) -> None:
    client.force_login(reporter)
    newer = typed(article, headline="Kapal Tiba Pagi", _serial="9")
    assert client.post(BEAT, newer).json()["serial"] == 9
    assert client.post(BEAT, newer | {"_serial": "7"}).json()["serial"] == 9


@pytest.mark.parametrize(("serial", "is_newer"), [("7", False), ("8", False), ("9", True)])
def test_what_was_typed_after_a_save_was_sent_is_told(
    client, reporter, article, serial, is_newer
) -> None:
    client.force_login(reporter)
    data = typed(article, headline="Kapal Tiba Pagi", _serial="7")
    client.post(BEAT, data)
    sent = {"edit_key": data["edit_key"], "edit_serial": "8"}
    desk.save(client, article, headline="Kapal Tiba Pagi", **sent)
    answer = client.post(BEAT, data | {"_serial": serial}).json()
    assert (answer["closed"], answer["newer"]) == (True, is_newer)


def test_what_was_gone_on_from_is_newer_than_what_was_saved_of_it(
    client, reporter, article
) -> None:
    client.force_login(reporter)
    data = typed(article, headline="Kapal Tiba Pagi", _serial="7")
    client.post(BEAT, data)
    sent = {"edit_resumed": data["edit_key"], "edit_key": str(uuid.uuid4()), "edit_serial": "50"}
    desk.save(client, article, headline="Kapal Tiba Pagi", **sent)
    assert client.post(BEAT, data | {"_serial": "9"}).json()["newer"]


def test_a_form_that_is_shown_again_goes_on_counting(client, reporter, article) -> None:
    client.force_login(reporter)
    data = typed(article, headline="Judul", _serial="9")
    client.post(BEAT, data)
    again = desk.save(client, article, headline="", edit_key=data["edit_key"])
    assert (again.context["serial"], str(again.context["edit_key"])) == (9, data["edit_key"])
    sent = {"edit_key": data["edit_key"], "edit_serial": "12"}
    assert desk.save(client, article, headline="", **sent).context["serial"] == 12
    assert client.get(desk.change(article)).context["serial"] == 0


def test_whoever_typed_on_while_it_was_handed_in_loses_nothing(client, reporter, article) -> None:
    client.force_login(reporter)
    data = typed(article, headline="Sebelum", _serial="1")
    client.post(BEAT, data)
    workflow.submit(article, make.user("editor"))
    assert client.post(BEAT, data | {"headline": "Sesudah", "_serial": "2"}).status_code == 200
    answer = desk.save(client, article, headline="Yang terakhir", edit_key=data["edit_key"])
    assert answer.status_code == 403
    kept = article.revisions.get(kind=Revision.Kind.AUTOSAVE)
    assert kept.content["fields"]["headline"] == "Yang terakhir"
    assert f"#{kept.number}" in desk.told(client)


def test_nor_who_typed_while_it_went_into_the_bin(client, reporter, article) -> None:
    client.force_login(reporter)
    data = typed(article, headline="Sebelum")
    client.post(BEAT, data)
    wastebin.throw_away(article, make.user("editor"))
    assert client.post(BEAT, data | {"headline": "Masih mengetik"}).status_code == 200
    desk.save(client, article, headline="Yang terakhir", edit_key=data["edit_key"])
    kept = article.revisions.get(kind=Revision.Kind.AUTOSAVE)
    assert kept.content["fields"]["headline"] == "Yang terakhir"


def test_all_that_a_form_holds_is_kept(client, reporter, article) -> None:
    client.force_login(reporter)
    picture = make.image()
    fields = {"canonical_url": "https://koran.example/a", "share_image": picture.pk}
    fields |= {"tag_names": '"Jakarta, DKI", Laut', "embargo_until": "2099-01-01T08:00"}
    data = typed(article, headline="Lengkap\0", **fields)
    client.post(BEAT, data)
    kept = editing.discard(uuid.UUID(data["edit_key"]), reporter)
    assert kept is not None
    assert kept.content["tags"] == ["Jakarta, DKI", "Laut"]
    assert kept.content["fields"]["headline"] == "Lengkap"
    assert kept.content["fields"]["share_image_id"] == picture.pk
    assert kept.content["fields"]["canonical_url"] == "https://koran.example/a"
    assert kept.content["fields"]["embargo_until"] == "2099-01-01T01:00:00+00:00"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("queue")
def test_whoever_has_left_the_newsroom_gets_no_mail(article, reporter) -> None:
    workflow.submit(article, reporter)
    roles.assign(reporter, [])
    workflow.return_to_writer(article, make.user("editor"), note="Catatan dalam.")
    call_command("worker", once=True)
    assert mail.outbox == []
