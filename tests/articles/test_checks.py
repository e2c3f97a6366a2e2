"""Each check of the page cache: seen to speak, and seen to be silent."""

from pathlib import Path
from typing import Any

import pytest
from django.core.checks import Error, run_checks
from django.core.management import CommandError, call_command

from articles import checks, pagecache
from articles.pagecache import current, safety
from articles.pagecache.mapped_clock import MappedClock
from tests import make

MIDDLEWARE = "django.middleware."
SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": "koran", "OPTIONS": {}}
POSTGRES = {"ENGINE": "django.db.backends.postgresql", "NAME": "koran"}


def found(server: Any, *, deploy: bool = False) -> set[str]:
    """The names of what the checks find."""
    looks = [safety.settings_found()] + ([safety.redis_found()] if deploy else [])
    return {finding.id for look in looks for finding in look}


@pytest.fixture
def server(settings, tmp_path, monkeypatch) -> Any:
    """The settings of a server on which all is well; the test's own stay as they are."""

    class Settings:
        PAGE_CACHE, PAGE_CLOCK = True, str(tmp_path / "page-clock")
        DATABASES = {"default": dict(SQLITE)}

        def __getattr__(self, name: str) -> Any:
            return getattr(settings, name)

    made = Settings()
    (tmp_path / "mounts").write_text("/dev/root / ext4 rw 0 0\n")
    monkeypatch.setattr(safety, "MOUNTS", tmp_path / "mounts")
    for module in (safety, checks):
        monkeypatch.setattr(module, "settings", made)
    return made


def with_middleware(server, *names: str) -> dict[str, Any]:
    return {"MIDDLEWARE": [*server.MIDDLEWARE, *names]}


def without_middleware(server, name: str) -> dict[str, Any]:
    return {"MIDDLEWARE": [entry for entry in server.MIDDLEWARE if entry != name]}


def database(**more: Any) -> dict[str, Any]:
    return {"DATABASES": {"default": SQLITE | more}}


STRICT = {"isolation_level": 4}
REDIS = {"default": {"BACKEND": "newsroom.forgiving.ForgivingRedisCache"}}
WRONG = {
    "no autocommit": ("E010", lambda server: database(AUTOCOMMIT=False)),
    "a replica": ("E011", lambda server: {"DATABASES": {"default": SQLITE, "copy": SQLITE}}),
    "a router": ("E011", lambda server: {"DATABASE_ROUTERS": ["paper.Router"]}),
    "atomic requests": ("W010", lambda server: database(ATOMIC_REQUESTS=True)),
    "strict isolation": (
        "W011",
        lambda server: {"DATABASES": {"default": POSTGRES | {"OPTIONS": STRICT}}},
    ),
    "Django's cache": (
        "E012",
        lambda server: with_middleware(server, f"{MIDDLEWARE}cache.UpdateCacheMiddleware"),
    ),
    "Django's cache, reading": (
        "E012",
        lambda server: with_middleware(server, f"{MIDDLEWARE}cache.FetchFromCacheMiddleware"),
    ),
    "the reader's language": (
        "E013",
        lambda server: with_middleware(server, f"{MIDDLEWARE}locale.LocaleMiddleware"),
    ),
    "nobody tells": ("W012", lambda server: without_middleware(server, safety.TELLER)),
    "told too early": (
        "W012",
        lambda server: {"MIDDLEWARE": [safety.TELLER, safety.MESSAGES]},
    ),
    "packed": (
        "W013",
        lambda server: with_middleware(server, f"{MIDDLEWARE}gzip.GZipMiddleware"),
    ),
    "a host that was said": ("E014", lambda server: {"USE_X_FORWARDED_HOST": True}),
    "below a path": ("E014", lambda server: {"FORCE_SCRIPT_NAME": "/koran"}),
    "another door": ("W014", lambda server: {"WSGI_APPLICATION": "paper.wsgi.application"}),
    "cookies everywhere": ("W015", lambda server: {"SESSION_SAVE_EVERY_REQUEST": True}),
    "a slow edge": ("W016", lambda server: {"EDGE_SECONDS": 6}),
    "no memory": ("W017", lambda server: {"PAGE_CACHE_MB": 0}),
    "two Redis": ("E015", lambda server: {"PAGE_CLOCK": "redis://a:6379,b:6379/0"}),
    "a sentinel": ("E015", lambda server: {"PAGE_CLOCK": "sentinel://a:26379/0"}),
    "a shared cache, a clock here": ("W018", lambda server: {"CACHES": REDIS}),
    "no folder to write in": ("E016", lambda server: {"PAGE_CLOCK": "/dev/null/page-clock"}),
}


@pytest.mark.parametrize(("name", "change"), WRONG.values(), ids=WRONG.keys())
def test_a_setting_that_is_wrong_is_named(server, name, change) -> None:
    assert found(server) == set()
    for setting, value in change(server).items():
        setattr(server, setting, value)
    assert found(server) == {f"articles.{name}"}


