"""Periodic jobs, the tasks of killed workers, and the alarm: each with its clock moved by hand."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import sleep

import pytest
from django.core import mail
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.tasks import TaskResultStatus as Status
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from articles import copies, jobs, search, tasks
from articles.guard import writing
from articles.jobs import alarm, health, janitor, loop, registry, ticker
from articles.models import Alarm, Article, Beat, Job, Outbox, SearchDocument
from tests import background, make

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def queue(settings):
    settings.TASKS = background.QUEUE


@pytest.fixture
def ran(monkeypatch) -> list[str]:
    """What the one periodic job there is has done."""
    lines: list[str] = []
    job = registry.Periodic("count", lambda: lines.append("ran"), HOUR, "Count")
    monkeypatch.setattr(registry, "_jobs", {"count": job})
    ticker.enrol()
    return lines


@pytest.fixture
def healthy() -> None:
    """A worker that lives, and no job that is due."""
    loop.beat("alive")
    ticker.enrol()
    Job.objects.update(next_run_at=timezone.now() + HOUR)


def ago(delay: timedelta):
    return timezone.now() - delay


def taken_by(worker_id, attempts=1, since=SECOND, queue="default") -> DBTaskResult:
    """A task that this worker runs."""
    background.add.using(queue_name=queue).enqueue(1, 2)
    row = DBTaskResult.objects.latest("enqueued_at")
    row.status, row.started_at = Status.RUNNING, ago(since)
    row.worker_ids = ["earlier"] * (attempts - 1) + [worker_id]
    row.save()
    return row


def status_of(row: DBTaskResult) -> str:
    row.refresh_from_db()
    return row.status


# Periodic jobs


def test_a_job_runs_when_it_is_due_and_then_waits_a_period(ran) -> None:
    assert ticker.run_due("one") == 1
    assert ticker.run_due("one") == 0
    Job.objects.update(next_run_at=ago(SECOND))
    assert ticker.run_due("one") == 1
    assert ran == ["ran", "ran"]
    job = Job.objects.get()
    assert (job.runner, job.error) == ("", "")
    assert timedelta(minutes=59) < job.next_run_at - job.finished_at <= HOUR


def test_a_failed_job_says_why_and_stops_no_other(monkeypatch, ran) -> None:
    def fail() -> None:
        raise OSError("The disk is full.")

    registry.register("broken", fail, every=HOUR, label="Broken")
    ticker.enrol()
    assert ticker.run_due("one") == 2
    assert Job.objects.get(pk="broken").error == "OSError: The disk is full."
    assert ran == ["ran"]


def test_the_job_of_a_worker_that_is_gone_is_due_at_once(ran) -> None:
    Job.objects.update(runner="gone", next_run_at=timezone.now() + HOUR)
    assert ticker.run_due("one") == 0
    janitor.return_lost("one")
    assert ticker.run_due("one") == 1


def test_a_job_whose_end_could_not_be_entered_runs_again(ran, monkeypatch) -> None:
    plain = QuerySet.update

    def restart(rows, **values) -> int:
        if "finished_at" in values:
            raise OperationalError("the database restarts")
        return plain(rows, **values)

    loop.beat("one")
    tick = loop.Ticker("one")
    with monkeypatch.context() as patch:
        patch.setattr(QuerySet, "update", restart)
        with pytest.raises(OperationalError):
            tick()
    tick()
    assert ran == ["ran", "ran"]
    assert Job.objects.get().runner == ""


def test_a_job_that_is_under_way_is_taken_by_nobody_else(ran) -> None:
    loop.beat("other")
    Job.objects.update(runner="other", next_run_at=ago(SECOND))
    janitor.return_lost("one")
    assert ticker.run_due("one") == 0
    assert ran == []


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_one_moment_one_runs_the_job(ran, monkeypatch) -> None:
    start = Barrier(4)
    plain = ticker._take

    def take(job, worker_id) -> bool:
        start.wait()  # All have seen that it is due.
        return plain(job, worker_id)

    def work(number: int) -> int:
        try:
            return ticker.run_due(f"worker {number}")
        finally:
            connection.close()

    monkeypatch.setattr(ticker, "_take", take)
    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(work, range(4))) == 1
    assert ran == ["ran"]


def test_every_registered_job_can_be_run() -> None:
    ticker.enrol()
    assert ticker.run_due("one") == len(jobs.known())
    assert set(Job.objects.values_list("error", flat=True)) == {""}


def test_the_sweep_writes_the_search_rows_that_are_missing() -> None:
    kept, lost = make.live_article(), make.live_article(headline="Banjir di Tirtanala")
    with writing():
        SearchDocument.objects.filter(article=lost).delete()
    assert tasks.sweep_search() == 1
    assert set(search.find(Article.objects.live(), "banjir")) == {lost}
    assert SearchDocument.objects.get(article=lost).shown_at == lost.published_at
    assert SearchDocument.objects.filter(article=kept).exists()
    assert tasks.sweep_search() == 0


# Tasks of workers that are gone


@pytest.mark.parametrize(
    ("seen", "since", "queue_name", "lost"),
    [
        (SECOND, MINUTE, "default", False),
        (59 * SECOND, 14 * MINUTE, "default", False),
        (61 * SECOND, MINUTE, "default", True),
        (SECOND, 16 * MINUTE, "default", True),
        (SECOND, 4 * MINUTE, "mail", False),
        (SECOND, 6 * MINUTE, "mail", True),
        (None, SECOND, "default", True),
    ],
)
def test_a_task_goes_back_when_its_worker_is_gone_or_too_slow(
    seen, since, queue_name, lost
) -> None:
    if seen:
        Beat.objects.create(worker_id="other", seen_at=ago(seen))
    row = taken_by("other", since=since, queue=queue_name)
    assert janitor.return_lost("me") == lost
    assert status_of(row) == (Status.READY if lost else Status.RUNNING)


def test_a_worker_that_slept_with_its_machine_keeps_its_task() -> None:
    Beat.objects.create(worker_id="me", seen_at=ago(HOUR))
    row = taken_by("me")
    assert janitor.return_lost("me") == 0
    assert status_of(row) == Status.RUNNING


def test_after_the_third_attempt_a_lost_task_has_failed() -> None:
    row = taken_by("gone", attempts=3)
    janitor.return_lost("me")
    assert status_of(row) == Status.FAILED
    assert row.task_result.errors[0].exception_class is janitor.WorkerLost
    assert "3 times" in row.traceback


def test_a_task_that_was_finished_meanwhile_is_not_put_back() -> None:
    row = taken_by("gone")
    DBTaskResult.objects.update(status=Status.SUCCESSFUL)
    assert not janitor.put_back(row)
    assert status_of(row) == Status.SUCCESSFUL


def test_what_the_database_tore_off_goes_back_at_once() -> None:
    mine, other = taken_by("me"), taken_by("other")
    loop.beat("other")
    assert janitor.return_mine("me") == 1
    assert (status_of(mine), status_of(other)) == (Status.READY, Status.RUNNING)


@pytest.mark.parametrize(("attempts", "wait"), [(1, MINUTE), (2, 10 * MINUTE), (3, None)])
def test_a_failed_task_is_tried_three_times(attempts, wait) -> None:
    row = taken_by("me", attempts)
    row.set_failed(ValueError("No."))
    assert janitor.try_later(row) == (wait is not None)
    assert status_of(row) == (Status.READY if wait else Status.FAILED)
    assert "No." in row.traceback
    if wait:
        assert wait - 5 * SECOND < row.run_after - timezone.now() <= wait


@pytest.mark.parametrize(
    ("queue_name", "age", "kept"),
    [
        ("mail", timedelta(minutes=59), True),
        ("mail", timedelta(minutes=61), False),
        ("default", timedelta(days=6), True),
        ("default", timedelta(days=8), False),
    ],
)
def test_finished_tasks_are_forgotten_and_mails_soon(queue_name, age, kept) -> None:
    row = taken_by("me", queue=queue_name)
    row.set_successful(None)
    DBTaskResult.objects.update(finished_at=ago(age))
    jobs.prune()
    assert DBTaskResult.objects.filter(pk=row.pk).exists() == kept


# The alarm


def told() -> str:
    return " ".join(health.Health.look().complaints())


def test_a_worker_at_work_raises_no_alarm(healthy) -> None:
    assert told() == ""


@pytest.mark.parametrize(
    ("silence", "words"), [(119 * SECOND, ""), (3 * MINUTE, "3 minutes"), (2 * HOUR, "2 hours")]
)
def test_a_silent_worker_raises_an_alarm_that_names_the_silence(healthy, silence, words) -> None:
    Beat.objects.update(seen_at=ago(silence))
    with english():
        text = told()
    assert words in text
    assert bool(text) == bool(words)


def test_a_worker_that_never_ran_is_silent_since_the_first_look(healthy) -> None:
    Beat.objects.all().delete()
    assert told() == ""
    Alarm.objects.update(watched_from=ago(5 * MINUTE))
    with english():
        assert "no sign of life for 5 minutes" in told()


def test_the_newest_sign_of_life_counts(healthy) -> None:
    Beat.objects.create(worker_id="gone", seen_at=ago(HOUR))
    assert told() == ""


@pytest.mark.parametrize(
    ("enqueued", "run_after", "words"),
    [
        (59 * SECOND, None, ""),
        (3 * MINUTE, None, "waiting for 3 minutes"),
        (HOUR, 2 * MINUTE, "waiting for 2 minutes"),
        (HOUR, -2 * MINUTE, ""),
    ],
)
def test_a_task_that_waits_too_long_raises_one(healthy, enqueued, run_after, words) -> None:
    background.add.enqueue(1, 2)
    DBTaskResult.objects.update(enqueued_at=ago(enqueued))
    if run_after:
        DBTaskResult.objects.update(run_after=ago(run_after))
    with english():
        text = told()
    assert words in text
    assert bool(text) == bool(words)


def test_pictures_that_wait_for_their_copies_raise_none(healthy) -> None:
    copies.make_copies.enqueue(1)
    DBTaskResult.objects.update(enqueued_at=ago(HOUR))
    assert told() == ""


def test_a_late_job_raises_one_by_its_name(healthy) -> None:
    Job.objects.filter(pk="search").update(next_run_at=ago(59 * SECOND))
    assert told() == ""
    Job.objects.filter(pk="search").update(next_run_at=ago(4 * MINUTE))
    with english():
        assert "“Search index” is 4 minutes late." in told()


def test_a_job_that_is_no_longer_in_the_code_is_not_late(healthy) -> None:
    Job.objects.create(name="of the past", next_run_at=ago(HOUR))
    assert told() == ""


def test_a_change_that_was_not_announced_raises_one(healthy) -> None:
    make.live_article()
    assert told() == ""
    Outbox.objects.update(created_at=ago(4 * MINUTE), done_at=None)
    with english():
        assert "waiting for 4 minutes to reach the readers" in told()
        assert "pages of before" in health.Health.look().consequence()


@pytest.mark.parametrize("kind", ["publish", "unpublish"])
def test_a_moment_that_passed_in_silence_raises_one(healthy, kind) -> None:
    article = make.live_article() if kind == "unpublish" else make.scheduled_article(ago(-HOUR))
    field = {"publish": "published_at", "unpublish": "unpublish_at"}[kind]
    Beat.objects.update(seen_at=ago(100 * SECOND))
    move(article, **{field: ago(30 * SECOND)})
    assert told() == ""
    move(article, **{field: ago(65 * SECOND)})
    with english():
        # The silence alone is none yet.
        assert told() == "A scheduled moment passed 1 minute ago; readers saw it on time."


def test_an_article_published_at_once_is_no_moment_that_passed(healthy) -> None:
    article = make.live_article()
    Beat.objects.update(seen_at=ago(100 * SECOND))
    moment = ago(65 * SECOND)
    with writing():
        article.transitions.update(at=moment)
        Article.objects.filter(pk=article.pk).update(published_at=moment)
    assert told() == ""


def fail(age: timedelta) -> DBTaskResult:
    """A task that has failed for good."""
    background.stumble.enqueue()
    row = DBTaskResult.objects.latest("enqueued_at")
    row.set_failed(ValueError("No."))
    row.finished_at = ago(age)
    row.save()
    return row


@pytest.mark.parametrize(
    ("ages", "words"),
    [
        ([25 * HOUR], ""),
        ([3 * MINUTE], "1 task has failed for good, 3 minutes ago."),
        ([3 * MINUTE, 2 * HOUR, 25 * HOUR], "2 tasks have failed for good, the first 2 hours ago."),
    ],
)
def test_tasks_that_failed_raise_one_for_a_day(healthy, ages, words) -> None:
    for age in ages:
        fail(age)
    with english():
        assert told() == words
        assert ("run again" in health.Health.look().consequence()) == bool(words)


def test_a_failed_task_that_is_to_be_run_again_raises_none(healthy) -> None:
    row = fail(MINUTE)
    assert told()
    janitor.again(row.pk)
    assert told() == ""


def test_an_alarm_of_failed_tasks_hides_no_worker_that_stops(healthy, settings) -> None:
    settings.ALARM_EMAILS = ["jaga@example.com"]
    fail(MINUTE)
    jobs.watch()
    Alarm.objects.update(mailed_at=ago(2 * HOUR), tried_at=ago(2 * HOUR))
    DBTaskResult.objects.update(finished_at=ago(3 * HOUR))
    jobs.watch()
    assert len(mail.outbox) == 1
    Beat.objects.update(seen_at=ago(3 * MINUTE))
    jobs.watch()
    jobs.watch()
    assert len(mail.outbox) == 2
    with english():
        assert "sign of life" in told()


def move(article, **moments) -> None:
    """Pretend that the schedule was made long ago."""
    if "unpublish_at" in moments:
        moments |= {"withdrawal_class": "licence_ended", "withdrawal_reason": "Lisensi habis."}
    with writing():
        article.transitions.update(at=ago(2 * HOUR))
        Article.objects.filter(pk=article.pk).update(**moments)


def english():
    return translation.override("en")


def test_to_look_is_one_query(healthy, django_assert_num_queries) -> None:
    told()
    with django_assert_num_queries(1):
        jobs.watch()


def test_one_mail_tells_of_an_alarm_until_it_is_over(healthy, caplog, settings) -> None:
    settings.ALARM_EMAILS = ["jaga@example.com"]
    Beat.objects.update(seen_at=ago(3 * MINUTE))
    for _ in range(3):
        jobs.watch()
        Alarm.objects.update(tried_at=ago(61 * SECOND))  # Another process might try by now.
    [letter] = mail.outbox
    assert letter.to == ["jaga@example.com"]
    assert "3" in letter.subject
    assert "/admin/articles/job/" in letter.body
    loop.beat("alive")
    with caplog.at_level("WARNING"):
        jobs.watch()
        jobs.watch()
    assert caplog.text.count("The alarm is over") == 1
    Beat.objects.update(seen_at=ago(3 * MINUTE))
    jobs.watch()
    assert len(mail.outbox) == 2


def test_a_mail_that_could_not_leave_is_tried_again_a_minute_later(healthy, monkeypatch) -> None:
    calls = []

    def refuse(*args) -> None:
        calls.append(args)
        raise OSError("no server")

    monkeypatch.setattr(alarm, "send_mail", refuse)
    make.user(is_superuser=True)
    Beat.objects.update(seen_at=ago(3 * MINUTE))
    jobs.watch()
    jobs.watch()
    assert len(calls) == 1
    Alarm.objects.update(tried_at=ago(61 * SECOND))
    jobs.watch()
    assert len(calls) == 2
    assert Alarm.objects.get().mailed_at is None


def test_without_addresses_the_superusers_are_told(healthy) -> None:
    boss = make.user(is_superuser=True)
    make.user("administrator")
    make.user(is_superuser=True, is_active=False)
    assert alarm.recipients() == [boss.email]


@pytest.mark.django_db(transaction=True)
def test_of_many_processes_that_notice_one_sends_the_mail(healthy, settings, monkeypatch) -> None:
    settings.ALARM_EMAILS = ["jaga@example.com"]
    Beat.objects.update(seen_at=ago(3 * MINUTE))
    told()
    start, sent = Barrier(4), []
    plain = alarm._raise

    def together(seen) -> None:
        start.wait()
        plain(seen)

    def look(_: int) -> None:
        try:
            jobs.watch()
        finally:
            connection.close()

    monkeypatch.setattr(alarm, "_raise", together)
    monkeypatch.setattr(alarm, "send_mail", lambda *args: (sent.append(args), sleep(0.2)))
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(look, range(4)))
    assert len(sent) == 1
    assert Alarm.objects.get().mailed_at


def test_where_tasks_are_done_at_once_nobody_watches(settings, django_assert_num_queries) -> None:
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    with django_assert_num_queries(0):
        assert jobs.watch() is None
