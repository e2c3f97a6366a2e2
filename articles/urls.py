"""Readers' addresses. A section stands at the root, so its route comes last."""

from django.urls import path, re_path

from articles import feeds, sitemaps, views

app_name = "articles"
urlpatterns = [
    path("", views.front, name="front"),
    path("feed/", feeds.PaperFeed(), name="feed"),
    path("indeks/", views.day_index, name="index"),
    path("cari/", views.search_page, name="search"),
    path("tag/<slug:slug>/", views.tag, name="tag"),
    path("tag/<slug:slug>/feed/", feeds.TagFeed(), name="tag_feed"),
    path("penulis/<slug:slug>/", views.author, name="author"),
    path("penulis/<slug:slug>/feed/", feeds.AuthorFeed(), name="author_feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<int:year>-<int:month>.xml", sitemaps.month, name="sitemap_month"),
    re_path(
        r"^media/(?P<token>[0-9a-f]{32})/(?P<name>[a-z]+-[0-9]+-[0-9]+\.(?:webp|jpg))$",
        views.picture,
        name="picture",
    ),
    path("<slug:slug>/", views.section, name="section"),
    path("<slug:slug>/feed/", feeds.SectionFeed(), name="section_feed"),
    path("<slug:section>/<int:pk>/<slug:slug>/", views.article, name="article"),
]
