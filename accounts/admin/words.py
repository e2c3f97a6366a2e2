"""What stands in the audit log, in the words of the desk."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# The parts of an action's code in words; what is not here is shown as its code.
GROUPS = {
    "article": _("Articles"),
    "image": _("Pictures"),
    "note": _("Confidential notes"),
    "comment": _("Comments"),
    "section": _("Sections"),
    "tag": _("Tags"),
    "author": _("Authors"),
    "user": _("People"),
    "login": _("Log-ins"),
    "search": _("Saved searches"),
    "audit": _("Audit log"),
}
VERBS = {
    "add": pgettext_lazy("audit", "added"),
    "approve": pgettext_lazy("audit", "approved"),
    "change": pgettext_lazy("audit", "changed"),
    "consent": pgettext_lazy("audit", "agreed"),
    "create": pgettext_lazy("audit", "begun"),
    "export": pgettext_lazy("audit", "exported"),
    "failed": pgettext_lazy("audit", "refused"),
    "hold": pgettext_lazy("audit", "held"),
    "in": pgettext_lazy("audit", "logged in"),
    "open": pgettext_lazy("audit", "opened"),
    "out": pgettext_lazy("audit", "logged out"),
    "password": pgettext_lazy("audit", "new password"),
    "publish": pgettext_lazy("audit", "published"),
    "readers": pgettext_lazy("audit", "readers named"),
    "reject": pgettext_lazy("audit", "rejected"),
    "rekey": pgettext_lazy("audit", "encrypted anew"),
    "remove": pgettext_lazy("audit", "removed"),
    "replace": pgettext_lazy("audit", "file replaced"),
    "restore": pgettext_lazy("audit", "restored"),
    "return": pgettext_lazy("audit", "returned"),
    "roles": pgettext_lazy("audit", "roles given"),
    "save": pgettext_lazy("audit", "saved"),
    "link": pgettext_lazy("audit", "linked"),
    "unlink": pgettext_lazy("audit", "link removed"),
    "take": pgettext_lazy("audit", "taken up"),
    "ask": pgettext_lazy("audit", "the other side asked"),
    "unask": pgettext_lazy("audit", "struck out: the other side asked"),
    "check": pgettext_lazy("audit", "looked through for identities"),
    "bin": pgettext_lazy("audit", "thrown into the bin"),
    "unbin": pgettext_lazy("audit", "brought back"),
    "wipe": pgettext_lazy("audit", "wiped"),
    "limit": pgettext_lazy("audit", "work limited"),
    "unlimit": pgettext_lazy("audit", "limit taken away"),
    "share": pgettext_lazy("audit", "preview shared"),
    "unshare": pgettext_lazy("audit", "preview closed"),
    "vary": pgettext_lazy("audit", "cut otherwise"),
    "submit": pgettext_lazy("audit", "handed in"),
    "schedule": pgettext_lazy("audit", "change scheduled"),
    "unschedule": pgettext_lazy("audit", "scheduled change cancelled"),
    "merge": pgettext_lazy("audit", "scheduled change came out"),
    "clash": pgettext_lazy("audit", "scheduled change did not come out"),
    "unpublish": pgettext_lazy("audit", "end set"),
    "update": pgettext_lazy("audit", "changed for readers"),
    "withdraw": pgettext_lazy("audit", "withdrawn"),
}
KINDS = {
    "article": _("article"),
    "image": _("picture"),
    "confidentialnote": _("confidential note"),
    "comment": _("comment"),
    "section": _("section"),
    "tag": _("tag"),
    "author": _("author"),
    "user": _("person"),
    "savedsearch": _("saved search"),
}


def in_words(name: str, value: Any) -> str:
    """`slug: kota → metro`; of a text that is not in the log only that it has changed."""
    match value:
        case []:
            return f"{name}: {VERBS['change']}"
        case [old, new]:
            return f"{name}: {_plain(old)} → {_plain(new)}"
    return f"{name}: {_plain(value)}"


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return "–" if value in (None, "") else str(value)
