"""`manage.py worker` as a process: killed, stopped, beside another, with the mails of sign-up."""

import signal
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.tasks import TaskResultStatus as Status
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.models import Beat, Job
from tests import background, make
from tests.background import wait_until, worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def queue(settings):
    settings.TASKS = background.QUEUE


def enqueue(folder) -> DBTaskResult:
    """A task that has to be allowed to end."""
    result = background.wait_for.enqueue(str(folder))
    return DBTaskResult.objects.get(pk=result.id)


def begun(folder) -> int:
    file = folder / "begun"
    return len(file.read_text().splitlines()) if file.exists() else 0


def test_the_task_of_a_killed_worker_runs_again_and_has_one_result(tmp_path) -> None:
    row = enqueue(tmp_path)
    with worker() as first:
        wait_until(lambda: begun(tmp_path) == 1)
        first.kill()
        first.wait()
    Beat.objects.update(seen_at=timezone.now() - timedelta(seconds=61))
    (tmp_path / "go").touch()
    with worker():
        wait_until(lambda: DBTaskResult.objects.get(pk=row.pk).status == Status.SUCCESSFUL)
    row.refresh_from_db()
    assert (row.return_value, len(row.worker_ids), begun(tmp_path)) == ("done", 2, 2)
    assert len(set(row.worker_ids)) == 2
    assert DBTaskResult.objects.filter(task_path__contains="wait_for").count() == 1


def test_of_two_workers_one_has_the_task_and_one_the_job(tmp_path) -> None:
    row = enqueue(tmp_path)
    (tmp_path / "go").touch()
    ran = str(tmp_path / "ran")
    counting = background.COUNTING
    with worker(ran, program=counting) as one, worker(ran, program=counting) as other:
        assert (one.wait(30), other.wait(30)) == (0, 0)
    assert (tmp_path / "ran").read_text() == "ran\n"
    row.refresh_from_db()
    assert (row.status, len(row.worker_ids), begun(tmp_path)) == (Status.SUCCESSFUL, 1, 1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_stop_ends_its_task_first(tmp_path, number) -> None:
    row = enqueue(tmp_path)
    with worker() as process:
        wait_until(lambda: begun(tmp_path) == 1)
        process.send_signal(number)
        process.send_signal(number)
        (tmp_path / "go").touch()
        assert process.wait(30) == 0
    row.refresh_from_db()
    assert row.status == Status.SUCCESSFUL


def test_a_worker_at_a_long_task_gives_signs_of_life(tmp_path) -> None:
    enqueue(tmp_path)
    with worker():
        wait_until(lambda: begun(tmp_path) == 1)
        first = Beat.objects.get().seen_at
        wait_until(lambda: Beat.objects.get().seen_at > first)
        assert Beat.objects.get().seen_at - first < timedelta(seconds=10)
        (tmp_path / "go").touch()


def test_the_mail_of_a_sign_up_is_sent_by_the_worker(client, mailoutbox) -> None:
    person = {"name": "Siti", "email": "siti@example.com", "password1": make.PASSWORD}
    client.post("/akun/signup/", person | {"comment_rules": "on", "privacy": "on"})
    assert mailoutbox == []
    [row] = DBTaskResult.objects.all()
    assert (row.queue_name, row.status) == ("mail", Status.READY)
    with worker("--once") as process:
        printed = process.communicate(timeout=30)[0]
        assert process.returncode == 0
    row.refresh_from_db()
    assert row.status == Status.SUCCESSFUL
    assert "To: siti@example.com" in printed
    assert "http://testserver/akun/confirm-email/" in printed
    assert "Siti" in printed


def test_once_leaves_nothing_that_is_due() -> None:
    result = background.add.enqueue(1, 2)
    later = background.add.using(run_after=timezone.now() + timedelta(hours=1)).enqueue(3, 4)
    failing = background.stumble.enqueue()
    call_command("worker", once=True)
    states = {str(row.pk): row.status for row in DBTaskResult.objects.all()}
    assert states == {
        result.id: Status.SUCCESSFUL,
        later.id: Status.READY,
        failing.id: Status.READY,  # Until its second attempt.
    }
    assert not Job.objects.filter(next_run_at__lte=timezone.now()).exists()
    assert Beat.objects.count() == 1
