"""The only writer: what comes in, what a moderator decides, and what happens when two do."""

from uuid import uuid4

import pytest
from django.utils.translation import gettext as _

from accounts.models import AuditEntry
from articles.errors import NotAllowed
from articles.models import Article, Outbox
from comments import moderation
from comments.models import Comment
from comments.moderation import AlreadyDecided
from comments.rules import Judgement, Outcome, Verdict
from tests import make

pytestmark = pytest.mark.django_db
Status = Comment.Status


@pytest.fixture
def article():
    return make.live_article()


@pytest.fixture
def moderator():
    return make.user("moderator", name="Sari")


@pytest.fixture
def held(article):
    return moderation.receive(article, make.user(), "Setuju.")


def fresh(comment):
    return Comment.objects.get(pk=comment.pk)


def counts(article):
    row = Article.objects.get(pk=article.pk)
    return row.comment_count, Comment.objects.shown().on(article).count()


def test_what_comes_in_is_held_with_the_rules_reasons(article):
    reader = make.user(name="Siti")
    judgement = Judgement(Outcome.HOLD, (Verdict(rule="links", outcome=Outcome.HOLD, detail="3"),))
    comment = fresh(moderation.receive(article, reader, "Halo", judgement=judgement))
    assert (comment.status, comment.author, comment.author_name) == (Status.HELD, reader, "Siti")
    assert comment.reasons == [{"rule": "links", "outcome": "hold", "detail": "3"}]
    assert comment.decided_at is None
    assert counts(article) == (0, 0)


def test_what_the_rules_reject_is_kept_as_rejected_with_its_reasons(article):
    judgement = Judgement(
        Outcome.REJECT, (Verdict(rule="honeypot", outcome=Outcome.REJECT, detail="x"),)
    )
    comment = fresh(moderation.receive(article, make.user(), "Halo", judgement=judgement))
    assert comment.status == Status.REJECTED
    assert comment.decided_at is not None
    assert comment.decided_by is None
    assert comment.reasons[0]["rule"] == "honeypot"


def test_evidence_is_stored_without_what_a_database_refuses(article):
    verdict = Verdict(rule="x", outcome=Outcome.HOLD, detail="a\x00b\ud800\u202ec")
    judgement = Judgement(Outcome.HOLD, (verdict,))
    comment = moderation.receive(article, make.user(), "Halo", judgement=judgement)
    assert fresh(comment).reasons[0]["detail"] == "abc"


def test_somebody_without_a_name_is_not_shown_by_the_address(article):
    comment = moderation.receive(article, make.user(name=""), "Halo")
    assert "@" not in comment.author_name
    assert comment.author_name == _("Reader")


def test_the_same_form_twice_is_one_comment(article):
    reader, mark = make.user(), uuid4()
    first = moderation.receive(article, reader, "Halo", submission=mark)
    second = moderation.receive(article, reader, "Halo lagi", submission=mark)
    assert first == second
    assert Comment.objects.get().body == "Halo"


def test_the_mark_of_somebody_elses_form_makes_a_comment_of_its_own(article):
    mark = uuid4()
    first = moderation.receive(article, make.user(), "Milik Siti", submission=mark)
    second = moderation.receive(article, make.user(), "Milik Budi", submission=mark)
    assert first != second
    assert second.submission != mark
    assert set(Comment.objects.values_list("body", flat=True)) == {"Milik Siti", "Milik Budi"}


def test_answers_stand_below_what_they_answer_and_never_deeper_than_three(article):
    root = moderation.receive(article, make.user(), "0")
    chain = [root]
    for number in range(1, 6):
        chain.append(moderation.receive(article, make.user(), str(number), parent=chain[-1]))
    assert [comment.depth for comment in chain] == [0, 1, 2, 3, 3, 3]
    assert {fresh(comment).thread_id for comment in chain} == {root.pk}
    assert chain[4].parent == chain[2]
    assert chain[5].parent == chain[2]


def test_approving_shows_the_comment_and_counts_it_once(article, held, moderator):
    Outbox.objects.all().delete()
    moderation.approve(held, moderator)
    comment = fresh(held)
    assert (comment.status, comment.decided_by) == (Status.APPROVED, moderator)
    assert comment.decided_at is not None
    assert counts(article) == (1, 1)
    tags = Outbox.objects.get().payload["tags"]
    assert tags == [f"card:{article.pk}", f"comments:{article.pk}"]


def test_approving_twice_changes_nothing_and_says_who_did_it(article, held, moderator):
    moderation.approve(held, moderator)
    before = list(Comment.objects.values()), Outbox.objects.count()
    with pytest.raises(AlreadyDecided, match="Sari"):
        moderation.approve(held, make.user("editor"))
    assert (list(Comment.objects.values()), Outbox.objects.count()) == before
    assert counts(article) == (1, 1)


def test_of_two_moderators_with_one_comment_on_screen_the_second_is_told(held, moderator):
    one, other = fresh(held), fresh(held)
    moderation.reject(one, moderator)
    with pytest.raises(AlreadyDecided, match="Sari"):
        moderation.approve(other, make.user("editor"))
    assert fresh(held).status == Status.REJECTED


