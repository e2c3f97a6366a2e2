from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import consent
from accounts.models import User


class ConsentForm(forms.Form):
    """One unticked box for each agreement; all are needed to comment."""

    def __init__(self, *args: Any, purposes: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for purpose in consent.TEXTS if purposes is None else purposes:
            self.fields[purpose] = forms.BooleanField(
                label=consent.TEXTS[purpose],
                error_messages={"required": _("Tick this box to go on.")},
            )

    def agreed(self) -> list[str]:
        """The purposes whose boxes were ticked."""
        return [purpose for purpose in consent.TEXTS if self.cleaned_data.get(purpose)]


class SignupForm(ConsentForm):
    """What sign-up asks beyond address and password; allauth builds its own form on this one."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("Shown beside your comments."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the account exists."""
        user.name = self.cleaned_data["name"].strip()
        user.save(update_fields=["name"])
        consent.record(user, self.agreed())
