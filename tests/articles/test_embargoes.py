"""Before its embargo ends an article is nobody's to publish; who may end it early is a table."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import content, embargoes, workflow
from articles.content import Values
from articles.errors import NotAllowed, Refused
from articles.guard import writing
from articles.models import Article
from tests import desk, make

pytestmark = pytest.mark.django_db

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
STATUS = Article.Status


@pytest.fixture
def end():
    """When the embargo of `article` ends: tomorrow, at a full minute."""
    return timezone.now().replace(second=0, microsecond=0) + timedelta(days=1)


@pytest.fixture
def article(end) -> Article:
    return make.complete(headline="Di bawah embargo", embargo_until=end)


# Publishing: role × when


@pytest.mark.parametrize("role", ["editor", "chief_editor", None])
@pytest.mark.parametrize("early", [None, timedelta(0), HOUR, SECOND])
def test_no_role_publishes_before_the_embargo_ends(article, end, role, early) -> None:
    by = make.user(role) if role else None
    at = end - early if early else None
    with pytest.raises(Refused) as refusal:
        workflow.publish(article, by, at=at, note="Mendesak.")
    assert timezone.localtime(end).strftime("%H.%M WIB") in str(refusal.value)
    article.refresh_from_db()
    assert (article.status, article.published_at) == (STATUS.DRAFT, None)


@pytest.mark.parametrize("later", [timedelta(0), SECOND, HOUR])
def test_it_can_be_scheduled_for_its_very_second_and_later(article, end, later) -> None:
    workflow.publish(article, make.user("editor"), at=end + later)
    assert not Article.objects.live(end + later - SECOND).exists()
    assert Article.objects.live(end + later).exists()


def test_it_can_be_published_at_once_when_the_embargo_is_over(article, end) -> None:
    with time_machine.travel(end - SECOND, tick=False), pytest.raises(Refused):
        workflow.publish(article, make.user("editor"))
    with time_machine.travel(end, tick=False):
        assert workflow.publish(article, make.user("editor")).published_at == end


def test_what_waits_is_not_moved_before_the_embargo(article, end) -> None:
    editor = make.user("editor")
    workflow.publish(article, editor, at=end + HOUR)
    with pytest.raises(Refused):
        workflow.publish(article, editor, at=end - SECOND)
    with pytest.raises(Refused):
        workflow.publish(article, editor)
    article.refresh_from_db()
    assert article.published_at == end + HOUR


def test_what_was_withdrawn_comes_back_after_the_embargo_alone(end) -> None:
    article = make.withdrawn_article()
    content.save(article, Values({"embargo_until": end}), article.version, None)
    with pytest.raises(Refused):
        workflow.publish(article, make.user("editor"))


def test_the_database_itself_refuses(article, end) -> None:
    """Whatever a writer, a script or a fixture does: what is live is past its embargo."""
    times = {"published_at": end - SECOND, "first_published_at": end - SECOND}
    with writing(), transaction.atomic(), pytest.raises(IntegrityError):
        Article.objects.filter(pk=article.pk).update(status=STATUS.PUBLISHED, **times)


# Changing the embargo: role × change

CHANGES = {
    "sets one": (None, HOUR),
    "moves it back": (HOUR, 2 * HOUR),
    "leaves it": (HOUR, HOUR),
    "ends it earlier": (2 * HOUR, HOUR),
    "takes it away": (HOUR, None),
    "takes away what is over": (-HOUR, None),
}
MAY_END_EARLY = {"editor", "chief_editor", None}


@pytest.mark.parametrize("role", ["reporter", "editor", "chief_editor", None])
@pytest.mark.parametrize("change", CHANGES)
def test_ending_an_embargo_early_needs_the_right_to_publish(change, role) -> None:
    now = timezone.now()
    old, new = (then and now + then for then in CHANGES[change])
    person = make.user(role) if role else None
    article = make.complete(person, embargo_until=old)
    may = change not in {"ends it earlier", "takes it away"} or role in MAY_END_EARLY
    values = Values({"embargo_until": new})
    if may:
        assert content.save(article, values, article.version, person).embargo_until == new
    else:
        with pytest.raises(NotAllowed):
            content.save(article, values, article.version, person)
        article.refresh_from_db()
        assert article.embargo_until == old


def test_what_is_published_gets_no_embargo_that_lies_ahead_of_it(end) -> None:
    article = workflow.publish(make.complete(), None, at=end)
    editor = make.user("editor")
    with pytest.raises(Refused):
        content.save(article, Values({"embargo_until": end + SECOND}), article.version, editor)
    saved = content.save(article, Values({"embargo_until": end}), article.version, editor)
    assert workflow.update(saved, editor, is_substantial=False).embargo_until == end


def test_a_save_that_does_not_speak_of_it_leaves_it(article, end) -> None:
    saved = content.save(article, Values({"headline": "Lain"}), article.version, None)
    assert saved.embargo_until == end


def test_each_revision_knows_the_embargo_of_its_time(article, end) -> None:
    fields = article.revisions.get().content["fields"]
    assert fields["embargo_until"] == end.isoformat()


@pytest.mark.parametrize(("offset", "under"), [(-SECOND, True), (timedelta(0), False)])
def test_at_its_second_it_is_over(article, end, offset, under) -> None:
    assert embargoes.is_under(article, end + offset) is under


# At the desk


def test_the_form_asks_for_it_in_the_zone_that_it_names(client, article, end) -> None:
    client.force_login(make.user("editor"))
    form = client.get(desk.change(article)).context["adminform"].form
    assert str(form.fields["embargo_until"].label).endswith("(WIB)")
    assert str(form.fields["comments_close_at"].label).endswith("(WIB)")
    typed = "2031-03-01T09:30"
    assert desk.save(client, article, embargo_until=typed).status_code == 302
    article.refresh_from_db()
    assert article.embargo_until.isoformat() == "2031-03-01T02:30:00+00:00"
    assert typed in client.get(desk.change(article)).text


def test_a_reporter_is_told_why_the_embargo_stays(client, end) -> None:
    reporter = make.user("reporter")
    article = make.complete(reporter, embargo_until=end)
    client.force_login(reporter)
    page = desk.save(client, article, embargo_until="")
    assert any("WIB" in words for words in desk.errors_of(page)["__all__"])
    article.refresh_from_db()
    assert article.embargo_until == end


@pytest.mark.parametrize("action", ["publish_articles", "schedule_articles"])
def test_the_desk_says_until_when_it_waits(client, article, end, action) -> None:
    client.force_login(make.user("chief_editor"))
    asked = {"at": desk.moment(end - HOUR)} if action == "schedule_articles" else {"note": "x"}
    desk.act(client, action, article, **asked)
    assert timezone.localtime(end).strftime("%H.%M WIB") in desk.told(client)
    article.refresh_from_db()
    assert article.status == STATUS.DRAFT


@pytest.mark.parametrize("page", ["list", "form", "preview", "picker"])
def test_wherever_its_state_is_said_the_embargo_is_too(client, article, end, page) -> None:
    client.force_login(make.user("editor"))
    root = f"{desk.LIST}{article.pk}"
    pages = {"list": desk.LIST, "form": desk.change(article), "preview": f"{root}/preview/"}
    pages["picker"] = f"{desk.LIST}pick/"
    time = timezone.localtime(end).strftime("%H.%M WIB")
    assert time in client.get(pages[page]).text
    with time_machine.travel(end, tick=False):
        assert time not in client.get(pages["picker"]).text


def test_the_preview_at_the_desk_works_before_it(client, article) -> None:
    client.force_login(make.user("editor"))
    assert "Paragraf pertama" in client.get(f"{desk.LIST}{article.pk}/preview/").text
