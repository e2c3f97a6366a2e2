"""Settings from the environment: each wrong value is named, with what to write instead."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom import environment

VAR = Path("/nowhere")
NOTES = "CONFIDENTIAL_KEYS"
KEY = "c2VydmVzIG5vIHB1cnBvc2UgYnV0IHRoaXMgY2hlY2s="


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    for name in ("SITE_URL", "DATABASE_URL", "CACHE_URL", "MAIL_URL", "DATABASE_POOL", "VAR_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("DEBUG", "yes", lambda: environment.flag("DEBUG", default=False)),
        ("DEBUG", "", lambda: environment.flag("DEBUG", default=False)),
        ("SECRET_KEY", " ", lambda: environment.required("SECRET_KEY", "Hint.")),
        ("HSTS_SECONDS", "-1", lambda: environment.number("HSTS_SECONDS", 0)),
        ("HSTS_SECONDS", "1h", lambda: environment.number("HSTS_SECONDS", 0)),
        ("DATELINE_STYLE", "x", lambda: environment.choice("DATELINE_STYLE", ("a", "b"))),
        ("SITE_URL", "www.example.com", lambda: environment.site_url(debug=True)),
        ("SITE_URL", "https://example.com/koran", lambda: environment.site_url(debug=True)),
        ("SITE_URL", "", lambda: environment.site_url(debug=False)),
        ("SITE_URL", "http://www.example.com", lambda: environment.site_url(debug=False)),
        ("DATABASE_URL", "mysql://root@db/koran", lambda: environment.database(VAR)),
        ("DATABASE_URL", "koran://db/koran", lambda: environment.database(VAR)),
        ("CACHE_URL", "koran://x", lambda: environment.cache(VAR, debug=False)),
        ("CACHE_URL", "redis://db:6379/satu", lambda: environment.cache(VAR, debug=False)),
        ("CACHE_URL", "redis://db:6379/?db=satu", lambda: environment.cache(VAR, debug=False)),
        ("CACHE_URL", "redis://db:port/0", lambda: environment.cache(VAR, debug=False)),
        ("CACHE_URL", "redis:///0", lambda: environment.cache(VAR, debug=False)),
        ("CACHE_URL", "locmemcache://", lambda: environment.cache(VAR, debug=False)),
        ("CACHE_URL", "dummycache://", lambda: environment.cache(VAR, debug=False)),
        ("ALARM_EMAILS", "jaga@example.com, jaga", lambda: environment.emails("ALARM_EMAILS")),
        ("CONFIDENTIAL_KEYS", "terlalu-pendek", lambda: environment.keys(NOTES, spare="")),
        ("CONFIDENTIAL_KEYS", f"{KEY}, {KEY[1:]}", lambda: environment.keys(NOTES, spare="x")),
        ("CONFIDENTIAL_KEYS", f"{KEY[:-2]}+=", lambda: environment.keys(NOTES, spare="")),
        ("VAR_DIR", "/dev/null/var", lambda: environment.folder("VAR_DIR", VAR)),
        ("MAIL_URL", "", lambda: environment.mailer(debug=False, folder=VAR)),
        ("MAIL_URL", "mail.example.com", lambda: environment.mailer(debug=False, folder=VAR)),
        ("MAIL_URL", "smtp://db?timeout=10s", lambda: environment.mailer(False, VAR)),
        ("MAIL_URL", "smtp://db?timeout=0", lambda: environment.mailer(False, VAR)),
        ("MAIL_URL", "smtp://db:lima", lambda: environment.mailer(False, VAR)),
        ("MAIL_URL", "smtp://db:99999", lambda: environment.mailer(False, VAR)),
        ("MAIL_URL", "smtps://", lambda: environment.mailer(debug=True, folder=VAR)),
    ],
)
def test_a_wrong_value_is_named(monkeypatch, name, value, read):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name):
        read()


@pytest.mark.parametrize("url", ["redis://db:6379/0", "rediss://db/15", "redis://db", ""])
def test_a_cache_that_all_processes_share_is_right(monkeypatch, url):
    monkeypatch.setenv("CACHE_URL", url)
    assert environment.cache(VAR, debug=False)["LOCATION"].endswith(url or "cache")


def test_a_folder_is_made_and_addresses_are_read(monkeypatch, tmp_path):
    assert environment.folder("VAR_DIR", tmp_path / "a" / "b").is_dir()
    monkeypatch.setenv("ALARM_EMAILS", "jaga@example.com, malam@example.com")
    assert environment.emails("ALARM_EMAILS") == ["jaga@example.com", "malam@example.com"]


def test_without_a_word_the_paper_is_on_sqlite_with_wal():
    config = environment.database(VAR)
    assert config["NAME"] == "/nowhere/db.sqlite3"
    assert "journal_mode=WAL" in config["OPTIONS"]["init_command"]
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(("pool", "options"), [("0", {}), ("3", {"max_size": 3})])
def test_postgresql_comes_with_a_pool(monkeypatch, pool, options):
    monkeypatch.setenv("DATABASE_URL", "postgres://koran:rahasia@db:5433/koran")
    monkeypatch.setenv("DATABASE_POOL", pool)
    config = environment.database(VAR)
    assert (config["HOST"], config["PORT"], config["CONN_MAX_AGE"]) == ("db", 5433, 0)
    assert config["OPTIONS"].get("pool", {}).items() >= options.items()


@pytest.mark.parametrize(
    ("url", "port", "tls"),
    [
        ("smtps://ani:p%40ss@mail.example.com", 465, (True, False)),
        ("submission://ani:p%40ss@mail.example.com", 587, (False, True)),
        ("smtp://ani:p%40ss@mail.example.com:2525", 2525, (False, False)),
    ],
)
def test_mail_goes_by_the_urls_scheme(monkeypatch, url, port, tls):
    monkeypatch.setenv("MAIL_URL", url)
    options = environment.mailer(debug=False, folder=VAR)["OPTIONS"]
    assert (options["host"], options["port"]) == ("mail.example.com", port)
    assert (options["use_ssl"], options["use_tls"]) == tls
    assert (options["username"], options["password"]) == ("ani", "p@ss")


def test_mails_stay_here_while_debugging_alone():
    assert environment.mailer(debug=True, folder=VAR)["BACKEND"].startswith("accounts.mail")
    with pytest.raises(ImproperlyConfigured):
        environment.mailer(debug=False, folder=VAR)


def test_keys_are_read_in_their_order_and_a_wrong_one_is_not_shown(monkeypatch):
    other = "b25lIG1vcmUgdGhhdCBzZXJ2ZXMgbm8gcHVycG9zZSE="
    monkeypatch.setenv(NOTES, f"{KEY}, {other}")
    assert environment.keys(NOTES, spare="") == [KEY, other]
    monkeypatch.setenv(NOTES, f"{KEY},hampir-kunci")
    with pytest.raises(ImproperlyConfigured, match="number 2") as refusal:
        environment.keys(NOTES, spare="")
    assert "hampir" not in str(refusal.value)


def test_without_keys_one_is_made_of_the_spare_secret_and_without_that_none(monkeypatch):
    monkeypatch.delenv(NOTES, raising=False)
    assert environment.keys(NOTES, spare="") == []
    (made,) = environment.keys(NOTES, spare="rahasia")
    assert environment.is_key(made)
    assert environment.keys(NOTES, spare="rahasia") == [made]
    assert environment.keys(NOTES, spare="lain") != [made]
