"""The gate at the desk: what is missing is named with a link, and asked for where it is mended."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import gate, questions, verification, workflow
from articles.models import Article, ConfirmationAttempt, EditSession, IdentityCheck
from tests import desk, make

pytestmark = pytest.mark.django_db

NO = dict.fromkeys(questions.QUESTIONS, questions.NO)


def client_of(*roles: str) -> Client:
    client = Client()
    client.force_login(make.user(*roles))
    return client


def page_of(article: Article) -> str:
    return reverse("admin:articles_article_verification", args=[article.pk])


def links_in(html: str) -> list[str]:
    """The addresses in each list of what is missing."""
    lists = re.findall(r'<ul class="desk-needs">(.*?)</ul>', html, re.DOTALL)
    return re.findall(r'href="([^"]+)"', "".join(lists))


def ids_in(html: str) -> set[str]:
    return set(re.findall(r'\sid="([^"]+)"', html))


def test_the_form_names_what_is_missing_and_each_link_leads_to_its_field() -> None:
    article = make.draft()
    html = client_of("editor").get(desk.change(article)).text
    links = links_in(html)
    assert len(links) == len(gate.missing(article, timezone.now())) == 10
    for link in links:
        address, _, field = link.partition("#")
        assert address == desk.change(article)
        assert field in ids_in(html)


def test_a_complete_one_says_so() -> None:
    html = client_of("editor").get(desk.change(make.complete())).text
    assert "desk-needs" in html
    assert links_in(html) == []


def test_a_refused_publication_is_told_with_links_from_list_and_form() -> None:
    client, article = client_of("editor"), make.complete(standfirst="")
    for answer in (
        desk.act(client, "publish_articles", article),
        desk.press(client, article, "publish_articles"),
    ):
        html = client.get(answer["Location"]).text
        assert links_in(html)[0] == f"{desk.change(article)}#id_standfirst"
        article.refresh_from_db()
        assert article.status == Article.Status.DRAFT


def test_of_many_the_complete_go_out_and_the_others_are_named() -> None:
    client, good, bad = client_of("editor"), make.complete(), make.complete(standfirst="")
    desk.act(client, "publish_articles", good, bad)
    assert [Article.objects.get(pk=one.pk).status for one in (good, bad)] == ["published", "draft"]


def test_a_headline_in_a_refusal_is_escaped() -> None:
    client = client_of("editor")
    desk.act(client, "publish_articles", make.complete(headline="<b>Judul</b>", standfirst=""))
    assert "&lt;b&gt;Judul" in desk.told(client)


def test_a_picture_s_own_words_are_mended_in_its_form() -> None:
    image = make.image(alt="")
    article = make.complete(lead_image_id=image.pk)
    html = client_of("editor").get(desk.change(article)).text
    assert links_in(html) == [reverse("admin:articles_image_change", args=[image.pk])]


def test_answers_are_saved_and_none_is_chosen_before() -> None:
    client, article = client_of("editor"), make.draft()
    html = client.get(desk.change(article)).text
    for code in questions.QUESTIONS:
        assert len(re.findall(rf'<input type="radio" name="{code}"', html)) == 2
        assert not re.search(rf'<input type="radio" name="{code}"[^>]*checked', html)
    desk.save(client, article, suicide="no", ai_used="yes", may_harm="maybe")
    article.refresh_from_db()
    assert article.sensitivity == {}  # a forged answer is an error of the form
    desk.save(client, article, suicide="no", ai_used="yes")
    article.refresh_from_db()
    assert article.sensitivity == {"suicide": "no", "ai_used": "yes"}
    html = client.get(desk.change(article)).text
    assert len(re.findall(r'<input type="radio"[^>]*name="ai_used"[^>]*checked', html)) == 1


def test_an_answer_is_kept_by_itself_before_it_is_saved() -> None:
    editor = make.user("editor")
    client, article = Client(), make.draft()
    client.force_login(editor)
    key = "6f1b7c1e-0000-4000-8000-000000000001"
    data = desk.typed(article, involves_child="yes") | {
        "edit_key": key,
        "_article": article.pk,
        "_typed": "1",
        "_serial": "1",
    }
    assert client.post(reverse("admin:articles_article_beat"), data).status_code == 200
    assert EditSession.objects.get().data["involves_child"] == ["yes"]
    html = client.get(f"{desk.change(article)}?typed={key}").text
    assert re.search(r'name="involves_child" value="yes"[^>]*checked', html)


def test_answers_are_compared_in_words() -> None:
    client, article = client_of("editor"), make.draft()
    desk.save(client, article, suicide="no")
    numbers = sorted(article.revisions.values_list("number", flat=True))
    compare = reverse("admin:articles_article_compare", args=[article.pk])
    html = client.get(f"{compare}?from={numbers[0]}&to={numbers[-1]}").text
    assert str(questions.QUESTIONS["suicide"]) in html


# The page of checks


ATTEMPT = {"form": "attempt", "asked": "Kepala Dinas Kesehatan", "outcome": "refused"}
CHECK = {"form": "check", "items": list(verification.CHECKLIST)}


def attempt(at: Any = None, **changes: Any) -> dict[str, Any]:
    return ATTEMPT | {"at": desk.moment(at or timezone.now()), "note": ""} | changes


@pytest.mark.parametrize(
    ("role", "sees", "records", "checks"),
    [
        ("contributor", False, False, False),
        ("reporter", False, False, False),
        ("photo_desk", True, True, False),
        ("editor", True, True, True),
        ("managing_editor", True, True, True),
        ("chief_editor", True, True, True),
        ("advertising", False, False, False),
        ("moderator", False, False, False),
        ("administrator", False, False, False),
    ],
)
def test_who_may_see_record_and_check(role: str, sees: bool, records: bool, checks: bool) -> None:
    article, client = make.draft(), client_of(role)
    assert (client.get(page_of(article)).status_code == 200) is sees
    client.post(page_of(article), attempt())
    assert ConfirmationAttempt.objects.exists() is records
    client.post(page_of(article), CHECK | {"seen": gate.betrayals(article)})
    assert IdentityCheck.objects.exists() is checks


def test_its_writer_records_and_does_not_check() -> None:
    reporter = make.user("reporter")
    client, article = Client(), make.draft(reporter)
    client.force_login(reporter)
    client.post(page_of(article), attempt())
    assert ConfirmationAttempt.objects.get().recorded_by == reporter
    client.post(page_of(article), CHECK | {"seen": gate.betrayals(article)})
    assert not IdentityCheck.objects.exists()
    # Handed in, it is not hers to change; an answer that comes late is still recorded.
    workflow.submit(article, reporter)
    client.post(page_of(article), attempt(asked="Wakilnya"))
    assert ConfirmationAttempt.objects.count() == 2


def test_an_editor_of_another_section_does_neither() -> None:
    editor, article = make.user("editor"), make.draft()
    editor.section_rights.create(section=make.section("olahraga"))
    client = Client()
    client.force_login(editor)
    client.post(page_of(article), attempt())
    client.post(page_of(article), CHECK | {"seen": gate.betrayals(article)})
    assert not ConfirmationAttempt.objects.exists()
    assert not IdentityCheck.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"asked": ""},
        {"at": "kemarin"},
        {"at": "2099-01-01T10:00"},
        {"outcome": ""},
        {"outcome": "gone"},
        {"note": "a" * 501},
    ],
)
def test_a_wrong_attempt_is_shown_again_with_all_that_was_typed(wrong: dict[str, Any]) -> None:
    answer = client_of("editor").post(page_of(make.draft()), attempt(note="Lewat telepon") | wrong)
    assert answer.status_code == 200
    assert "errorlist" in answer.text
    if "asked" not in wrong:
        assert "Kepala Dinas Kesehatan" in answer.text
    assert not ConfirmationAttempt.objects.exists()


def test_an_incomplete_list_is_shown_again() -> None:
    article = make.draft()
    data = {"form": "check", "items": ["name", "face"], "seen": gate.betrayals(article)}
    answer = client_of("editor").post(page_of(article), data)
    assert "errorlist" in answer.text
    assert not IdentityCheck.objects.exists()


def test_strikes_are_for_numbers_of_this_article() -> None:
    client, article, other = client_of("editor"), make.draft(), make.draft()
    editor = make.user("editor")
    made = verification.record(other, editor, asked="Ketua", at=timezone.now(), outcome="answered")
    for number in (made.pk, 0, "x", "9" * 30):
        assert client.post(page_of(article), {"strike": number}).status_code == 404
    assert client.post(page_of(other), {"strike": made.pk}).status_code == 302
    made.refresh_from_db()
    assert made.struck_at is not None


def test_no_reader_ever_sees_who_was_asked() -> None:
    """Domain rule V-1. The same looks find the headline, so that they are not blind."""
    planted, editor = "PEJABATYANGDITANYA", make.user("editor")
    article = make.complete(
        headline="Banjir TERTUTUP", sensitivity=NO | {"may_harm": "yes", "involves_child": "yes"}
    )
    at = timezone.now() - timedelta(hours=1)
    verification.record(article, editor, asked=planted, at=at, outcome="refused", note=planted)
    verification.check(article, editor, items=verification.CHECKLIST, seen=gate.betrayals(article))
    live = workflow.publish(article, editor)
    found = 0
    for address in (live.get_absolute_url(), "/", "/feed/", "/cari/?q=tertutup", "/nasional/"):
        html = Client().get(address).text
        found += "TERTUTUP" in html
        for hidden in (planted, "may_harm", "involves_child", str(questions.QUESTIONS["suicide"])):
            assert hidden not in html
    assert found == 5
    assert planted not in str(list(live.revisions.values()))


@pytest.mark.parametrize("build", [make.draft, make.live_article, None])
def test_enter_in_a_field_saves_and_takes_no_step(build: Any) -> None:
    """A browser presses the first button of the form."""
    address = desk.change(build()) if build else desk.ADD
    html = client_of("chief_editor").get(address).text
    form = html.partition('id="article_form"')[2]
    first = re.search(r'<(?:button|input)[^>]*type="submit"[^>]*>', form)
    assert first is not None
    assert 'name="_continue"' in first[0]


def test_rows_that_are_ticked_by_no_number_are_refused() -> None:
    data = {"action": "submit_articles", "index": 0, "_selected_action": ["abc", "1"]}
    assert client_of("editor").post(desk.LIST, data).status_code == 400
