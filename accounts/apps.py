from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from accounts import appendonly, checks, roles, signals  # noqa: F401  checks register themselves

        post_migrate.connect(roles.sync_after_migrate, dispatch_uid="accounts.roles")
        post_migrate.connect(
            appendonly.renew_after_migrate, sender=self, dispatch_uid="accounts.appendonly"
        )
        signals.connect()
