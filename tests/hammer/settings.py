"""Settings of a rehearsal: a developer's, but pages look as on a server."""

from newsroom.settings import *  # noqa: F403

# Read in development's mode, because a rehearsal has neither https nor collected static files.
DEBUG = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
