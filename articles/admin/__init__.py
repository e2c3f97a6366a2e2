"""The newsroom's desk: Django's admin as a client of the writers. It decides nothing itself."""

from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from taggit.admin import TagAdmin  # noqa: F401  registered now, to be taken out below
from taggit.models import Tag

from articles.admin import articles, confidential, images, jobs, names

__all__ = ["articles", "confidential", "images", "jobs", "names"]

# taggit brings lists of its own for tags that this paper does not use.
admin.site.unregister(Tag)

admin.site.site_header = settings.SITE_NAME
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = _("The newsroom's desk")
admin.site.site_url = "/"
# The lists stand in the header; the column is the text's.
admin.site.enable_nav_sidebar = False
