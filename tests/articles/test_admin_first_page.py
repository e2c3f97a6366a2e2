"""The desk's first page: what each person has to do today; and the search that leads to one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import workflow
from articles.models import Article
from tests import desk, make

pytestmark = pytest.mark.django_db

FIRST = "/admin/"


def shown(client) -> dict[str, list[str]]:
    """The headlines under each address of a whole list."""
    lists = client.get(FIRST).context["lists"]
    return {
        one["address"].partition("?")[2]: [article.headline for article, _words in one["rows"]]
        for one in lists
    }


@pytest.fixture
def reporter():
    return make.user("reporter")


def test_a_reporter_sees_her_drafts_and_what_came_back(client, reporter) -> None:
    client.force_login(reporter)
    make.draft(reporter, headline="Sedang ditulis")
    back = workflow.submit(make.draft(reporter, headline="Kembali lagi"), reporter)
    workflow.return_to_writer(back, make.user("editor"), note="Sumber kedua?")
    make.draft(headline="Milik orang lain")
    found = shown(client)
    assert found["mine=1&state=writing"] == ["Sedang ditulis"]
    assert found["mine=1&state=returned"] == ["Kembali lagi"]
    assert "state=submitted" not in found
    assert "Milik orang lain" not in client.get(FIRST).text


def test_whoever_approves_sees_what_waits_for_her_role_alone(client, reporter) -> None:
    chain = [{"step": "edit", "role": "editor"}, {"step": "photo", "role": "photo_desk"}]
    section = make.section("olahraga", chain=chain)
    first = workflow.submit(make.draft(section=section, headline="Menunggu redaktur"), None)
    second = workflow.submit(make.draft(section=section, headline="Menunggu foto"), None)
    workflow.approve(second, None)
    assert first.stage == Article.Stage.SUBMITTED
    for role, headline in (("editor", "Menunggu redaktur"), ("photo_desk", "Menunggu foto")):
        client.force_login(make.user(role))
        assert shown(client)["state=submitted"] == [headline]


def test_today_is_the_papers_day(client) -> None:
    client.force_login(make.user("editor"))
    now = timezone.now()
    end = timezone.localtime(now).replace(hour=23, minute=59, second=59)
    make.live_article(at=end - timedelta(days=1), headline="Kemarin")
    make.live_article(at=now - timedelta(seconds=1), headline="Baru saja")
    make.scheduled_article(max(end - timedelta(seconds=5), now + timedelta(seconds=1)))
    make.scheduled_article(end + timedelta(minutes=1), headline="Besok")
    found = shown(client)
    assert found["state=live"] == ["Baru saja"]
    assert len(found["state=scheduled"]) == 1
    assert "Besok" not in found["state=scheduled"]


@pytest.mark.parametrize("role", ["moderator", "administrator"])
def test_roles_that_do_not_write_have_no_such_lists(client, role) -> None:
    client.force_login(make.user(role))
    assert "lists" not in client.get(FIRST).context or not client.get(FIRST).context["lists"]


def test_the_page_asks_the_same_few_questions_however_much_there_is(client, reporter) -> None:
    client.force_login(make.user("editor"))

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(FIRST)
        return len(captured)

    make.draft(reporter)
    workflow.submit(make.draft(reporter), reporter)
    make.live_article()
    cost()
    before = cost()
    for number in range(8):
        section = make.section(f"kanal-{number}", parent=make.section())
        workflow.submit(make.draft(reporter, section=section), reporter)
        make.live_article(section=section)
    assert cost() == before


class TestJump:
    """An address, a number or a slug in the search opens the article."""

    def found(self, client, text: str) -> str:
        answer = client.get(desk.LIST, {"q": text})
        return answer.headers.get("Location", "")

    @pytest.fixture
    def article(self, client) -> Article:
        client.force_login(make.user("editor"))
        return make.live_article(headline="Kapal Tiba di Pelabuhan")

    def test_by_its_address_however_it_is_pasted(self, client, article) -> None:
        path, pk = article.get_absolute_url(), article.pk
        for text in (
            f"https://koran.example{path}?utm_source=wa#komentar",
            f"  {path} ",
            path.rstrip("/"),
            f"/kanal-lama/{pk}/judul-yang-dulu/",
            f"https://koran.example/kanal-lama/{pk}/",
        ):
            assert self.found(client, text) == desk.change(article)

    def test_by_its_number_and_its_slug(self, client, article) -> None:
        assert self.found(client, f"#{article.pk}") == desk.change(article)
        # With a nought: the article may be number 2021, which alone would be a year.
        assert self.found(client, f"0{article.pk}") == desk.change(article)
        assert self.found(client, article.slug) == desk.change(article)

    @pytest.mark.parametrize("text", ["2026", "kapal", "kapal tiba", "/", "99999999999999999999"])
    def test_what_is_no_such_thing_is_searched_for(self, client, article, text) -> None:
        assert client.get(desk.LIST, {"q": text}).status_code == 200

    def test_nobody_is_led_to_what_she_may_not_read(self, client) -> None:
        secret = make.draft(headline="Rahasia besar sekali")
        client.force_login(make.user("reporter"))
        for text in (str(secret.pk), secret.slug, secret.get_absolute_url()):
            assert self.found(client, text) == ""
