import re
import unicodedata
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts import consent
from accounts.models import User

# Django and allauth say these; named here, they stand in our catalogue, which comes before theirs.
FOREIGN_WORDS = (
    _("- Select an option -"),
    _("Run"),
    _("Email"),
    _("Email address"),
    _("Password"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("Remember Me"),
    _("Forgot your password?"),
    _("Your password can’t be too similar to your other personal information."),
    _("Your password can’t be a commonly used password."),
    _("Your password can’t be entirely numeric."),
    _("The password is too similar to the %(verbose_name)s."),
    _("This password is too common."),
    _("This password is entirely numeric."),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)
# A name is printed beside comments and greets its owner in mails: an address in it would make us
# send a stranger's advertisement to whomever the stranger likes.
ADDRESS = re.compile(
    r"[/\\@<>:]|www\.|\.(com|net|org|info|biz|id|xyz|site|online|top|vip)\b", re.IGNORECASE
)


class NameField(forms.CharField):
    """A person's name on one line, without what is not a name."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "name"})
        help_text = _("Shown beside your comments.")
        super().__init__(
            label=_("Name"), max_length=120, widget=widget, help_text=help_text, **kwargs
        )

    def to_python(self, value: Any) -> str:
        """Drop control characters and overrides of the writing direction."""
        text = unicodedata.normalize("NFC", str(value or ""))
        kept = "".join(char for char in text if unicodedata.category(char) not in {"Cc", "Cf"})
        return str(super().to_python(" ".join(kept.split())))

    def validate(self, value: str) -> None:
        super().validate(value)
        if ADDRESS.search(value):
            raise forms.ValidationError(_("A name without web or e-mail addresses, please."))


class ConsentForm(forms.Form):
    """One unticked box for each agreement; all are needed to comment."""

    def __init__(self, *args: Any, purposes: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for purpose in consent.TEXTS if purposes is None else purposes:
            self.fields[purpose] = forms.BooleanField(
                label=str(consent.TEXTS[purpose]),
                error_messages={"required": _("Tick this box to go on.")},
            )

    def agreed(self) -> list[str]:
        """The purposes whose boxes were ticked."""
        return [purpose for purpose in consent.TEXTS if self.cleaned_data.get(purpose)]


class SignupForm(ConsentForm):
    """What sign-up asks beyond address and password; allauth builds its own form on this one."""

    name = NameField()
    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the account exists."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        consent.record(user, self.agreed())


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a member may change without a mail; the desk's language is for those who have a desk."""

    name = NameField()

    class Meta:
        model = User
        fields = ["name", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.is_staff:
            del self.fields["language"]
