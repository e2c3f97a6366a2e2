"""All routes: where the apps meet."""

from django.contrib import admin
from django.urls import include, path

from articles.pagecache import page
from newsroom import views

handler403 = "newsroom.views.forbidden"
handler404 = "newsroom.views.not_found"
handler500 = "newsroom.views.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("akun/", include("accounts.urls")),
    path("akun/", include("allauth.urls")),
    path("komentar/", include("comments.urls")),
    path("healthz", views.alive, name="healthz"),
    path("healthz/background", views.background, name="healthz_background"),
    path("readyz", views.ready, name="readyz"),
    path("robots.txt", page(views.robots), name="robots"),
    path("", include("articles.urls")),
]
