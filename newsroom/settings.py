"""Settings: one file, read from the environment, loud when wrong, secure when DEBUG is off."""

import zoneinfo
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from js_asset import static_lazy

from articles import editor, embeds
from newsroom import environment

BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = environment.flag("DEBUG", default=False)
SECRET_KEY = environment.required(
    "SECRET_KEY", "`make run` writes one to .env; on a server set 50 random characters or more."
)
VAR_DIR = environment.folder("VAR_DIR", BASE_DIR / "var")

# The paper

SITE_NAME = environ.Env().str("SITE_NAME", default="Newsroom")
SITE_URL = environment.site_url(DEBUG)
SITE_HOST = urlsplit(SITE_URL).netloc
DATELINE_STYLE = environment.choice(
    "DATELINE_STYLE", ("source-city", "city-source", "city-parenthesis")
)
# Slug of the section of an imported article, unless the command names one; empty: the first.
DEFAULT_SECTION = environ.Env().str("DEFAULT_SECTION", default="")

# Hosts and https: every reader ends up at SITE_URL

HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS") or [urlsplit(SITE_URL).hostname or ""]
if DEBUG:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS and not DEBUG
SECURE_HSTS_SECONDS = environment.number("HSTS_SECONDS", 31_536_000) if HTTPS and not DEBUG else 0
SECURE_SSL_HOST = SITE_HOST
# Readers' pages are brought to https by CanonicalAddressMiddleware, in one hop with all the rest.
SECURE_REDIRECT_EXEMPT = [r"^(?!admin/|akun/|komentar/|pratinjau/)"]
# The proxy in front sets this header and drops any that a reader sent (docs/operators.md).
if environment.flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
# Subdomains and browsers' preload lists are the domain owner's decision, not this program's.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    # Players, which a reader has asked for with a tap (static/js/embeds.js).
    "frame-src": embeds.FRAMES,
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
CSRF_FAILURE_VIEW = "newsroom.views.form_expired"

# Application

INSTALLED_APPS = [
    "newsroom",
    "comments",
    "articles",
    "accounts",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "taggit",
    "django_prose_editor",
    "django_tasks_db",
    "allauth",
    "allauth.account",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "newsroom.middleware.CanonicalAddressMiddleware",
    "newsroom.middleware.DatabaseDownMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.MemberLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "articles.middleware.LateChangeMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "articles.context_processors.site",
            ],
        },
    },
]

# Data

DATABASES = {"default": environment.database(VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": environment.cache(VAR_DIR, debug=DEBUG)}
# The page cache: off while developing, where a changed template must show at once.
PAGE_CACHE = environment.flag("PAGE_CACHE", default=not DEBUG)
PAGE_CACHE_MB = environment.number("PAGE_CACHE_MB", 32)
PAGE_CLOCK = environment.page_clock(VAR_DIR)
EDGE_SECONDS = environment.number("EDGE_SECONDS", 1)
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Photographs as they came, position and serial numbers included: no address leads here.
    "originals": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "originals", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "newsroom.storage.HashedModulesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # A long read with a hundred pictures is 1 MiB.
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# People

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
if DEBUG:
    # The demo's people log in by a password that no database holds and no server accepts.
    AUTHENTICATION_BACKENDS.append("newsroom.demo.backend.DemoBackend")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("accounts:home")
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
# One address a person; a new one takes the old one's place once it is confirmed.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
SESSION_COOKIE_AGE = 14 * 24 * 3600

# Mail

MAIL_FOLDER = VAR_DIR / "mails"
MAILERS = {"default": environment.mailer(DEBUG, MAIL_FOLDER)}
MAIL_STAYS_HERE = "accounts.mail" in str(MAILERS["default"]["BACKEND"])
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environ.Env().str(
    "DEFAULT_FROM_EMAIL", default=f"redaksi@{urlsplit(SITE_URL).hostname}"
)

# Confidential notes: the first key locks, all of them open. A server without one keeps none.

CONFIDENTIAL_KEYS = environment.keys("CONFIDENTIAL_KEYS", spare=SECRET_KEY if DEBUG else "")

# Work in the background: rows of the same database, for `manage.py worker`

TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]},
}
# Who is told when the worker is silent or behind; empty: the superusers.
ALARM_EMAILS = environment.emails("ALARM_EMAILS")

# Language and time

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
# Who reads 09.00 must know whose: each time names its zone.
FORMAT_MODULE_PATH = ["newsroom.formats"]
TIME_ZONE = environ.Env().str("TIME_ZONE", default="Asia/Jakarta")
if TIME_ZONE not in zoneinfo.available_timezones():
    raise ImproperlyConfigured(
        f"TIME_ZONE must be a name such as Asia/Jakarta or Asia/Makassar, not {TIME_ZONE!r}."
    )

# The desk's editor: our own extensions, registered with the module that holds them

DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {"js": [static_lazy("js/editor/desk.js")], "extensions": editor.OUR_EXTENSIONS}
]

# Tags

TAGGIT_CASE_INSENSITIVE = True

# Log: one line an event, to the terminal; what rotates and keeps it is the operator's.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"one_line": {"()": "newsroom.logs.OneLine"}},
    "handlers": {
        "terminal": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["one_line"],
        }
    },
    "root": {"handlers": ["terminal"], "level": "WARNING" if DEBUG else "INFO"},
    # Django's own handler would print each line a second time.
    "loggers": {"django": {"handlers": ["terminal"], "level": "INFO", "propagate": False}},
}