def test_every_finding_has_a_hint_and_reaches_the_command(server) -> None:
    server.USE_X_FORWARDED_HOST = True
    messages = [one for one in run_checks(tags=["caches"]) if one.id == "articles.E014"]
    assert [(type(one), bool(one.hint)) for one in messages] == [(Error, True)]


def test_without_a_page_cache_nothing_is_said(server) -> None:
    server.PAGE_CACHE, server.USE_X_FORWARDED_HOST = False, True
    server.PAGE_CLOCK = "redis://127.0.0.1:1/0"
    found_here = run_checks(tags=["caches"], include_deployment_checks=True)
    ours = [one.id for one in found_here if one.id and one.id.startswith("articles")]
    assert ours == []


def test_a_setting_at_its_limit_is_right(server) -> None:
    server.EDGE_SECONDS, server.PAGE_CACHE_MB = 5, 1
    server.DATABASES = {"default": POSTGRES | {"OPTIONS": {"isolation_level": 2}}}
    server.PAGE_CLOCK, server.CACHES = "redis://127.0.0.1:6379/0", REDIS
    assert found(server) == set()


KINDS = {"nfs4": True, "cifs": True, "9p": True, "fuse.sshfs": True, "ext4": False, "tmpfs": False}


@pytest.mark.parametrize(("kind", "speaks"), KINDS.items())
def test_a_clock_on_a_network_file_system_is_named(server, tmp_path, monkeypatch, kind, speaks):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/root / ext4 rw 0 0\nserver:/x {tmp_path} {kind} rw 0 0\n")
    monkeypatch.setattr(safety, "MOUNTS", mounts)
    assert (found(server) == {"articles.W019"}) is speaks
    server.PAGE_CLOCK = "/page-clock"
    assert "articles.W019" not in found(server)


def test_where_no_one_tells_of_mounts_nothing_is_said(server, monkeypatch) -> None:
    monkeypatch.setattr(safety, "MOUNTS", Path("/nowhere/mounts"))
    assert found(server) == set()


ANSWERS = [
    ("noeviction", "master", set()),
    ("volatile-lru", "master", set()),
    ("allkeys-lru", "master", {"articles.W021"}),
    ("noeviction", "slave", {"articles.E020"}),
]


@pytest.mark.parametrize(("policy", "role", "names"), ANSWERS)
def test_redis_says_whether_it_may_keep_a_clock(server, monkeypatch, policy, role, names) -> None:
    server.PAGE_CLOCK, server.CACHES = "redis://127.0.0.1:6379/0", REDIS
    told = {
        "memory": f"# Memory\r\nmaxmemory_policy:{policy}\r\n",
        "replication": f"role:{role}\r\n",
    }
    monkeypatch.setattr(safety.RedisClock, "info", lambda clock, part: told[part])
    assert found(server, deploy=True) == names


def test_a_real_redis_has_nothing_to_be_said_of(server, redis_url) -> None:
    server.PAGE_CLOCK, server.CACHES = redis_url, REDIS
    assert found(server, deploy=True) == set()


def test_a_redis_that_does_not_answer_is_named_by_the_deploy_check_alone(server) -> None:
    server.PAGE_CLOCK, server.CACHES = "redis://127.0.0.1:1/0", REDIS
    assert found(server) == set()
    assert found(server, deploy=True) == {"articles.W020"}
    plain, deploy = (
        {one.id for one in run_checks(tags=["caches"], include_deployment_checks=deploy)}
        for deploy in (False, True)
    )
    assert ("articles.W020" in plain, "articles.W020" in deploy) == (False, True)


def deploy_checks(*databases: str) -> set[str | None]:
    tags = {"tags": ["database"], "include_deployment_checks": True}
    return {one.id for one in run_checks(databases=databases, **tags)}


@pytest.mark.django_db
def test_an_alarm_that_nobody_would_hear_is_named_by_the_deploy_check(settings) -> None:
    make.user(is_superuser=True, is_active=False)
    assert "articles.W030" in deploy_checks("default")
    assert "articles.W030" not in deploy_checks()
    settings.ALARM_EMAILS = ["jaga@example.com"]
    assert "articles.W030" not in deploy_checks("default")
    settings.ALARM_EMAILS = []
    make.user(is_superuser=True)
    assert "articles.W030" not in deploy_checks("default")


def test_void_pages_begins_a_new_epoch(tmp_path, monkeypatch, capsys) -> None:
    clock = MappedClock(tmp_path / "page-clock")
    monkeypatch.setattr(pagecache, "clock", lambda: clock)
    before = clock.read()
    call_command("void_pages")
    assert clock.read().epoch != before.epoch
    assert "void" in capsys.readouterr().out


def test_void_pages_says_when_it_could_not(settings) -> None:
    settings.PAGE_CLOCK = "redis://127.0.0.1:1/0"
    with pytest.raises(CommandError, match="nothing was voided"):
        call_command("void_pages")
    current._clock.cache_clear()
