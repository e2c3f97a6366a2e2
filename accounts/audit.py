"""The writer of the audit log: who did what, to what, when.

Called inside the transaction of the act, so that both are there or neither. Never hand it the text
of an article, note or comment, a password or a key; of long texts only say that they changed.
"""

from collections.abc import Iterable, Mapping
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest

from accounts.models import AuditEntry

if TYPE_CHECKING:
    from accounts.models import User

# What the columns of names hold.
NAME, TEXT = 120, 200
# How much of an address names a network and not yet a machine.
NETWORK_BITS = {4: 24, 6: 48}


def record(
    action: str,
    *,
    by: "User | None" = None,
    target: models.Model | None = None,
    text: str = "",
    details: Mapping[str, Any] | None = None,
    request: HttpRequest | None = None,
) -> AuditEntry:
    """Write one act down. `action` is a dotted code such as `article.publish`; see `entry`."""
    made = entry(action, by=by, target=target, text=text, details=details, request=request)
    made.save(force_insert=True)
    return made


def record_all(entries: Iterable[AuditEntry]) -> None:
    """Write many acts down, each in a row of its own, with one query."""
    AuditEntry.objects.bulk_create(entries)


def entry(
    action: str,
    *,
    by: "User | None" = None,
    target: models.Model | None = None,
    text: str = "",
    details: Mapping[str, Any] | None = None,
    request: HttpRequest | None = None,
) -> AuditEntry:
    """An act that is not yet written down.

    `by` None is the server itself. `text` names the target for people: a headline that was
    public, a person's name. A list among `details` is a change: the old and the new value, or
    nothing where both are held back (`changes` gives them). Of `request` only the network is kept.
    """
    group, _, verb = action.partition(".")
    return AuditEntry(
        group=group,
        verb=verb,
        actor=by,
        actor_name=_short(str(by), NAME) if by else "",
        target_type=target._meta.model_name or "" if target else "",
        target_id=str(target.pk) if target else "",
        target_text=_short(text, TEXT),
        details=dict(details or {}),
        network=network_of(request) if request else "",
    )


def changes(
    before: Any, after: Any, shown: Iterable[str], hidden: Iterable[str] = ()
) -> dict[str, list[Any]]:
    """The fields in which two rows differ: old and new value, none of the two for `hidden` ones."""
    found = {name: [getattr(before, name), getattr(after, name)] for name in (*shown, *hidden)}
    differing = {name: values for name, values in found.items() if values[0] != values[1]}
    return differing | {name: [] for name in hidden if name in differing}


def masked(email: str) -> str:
    """An address that its owner recognises and nobody can write to: `b…@example.com`."""
    name, at, host = email.partition("@")
    return f"{name[:1]}…{at}{host}"


def forget(person: "User") -> None:
    """Take somebody's name out of the log. The acts, their times and the person's number stay.

    UU PDP gives a right to the first; what happened in a newsroom must be told to a court.
    """
    rows = AuditEntry._base_manager  # Which refuses nothing; the triggers let this much through.
    rows.filter(actor=person).exclude(actor_name="").update(actor_name="")
    rows.filter(target_type="user", target_id=str(person.pk)).update(target_text="")


def network_of(request: HttpRequest) -> str:
    """The network a request came from, seen through a trusted proxy; empty if it can't be told."""
    try:
        return shortened(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):
        return ""


def shortened(address: str) -> str:
    """203.0.113.0/24 for 203.0.113.57, 2001:db8:12::/48. Raises ValueError for what is neither."""
    parsed = ip_address(address)
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return str(ip_network((parsed, NETWORK_BITS[parsed.version]), strict=False))


def _short(text: str, most: int) -> str:
    """As much of a name as its column holds; PostgreSQL refuses NUL in whatever text."""
    return text.replace("\0", "")[:most]