def test_a_moderator_may_change_her_mind_and_the_count_follows(article, held, moderator):
    for step, expected in [("approve", 1), ("reject", 0), ("approve", 1), ("reject", 0)]:
        getattr(moderation, step)(fresh(held), moderator)
        assert counts(article) == (expected, expected)
    assert Comment.objects.filter(pk=held.pk).exists()


def test_rejecting_what_never_showed_tells_readers_nothing(article, held, moderator):
    Outbox.objects.all().delete()
    moderation.reject(held, moderator, reason="Menyerang orang")
    comment = fresh(held)
    assert comment.status == Status.REJECTED
    assert comment.reasons[-1] == {
        "rule": "moderator",
        "outcome": "rejected",
        "detail": "Menyerang orang",
    }
    assert not Outbox.objects.exists()
    assert counts(article) == (0, 0)


def test_only_shown_answers_are_counted(article, moderator):
    root = moderation.approve(moderation.receive(article, make.user(), "Akar"), moderator)
    answers = [moderation.receive(article, make.user(), str(n), parent=root) for n in range(3)]
    moderation.approve(answers[0], moderator)
    moderation.approve(answers[1], moderator)
    moderation.reject(answers[2], moderator)
    assert fresh(root).reply_count == 2
    moderation.reject(fresh(answers[0]), moderator)
    assert fresh(root).reply_count == 1
    assert counts(article) == (2, 2)


@pytest.mark.parametrize("role", ["", "reporter", "administrator"])
@pytest.mark.parametrize("step", ["approve", "reject"])
def test_whoever_may_not_moderate_is_refused(held, role, step):
    person = make.user(*filter(None, [role]))
    with pytest.raises(NotAllowed):
        getattr(moderation, step)(held, person)
    assert fresh(held).status == Status.HELD


@pytest.mark.parametrize("role", ["moderator", "editor", "chief_editor"])
def test_whoever_moderates_may(held, role):
    assert moderation.approve(held, make.user(role)).status == Status.APPROVED


def test_a_closed_account_decides_nothing(held, moderator):
    moderator.is_active = False
    moderator.save()
    with pytest.raises(NotAllowed):
        moderation.approve(held, moderator)


def test_many_at_once_are_decided_in_a_fixed_number_of_queries(
    article, moderator, django_assert_num_queries
):
    other = make.live_article()
    rows = [moderation.receive(article, make.user(), "Satu")]
    rows += [moderation.receive(other, make.user(), str(n)) for n in range(30)]
    moderator.has_perm(moderation.PERMISSION)
    # Savepoint, lock the articles and the comments, write, count, outbox, audit log, release.
    with django_assert_num_queries(8):
        decision = moderation.approve_all(rows, moderator)
    assert len(decision.changed) == 31
    assert (counts(article), counts(other)) == ((1, 1), (30, 30))


def test_of_many_at_once_those_already_decided_are_left_as_they_are(article, moderator):
    rows = [moderation.receive(article, make.user(), str(number)) for number in range(3)]
    moderation.reject(fresh(rows[1]), moderator)
    decision = moderation.approve_all(rows, make.user("editor"))
    assert decision.changed == [rows[0], rows[2]]
    assert decision.late == [rows[1]]
    assert fresh(rows[1]).status == Status.REJECTED
    assert counts(article) == (2, 2)


def test_a_row_that_moves_behind_the_locks_back_stops_everything(
    article, held, moderator, monkeypatch
):
    """Where locks are ignored, the condition in the UPDATE is what holds."""
    stale = fresh(held)
    moderation.reject(fresh(held), moderator)
    monkeypatch.setattr(moderation, "_lock", lambda seen: [stale])
    with pytest.raises(moderation.Refused):
        moderation.approve(stale, moderator)
    assert fresh(held).status == Status.REJECTED
    assert counts(article) == (0, 0)


def test_nobody_else_writes_the_status(held):
    from articles.guard import NotAWriter

    with pytest.raises(NotAWriter):
        Comment.objects.filter(pk=held.pk).update(status=Status.APPROVED)


def entries():
    rows = AuditEntry.objects.filter(group="comment").order_by("id")
    return [(row.action, row.actor, row.target_id, row.details) for row in rows]


def test_each_decision_is_a_row_of_its_own_in_the_audit_log(article, moderator):
    first, second, late = (moderation.receive(article, make.user(), str(n)) for n in range(3))
    moderation.approve(late, make.user("moderator"))
    decision = moderation.reject_all([first, second, late], moderator, "Kasar sekali.")
    assert decision.late == [late]
    told = {"status": [Status.HELD, Status.REJECTED], "article": article.pk}
    assert entries()[1:] == [
        ("comment.reject", moderator, str(first.pk), told),
        ("comment.reject", moderator, str(second.pk), told),
    ]


def test_the_audit_log_holds_no_word_of_a_comment_and_not_its_writer(article, moderator):
    comment = moderation.receive(article, make.user(name="Siti Penulis"), "Kalimat pembaca.")
    moderation.approve(comment, moderator)
    text = str(list(AuditEntry.objects.filter(group="comment").values()))
    assert "Kalimat" not in text
    assert "Siti" not in text


def test_a_decision_that_is_refused_leaves_nothing_in_the_audit_log(held):
    with pytest.raises(NotAllowed):
        moderation.approve(held, make.user("reporter"))
    assert entries() == []
