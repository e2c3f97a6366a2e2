from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.home, name="home"),
    path("profil/", views.profile, name="profile"),
    path("konfirmasi/", views.confirm, name="confirm"),
    path("persetujuan/", views.agree, name="consent"),
]
