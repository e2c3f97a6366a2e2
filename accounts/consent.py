"""What people are asked to agree to, and the ledger of their answers.

Two separate agreements, never bundled: UU PDP 22(4) makes a bundled consent void.
A new wording needs a new version; then everybody is asked again before the next comment.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import Consent

if TYPE_CHECKING:
    from accounts.models import User

VERSION = "2026-11"

TEXTS: dict[str, Promise] = {
    # The three clauses of PPMS butir 3c, in plain words.
    Consent.Purpose.COMMENT_RULES: _(
        "I will not post lies, slander, sadism or obscenity; prejudice or hatred about ethnicity, "
        "religion, race or group, or calls to violence; or discrimination by sex or language, or "
        "anything that demeans the weak, the poor, the sick or people with disabilities."
    ),
    Consent.Purpose.PRIVACY: _(
        "I agree that my name, e-mail address and comments are stored and processed to run my "
        "account and publish my comments. I can ask for a copy or for deletion at any time."
    ),
}


def missing(user: "User") -> list[str]:
    """The purposes to which `user` has not agreed in their present version."""
    given = user.consents.filter(withdrawn_at=None, version=VERSION)
    held = set(given.values_list("purpose", flat=True))
    return [purpose for purpose in TEXTS if purpose not in held]


@transaction.atomic
def record(user: "User", purposes: Iterable[str]) -> None:
    """Write down that `user` agreed to `purposes` in the words shown just now."""
    purposes = list(purposes)
    for purpose in purposes:
        Consent.objects.get_or_create(
            user=user,
            purpose=purpose,
            version=VERSION,
            withdrawn_at=None,
            defaults={"text_hash": text_hash(purpose), "locale": get_language() or "id"},
        )
    told = {"purposes": " ".join(purposes), "version": VERSION}
    audit.record("user.consent", by=user, target=user, text=str(user), details=told)


def text_hash(purpose: str) -> str:
    """SHA-256 of the words of `purpose` in the language in use."""
    return sha256(str(TEXTS[purpose]).encode()).hexdigest()
