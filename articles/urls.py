"""Readers' addresses. A section stands at the root, so its route comes last.

`page(view, …)` marks what is the same bytes for everybody and may be kept, and names the query
parameters that it looks at.
"""

from django.urls import path, re_path

from articles import feeds, routes, sitemaps, views
from articles.pagecache import page

app_name = "articles"
SEARCH_KEYS = ("q", "before", "sort", "page")
urlpatterns = [
    path("", page(views.front), name="front"),
    path("feed/", page(feeds.PaperFeed()), name="feed"),
    path("indeks/", page(views.day_index, "date", "section", "page"), name="index"),
    # There is no end of searches: each is kept for ten seconds, among few.
    path("cari/", page(views.search_page, *SEARCH_KEYS, seconds=10), name="search"),
    path("tag/<slug:slug>/", page(views.tag, "before"), name="tag"),
    path("tag/<slug:slug>/feed/", page(feeds.TagFeed()), name="tag_feed"),
    path("penulis/<slug:slug>/", page(views.author, "before"), name="author"),
    path("penulis/<slug:slug>/feed/", page(feeds.AuthorFeed()), name="author_feed"),
    path("sitemap.xml", page(sitemaps.index), name="sitemap"),
    path("sitemap-<int:year>-<int:month>.xml", page(sitemaps.month), name="sitemap_month"),
    re_path(
        r"^media/(?P<token>[0-9a-f]{32})/(?P<name>[a-z]+-[0-9]+-[0-9]+\.(?:avif|webp|jpg))$",
        views.picture,
        name="picture",
    ),
    # Nobody keeps it: newsroom/door.py leaves its addresses to Django.
    re_path(
        rf"^{routes.PREVIEWS}/(?P<token>[0-9a-f]{{40}})/?$",
        views.shared_preview,
        name="shared_preview",
    ),
    path("<slug:slug>/", page(views.section, "before"), name="section"),
    path("<slug:slug>/feed/", page(feeds.SectionFeed()), name="section_feed"),
    path("<slug:section>/<int:pk>/<slug:slug>/", page(views.article), name="article"),
]
