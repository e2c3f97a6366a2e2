from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        from articles import checks, outbox  # noqa: F401  the checks register themselves
        from articles.pagecache import moments

        moments.register(outbox.upcoming)
