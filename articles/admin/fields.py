"""Form fields for what an article has beside plain columns: tags, bylines, a picture, its body."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField

from articles import editor, markup, questions
from articles.admin import widgets
from articles.admin.base import zone
from articles.content import Signature
from articles.crops import Ratio
from articles.models import Author, Byline, Image, Section, Tag
from articles.slugs import split_names, tag_key

# The order of sections, each with those of the second level right after it.
TREE = (
    Coalesce("parent__order", "order").asc(),
    Coalesce("parent__name", "name").asc(),
    F("parent").asc(nulls_first=True),
    F("order").asc(),
    F("name").asc(),
)


class LineField(forms.CharField):
    """Text of one line that may be seen on several: a line end is a space."""

    def to_python(self, value: Any) -> Any:
        return " ".join(str(super().to_python(value) or "").split())


class LinesField(forms.CharField):
    """Text of several lines, with the line ends of the database and not of the browser."""

    def to_python(self, value: Any) -> Any:
        return str(super().to_python(value) or "").replace("\r\n", "\n")


class BodyField(ProseEditorFormField):
    """The article's text; what counts as changed is what readers would see changed."""

    def __init__(self, **options: Any) -> None:
        config = {"extensions": editor.EXTENSIONS}
        widget = widgets.Editor(attrs={"rows": 30})
        super().__init__(config=config, sanitize=markup.clean, widget=widget, **options)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return markup.clean(initial or "") != markup.clean(data or "")


class TagsField(forms.CharField):
    """Names with commas between them; one that holds a comma itself stands in quotation marks."""

    widget = widgets.TagsInput

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else join_names(value)

    def to_python(self, value: Any) -> Any:
        return split_names(str(super().to_python(value) or ""))

    def validate(self, value: Any) -> None:
        longest = Tag._meta.get_field("name").max_length or 0
        if wrong := [one for one in value if len(one) > longest or not any(map(str.isalnum, one))]:
            raise ValidationError(
                _("This can't be a tag: %(name)s. It needs letters, and 100 characters at most.")
                % {"name": wrong[0]}
            )

    def run_validators(self, value: Any) -> None:
        """The text as a whole has no limit."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = {tag_key(name) for name in initial or ()}
        return before != {tag_key(name) for name in self.to_python(data)}


def join_names(names: Iterable[str]) -> str:
    """The text of the field for these names."""
    return ", ".join(quoted(name) if "," in name or name[:1] == '"' else name for name in names)


def quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))


class SignaturesField(forms.Field):
    """Who signs, as what, in which order: pairs of author and role."""

    widget = widgets.SignatureRows

    def prepare_value(self, value: Any) -> Any:
        return [
            (str(one.author.pk), one.role) if isinstance(one, Signature) else one
            for one in value or ()
        ]

    def to_python(self, value: Any) -> list[Signature]:
        rows = [(pk, role) for pk, role in value or () if pk]
        known = {str(author.pk): author for author in self._authors(rows)}
        if any(pk not in known or role not in Byline.Role.values for pk, role in rows):
            raise ValidationError(_("Choose author and role from the lists."))
        return [Signature(known[pk], role) for pk, role in dict.fromkeys(rows)]

    def _authors(self, rows: list[tuple[str, str]]) -> Iterable[Author]:
        ids = [pk for pk, _role in rows if pk.isdecimal() and len(pk) < 19]
        return Author.objects.filter(pk__in=ids)

    def has_changed(self, initial: Any, data: Any) -> bool:
        asked = [(pk, role) for pk, role in data or () if pk]
        return [(str(one.author.pk), one.role) for one in initial or ()] != asked


class PictureField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the pictures: from the newest, or any other by its number."""

    widget = widgets.PictureChoice
    default_error_messages = {"invalid_choice": _("There is no picture of that number.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Image.objects.all(), **options)

    # A ModelChoiceField hands all its rows to the widget; these are too many, and it asks itself.
    def _get_choices(self) -> list[Any]:
        return []

    choices = property(_get_choices, lambda self, value: None)

    def to_python(self, value: Any) -> Any:
        if value and not (str(value).isdecimal() and len(str(value)) < 19):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class CutField(forms.CharField):
    """A cut made by hand, in per cent of the picture: left, top, width; empty is by the focus."""

    default_error_messages = {
        "cut": _("Three numbers from 0 to 100: left, top and width, such as 10 0 80.")
    }

    def __init__(self, ratio: Ratio | None, **options: Any) -> None:
        self.ratio = ratio
        super().__init__(required=False, **options)

    def widget_attrs(self, widget: Any) -> dict[str, Any]:
        across, down = self.ratio or (1, 1)
        said = {"data-cut": f"{across}/{down}", "inputmode": "decimal", "size": "20"}
        return super().widget_attrs(widget) | said

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return " ".join(f"{100 * number:.2f}".rstrip("0").rstrip(".") for number in value)

    def to_python(self, value: Any) -> Any:
        words = str(super().to_python(value) or "").replace(",", ".").split()
        try:
            numbers = [round(float(word) / 100, 4) for word in words]
        except ValueError:
            numbers = [-1.0]
        if words and (len(numbers) != 3 or not all(0 <= number <= 1 for number in numbers)):
            raise ValidationError(self.error_messages["cut"], code="cut")
        return numbers

    def run_validators(self, value: Any) -> None:
        """Whether it lies inside the picture is the writer's to say."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "")


class AnswerField(forms.ChoiceField):
    """Yes or no, and neither of them until somebody has chosen."""

    def __init__(self, question: str) -> None:
        label: Any = questions.QUESTIONS[question]
        widget = forms.RadioSelect(attrs={"class": "desk-answer"})
        super().__init__(choices=questions.ANSWERS, widget=widget, required=False, label=label)


class SectionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A section, those of the second level under the one that they belong to."""

    def __init__(self, **options: Any) -> None:
        tree = Section.objects.select_related("parent").order_by(*TREE)
        super().__init__(queryset=tree, **options)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.parent.name} › {obj.name}" if obj.parent else str(obj.name)


class MomentField(forms.DateTimeField):
    """A day and a time in the site's zone, which its label names, asked for in one input."""

    def __init__(self, *, label: Any = "", **options: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(
            label=format_lazy("{} ({})", label, lazy(zone, str)()), widget=widget, **options
        )

    def to_python(self, value: Any) -> Any:
        """Raises ValidationError for a year that a slip of the finger made."""
        try:
            moment = super().to_python(value)
        except OverflowError:  # One of the first or last days there are, in another zone.
            raise ValidationError(_("Look at the year again.")) from None
        if moment is not None and not 1990 <= moment.year <= 2100:
            raise ValidationError(_("Look at the year again."))
        return moment

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(initial and initial.replace(second=0, microsecond=0), data)
