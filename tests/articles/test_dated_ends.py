"""An end at a set time: for a ground, by whom, and what its address says from then on."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from articles import content, dependencies, workflow
from articles.content import Values
from articles.errors import Conflict, NotAllowed
from articles.models import Article
from tests import desk, make

pytestmark = pytest.mark.django_db

Reason = Article.Reason
SECOND = timedelta(seconds=1)
# Any editor knows when a licence or a paid period ends; a ground of PPMS 5a is the chief editor's.
DATED_BY_EDITORS = {Reason.LICENCE_ENDED, Reason.PAID_PERIOD_ENDED}


@pytest.fixture
def end():
    return timezone.now().replace(second=0, microsecond=0) + timedelta(days=2)


@pytest.mark.parametrize("role", ["reporter", "editor", "chief_editor", "moderator", None])
@pytest.mark.parametrize("reason", Reason)
def test_who_may_date_an_end_for_which_ground(end, reason, role) -> None:
    article, by = make.live_article(), make.user(role) if role else None
    asked = {"at": end, "reason": reason, "note": "Penjelasan bagi pembaca."}
    may = role in {"chief_editor", None} or (role == "editor" and reason in DATED_BY_EDITORS)
    if may:
        assert workflow.unpublish(article, by, **asked).unpublish_at == end
    else:
        with pytest.raises(NotAllowed):
            workflow.unpublish(article, by, **asked)


@pytest.mark.parametrize(("reason", "note"), [("", "Kata."), ("child", ""), ("permintaan", "Ya.")])
def test_without_a_ground_and_its_words_there_is_no_end(end, reason, note) -> None:
    with pytest.raises(ValidationError):
        workflow.unpublish(
            make.live_article(), make.user("chief_editor"), at=end, reason=reason, note=note
        )


@pytest.mark.parametrize("role", ["editor", "chief_editor"])
def test_the_desk_offers_the_grounds_of_ones_role(client, role) -> None:
    client.force_login(make.user(role))
    form = desk.act(client, "end_articles", make.live_article(), note="x").context["form"]
    offered = {code for code, _words in form.fields["reason"].choices if code}
    assert offered == ({*Reason.values} if role == "chief_editor" else {*DATED_BY_EDITORS})
    assert str(form.fields["at"].label).endswith("(WIB)")


@pytest.mark.parametrize("reason", Reason)
def test_from_then_on_the_address_says_why_and_since_when(client, end, reason) -> None:
    article, words = make.live_article(headline="Judul lama"), "Sesuai perjanjian."
    workflow.unpublish(article, make.user("chief_editor"), at=end, reason=reason, note=words)
    answers = []
    for at in (end - SECOND, end):
        with dependencies.recording(at):
            answers.append(client.get(article.get_absolute_url()))
    before, after = answers
    assert (before.status_code, after.status_code) == (200, 410)
    with translation.override("id"):
        ground = str(reason.label)
    for said in (ground, words, timezone.localtime(end).strftime("%H:%M WIB")):
        assert said in after.text
    assert "Judul lama" not in after.text


def test_every_list_of_the_desk_names_the_zone_of_its_times(client) -> None:
    client.force_login(make.user("chief_editor", "administrator"))
    make.comment(make.live_article())
    pages = ["articles/article/", "comments/comment/?status=all", "accounts/user/"]
    for page in pages:
        assert " WIB" in client.get(f"/admin/{page}").text, page


def test_whoever_saved_in_between_did_so_at_a_time_with_its_zone() -> None:
    article = make.draft()
    content.save(article, Values({"headline": "Satu"}), article.version, None)
    with pytest.raises(Conflict, match=r"\d\d\.\d\d WIB"):
        content.save(article, Values({"headline": "Dua"}), 0, None)
