"""The steps of the workflow on the desk: who is offered them, who may take them, what is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import content, workflow
from articles.content import Values
from articles.models import Article
from tests import desk, make

pytestmark = pytest.mark.django_db

ROLES = ["reporter", "editor", "chief_editor", "moderator", "administrator", "reader"]
EDITORS = {"editor", "chief_editor"}
TOMORROW = "2099-01-01T08:00"


def person(role: str):
    return make.user(*([] if role == "reader" else [role]))


def published(article: Article) -> bool:
    article.refresh_from_db()
    return article.status == Article.Status.PUBLISHED


def with_changes() -> Article:
    """Live, with a change that readers don't see yet."""
    article = make.live_article()
    headline = Values({"headline": "Judul yang dibetulkan"})
    return content.save(article, headline, article.version, None)


# Each step: the article before it, what is answered, who may, and how one sees it was taken.
STEPS = {
    "take_articles": (
        lambda: workflow.submit(make.complete(), None),
        {},
        EDITORS,
        lambda a: a.handler is not None,
    ),
    "approve_articles": (
        lambda: workflow.submit(make.complete(), None),
        {},
        EDITORS,
        lambda a: a.stage == "ready",
    ),
    "update_articles": (
        lambda: with_changes(),
        {"kind": "small"},
        EDITORS,
        lambda a: a.headline == "Judul yang dibetulkan",
    ),
    "update_later_articles": (
        lambda: with_changes(),
        {"kind": "small", "at": TOMORROW},
        EDITORS,
        lambda a: a.change_at is not None,
    ),
    "cancel_change_articles": (
        lambda: workflow.schedule_update(
            with_changes(), None, at=timezone.now() + timedelta(days=1), is_substantial=False
        ),
        {},
        EDITORS,
        lambda a: a.change_at is None,
    ),
    "submit_articles": (make.draft, {}, EDITORS, lambda a: a.stage == "submitted"),
    "publish_articles": (make.complete, {}, EDITORS, lambda a: a.status == "published"),
    "schedule_articles": (
        make.complete,
        {"at": TOMORROW},
        EDITORS,
        lambda a: a.status == "published",
    ),
    "return_articles": (
        lambda: workflow.submit(make.complete(), None),
        {"note": "Sumber kedua?"},
        EDITORS,
        lambda a: a.stage == "returned",
    ),
    "end_articles": (
        make.live_article,
        {"at": TOMORROW, "reason": "licence_ended", "note": "Lisensi berakhir."},
        EDITORS,
        lambda a: a.unpublish_at is not None,
    ),
    "withdraw_articles": (
        make.live_article,
        {"reason": "child", "public_reason": "Demi masa depan anak."},
        {"chief_editor"},
        lambda a: a.status == "withdrawn",
    ),
}


