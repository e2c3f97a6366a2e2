"""The pages of an article's history: who opens them, what they show, that they cost the same."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import content, workflow
from articles.content import Values
from articles.models import Article
from tests import desk, make

pytestmark = pytest.mark.django_db


def versions(article: Article) -> str:
    return reverse("admin:articles_article_versions", args=[article.pk])


def compare(article: Article, old: object = 1, new: object = 2) -> str:
    address = reverse("admin:articles_article_compare", args=[article.pk])
    return f"{address}?from={old}&to={new}"


def restore(article: Article, number: int = 1) -> str:
    return reverse("admin:articles_article_restore", args=[article.pk, number])


def edited(by=None, times: int = 1, **fields) -> Article:
    """A reporter's draft that an editor has changed so many times."""
    article = make.complete(by=by, **{"headline": "Banjir di Jakarta"} | fields)
    editor = make.user("editor", name="Edi Redaktur")
    for number in range(times):
        values = Values({"headline": f"Banjir di Bekasi {number}"})
        article = content.save(article, values, article.version, editor, note=f"Catatan {number}")
    return article


PAGES = [versions, compare, restore]


# Who


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("role", "own", "others", "live"),
    [
        ("reporter", 200, 404, 404),
        ("editor", 200, 200, 200),
        ("chief_editor", 200, 200, 200),
        ("moderator", None, 404, 404),
        ("administrator", None, 404, 404),
    ],
)
def test_the_history_is_its_writers_and_the_editors(client, role, own, others, live, page) -> None:
    person = make.user(role)
    client.force_login(person)
    found = {"others": edited(), "live": workflow.publish(edited(), make.user("editor"))}
    asked = {"others": others, "live": live}
    if own:
        found["own"], asked["own"] = edited(by=person), own
    answers = {name: client.get(page(article)) for name, article in found.items()}
    assert {name: answer.status_code for name, answer in answers.items()} == asked
    for name, answer in answers.items():
        assert ("Bekasi" in answer.text) == (asked[name] == 200)


@pytest.mark.parametrize("page", PAGES)
def test_readers_are_sent_to_log_in(client, page) -> None:
    assert "/login/" in client.get(page(edited())).headers["Location"]


def test_a_reporter_sees_what_the_editor_changed(client) -> None:
    reporter = make.user("reporter")
    article = workflow.publish(edited(by=reporter), make.user("editor"))
    client.force_login(reporter)
    page = client.get(compare(article, 1, "live"))
    assert page.status_code == 200
    for words in ("Edi Redaktur", "Catatan 0", "Jakarta</del>", "</ins>"):
        assert words in page.text.replace('<span class="visually-hidden">]</span>', "")


# The list


def test_the_list_says_who_when_why_and_when_it_was_live(client) -> None:
    article = workflow.publish(edited(), make.user("editor"))
    client.force_login(make.user("editor"))
    page = client.get(versions(article))
    for words in ("#1", "#2", "Edi Redaktur", "Catatan 0", "WIB"):
        assert words in page.text
    assert page.text.count("versions__live") == 1
    assert [one.number for one in page.context["revisions"]] == [2, 1]


def test_older_texts_are_a_page_further(client) -> None:
    article = edited(times=52)
    client.force_login(make.user("editor"))
    first = client.get(versions(article))
    assert len(first.context["revisions"]) == 50
    second = client.get(f"{versions(article)}?before={first.context['older']}")
    assert [one.number for one in second.context["revisions"]] == [3, 2, 1]
    assert second.context["older"] is None
    for nonsense in ("x", "-1", "9" * 40, "٣"):
        assert client.get(versions(article), {"before": nonsense}).status_code == 200


