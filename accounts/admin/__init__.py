"""The desk's lists of people, of what they agreed to, and of what everybody did."""

from accounts.admin import audit, people

__all__ = ["audit", "people"]
