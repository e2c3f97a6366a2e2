"""The desk's own inputs. Each works without JavaScript; the modules beside make it quicker."""

from typing import Any

from django import forms
from django.db.models import Q
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import ProseEditorWidget

from articles import renditions
from articles.editor import REFUSALS
from articles.models import Author, Byline, Image

NEWEST = 11
ROWS = 4
# What lead_upload.js says while a file is on its way.
SENDING = REFUSALS | {
    "sending": _("Sending…"),
    "storing": _("Being looked at…"),
    "again": _("Send again"),
    "failed": _("It did not arrive. The file is kept here, and sent again when it can be."),
    "done": _("It is the lead image now. Describe it below."),
    "late": _("It is among the pictures. You had chosen another lead image, and that one stays."),
    "wait": _("A picture has not arrived yet and will be left behind. Save all the same?"),
}


class OurTemplate:
    """A widget whose template lies among the project's, where forms do not look by themselves."""

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> str:
        return render_to_string(template_name, context)


class DayInput(forms.DateInput):
    """A day, chosen as the device does it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"type": "date"} | (attrs or {}), format="%Y-%m-%d")


class PictureInput(forms.FileInput):
    """A picture file; an iPhone that is asked for these kinds sends JPEG instead of HEIC."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": "image/jpeg,image/png,image/webp"} | (attrs or {}))


class SentPictureInput(PictureInput):
    """A picture file that a script sends while the form stays open; without one, the form does."""

    class Media:
        js = [Script("js/editor/lead_upload.js", type="module")]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        words = {f"data-{key}": text for key, text in SENDING.items()}
        address = {"data-send": reverse("admin:articles_image_send")}
        context["widget"]["attrs"] |= address | words
        return context


class Editor(ProseEditorWidget):
    """The prose editor, laid out by static/css/admin-editor.css."""


class SuggestInput(forms.TextInput):
    """One line; a script offers, while one types, what the page of that name knows."""

    def __init__(self, source: str) -> None:
        super().__init__({"autocomplete": "off"})
        self.source = source

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-suggest"] = reverse(self.source)
        return context


class TagsInput(OurTemplate, forms.TextInput):
    """A line of names; a script makes chips of them, and offers the known ones while one types."""

    template_name = "admin/widgets/tags.html"

    class Media:
        js = [Script("js/editor/tags.js", type="module")]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["source"] = reverse("admin:articles_tag_names")
        return context


class SignatureRows(OurTemplate, forms.Widget):
    """Rows of two selects, author and role; empty rows are left out."""

    template_name = "admin/widgets/signatures.html"
    use_fieldset = True

    class Media:
        js = [Script("js/editor/rows.js", type="module")]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[tuple[str, str]]:
        authors, roles = data.getlist(f"{name}-author"), data.getlist(f"{name}-role")
        return list(zip(authors, roles, strict=False))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-author" not in data

    def id_for_label(self, id_: str) -> str:
        return ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = [*(value or ())]
        rows += [("", Byline.Role.WRITER)] * max(ROWS - len(rows), 1)
        context["widget"] |= {
            "rows": [(str(author), str(role)) for author, role in rows],
            "authors": [(str(pk), text) for pk, text in Author.objects.values_list("pk", "name")],
            "roles": Byline.Role.choices,
        }
        return context


class PictureChoice(OurTemplate, forms.Widget):
    """The newest pictures to choose from, the chosen one first; others go by their number."""

    template_name = "admin/widgets/pictures.html"
    use_fieldset = True

    class Media:
        js = [Script("js/editor/pictures.js", type="module")]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        return (data.get(f"{name}-number") or data.get(name) or "").strip()

    def id_for_label(self, id_: str) -> str:
        return ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        asked = int(value) if str(value or "").isdecimal() and len(str(value)) < 19 else None
        pictures = offered(asked)
        chosen = asked if asked in [image.pk for image in pictures] else None
        context["widget"] |= {
            "chosen": chosen,
            "unknown": "" if chosen else value or "",
            "pictures": [(image, thumbnail(image)) for image in pictures],
            "source": reverse("admin:articles_image_pick"),
            "none": _("No picture"),
        }
        return context


def offered(chosen: int | None) -> list[Image]:
    """The chosen picture, if any, and the newest others: two queries at most."""
    newest = list(Image.objects.filter(~Q(pk=chosen))[:NEWEST])
    return [*Image.objects.filter(pk=chosen), *newest] if chosen else newest


def thumbnail(image: Image) -> str:
    """The address of the smallest square copy, or of what stands in; nothing without one."""
    return renditions.smallest(image, "thumb")
