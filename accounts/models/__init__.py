"""Accounts, what their owners agreed to, and what everybody did. Import the models from here."""

from accounts.models.audit import AuditEntry
from accounts.models.people import (
    Consent,
    User,
    UserManager,
    confirm_address,
    has_confirmed_address,
)

__all__ = [
    "AuditEntry",
    "Consent",
    "User",
    "UserManager",
    "confirm_address",
    "has_confirmed_address",
]
