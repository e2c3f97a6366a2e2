"""Who did what, and when: rows that are written once and then only read."""

from typing import Any, ClassVar, NoReturn, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AppendOnly(RuntimeError):
    """Somebody tried to change or delete what was written down."""


def _refuse(*args: Any, **kwargs: Any) -> NoReturn:
    raise AppendOnly("The audit log is append-only.")


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Reads, and adds. What passes by this class meets the database's own triggers."""

    update = _refuse
    bulk_update = _refuse
    delete = _refuse

    def newest_first(self) -> Self:
        """In the order in which each index of the table holds its rows."""
        return self.order_by("-at", "-id")


class AuditEntry(models.Model):
    """One act. Written by accounts/audit.py alone; the triggers of appendonly.py hold it.

    No text of an article, note or comment, no password and no key is ever in it, and of a person
    nothing but the name: what a row says of somebody can be taken back (audit.forget).
    """

    at = models.DateTimeField(pgettext_lazy("audit", "when"), default=timezone.now)
    group = models.CharField(pgettext_lazy("audit", "about"), max_length=20)
    verb = models.CharField(pgettext_lazy("audit", "act"), max_length=30)

    # Whoever did something here is not deleted but erased in place: who did what must stay told.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,  # The index below begins with it.
        related_name="+",
        verbose_name=pgettext_lazy("audit", "who"),
    )
    actor_name = models.CharField(pgettext_lazy("audit", "name"), max_length=120, blank=True)
    network = models.CharField(
        pgettext_lazy("audit", "network"),
        max_length=45,
        blank=True,
        help_text=_("The address without its last part, which would name one machine."),
    )

    target_type = models.CharField(max_length=40, blank=True)
    target_id = models.CharField(max_length=40, blank=True)
    target_text = models.CharField(pgettext_lazy("audit", "what"), max_length=200, blank=True)
    details = models.JSONField(
        pgettext_lazy("audit", "details"), default=dict, encoder=DjangoJSONEncoder
    )

    objects: ClassVar[AuditQuerySet] = AuditQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-id"]
        default_permissions = ("view",)
        permissions = [("export_audit", "Can export the audit log")]
        indexes = [
            # The whole log, or some days of it.
            models.Index(F("at").desc(), F("id").desc(), name="audit_newest"),
            # All of one kind: log-ins, settings …
            models.Index(F("group"), F("at").desc(), F("id").desc(), name="audit_group"),
            # All that one person did.
            models.Index(F("actor"), F("at").desc(), F("id").desc(), name="audit_actor"),
            # All that was done to one thing.
            models.Index(
                F("target_type"),
                F("target_id"),
                F("at").desc(),
                F("id").desc(),
                name="audit_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _refuse()
        super().save(*args, **kwargs)

    delete = _refuse

    @property
    def action(self) -> str:
        """The dotted code: `article.publish`."""
        return f"{self.group}.{self.verb}"
