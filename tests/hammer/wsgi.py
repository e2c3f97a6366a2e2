"""The door of a rehearsal's server: what time it is, and what goes wrong, is told from outside.

The request's time comes in a header. NEWSROOM_LEAVE_OUT names a kind of tag that this process
does not bump, which must make the hammer fail.
"""

import os
from datetime import datetime

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.hammer.settings")

django_application = get_wsgi_application()

from newsroom.door import with_page_cache  # noqa: E402  the apps must be ready

application = with_page_cache(
    django_application,
    now=lambda environ: datetime.fromisoformat(environ["HTTP_X_REHEARSAL_NOW"]),
)
