"""The door for an application server: `granian --interface wsgi newsroom.wsgi:application`.

Kept pages are answered before Django; see articles/pagecache.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

django_application = get_wsgi_application()

from newsroom.door import with_page_cache  # noqa: E402  the apps must be ready

application = with_page_cache(django_application)
