"""Under /komentar/."""

from django.urls import path

from comments import views

app_name = "comments"
urlpatterns = [
    path("<int:pk>/", views.show, name="show"),
    path("tulis/<int:article_pk>/", views.write, name="write"),
    path("terkirim/<uuid:submission>/", views.sent, name="sent"),
]
