"""The steps between writer and readers: role × step × state × own or other section."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import chains, content, workflow
from articles.content import Values
from articles.errors import NotAllowed, Refused
from articles.models import Article, Section, SectionRight
from tests import desk, make

pytestmark = pytest.mark.django_db

CHAIN = [{"step": "edit", "role": "editor"}, {"step": "photo", "role": "photo_desk"}]
ROLES = [
    *("contributor", "reporter", "photo_desk", "editor", "editor of another section"),
    *("managing_editor", "chief_editor", "advertising", "moderator", "administrator"),
]
LEADERS = {"managing_editor", "chief_editor"}
EDITORS = LEADERS | {"editor"}
DESKS = EDITORS | {"photo_desk"}
NOBODY: set[str] = set()


@pytest.fixture
def section() -> Section:
    return make.section("olahraga", chain=CHAIN)


def person(role: str):
    found = make.user(role.partition(" ")[0])
    if " " in role:
        SectionRight.objects.create(user=found, section=make.section("ekonomi"))
    return found


def writing(section: Section) -> Article:
    return make.complete(section=section)


def submitted(section: Section) -> Article:
    return workflow.submit(writing(section), None)


def half_way(section: Section) -> Article:
    return workflow.approve(submitted(section), None)


def ready(section: Section) -> Article:
    return workflow.approve(half_way(section), None)


def returned(section: Section) -> Article:
    return workflow.return_to_writer(submitted(section), None, note="Sumber kedua?")


def live(section: Section) -> Article:
    return workflow.publish(writing(section), None)


def changed(section: Section) -> Article:
    return content.save(live(section), Values({"headline": "Lain"}), 0, None)


def change_submitted(section: Section) -> Article:
    return workflow.submit(changed(section), None)


def change_ready(section: Section) -> Article:
    return workflow.approve(workflow.approve(change_submitted(section), None), None)


def withdrawn(section: Section) -> Article:
    reason = {"reason": "child", "public_reason": "Demi masa depan anak."}
    return workflow.withdraw(live(section), None, **reason)


STATES: list[Callable[[Section], Article]] = [
    *(writing, submitted, half_way, ready, returned),
    *(live, changed, change_submitted, change_ready, withdrawn),
]
STEPS = {
    "submit": lambda article, by, note: workflow.submit(article, by, note=note),
    "take": lambda article, by, note: workflow.take(article, by, note=note),
    "approve": lambda article, by, note: workflow.approve(article, by, note=note),
    "return": lambda article, by, note: workflow.return_to_writer(article, by, note="Ulangi."),
    "publish": lambda article, by, note: workflow.publish(article, by, note=note),
    "update": lambda article, by, note: workflow.update(
        article, by, is_substantial=False, note=note
    ),
}
# Who may without a word; what is missing here is nobody's.
ALLOWED = {
    ("submit", writing): DESKS,
    ("submit", returned): DESKS,
    ("submit", changed): DESKS,
    **{("take", state): DESKS for state in (submitted, half_way, ready)},
    **{("take", state): DESKS for state in (change_submitted, change_ready)},
    ("approve", submitted): EDITORS,
    ("approve", half_way): {"photo_desk"},
    ("approve", change_submitted): EDITORS,
    **{("return", state): DESKS for state in (submitted, half_way, ready)},
    **{("return", state): DESKS for state in (change_submitted, change_ready)},
    ("publish", ready): EDITORS,
    # It had passed its chain before it was taken from the readers.
    ("publish", withdrawn): EDITORS,
    ("update", change_ready): EDITORS,
}
# Who may besides, in the place of another role and with a reason that is kept.
WITH_A_REASON = {
    ("approve", half_way): LEADERS,
    **{("publish", state): LEADERS for state in (writing, submitted, half_way, returned)},
    **{("update", state): LEADERS for state in (changed, change_submitted)},
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_from_each_state_is_for_those_of_its_role(section, step, state, role) -> None:
    may = role in ALLOWED.get((step, state), NOBODY)
    may_with_a_reason = may or role in WITH_A_REASON.get((step, state), NOBODY)
    someone = person(role)
    for note, expected in (("", may), ("Tengah malam.", may_with_a_reason)):
        article = state(section)
        before = Article.objects.values("status", "stage", "passed", "handler", "token").get(
            pk=article.pk
        )
        if expected:
            STEPS[step](article, someone, note)
            last = article.transitions.all()[0]
            assert (last.name, last.actor) == (step, someone)
            assert last.override == (not may)
        else:
            with pytest.raises((NotAllowed, Refused)):
                STEPS[step](article, someone, note)
            rows = Article.objects.values(*before)
            assert rows.get(pk=article.pk) == before


def test_a_chain_is_followed_to_the_end(section) -> None:
    reporter, editor, photo = (make.user(role) for role in ("reporter", "editor", "photo_desk"))
    article = workflow.submit(make.complete(reporter, section=section), reporter)
    article = workflow.take(article, editor)
    assert (article.handler, article.stage) == (editor, "submitted")
    article = workflow.approve(article, editor)
    assert (article.handler, article.stage, article.passed) == (None, "submitted", 1)
    article = workflow.approve(article, photo)
    assert (article.stage, article.passed) == ("ready", 2)
    assert workflow.publish(article, editor).stage == ""
    passed = article.transitions.filter(name="approve").order_by("pk")
    assert [step.reason for step in passed] == ["edit", "photo"]


def test_an_article_under_way_keeps_its_chain(section) -> None:
    article = submitted(section)
    section.chain = []
    section.save()
    assert chains.of(workflow.approve(article, None)) == CHAIN
    assert chains.of(workflow.submit(make.complete(section=section), None)) == chains.USUAL


def test_a_section_below_follows_the_one_above_unless_it_has_its_own(section) -> None:
    child = make.section("bulu-tangkis", parent=section)
    assert chains.chosen(child) == CHAIN
    child.chain = chains.USUAL
    assert chains.chosen(child) == chains.USUAL


def test_a_text_that_is_changed_by_others_passes_its_steps_again(section) -> None:
    article = ready(section)
    article = content.save(article, Values({"headline": "Lain"}), 0, make.user("photo_desk"))
    assert (article.stage, article.passed) == ("submitted", 0)


def test_whoever_may_pass_the_steps_may_mend_the_text_after_them() -> None:
    article = workflow.approve(workflow.submit(make.complete(), None), None)
    article = content.save(article, Values({"headline": "Ejaan"}), 0, make.user("editor"))
    assert (article.stage, article.passed) == ("ready", 1)


def test_a_writer_who_is_an_editor_does_not_change_what_was_approved() -> None:
    writer = make.user("editor")
    article = workflow.submit(make.complete(writer), writer)
    article = workflow.approve(article, make.user("editor"))
    article = content.save(article, Values({"headline": "Lain"}), 0, writer)
    assert (article.stage, article.passed) == ("submitted", 0)


def test_a_change_passes_the_chain_of_the_section_it_goes_to(section) -> None:
    article = make.live_article()
    article = content.save(article, Values({"section_id": section.pk}), article.version, None)
    assert chains.of(workflow.submit(article, None)) == CHAIN
    moved = submitted(section)
    aim = make.section("hukum", chain=[{"step": "legal", "role": "chief_editor"}])
    moved = content.save(moved, Values({"section_id": aim.pk}), moved.version, None)
    assert [link["step"] for link in moved.chain] == ["legal"]


def test_after_publication_the_next_change_asks_for_the_chain_of_its_day(section) -> None:
    article = workflow.publish(ready(section), None)
    assert article.chain == []


def test_an_end_is_for_those_of_the_section_and_of_its_ground() -> None:
    article, elsewhere = make.live_article(), person("editor of another section")
    later = timezone.now() + timedelta(hours=1)
    words = {"reason": "licence_ended", "note": "Lisensi berakhir."}
    with pytest.raises(NotAllowed):
        workflow.unpublish(article, elsewhere, at=later, **words)
    workflow.unpublish(article, None, at=later, reason="child", note="Demi masa depan anak.")
    with pytest.raises(NotAllowed):
        workflow.unpublish(article, make.user("editor"), at=None)


def test_a_limit_to_sections_holds_for_reading_writing_and_moving() -> None:
    editor, own = make.user("editor"), make.section("ekonomi")
    SectionRight.objects.create(user=editor, section=own)
    child = make.section("pasar", parent=own)
    inside, outside = make.complete(section=child), make.complete()
    assert set(Article.objects.visible_to(editor)) == {inside}
    content.save(inside, Values({"headline": "Dari redaktur"}), 0, editor)
    with pytest.raises(NotAllowed):
        content.save(outside, Values({"headline": "Dari jauh"}), 0, editor)
    with pytest.raises(NotAllowed):
        content.save(inside, Values({"section_id": outside.section_id}), 1, editor)
    with pytest.raises(NotAllowed):
        make.complete(editor)
    SectionRight.objects.create(user=make.user("managing_editor"), section=own)
    leader = make.user("managing_editor")
    SectionRight.objects.create(user=leader, section=own)
    assert outside in Article.objects.visible_to(leader)


def test_advertising_writes_advertorials_and_nothing_else() -> None:
    seller = make.user("advertising")
    with pytest.raises(NotAllowed):
        make.complete(seller)
    paid = make.complete(seller, kind="advertorial", label="Iklan")
    with pytest.raises(NotAllowed):
        content.save(paid, Values({"kind": "news"}), 0, seller)
    news = make.live_article(bylines=[make.author(user=seller)])
    with pytest.raises(NotAllowed):
        content.save(news, Values({"headline": "Pujian"}), news.version, seller)


def test_the_chain_is_chosen_in_the_form_of_the_section(client: Client) -> None:
    client.force_login(make.user("chief_editor"))
    section = make.section("hukum")
    fields = {"name": "Hukum", "slug": "hukum", "parent": "", "order": 0, "intro": ""}
    address = f"/admin/articles/section/{section.pk}/change/"
    steps = {"step_edit": "editor", "step_legal": "chief_editor"}
    assert client.post(address, fields | steps).status_code == 302
    section.refresh_from_db()
    assert section.chain == [
        {"step": "edit", "role": "editor"},
        {"step": "legal", "role": "chief_editor"},
    ]
    page = client.get(address)
    assert page.context["adminform"].form.initial["step_legal"] == "chief_editor"
    assert client.post(address, fields | {"step_edit": "reporter"}).status_code == 200


def test_the_form_offers_the_step_of_ones_role(client: Client, section) -> None:
    client.force_login(make.user("photo_desk"))
    page = client.get(desk.change(half_way(section)))
    assert [button.action for button in page.context["steps"] if button.is_main] == [
        "approve_articles"
    ]
    page = client.get(desk.change(submitted(section)))
    assert not [button for button in page.context["steps"] if button.is_main]
