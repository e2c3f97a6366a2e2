"""House-style hints: asked for while one types, listed after a save, never in the way."""

import pytest
from django.urls import reverse

from tests import desk, make

pytestmark = pytest.mark.django_db


def ask(client, **typed: str):
    return client.post(reverse("admin:articles_article_hints"), typed)


@pytest.mark.parametrize(
    ("role", "status"),
    [("reporter", 200), ("editor", 200), ("chief_editor", 200), ("moderator", 403), ("", 302)],
)
def test_who_may_write_is_given_hints(client, role: str, status: int) -> None:
    client.force_login(make.user(*filter(None, [role])))
    assert ask(client, headline="Praktek").status_code == status


def test_hints_are_given_in_words_with_their_field(client) -> None:
    client.force_login(make.user("reporter"))
    answer = ask(
        client,
        headline="12 Kapal",
        standfirst="XXX",
        body="<p>Senin <b>(29/11/2026)</b></p><script>resiko</script>",
    ).json()["hints"]
    assert [(hint["field"], hint["found"]) for hint in answer] == [
        ("headline", "12"),
        ("standfirst", "XXX"),
        ("body", "Senin (29/11/2026)"),
    ]
    assert "Minggu" in answer[2]["words"]
    assert all(hint["place"] for hint in answer)


@pytest.mark.parametrize("day", ["", "2026-02-31", "kemarin", "2027-01-02"])
def test_any_day_may_be_sent(client, day: str) -> None:
    client.force_login(make.user("reporter"))
    assert ask(client, body="<p>Sabtu (2/1)</p>", day=day).status_code == 200
    assert ask(client, body="<p>Sabtu (2/1)</p>", day="2027-01-02").json()["hints"] == []


def test_only_a_form_is_answered(client) -> None:
    client.force_login(make.user("reporter"))
    assert client.get(reverse("admin:articles_article_hints")).status_code == 405


def test_a_saved_text_is_shown_with_its_hints_and_is_saved_all_the_same(client) -> None:
    reporter = make.user("reporter")
    article = make.complete(by=reporter)
    client.force_login(reporter)
    desk.save(client, article, headline="Praktek XXX", body="<p>Isi resiko &lt;b&gt;.</p>")
    article.refresh_from_db()
    assert article.headline == "Praktek XXX"
    page = client.get(desk.change(article)).content.decode()
    assert page.count("<li>") >= 3
    assert "“Praktik”" in page
    assert "“risiko”" in page
    assert "hidden" not in page.partition('class="desk-hints" data-hints')[2].partition(">")[0]


def test_without_hints_the_box_is_hidden(client) -> None:
    reporter = make.user("reporter")
    client.force_login(reporter)
    page = client.get(desk.change(make.complete(by=reporter, headline="Judul"))).content.decode()
    assert " hidden" in page.partition('class="desk-hints" data-hints')[2].partition(">")[0]
