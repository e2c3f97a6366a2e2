"""Open forms: what is typed is on the server before it is saved, and never gone."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db.models.functions import Greatest
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


class TestSaveUnderWay:
    """What is typed while a form is on its way is newer than what is saved of it."""

    @pytest.fixture
    def data(self, client, reporter, article) -> dict[str, Any]:
        """A form whose seventh change is kept; its eighth is sent to be saved."""
        client.force_login(reporter)
        data = typed(article, headline="Tujuh", _serial="7")
        client.post(BEAT, data)
        return data

    def save(self, client, article, data, **changes: Any) -> Any:
        sent = {"edit_key": data["edit_key"], "edit_serial": "8", "headline": "Delapan"}
        return desk.save(client, article, **sent | changes)

    @pytest.mark.parametrize(("serial", "is_newer"), [("7", False), ("8", False), ("9", True)])
    def test_what_comes_later_is_told(self, client, article, data, serial, is_newer) -> None:
        self.save(client, article, data)
        answer = client.post(BEAT, data | {"_serial": serial}).json()
        assert (answer["closed"], answer["newer"]) == (True, is_newer)

    def test_its_sequel_begins_from_what_was_saved(self, client, article, data) -> None:
        self.save(client, article, data)
        sequel = {"edit_key": str(uuid.uuid4()), "_former": data["edit_key"], "_serial": "9"}
        client.post(BEAT, data | sequel | {"headline": "Sembilan"})
        session = EditSession.objects.unsaved().get()
        assert (session.headline, session.base_version) == ("Sembilan", 1)

    def test_what_came_earlier_is_offered(self, client, article, data) -> None:
        client.post(BEAT, data | {"_serial": "9", "headline": "Sembilan"})
        self.save(client, article, data)
        [left] = client.get(desk.change(article)).context["left"]
        assert (left.headline, left.base_version, left.is_awake) == ("Sembilan", 1, False)
        article.refresh_from_db()
        assert article.headline == "Delapan"

    def test_a_save_that_nobody_had_heard_of_leaves_nothing_behind(self, client, article) -> None:
        data = typed(article, headline="Delapan", _serial="8")
        client.force_login(article.created_by)
        self.save(client, article, data)
        assert client.post(BEAT, data).json()["closed"]
        assert not EditSession.objects.unsaved().exists()

    def test_a_beat_between_its_own_questions_is_no_yes(
        self, client, article, data, monkeypatch
    ) -> None:
        def greatest(*words: Any) -> Any:
            row = EditSession.objects.filter(key=data["edit_key"])
            row.update(closed_at=timezone.now(), data=None, serial=8)
            return Greatest(*words)

        monkeypatch.setattr(editing, "Greatest", greatest)
        answer = client.post(BEAT, data | {"_serial": "9"}).json()
        assert (answer["closed"], answer["newer"]) == (True, True)

    def test_a_refused_form_has_a_key_of_its_own(self, client, article, data) -> None:
        client.post(BEAT, data | {"_serial": "9", "headline": "Sembilan"})
        refused = self.save(client, article, data, headline="").context
        assert str(refused["edit_key"]) != data["edit_key"]
        assert refused["edit_resumed"] == f"{data['edit_key']}:8"
        # What was typed since is offered beside what was refused.
        assert [one.headline for one in refused["left"]] == ["Sembilan"]

    def test_what_was_refused_is_saved_once_and_gone(self, client, article, data) -> None:
        refused = self.save(client, article, data, headline="").context
        sent = {"edit_key": str(refused["edit_key"]), "edit_resumed": refused["edit_resumed"]}
        again = self.save(client, article, data, headline="", **sent).context
        sent = {"edit_key": str(again["edit_key"]), "edit_resumed": again["edit_resumed"]}
        self.save(client, article, data, **sent)
        assert not EditSession.objects.unsaved().exists()

    def test_what_is_gone_on_with_is_held_by_the_new_form_alone(
        self, client, article, data
    ) -> None:
        page = client.get(desk.change(article), {"typed": data["edit_key"]}).context
        assert page["edit_resumed"] == f"{data['edit_key']}:7"
        key, shown = str(page["edit_key"]), page["edit_resumed"]
        fresh = {"edit_key": key, "edit_resumed": shown, "_serial": "1", "headline": "Terus"}
        client.post(BEAT, data | fresh)
        assert [one.headline for one in EditSession.objects.unsaved()] == ["Terus"]

    def test_what_reached_the_former_form_afterwards_stays(self, client, article, data) -> None:
        page = client.get(desk.change(article), {"typed": data["edit_key"]}).context
        client.post(BEAT, data | {"_serial": "9", "headline": "Dari tab lama"})
        sent = {"edit_key": str(page["edit_key"]), "edit_resumed": page["edit_resumed"]}
        self.save(client, article, data, **sent)
        [left] = client.get(desk.change(article)).context["left"]
        assert left.headline == "Dari tab lama"

    def test_what_has_grown_is_not_thrown_away_unseen(self, client, article, data) -> None:
        address = f"/admin/articles/article/typed/{data['edit_key']}/discard/"
        client.post(BEAT, data | {"_serial": "9"})
        client.post(f"{address}?serial=7")
        assert EditSession.objects.unsaved().exists()
        client.post(f"{address}?serial=9")
        assert not EditSession.objects.unsaved().exists()

    def test_typed_on_while_it_was_handed_in_is_in_the_history(self, client, article, data) -> None:
        self.save(client, article, data)
        article.refresh_from_db()
        workflow.submit(article, make.user("editor"))
        sequel = {"edit_key": str(uuid.uuid4()), "_former": data["edit_key"], "_serial": "9"}
        sequel |= {"headline": "Sembilan", "_closing": "1"}
        assert client.post(BEAT, data | sequel).status_code == 200
        kept = article.revisions.get(kind=Revision.Kind.AUTOSAVE)
        assert kept.content["fields"]["headline"] == "Sembilan"

    def test_a_form_of_another_article_gives_no_right(self, client, article, data) -> None:
        other = make.draft(make.user("editor"))
        sequel = {"edit_key": str(uuid.uuid4()), "_former": data["edit_key"]}
        client.post(BEAT, typed(other, **sequel))
        assert not EditSession.objects.filter(article=other).exists()


class TestSamePageAgain:
    """Its answer was slow, or somebody stopped it: she types on and saves again."""

    @pytest.fixture
    def page(self, client, reporter, article) -> dict[str, Any]:
        """A page of version 0, whose text was saved as version 1."""
        client.force_login(reporter)
        page = desk.typed(article, body="<p>Enam.</p>") | {"edit_key": str(uuid.uuid4())}
        client.post(desk.change(article), page | {"edit_serial": "1", "_continue": "1"})
        article.refresh_from_db()
        assert article.body == "<p>Enam.</p>"
        return page | {"_continue": "1"}

    @pytest.mark.parametrize("body", ["<p>Lima.</p>", "<p>Enam orang.</p>"])
    def test_she_has_no_conflict_with_herself(self, client, article, page, body) -> None:
        answer = client.post(desk.change(article), page | {"edit_serial": "2", "body": body})
        assert answer.status_code == 302
        article.refresh_from_db()
        assert article.body == body

    def test_what_others_saved_stays(self, client, article, page) -> None:
        other = make.user("editor")
        article = content.save(article, Values(fields={"headline": "Oleh editor"}), 1, other)
        client.post(desk.change(article), page | {"edit_serial": "2", "body": "<p>Tujuh.</p>"})
        article.refresh_from_db()
        assert (article.headline, article.body) == ("Oleh editor", "<p>Tujuh.</p>")

    def test_a_save_that_came_between_is_not_held_for_seen(
        self, client, reporter, article, monkeypatch
    ) -> None:
        client.force_login(reporter)
        save = content.save

        def overtaken(*words: Any, **more: Any) -> Any:
            monkeypatch.undo()
            saved = save(*words, **more)
            values = Values(fields={"headline": "Oleh editor"})
            save(saved, values, saved.version, make.user("editor"))
            return saved

        monkeypatch.setattr(content, "save", overtaken)
        key = str(uuid.uuid4())
        desk.save(client, article, body="<p>Enam.</p>", edit_key=key)
        assert EditSession.objects.get(key=key).base_version == 1


def test_a_sequel_of_a_new_article_makes_no_second_one(client, reporter) -> None:
    client.force_login(reporter)
    data = typed(headline="Kapal Tiba", _serial="3") | {"edit_serial": "3", "_continue": "1"}
    client.post(desk.ADD, data)
    former, more = data["edit_key"], data | {"edit_key": str(uuid.uuid4())}
    # Before its first sign of life, and after it.
    for headline in ("Kapal Tiba Pagi", "Kapal Tiba Petang"):
        sent = more | {"edit_former": former, "edit_serial": "5", "headline": headline}
        answer = client.post(desk.ADD, sent)
        assert "?typed=" in answer.headers["Location"]
        client.post(BEAT, more | {"_former": former, "_serial": "4"})
    assert Article.objects.count() == 1
    assert EditSession.objects.unsaved().filter(data__headline=["Kapal Tiba Petang"]).exists()


def test_what_was_kept_over_log_in_is_not_hidden_by_a_lost_right(client, reporter, article) -> None:
    client.force_login(reporter)
    shown = client.get(desk.change(article)).context["shown_to"]
    data = typed(article, headline="Sebelum keluar", shown_to=shown, _serial="1")
    client.post(BEAT, data)
    client.logout()
    data.pop("_serial")
    client.post(desk.change(article), data | {"edit_serial": "2", "headline": "Saat keluar"})
    workflow.submit(article, make.user("editor"))
    client.force_login(reporter)
    page = client.get(desk.change(article))
    kept = article.revisions.get(kind=Revision.Kind.AUTOSAVE)
    assert kept.content["fields"]["headline"] == "Saat keluar"
    assert f"#{kept.number}" in page.text


def test_nothing_of_one_person_is_kept_under_the_name_of_another(client, article) -> None:
    client.force_login(make.user("editor", name="Andi"))
    shown = client.get(desk.change(article)).context["shown_to"]
    client.force_login(make.user("editor", name="Sri"))
    assert client.post(BEAT, typed(article, shown_to=shown)).status_code == 401
    assert not EditSession.objects.exists()


def test_more_than_can_be_kept_is_shown_when_it_is_refused(client, reporter, article) -> None:
    client.force_login(reporter)
    data = typed(article, headline="Sebelum")
    client.post(BEAT, data)
    workflow.submit(article, make.user("editor"))
    body = "kata " * (editing.LARGEST // 4)
    answer = desk.save(client, article, body=body, edit_key=data["edit_key"])
    assert answer.status_code == 403
    assert body[:40] in answer.text


def test_a_new_article_whose_answer_was_lost_is_not_made_twice(client, reporter) -> None:
    client.force_login(reporter)
    data = typed(headline="Kapal Tiba", _serial="3") | {"edit_serial": "3", "_continue": "1"}
    client.post(BEAT, data)
    client.post(desk.ADD, data)
    article = Article.objects.get()
    again = client.post(desk.ADD, data)
    assert again.headers["Location"] == desk.change(article)
    more = data | {"edit_serial": "5", "headline": "Kapal Tiba Pagi"}
    again = client.post(desk.ADD, more)
    assert Article.objects.count() == 1
    session = EditSession.objects.unsaved().get()
    assert again.headers["Location"] == f"{desk.change(article)}?typed={session.key}"
    assert session.headline == "Kapal Tiba Pagi"


def test_what_was_typed_beside_the_text_stands_in_the_note(reporter, article) -> None:
    key = uuid.uuid4()
    beside = {"upload_caption": ["Kapal merapat."], "note": [""], "upload_alt": ["Sebuah kapal"]}
    editing.beat(key, reporter, article, typed={"headline": ["Kapal Tiba"]} | beside)
    kept = editing.discard(key, reporter)
    assert kept is not None
    assert kept.note.endswith("Kapal merapat. / Sebuah kapal")


def test_one_text_that_cannot_be_kept_stops_no_other(reporter, article, monkeypatch) -> None:
    for headline in ("Rusak", "Utuh"):
        editing.beat(uuid.uuid4(), reporter, article, typed={"headline": [headline]})
    read = editing.read

    def fragile(data: Any) -> Any:
        if data["headline"] == ["Rusak"]:
            raise OverflowError
        return read(data)

    monkeypatch.setattr(editing, "read", fragile)
    assert editing.sweep(timezone.now() + timedelta(days=2)) == 1
    editing.sweep(timezone.now() + editing.FORGOTTEN * 2)
    assert [one.headline for one in EditSession.objects.unsaved()] == ["Rusak"]


def test_a_time_before_all_times_is_none(client, reporter, article) -> None:
    client.force_login(reporter)
    client.post(BEAT, typed(article, embargo_until="0001-01-01T00:00"))
    assert client.get(desk.change(article)).status_code == 200


def test_a_form_of_somebody_who_has_logged_out_is_not_saved_for_another(client, article) -> None:
    client.force_login(make.user("editor", name="Andi"))
    shown = client.get(desk.change(article)).context["shown_to"]
    client.force_login(make.user("editor", name="Sri"))
    answer = desk.save(client, article, headline="Naskah Andi yang panjang", shown_to=shown)
    assert answer.status_code == 403
    # Nothing is lost: it can be copied from the page.
    assert "Naskah Andi yang panjang" in answer.text
    article.refresh_from_db()
    assert article.headline == "Kapal Tiba"


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
