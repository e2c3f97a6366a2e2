"""The desk's list of articles: what it shows to whom, and how much it asks of the database."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from tests import desk, make

pytestmark = pytest.mark.django_db


def headlines(client, **query) -> set[str]:
    page = client.get(desk.LIST, query)
    return {row.headline for row in page.context["cl"].result_list}


@pytest.mark.parametrize("rows", [5, 40])
def test_the_list_asks_the_same_few_questions_however_long_it_is(
    client, rows, django_assert_num_queries
) -> None:
    client.force_login(make.user("editor"))
    for number in range(rows):
        make.complete(bylines=[make.author()], section=make.section(f"kanal-{number % 3}"))
    client.get(desk.LIST)
    with django_assert_num_queries(11):
        page = client.get(desk.LIST)
    assert len(page.context["cl"].result_list) == rows


def test_a_reporter_sees_her_own_and_what_is_public(client) -> None:
    reporter = make.user("reporter")
    client.force_login(reporter)
    own, live = make.complete(by=reporter), make.live_article()
    signed = make.complete(bylines=[make.author(user=reporter)])
    make.complete()
    make.scheduled_article(timezone.now() + timedelta(days=1))
    assert headlines(client) == {own.headline, live.headline, signed.headline}


def test_states_are_told_with_their_time(client) -> None:
    client.force_login(make.user("editor"))
    at = timezone.localtime().replace(hour=14, minute=30) + timedelta(days=400)
    make.scheduled_article(at)
    assert "14.30 WIB" in client.get(desk.LIST).text


@pytest.fixture
def every_state(client):
    client.force_login(make.user("editor"))
    now = timezone.now()
    ended = make.live_article(at=now - timedelta(days=2))
    later = workflow.unpublish(
        ended,
        make.user("editor"),
        at=now + timedelta(hours=1),
        reason="licence_ended",
        note="Lisensi berakhir.",
    )
    from articles.guard import writing
    from articles.models import Article

    with writing():
        Article.objects.filter(pk=later.pk).update(unpublish_at=now - timedelta(hours=1))
    return {
        "writing": make.complete(),
        "submitted": workflow.submit(make.complete(), None),
        "scheduled": make.scheduled_article(now + timedelta(days=1)),
        "live": make.live_article(),
        "ended": ended,
        "withdrawn": make.withdrawn_article(),
    }


@pytest.mark.parametrize(
    "state", ["writing", "submitted", "scheduled", "live", "ended", "withdrawn"]
)
def test_the_list_is_filtered_by_state_and_the_clock(client, every_state, state) -> None:
    assert headlines(client, state=state) == {every_state[state].headline}
    assert f"desk-state--{state}" in client.get(desk.LIST, {"state": state}).text


def test_one_finds_ones_own(client) -> None:
    editor = make.user("editor")
    client.force_login(editor)
    own = make.complete(by=editor)
    signed = make.complete(bylines=[make.author(user=editor), make.author()])
    make.complete()
    assert headlines(client, mine="1") == {own.headline, signed.headline}


def test_search_finds_words_of_headline_and_text(client) -> None:
    client.force_login(make.user("editor"))
    found = make.complete(headline="Harga tongkol", body="<p>Nelayan Labuhan.</p>")
    make.complete(headline="Harga beras", body="<p>Petani.</p>")
    assert headlines(client, q="labuhan TONGKOL") == {found.headline}
    assert headlines(client, q="???") == set()


@pytest.mark.parametrize("query", [{"state": "x"}, {"p": "abc"}, {"o": "-9"}, {"q": "\0"}])
def test_a_strange_query_breaks_nothing(client, query) -> None:
    client.force_login(make.user("editor"))
    make.complete()
    assert client.get(desk.LIST, query).status_code in {200, 302}


def test_the_first_page_tells_an_editor_what_waits(client) -> None:
    chief = make.user("chief_editor")
    workflow.submit(make.complete(), None)
    workflow.publish(make.complete(by=chief), chief, note="Redaktur piket sakit.")
    make.comment(make.live_article(), status="held")
    client.force_login(chief)
    text = client.get("/admin/").text
    assert f'href="{desk.LIST}?state=submitted"' in text
    assert f'href="{desk.LIST}?override=1"' in text
    assert 'href="/admin/comments/comment/"' in text
    client.force_login(make.user("reporter"))
    assert "?state=submitted" not in client.get("/admin/").text


def test_the_desk_speaks_the_persons_language(client) -> None:
    client.force_login(make.user("editor", language="en"))
    assert "Without four eyes" in client.get(desk.LIST).text
    assert 'lang="en"' in client.get("/admin/").text
