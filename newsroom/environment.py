"""Reading settings from the environment: every wrong value is named, with what to write instead."""

import os
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

type Mailer = dict[str, object]

# Nobody else sees what such a cache counts.
OWN_CACHES = {"locmemcache", "dummycache"}
SMTP_PORTS = {"smtp": 25, "submission": 587, "smtps": 465}


def flag(name: str, default: bool) -> bool:
    """A switch: 1 or 0, nothing else, so that DEBUG=no can't mean “yes”."""
    value = os.environ.get(name)
    if value not in {None, "0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}.")
    return default if value is None else value == "1"


def required(name: str, hint: str) -> str:
    """A value without which nothing may start."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {hint}")
    return value


def number(name: str, default: int) -> int:
    """A whole number of zero or more."""
    value = os.environ.get(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def words(name: str) -> list[str]:
    """A list with commas between its items."""
    return [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]


def emails(name: str) -> list[str]:
    """A list of addresses with commas between them."""
    found = words(name)
    for item in found:
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", item):
            raise ImproperlyConfigured(
                f"{name} must be addresses such as jaga@example.com, with commas, not {item!r}."
            )
    return found


def keys(name: str, spare: str) -> list[str]:
    """Keys of 32 bytes in base64 with commas between them: the first locks, all of them open.

    Without any, and with a `spare` secret, one is made of that. A wrong one is not shown.
    """
    found = words(name)
    for number, item in enumerate(found, start=1):
        if not is_key(item):
            raise ImproperlyConfigured(
                f"{name}: key number {number} is none. Make one with `manage.py new_note_key`."
            )
    if found or not spare:
        return found
    digest = sha256(f"{name} {spare}".encode()).digest()
    return [urlsafe_b64encode(digest).decode()]


def is_key(text: str) -> bool:
    """Whether `text` is 32 bytes in the alphabet of base64 for addresses."""
    try:
        return (
            bool(re.fullmatch(r"[\w-]+=*", text, re.ASCII)) and len(urlsafe_b64decode(text)) == 32
        )
    except ValueError:
        return False


def folder(name: str, default: Path) -> Path:
    """A folder, which is made if it is not there."""
    path = Path(os.environ.get(name) or default)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} must be a folder that the server's user may make and write in: {error}"
        ) from error
    return path


def choice(name: str, choices: tuple[str, ...]) -> str:
    """One of `choices`; the first is the default."""
    value = os.environ.get(name, choices[0])
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def site_url(debug: bool) -> str:
    """Scheme and host of every absolute address, without a final slash."""
    default = "http://127.0.0.1:8000" if debug else ""
    value = os.environ.get("SITE_URL", default).strip().rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(
            f"SITE_URL must be a scheme and a host such as https://www.example.com, not {value!r}."
        )
    if parts.scheme == "http" and not debug and parts.hostname not in {"127.0.0.1", "localhost"}:
        raise ImproperlyConfigured(
            f"SITE_URL is {value!r}, but with DEBUG=0 the paper is served over https only."
        )
    return value


def database(var: Path) -> dict[str, object]:
    """DATABASE_URL: PostgreSQL with a pool, or SQLite, which is the default, in `var`."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{var / 'db.sqlite3'}"
    if urlsplit(url).scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///.")
    try:
        config: dict[str, object] = dict(environ.Env.db_url_config(url))
    except (ValueError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"DATABASE_URL can't be read: {error}") from error
    if config["ENGINE"] == "django.db.backends.sqlite3":
        return config | {"OPTIONS": sqlite_options()}
    return config | {"CONN_MAX_AGE": 0, "OPTIONS": postgres_options()}


def sqlite_options() -> dict[str, object]:
    """Readers beside one writer (WAL); a writer locks at BEGIN, so it can't be refused later."""
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }


def postgres_options() -> dict[str, object]:
    """A pool for each process; DATABASE_POOL is its largest size, 0 turns it off."""
    size = number("DATABASE_POOL", 8)
    # A database that does not answer must hold no thread for long: kept pages need them.
    options: dict[str, object] = {"connect_timeout": 3}
    if size:
        # Reconnecting is given up early, so that the next request begins anew: the pauses between
        # tries grow, and readers would wait for the last one long after the database is back.
        pool = {"min_size": 1, "max_size": size, "timeout": 3, "reconnect_timeout": 5}
        options["pool"] = pool
    return options


def cache(var: Path, *, debug: bool) -> dict[str, object]:
    """CACHE_URL: Redis, or files in `var`, which every process of one machine shares."""
    url = os.environ.get("CACHE_URL") or f"filecache://{var / 'cache'}"
    try:
        config: dict[str, object] = dict(environ.Env.cache_url_config(url))
    except (ValueError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"CACHE_URL can't be read: {error}") from error
    scheme = urlsplit(url).scheme
    if scheme in OWN_CACHES and not debug:
        raise ImproperlyConfigured(
            f"CACHE_URL is {scheme}://, which limits no log-ins with DEBUG=0, as each process "
            "would count for itself: write redis://host:6379/0, or leave it out for files."
        )
    if scheme in {"redis", "rediss"}:
        check_redis(url)
        config["BACKEND"] = "newsroom.forgiving.ForgivingRedisCache"
    return config


def check_redis(url: str) -> None:
    """Redis's own client would take database 0 for what is no number."""
    parts = urlsplit(url)
    database = parse_qs(parts.query).get("db", [parts.path.strip("/") or "0"])[0]
    if port_of(url) is None or not parts.hostname or not database.isdecimal():
        raise ImproperlyConfigured(
            "CACHE_URL must be redis://host:6379/0, the last being the number of a database."
        )


def port_of(url: str) -> int | None:
    """The port, 0 if none is named; None if it isn't one."""
    try:
        return urlsplit(url).port or 0
    except ValueError:
        return None


def page_clock(var: Path) -> str:
    """Where the page cache's clock is: in the Redis of CACHE_URL, else in a file in `var`."""
    url = os.environ.get("CACHE_URL", "")
    return url if urlsplit(url).scheme in {"redis", "rediss"} else str(var / "page-clock")


def mailer(debug: bool, folder: Path) -> Mailer:
    """MAIL_URL in Django's MAILERS form; without one, and in DEBUG alone, mails stay here."""
    url = os.environ.get("MAIL_URL", "").strip()
    if not url and debug:
        return {
            "BACKEND": "accounts.mail.TerminalAndFolderBackend",
            "OPTIONS": {"file_path": folder},
        }
    parts = urlsplit(url)
    if parts.scheme not in SMTP_PORTS or not parts.hostname:
        raise ImproperlyConfigured(
            "MAIL_URL is missing or wrong: write smtps://user:password@host (TLS, 465), "
            "submission://user:password@host (STARTTLS, 587) or smtp://host (25)."
        )
    timeout = parse_qs(parts.query).get("timeout", ["10"])[0]
    if port_of(url) is None or not timeout.isdecimal() or not int(timeout):
        raise ImproperlyConfigured(
            "MAIL_URL must have a port and a timeout in whole seconds, or neither: "
            "submission://user:password@host:587?timeout=10."
        )
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": smtp(url)}


def smtp(url: str) -> dict[str, object]:
    """The options of Django's SMTP backend; `?timeout=` is in seconds."""
    parts = urlsplit(url)
    return {
        "host": parts.hostname,
        "port": parts.port or SMTP_PORTS[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": parts.scheme == "smtps",
        "use_tls": parts.scheme == "submission",
        "timeout": int(parse_qs(parts.query).get("timeout", ["10"])[0]),
    }