@pytest.mark.parametrize("place", ["list", "form"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", STEPS)
def test_a_step_is_taken_by_those_who_may_and_by_no_forged_post(
    client, action, role, place
) -> None:
    build, answer, allowed, happened = STEPS[action]
    article = build()
    client.force_login(person(role))
    if place == "list":
        desk.act(client, action, article, **(answer or {"sure": "1"}))
    else:
        data = {desk.FORM_ACTION: action, "_selected_action": article.pk, "confirmed": action}
        client.post(desk.change(article), data | answer)
    article.refresh_from_db()
    assert happened(article) == (role in allowed)


@pytest.mark.parametrize("role", ["reporter", "editor", "chief_editor"])
def test_the_list_offers_the_steps_of_the_role(client, role) -> None:
    client.force_login(make.user(role))
    make.live_article()
    offered = {
        name for name, _ in client.get(desk.LIST).context["action_form"]["action"].field.choices
    }
    everything = set(STEPS)
    expected = {
        "reporter": {"submit_articles"},
        "editor": everything - {"withdraw_articles"},
        "chief_editor": everything,
    }
    # The bin is no step of the workflow, nor is a change of section or tags.
    others = {"", "throw_away_articles", "move_articles", "retag_articles"}
    assert offered - others == expected[role]


@pytest.mark.parametrize(
    ("role", "build", "expected"),
    [
        ("editor", make.draft, ["publish_articles", "submit_articles", "schedule_articles"]),
        (
            "editor",
            lambda: workflow.submit(make.complete(), None),
            [
                *("publish_articles", "take_articles", "approve_articles"),
                *("schedule_articles", "return_articles"),
            ],
        ),
        (
            "editor",
            lambda: with_changes(),
            ["update_articles", "submit_articles", "update_later_articles", "end_articles"],
        ),
        ("editor", make.live_article, ["end_articles"]),
        ("chief_editor", make.live_article, ["end_articles", "withdraw_articles"]),
        ("reporter", make.live_article, []),
        (
            "editor",
            lambda: make.scheduled_article(timezone.now() + timedelta(days=1)),
            ["publish_articles", "schedule_articles", "return_articles", "end_articles"],
        ),
    ],
)
def test_the_form_offers_what_leads_somewhere(client, role, build, expected) -> None:
    client.force_login(make.user(role))
    page = client.get(desk.change(build()))
    assert [button.action for button in page.context["steps"]] == expected
    assert all(f'value="{action}"' in page.text for action in expected)


def test_the_main_button_of_ones_own_draft_hands_it_in(client) -> None:
    editor = make.user("editor")
    client.force_login(editor)
    page = client.get(desk.change(make.complete(by=editor)))
    assert [(b.action, b.is_main) for b in page.context["steps"]] == [("submit_articles", True)]


# Four eyes


@pytest.mark.parametrize("place", ["list", "form"])
@pytest.mark.parametrize("action", ["publish_articles", "schedule_articles"])
def test_an_editor_never_approves_her_own_text(client, action, place) -> None:
    editor = make.user("editor")
    client.force_login(editor)
    article = make.complete(by=editor)
    if place == "list":
        desk.act(client, action, article, at=TOMORROW, note="Saya yakin.")
    else:
        data = {desk.FORM_ACTION: action, "_selected_action": article.pk, "confirmed": action}
        client.post(desk.change(article), data | {"at": TOMORROW, "note": "Saya yakin."})
    assert not published(article)
    assert article.headline in desk.told(client)


def test_a_chief_editor_is_asked_why_before_her_own_text_goes_out(client) -> None:
    chief = make.user("chief_editor")
    client.force_login(chief)
    article = make.complete(by=chief)
    asked = desk.act(client, "publish_articles", article)
    assert asked.status_code == 200
    assert "note" in asked.context["form"].fields
    assert not published(article)
    empty = desk.act(client, "publish_articles", article, note=" ")
    assert empty.context["form"].errors
    assert not published(article)
    desk.act(client, "publish_articles", article, note="Redaktur piket sakit.")
    assert published(article)
    assert article.transitions.get(name="publish").override


def test_what_went_out_without_four_eyes_is_marked_on_list_and_form(client) -> None:
    chief = make.user("chief_editor")
    article = workflow.publish(make.complete(by=chief), chief, note="Redaktur piket sakit.")
    make.live_article()
    client.force_login(make.user("editor"))
    page = client.get(desk.LIST, {"override": "1"})
    assert [row.pk for row in page.context["cl"].result_list] == [article.pk]
    assert "desk-badge" in page.text
    form = client.get(desk.change(article)).text
    assert "desk-badge" in form
    assert "Redaktur piket sakit." in form


# The page between


def test_a_step_that_needs_a_word_asks_for_it_and_names_the_articles(client) -> None:
    client.force_login(make.user("chief_editor"))
    one, two = make.live_article(), make.live_article()
    page = desk.act(client, "withdraw_articles", one, two)
    assert page.status_code == 200
    assert one.headline in page.text
    assert two.headline in page.text
    assert page.text.count('name="_selected_action"') == 2
    assert published(one)


def test_what_is_typed_there_stays_when_something_is_missing(client) -> None:
    client.force_login(make.user("chief_editor"))
    article = make.live_article()
    again = desk.act(client, "withdraw_articles", article, public_reason="Alasan yang panjang.")
    assert again.context["form"].errors
    assert "Alasan yang panjang." in again.text
    assert published(article)


def test_a_time_is_asked_for_in_the_papers_zone(client) -> None:
    client.force_login(make.user("editor"))
    article = make.complete()
    page = desk.act(client, "schedule_articles", article)
    assert "WIB" in page.text
    desk.act(client, "schedule_articles", article, at="2099-01-01T08:00")
    article.refresh_from_db()
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2099-01-01T01:00:00+00:00"


def test_an_end_can_be_taken_away_again(client) -> None:
    client.force_login(make.user("editor"))
    article = make.live_article()
    answer = {"reason": "paid_period_ended", "note": "Masa tayang berakhir."}
    desk.act(client, "end_articles", article, at=TOMORROW, **answer)
    article.refresh_from_db()
    assert article.unpublish_at is not None
    assert desk.act(client, "end_articles", article, note="x").context["form"].errors
    desk.act(client, "end_articles", article, remove="on")
    article.refresh_from_db()
    assert article.unpublish_at is None


def test_one_refusal_is_told_by_name_and_the_others_go_on(client) -> None:
    client.force_login(make.user("editor"))
    good, bad = make.complete(), make.complete(body="")
    desk.act(client, "publish_articles", good, bad)
    assert published(good)
    assert not published(bad)
    words = desk.told(client)
    assert f"“{bad.headline}”" in words
    assert f"“{good.headline}”" not in words


# From the form


def test_a_step_in_the_form_saves_what_is_typed_first(client) -> None:
    reporter = make.user("reporter")
    client.force_login(reporter)
    article = make.complete(by=reporter)
    desk.press(client, article, "submit_articles", headline="Judul yang baru diketik")
    article.refresh_from_db()
    assert (article.headline, article.stage) == ("Judul yang baru diketik", "submitted")


def test_a_new_article_can_be_handed_in_at_once(client) -> None:
    client.force_login(make.user("reporter"))
    client.post(desk.ADD, desk.typed() | {desk.FORM_ACTION: "submit_articles"})
    assert Article.objects.get().stage == "submitted"


def test_a_step_waits_until_the_form_is_right(client) -> None:
    reporter = make.user("reporter")
    client.force_login(reporter)
    article = make.complete(by=reporter)
    again = desk.press(client, article, "submit_articles", headline="", kicker="Terketik")
    assert "headline" in desk.errors_of(again)
    assert "Terketik" in again.text
    article.refresh_from_db()
    assert article.status == "draft"


def test_a_text_that_changed_meanwhile_is_not_approved_from_the_form(client) -> None:
    editor = make.user("editor")
    client.force_login(editor)
    article = make.complete()
    old = desk.typed(article)
    content.save(article, Values(fields={"headline": "Lain"}), 0, article.created_by)
    data = old | {desk.FORM_ACTION: "publish_articles", "_selected_action": article.pk}
    assert client.post(desk.change(article), data).status_code == 302
    assert not published(article)
    assert "“Lain”" in desk.told(client)


def test_nor_from_the_form_that_may_only_be_read(client) -> None:
    client.force_login(make.user("editor"))
    article = make.complete()
    data = {desk.FORM_ACTION: "publish_articles", "_selected_action": article.pk}
    content.save(article, Values(fields={"headline": "Lain"}), 0, article.created_by)
    client.post(desk.change(article), data | {"base_version": 0})
    assert not published(article)
    client.post(desk.change(article), data | {"base_version": 1})
    assert published(article)


def test_nor_from_the_page_between(client) -> None:
    client.force_login(make.user("editor"))
    article = make.complete()
    page = desk.act(client, "schedule_articles", article)
    assert f'name="version-{article.pk}" value="0"' in page.text
    content.save(article, Values(fields={"headline": "Lain"}), 0, article.created_by)
    desk.act(client, "schedule_articles", article, at=TOMORROW, **{f"version-{article.pk}": 0})
    assert not published(article)


def test_the_page_between_keeps_in_mind_what_was_seen_in_the_form(client) -> None:
    client.force_login(make.user("editor"))
    article = make.complete()
    content.save(article, Values(fields={"headline": "Lain"}), 0, article.created_by)
    data = {desk.FORM_ACTION: "schedule_articles", "_selected_action": article.pk}
    page = client.post(desk.change(article), data | {"base_version": 0})
    assert f'name="version-{article.pk}" value="0"' in page.text


def test_the_page_between_of_a_form_leads_back_to_the_form(client) -> None:
    client.force_login(make.user("editor"))
    page = client.post(desk.ADD, desk.typed() | {desk.FORM_ACTION: "submit_articles"})
    article = Article.objects.get()
    client.force_login(make.user("editor"))
    page = desk.press(client, article, "return_articles")
    assert f'action="{desk.change(article)}"' in page.text
    data = {"confirmed": "return_articles", "note": "Tambah sumber."}
    data |= {desk.FORM_ACTION: "return_articles", "_selected_action": article.pk}
    assert client.post(desk.change(article), data).headers["Location"] == desk.change(article)
    article.refresh_from_db()
    assert article.status == "draft"


def test_the_list_approves_only_what_was_on_the_screen(client) -> None:
    client.force_login(make.user("editor"))
    article = make.complete()
    page = client.get(desk.LIST)
    assert f'name="version-{article.pk}" value="{article.version}"' in page.text
    seen = {f"version-{article.pk}": article.version}
    changed = Values({"body": "<p>Diam-diam diubah.</p>"})
    content.save(article, changed, article.version, article.created_by)
    desk.act(client, "publish_articles", article, **seen)
    article.refresh_from_db()
    assert article.status == "draft"


@pytest.mark.parametrize("year", ["0001", "1203", "9999"])
def test_a_slip_in_a_year_is_told_and_nothing_is_lost(client, year) -> None:
    client.force_login(make.user("reporter"))
    typed = desk.typed(headline="Tetap ada", comments_close_at=f"{year}-01-01T00:00")
    answer = client.post(desk.ADD, typed)
    assert answer.status_code == 200
    assert "Tetap ada" in answer.text
