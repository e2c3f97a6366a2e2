"""The asynchronous door. It has no page cache: each page is made anew, which is never stale.

The synchronous one (wsgi.py) has it, and costs less CPU for this application.
"""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_asgi_application()
