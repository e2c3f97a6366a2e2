"""What the desk's editor can make: the same elements that markup.py keeps, and no more.

The schema is a convenience for whoever writes; what is stored is decided by markup.clean alone.
"""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from articles import embeds

# Where a button stands in the bar: the paper's own come right after the headings.
GROUPS = [
    {"group": "headings"},
    {"group": "marks"},
    {"group": "link"},
    {"group": "lists"},
    {"group": "nodes -blockType -lists -headings"},
    {"group": "desk"},
    {"group": "table"},
    {"group": "history"},
    {"group": "utility"},
]
# The buttons that the editor brings along, by the names it gives them.
BUTTONS = {
    "heading2": _("Heading"),
    "heading3": _("Smaller heading"),
    "bold": _("Bold"),
    "italic": _("Italic"),
    "subscript": _("Subscript"),
    "superscript": _("Superscript"),
    "link": _("Link"),
    "unlink": _("Remove the link"),
    "bulletList": _("List"),
    "orderedList": _("Numbered list"),
    "blockquote": _("Quotation"),
    "horizontalRule": _("Dividing line"),
    "table": _("Table"),
    "table:addColumnAfter": _("Add a column"),
    "table:deleteColumn": _("Remove the column"),
    "table:addRowAfter": _("Add a row"),
    "table:deleteRow": _("Remove the row"),
    "table:mergeCells": _("Merge cells"),
    "table:splitCell": _("Split the cell"),
    "table:toggleHeaderCell": _("Heading cell"),
    "table:deleteTable": _("Remove the table"),
    "history:undo": _("Undo"),
    "history:redo": _("Redo"),
    "picture": _("Insert a picture"),
    "gallery": _("Insert a gallery"),
    "pullQuote": _("Pulled quotation"),
    "infoBox": _("Information box"),
    "related": _("Insert a “Read also” box"),
}
# What static/js/editor/sending.js says of a file that is refused without a word of ours.
REFUSALS = {
    "large": _("The file is too large for the server. Choose a smaller one."),
    "refused": _(
        "The server refused the file. Reload the page and choose it again, or choose another."
    ),
}
LABELS = REFUSALS | {
    "body": _("body"),
    "address": _("Address"),
    "apply": _("Use"),
    "cancel": _("Cancel"),
    "search": _("Search"),
    "number": _("or its number"),
    "insert": _("Insert"),
    "picture": _("Picture"),
    "related": _("Read also"),
    "embed": _("Embedded"),
    "gallery": _("Gallery"),
    "changeGallery": _("Change the gallery"),
    "addPictures": _("Add pictures"),
    "ownCaption": _("Caption in this gallery"),
    "earlier": _("Move forward"),
    "later": _("Move back"),
    "takeOut": _("Take out"),
    "uploading": _("Uploading"),
    "notSent": _("It did not arrive. The file is kept here until you try again."),
    "again": _("Try again"),
    "uploadsWait": _("A picture has not arrived yet and will be left behind. Save all the same?"),
    "nothing": _("Nothing found."),
    "unreachable": _("The list could not be fetched. Write the number instead."),
    "badAddress": _("Write an address that begins with https:// or with /."),
}
PICTURES = {
    "list": reverse_lazy("admin:articles_image_pick"),
    "thumb": reverse_lazy("admin:articles_image_thumb", args=[0]),
}
EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Subscript": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "DeskLink": {"openOnClick": False, "autolink": False, "linkOnPaste": True},
    "DeskTable": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Picture": PICTURES,
    "Gallery": PICTURES,
    "Embed": {"patterns": embeds.PATTERNS},
    "PullQuote": True,
    "InfoBox": True,
    "Uploads": {"url": reverse_lazy("admin:articles_image_send")},
    "Related": {"list": reverse_lazy("admin:articles_article_pick")},
    "Desk": {"buttons": BUTTONS, "labels": LABELS},
    "Menu": {"groups": GROUPS},
    "NoSpellCheck": False,
}


def allow_references(config: Any, shared: dict[str, Any]) -> None:
    """django-prose-editor's hook for its own sanitiser, not used here; true all the same."""
    shared["tags"] |= {"figure", "figcaption", "aside"}
    attributes = shared["attributes"]
    attributes.setdefault("figure", set()).update({"data-image", "data-gallery", "data-embed"})
    attributes.setdefault("figcaption", set()).add("data-image")
    attributes.setdefault("aside", set()).update({"data-articles", "data-box"})


def allow_nothing(config: Any, shared: dict[str, Any]) -> None:
    """For extensions that add no element of their own."""


OUR_EXTENSIONS = {
    "Desk": allow_nothing,
    "DeskLink": allow_nothing,
    "DeskTable": allow_nothing,
    "Uploads": allow_nothing,
    "Picture": allow_references,
    "Gallery": allow_references,
    "Embed": allow_references,
    "PullQuote": allow_references,
    "InfoBox": allow_references,
    "Related": allow_references,
}
