"""What every test rests on: a known environment, and what this machine can run.

The environment is set here, before Django's settings are read, so that no developer's .env or
database has a say. That is why pyproject.toml does not name the settings: pytest-django would read
them before this file.
"""

import atexit
import os
import shutil
import tempfile

import django
import environ
import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.tasks import task_backends
from django.test import TransactionTestCase

VAR_DIR = tempfile.mkdtemp(prefix="newsroom-tests-")
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)

for name in (
    "ALARM_EMAILS",
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "CONFIDENTIAL_KEYS",
    "DEFAULT_FROM_EMAIL",
    "MAIL_URL",
):
    os.environ.pop(name, None)
os.environ.update(
    DJANGO_SETTINGS_MODULE="newsroom.settings",
    DEBUG="1",
    SECRET_KEY="only for tests: it signs nothing that anyone keeps",
    SITE_URL="http://testserver",
    SITE_NAME="Newsroom",
    TIME_ZONE="Asia/Jakarta",
    VAR_DIR=VAR_DIR,
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL", ""),
    DATABASE_POOL="0",
    CACHE_URL="locmemcache://",  # Redis and the folder: tests/newsroom/test_services.py
)
environ.Env.read_env = lambda *args, **kwargs: None
django.setup()
# A task is done at once, by nobody else; the queue and its worker: tests/articles/test_worker.py.
settings.TASKS["default"]["BACKEND"] = "django.tasks.backends.immediate.ImmediateBackend"
del task_backends["default"]  # Made of the settings as they were, for the tasks of articles.
if not os.environ["DATABASE_URL"]:
    # A file, as on a server: in memory the threads of a live server would share one transaction.
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"{VAR_DIR}/test.sqlite3"
# Slow by design elsewhere, and no test is about its strength.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Between two tests of the kind that commits, every table is emptied, the audit log too.
_empty = TransactionTestCase._fixture_teardown


def _empty_all_tables(self: TransactionTestCase) -> None:
    from accounts import appendonly

    with appendonly.lifted():
        _empty(self)


TransactionTestCase._fixture_teardown = _empty_all_tables

# A busy machine is not a slow function.
hypothesis.settings.register_profile("newsroom", deadline=None)
hypothesis.settings.load_profile("newsroom")

REQUIRED = os.environ.get("REQUIRE") == "all"
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="only tests that use it")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the browser's tests, and leave out those that are about another database than ours."""
    from django.db import connection

    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    kept, dropped = [], []
    for item in items:
        if "chromium_path" in item.fixturenames:
            item.add_marker("browser")
        again = config.getoption("database_only")
        idle = again and (item.get_closest_marker("once") or not uses_database(item))
        (dropped if idle or item.get_closest_marker(other) else kept).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=dropped)


def uses_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database, by a mark, a fixture or its class."""
    return bool(
        item.get_closest_marker("django_db")
        or DATABASE_FIXTURES.intersection(item.fixturenames)
        or issubclass(item.cls or object, TransactionTestCase)
    )


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where everything is required, a skipped test is a failed one."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if REQUIRED and reporter and reporter.stats.get("skipped") and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if REQUIRED and (skipped := terminalreporter.stats.get("skipped")):
        terminalreporter.section("REQUIRE=all: a skipped test is a failure", red=True)
        for report in skipped:
            terminalreporter.line(f"{report.nodeid}: {report.longrepr[2]}")


@pytest.fixture(autouse=True)
def _nobody_was_here_before() -> None:
    """What one test counts (log-ins, mails to an address) throttles no other."""
    cache.clear()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is; the tests that ask for it are the browser journeys."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return path or pytest.skip("there is no Chromium on this machine")


@pytest.fixture(scope="session")
def redis_url() -> str:
    """A Redis that holds nothing of worth."""
    return os.environ.get("TEST_REDIS_URL") or pytest.skip("TEST_REDIS_URL is not set")