@pytest.mark.parametrize("page", [versions, compare])
def test_the_pages_cost_the_same_however_long_the_history(
    client, page, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    short, long = edited(times=1), edited(times=30)
    client.force_login(make.user("editor"))
    client.get(page(short))
    with django_assert_max_num_queries(12) as counted:
        client.get(page(short))
    with django_assert_num_queries(len(counted)):
        client.get(page(long))


# What was live at


def test_it_answers_what_was_live_at(client, time_machine) -> None:
    start = timezone.localtime().replace(
        year=2026, month=3, day=3, hour=14, minute=0, second=0, microsecond=0
    )
    time_machine.move_to(start, tick=False)
    article = workflow.publish(make.complete(body="<p>Isi pertama.</p>"), make.user("editor"))
    time_machine.move_to(start + timedelta(minutes=10), tick=False)
    make.changed(article, make.user("editor"), body="<p>Isi kedua.</p>")
    time_machine.move_to(start + timedelta(days=9), tick=False)
    client.force_login(make.user("editor"))
    answers = {
        "2026-03-03T14:05": "Isi pertama.",
        "2026-03-03T14:10": "Isi kedua.",
    }
    for at, words in answers.items():
        page = client.get(versions(article), {"at": at})
        assert words in page.text
    assert "14.05 WIB" in client.get(versions(article), {"at": "2026-03-03T14:05"}).text
    before = client.get(versions(article), {"at": "2026-03-03T13:59"})
    assert before.context["seen"].revision is None
    assert before.context["seen"].why in unescape(before.text)


@pytest.mark.parametrize("at", ["", "besok", "0001-01-01T00:00", "2099-01-01T00:00"])
def test_a_time_that_is_none_or_lies_ahead_is_refused_in_words(client, at) -> None:
    client.force_login(make.user("editor"))
    page = client.get(versions(edited()), {"at": at})
    assert page.status_code == 200
    assert "seen" not in page.context
    assert page.context["form"].errors["at"]


# Comparing


@pytest.mark.parametrize("pair", [(1, 99), ("live", 1), (1, "x"), (1, "9" * 30), (0, 1)])
def test_a_text_that_is_not_there_is_not_found(client, pair) -> None:
    client.force_login(make.user("editor"))
    assert client.get(compare(edited(), *pair)).status_code == 404


def test_without_names_the_last_two_are_compared(client) -> None:
    article = edited(times=3)
    client.force_login(make.user("editor"))
    page = client.get(reverse("admin:articles_article_compare", args=[article.pk]))
    assert (page.context["old"].number, page.context["new"].number) == (3, 4)


def test_a_comparison_is_words_and_no_markup(client) -> None:
    hostile = '<script>alert(1)</script> & "kutip"'
    article = edited(headline=hostile)
    client.force_login(make.user("editor"))
    page = client.get(compare(article)).text
    assert "<script>alert" not in page
    assert "style=" not in page.split('<div class="compare">')[1].split("</main>")[0]


def test_the_ear_is_told_what_came_and_went(client) -> None:
    client.force_login(make.user("editor"))
    page = client.get(compare(edited())).text
    assert 'class="visually-hidden">[dihapus: </span>' in page or "[removed: </span>" in page


def test_values_are_told_in_the_words_of_the_desk(client) -> None:
    article = make.draft()
    other = make.section("daerah", name="Daerah Lain")
    values = Values({"section_id": other.pk, "kind": "opinion"}, tags=["Banjir"])
    content.save(article, values, 0, make.user("editor"))
    client.force_login(make.user("editor"))
    page = client.get(compare(article)).text
    for words in ("Nasional", "Daerah Lain", "Opini", "Banjir"):
        assert words in page


def test_a_headline_of_a_draft_that_one_may_not_read_is_not_told(client) -> None:
    secret = make.complete(headline="Belum boleh tahu")
    reporter = make.user("reporter")
    article = make.complete(by=reporter)
    box = f'<p>Isi.</p><aside data-articles="{secret.pk}"></aside>'
    content.save(article, Values({"body": box}), 0, make.user("editor"))
    client.force_login(reporter)
    assert "Belum boleh tahu" not in client.get(compare(article)).text
    client.force_login(make.user("editor"))
    assert "Belum boleh tahu" in client.get(compare(article)).text


# Restoring


def test_restoring_asks_and_then_makes_a_new_revision(client) -> None:
    article, editor = edited(), make.user("editor")
    client.force_login(editor)
    asked = client.get(restore(article))
    assert "Jakarta" in asked.text
    data = {"base_version": asked.context["article"].version}
    answer = client.post(restore(article), data)
    assert answer.headers["Location"] == desk.change(article)
    article.refresh_from_db()
    newest = article.revisions.first()
    assert article.headline == "Banjir di Jakarta"
    assert (newest.number, newest.author) == (3, editor)
    assert "#1" in newest.note


@pytest.mark.parametrize("version", ["0", "", "x"])
def test_on_a_version_that_is_no_more_it_is_refused(client, version) -> None:
    article = edited()
    client.force_login(make.user("editor"))
    answer = client.post(restore(article), {"base_version": version})
    assert answer.headers["Location"] == restore(article)
    article.refresh_from_db()
    assert article.headline == "Banjir di Bekasi 0"
    assert desk.told(client)


def test_whoever_may_read_but_not_edit_is_told_why_and_refused(client) -> None:
    reporter = make.user("reporter")
    article = workflow.submit(edited(by=reporter), reporter)
    client.force_login(reporter)
    page = client.get(restore(article))
    assert page.context["why_not"] in unescape(page.text)
    assert restore(article) not in client.get(versions(article)).text
    client.post(restore(article), {"base_version": article.version})
    article.refresh_from_db()
    assert article.headline == "Banjir di Bekasi 0"


def test_the_form_leads_to_the_history(client) -> None:
    article = edited()
    client.force_login(make.user("editor"))
    assert versions(article) in client.get(desk.change(article)).text


def test_a_refused_save_shows_what_differs_and_leads_to_the_comparison(client) -> None:
    article = edited()
    client.force_login(make.user("editor"))
    page = desk.save(client, article, base_version=0, headline="Punyaku")
    (headline,) = page.context["conflict"]["differences"]
    assert (headline.name, headline.shape) == ("headline", "words")
    assert page.text.count('<div class="compare">') == 1
    assert f"{compare(article, 2, 3)}".replace("&", "&amp;") in page.text
    assert "Punyaku" in client.get(compare(article, 2, 3)).text


def test_a_side_without_a_word_shows_a_dash(client) -> None:
    article = make.draft()
    content.save(article, Values({"kicker": "Bencana"}, tags=["Banjir"]), 0, make.user("editor"))
    client.force_login(make.user("editor"))
    assert client.get(compare(article)).text.count('<p class="compare__text">—</p>') == 2
