"""Each step: who may, from where, what it leaves behind."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles import content, workflow
from articles.content import Values
from articles.errors import Conflict, NotAllowed, Refused
from articles.models import Article, Outbox, Revision
from tests import make

pytestmark = pytest.mark.django_db
Reason = Article.Reason


@pytest.fixture
def tomorrow():
    return timezone.now() + timedelta(days=1)


def test_a_reporters_draft_goes_to_an_editor_and_to_the_readers():
    reporter, editor = make.user("reporter"), make.user("editor")
    article = workflow.submit(make.complete(reporter), reporter, note="Siap")
    assert article.stage == Article.Stage.SUBMITTED

    article = workflow.publish(article, editor)

    assert Article.objects.live().get() == article
    steps = article.transitions.order_by("id").values_list("name", "source", "target", "actor")
    assert list(steps) == [
        ("create", "", "writing", reporter.pk),
        ("submit", "writing", "submitted", reporter.pk),
        ("publish", "submitted", "published", editor.pk),
    ]


def test_a_step_tells_when_and_why():
    article = make.complete()
    before = timezone.now()
    workflow.submit(article, make.user("editor"), note="  Mohon dibaca  ")
    step = article.transitions.get(name="submit")
    assert step.note == "Mohon dibaca"
    assert before <= step.at <= timezone.now()
    assert step.revision == article.draft_revision


@pytest.mark.parametrize("role", ["reporter", "moderator", "administrator", None])
@pytest.mark.parametrize("step", ["publish", "unpublish", "withdraw", "return"])
def test_only_editors_decide(role, step):
    person = make.user(role) if role else make.user()
    article = make.live_article()
    with pytest.raises(NotAllowed):
        take(step, article, person)


def test_an_editor_may_not_withdraw():
    with pytest.raises(NotAllowed):
        take("withdraw", make.live_article(), make.user("editor"))


def take(step, article, by):
    return {
        "publish": lambda: workflow.publish(article, by),
        "unpublish": lambda: workflow.unpublish(article, by, at=None),
        "return": lambda: workflow.return_to_writer(article, by, note="Perbaiki."),
        "withdraw": lambda: workflow.withdraw(
            article, by, reason=Reason.CHILD, public_reason="Demi anak."
        ),
    }[step]()


@pytest.mark.parametrize("role", ["reporter", "editor"])
def test_a_closed_account_can_do_nothing(role):
    person = make.user(role, is_active=False)
    with pytest.raises(NotAllowed):
        workflow.submit(make.complete(), person)


class TestFourEyes:
    """The writer of a text never approves it."""

    @pytest.fixture
    def editor(self):
        return make.user("editor")

    def test_whoever_began_it(self, editor):
        with pytest.raises(NotAllowed, match="wrote|penulis"):
            workflow.publish(make.complete(editor), editor)

    def test_whoever_signs_it(self, editor):
        author = make.author(user=editor)
        with pytest.raises(NotAllowed):
            workflow.publish(make.complete(bylines=[author]), editor)

    def test_whoever_filed_it(self, editor):
        article = workflow.submit(make.complete(), editor)
        with pytest.raises(NotAllowed):
            workflow.publish(article, editor)

    def test_whoever_filled_an_empty_draft(self, editor):
        article = make.complete(body="")
        values = Values(fields={"body": "<p>Semuanya dari redaktur.</p>"})
        article = content.save(article, values, article.version, editor)
        with pytest.raises(NotAllowed):
            workflow.publish(article, editor)

    def test_taking_ones_name_off_does_not_help(self, editor):
        article = make.complete(editor, bylines=[make.author(user=editor)])
        article = content.save(article, Values({}, bylines=[]), article.version, editor)
        with pytest.raises(NotAllowed):
            workflow.publish(article, editor)

    def test_an_editor_of_the_text_may_approve_it(self, editor):
        article = make.complete()
        edited = Values(fields={"headline": "Judul yang lebih baik"})
        article = content.save(article, edited, article.version, editor)
        assert workflow.publish(article, editor).status == Article.Status.PUBLISHED

    def test_a_superuser_who_wrote_it_needs_a_reason_too(self):
        root = make.user(is_superuser=True)
        with pytest.raises(NotAllowed):
            workflow.publish(make.complete(root), root)

    def test_the_chief_editors_override_needs_a_reason_and_is_logged(self):
        chief = make.user("chief_editor")
        article = make.complete(chief)
        with pytest.raises(NotAllowed, match="reason|alasan"):
            workflow.publish(article, chief)
        workflow.publish(article, chief, note="Gempa, tengah malam, sendirian.")
        step = article.transitions.get(name="publish")
        assert step.override
        assert step.note == "Gempa, tengah malam, sendirian."

    def test_changing_ones_own_published_text_needs_a_second_person(self, editor):
        article = workflow.publish(make.complete(editor), make.user("editor"))
        article = content.save(article, Values({"headline": "Lain"}), article.version, editor)
        with pytest.raises(NotAllowed):
            workflow.update(article, editor, is_substantial=False)
        assert (
            workflow.update(article, make.user("editor"), is_substantial=False).headline == "Lain"
        )

    def test_the_override_covers_ones_own_published_text_and_is_logged(self):
        chief = make.user("chief_editor")
        article = workflow.publish(make.complete(chief), make.user("editor"))
        change = Values({"headline": "Judul yang benar"})
        article = content.save(article, change, article.version, chief)
        with pytest.raises(NotAllowed):
            workflow.update(article, chief, is_substantial=True)
        workflow.update(article, chief, is_substantial=True, note="Salah nama korban.")
        assert article.transitions.get(name="update").override


class TestTime:
    """Time makes an article live, not a job."""

    def test_a_scheduled_article_goes_live_without_any_job(self, tomorrow):
        article = make.scheduled_article(tomorrow)
        second = timedelta(seconds=1)
        assert not Article.objects.live().exists()
        assert not Article.objects.live(at=tomorrow - second).exists()
        assert Article.objects.live(at=tomorrow).get() == article
        assert Article.objects.scheduled().get() == article

    def test_an_end_needs_no_job_either(self, tomorrow):
        article = make.live_article()
        workflow.unpublish(
            article,
            make.user("editor"),
            at=tomorrow,
            reason=Reason.LICENCE_ENDED,
            note="Lisensi foto berakhir.",
        )
        assert Article.objects.live().exists()
        assert not Article.objects.live(at=tomorrow).exists()
        assert Article.objects.ended(at=tomorrow).get() == article

    @pytest.mark.parametrize("days", [365, 1])
    def test_a_time_that_has_passed_is_refused(self, days):
        article = make.complete()
        with pytest.raises(ValidationError):
            workflow.publish(article, make.user("editor"), at=timezone.now() - timedelta(days=days))
        assert not Article.objects.live().exists()

    def test_a_minute_that_has_just_passed_means_now(self):
        before = timezone.now()
        article = workflow.publish(
            make.complete(), make.user("editor"), at=before - timedelta(seconds=40)
        )
        assert article.published_at >= before

    def test_a_time_without_a_zone_is_a_programming_error(self):
        with pytest.raises(ValueError, match="zone"):
            workflow.publish(
                make.complete(), make.user("editor"), at=timezone.now().replace(tzinfo=None)
            )

    def test_a_scheduled_article_can_get_another_time(self, tomorrow):
        article = workflow.publish(make.complete(), make.user("editor"), at=tomorrow)
        later = tomorrow + timedelta(hours=2)
        article = workflow.publish(article, make.user("editor"), at=later)
        assert article.published_at == article.first_published_at == later

    def test_a_scheduled_article_can_be_taken_back(self, tomorrow):
        article = make.scheduled_article(tomorrow)
        article = workflow.return_to_writer(article, make.user("editor"), note="Belum siap.")
        assert article.status == Article.Status.DRAFT
        assert article.published_at is None
        assert not Article.objects.live(at=tomorrow).exists()
        assert article.revisions.filter(live_from__isnull=False).count() == 0

    def test_what_readers_have_seen_is_not_returned(self):
        with pytest.raises(Refused):
            workflow.return_to_writer(make.live_article(), make.user("editor"), note="Ups")

    @pytest.mark.parametrize("hours", [-2, 0])
    def test_an_end_lies_ahead(self, hours):
        article = make.live_article()
        with pytest.raises(ValidationError):
            workflow.unpublish(
                article,
                make.user("editor"),
                at=timezone.now() + timedelta(hours=hours),
                reason=Reason.LICENCE_ENDED,
                note="Lisensi berakhir.",
            )

    def test_an_end_can_be_lifted(self, tomorrow):
        article, editor = make.live_article(), make.user("editor")
        workflow.unpublish(
            article, editor, at=tomorrow, reason=Reason.PAID_PERIOD_ENDED, note="Masa habis."
        )
        article = workflow.unpublish(article, editor, at=None)
        assert Article.objects.live(at=tomorrow).get() == article
        assert article.withdrawal_class == article.withdrawal_reason == ""
        assert article.live_revision.live_until is None


class TestWithdrawal:
    """PPMS butir 5: only for a ground, and never silently."""

    @pytest.fixture
    def chief(self):
        return make.user("chief_editor")

    def test_it_goes_at_once_and_says_why(self, chief):
        article = make.live_article()
        article = workflow.withdraw(
            article, chief, reason=Reason.TRAUMA, public_reason="Demi korban."
        )
        assert not Article.objects.live().exists()
        assert article.withdrawn_at is not None
        assert article.ended_at == article.withdrawn_at
        assert article.has_ended(timezone.now())
        step = article.transitions.get(name="withdraw")
        assert (step.reason, step.note) == (Reason.TRAUMA, "Demi korban.")

    @pytest.mark.parametrize(
        ("reason", "public"), [("", "Alasan."), ("outside_request", "Alasan."), ("child", "  ")]
    )
    def test_it_needs_a_ground_and_words_for_the_readers(self, chief, reason, public):
        article = make.live_article()
        with pytest.raises(ValidationError):
            workflow.withdraw(article, chief, reason=reason, public_reason=public)
        assert Article.objects.live().get() == article

    def test_what_nobody_has_seen_is_returned_instead(self, chief, tomorrow):
        article = make.scheduled_article(tomorrow)
        with pytest.raises(Refused):
            workflow.withdraw(article, chief, reason=Reason.CHILD, public_reason="Demi anak.")

    def test_coming_back_keeps_the_first_date(self, chief):
        month = timezone.now() - timedelta(days=30)
        article = make.backdate(workflow.publish(make.complete(), None), month)
        first = article.first_published_at
        workflow.withdraw(article, chief, reason=Reason.DECENCY, public_reason="Kesusilaan.")
        article = workflow.publish(article, make.user("editor"))
        assert article.first_published_at == article.published_at == first
        assert article.withdrawn_at is None
        assert article.withdrawal_reason == ""
        assert Article.objects.live().get() == article


def test_each_revision_knows_when_it_was_live():
    with time_machine.travel("2026-03-01T05:00:00Z", tick=False) as clock:
        editor = make.user("editor")
        article = workflow.publish(make.complete(), editor)
        clock.shift(3600)
        article = make.changed(article, editor, headline="Kedua")
        clock.shift(3600)
        workflow.withdraw(
            article, make.user("chief_editor"), reason="child", public_reason="Demi anak."
        )
        clock.shift(3600)
        workflow.publish(article, editor)
    lives = article.revisions.order_by("number").values_list("live_from__hour", "live_until__hour")
    assert list(lives) == [(12, 13), (13, 14), (15, None)]  # WIB


def test_what_was_approved_is_what_was_read():
    article, editor = make.complete(), make.user("editor")
    seen = article.version
    content.save(article, Values({"body": "<p>Diubah diam-diam.</p>"}), seen, article.created_by)
    with pytest.raises(Conflict):
        workflow.publish(article, editor, base_version=seen)
    assert not Article.objects.live().exists()


def test_an_article_without_a_body_is_not_handed_in():
    article = make.complete(body="")
    with pytest.raises(Refused):
        workflow.submit(article, article.created_by)


def test_a_step_from_the_wrong_state_says_so():
    article, editor = make.complete(), make.user("editor")
    with pytest.raises(Refused, match="Draf|Draft"):
        workflow.return_to_writer(article, editor, note="Kembali")


def test_publishing_twice_is_refused_and_changes_nothing():
    article, editor = make.live_article(), make.user("editor")
    with pytest.raises(Refused):
        workflow.publish(article, editor)
    assert article.transitions.filter(name="publish").count() == 1


def test_a_refused_step_leaves_no_trace():
    article = make.complete()
    steps, rows = article.transitions.count(), Outbox.objects.count()
    with pytest.raises(NotAllowed):
        workflow.publish(article, article.created_by)
    assert (article.transitions.count(), Outbox.objects.count()) == (steps, rows)
    assert not Revision.objects.filter(live_from__isnull=False).exists()


def test_a_change_is_announced_for_the_lists_before_and_after():
    editor = make.user("editor")
    article = make.live_article(section=make.section("politik"), tags=["Pemilu"])
    old_tag = article.tagged_items.get().tag_id
    old_section = article.section_id
    aim = make.section("ekonomi").pk
    article = make.changed(article, editor, section_id=aim, tags=["Anggaran"])
    told = set(Outbox.objects.latest("id").payload["tags"])
    new_tag = article.tagged_items.get().tag_id
    assert told >= {
        f"article:{article.pk}",
        "list:front",
        f"list:section:{old_section}",
        f"list:section:{article.section_id}",
        f"list:tag:{old_tag}",
        f"list:tag:{new_tag}",
    }
