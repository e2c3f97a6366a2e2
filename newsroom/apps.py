from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """Installed for its commands (the demo edition); it has no models and nothing imports it."""

    name = "newsroom"
