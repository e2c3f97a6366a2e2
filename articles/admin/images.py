"""Pictures: uploaded and described through pictures.py."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles import pictures, renditions
from articles.admin import pages, uploads
from articles.admin.base import WrittenAdmin, capitalize_labels, show_refusal
from articles.admin.fields import CutField, LineField
from articles.admin.image_lists import CreditFilter, LicenceFilter, UploaderFilter, licence_words
from articles.admin.lists import words_for
from articles.admin.widgets import DayInput, PictureInput, thumbnail
from articles.models import Article, Image, ImageUse

WORDS = ["caption", "alt"]
RIGHTS = ["photographer", "source", "nature", "taken_on", "licence", "licence_ends"]
FOCUS = ["focus_x", "focus_y"]
CUT_LABELS = {
    "lead": _("cut 16:9"),
    "card": _("cut 4:3"),
    "thumb": _("cut 1:1"),
    "share": _("cut for sharing"),
}
FOCUS_HELP = _("Where the eye should land; cuts are made around it. 0 to 1.")
CUTS_HELP = _(
    "The focus from 0 to 1. A cut in per cent: left, top and width, such as 10 0 80; empty follows"
    " the focus."
)
CUTS = [f"crop_{code}" for code in renditions.CUTS]


class ImageForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is said of a picture, where its focus lies, and how it is cut."""

    request: ClassVar[HttpRequest]
    caption = LineField(label=_("caption"), max_length=400, required=False)
    another = forms.FileField(
        label=_("another file"),
        required=False,
        widget=PictureInput,
        help_text=_("It takes the place of this one in every article, at once."),
    )

    class Meta:
        model = Image
        fields = [*WORDS, *RIGHTS, *FOCUS]
        widgets = {
            "taken_on": DayInput,
            "licence_ends": DayInput,
            **dict.fromkeys(FOCUS, forms.NumberInput(attrs={"min": 0, "max": 1, "step": "any"})),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in renditions.CUTS:
            ratio = renditions.RECIPES[code].ratio
            self.fields[f"crop_{code}"] = CutField(ratio, label=CUT_LABELS[code])
            self.initial[f"crop_{code}"] = self.instance.crops.get(code)
        capitalize_labels(self)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        self.tell(getattr(self.request, "refusal", None))
        return values

    def tell(self, refusal: Exception | None) -> None:
        show_refusal(self, refusal, at="another")

    def facts(self) -> Any:
        """What the writer gets."""
        values = self.cleaned_data
        facts = {name: values[name] for name in (*WORDS, *RIGHTS, *FOCUS)}
        cuts = {code: values[f"crop_{code}"] for code in renditions.CUTS}
        return facts | {"crops": {code: cut for code, cut in cuts.items() if cut}}


class UploadForm(ImageForm):
    """A new picture; words that the file brings along need not be typed."""

    original = forms.FileField(
        label=_("file"),
        widget=PictureInput,
        help_text=_("JPEG, PNG or WebP. If it names its photographer, the credit may stay empty."),
    )

    def tell(self, refusal: Exception | None) -> None:
        show_refusal(self, refusal, at="original")

    def facts(self) -> Any:
        """Cuts are made when the picture can be seen."""
        return {name: fact for name, fact in super().facts().items() if name != "crops"}


@admin.register(Image)
class ImageAdmin(WrittenAdmin):
    """The archive of pictures. None is ever deleted: an old revision may show it."""

    form = ImageForm
    list_display = ["thumb", "__str__", "credit", "told", "size", "uploaded_by", "created_at"]
    list_display_links = ["thumb", "__str__"]
    list_select_related = ["uploaded_by"]
    list_per_page = 30
    list_filter = ["nature", LicenceFilter, CreditFilter, UploaderFilter, "created_at"]
    sortable_by = ["created_at"]
    search_fields = ["caption", "credit", "alt", "licence"]
    readonly_fields = ["frame", "printed", "size", "uploaded_by", "created_at", "used_in"]

    class Media:
        css = {"all": ["css/admin-pictures.css"]}
        js = [Script("js/editor/frame.js", type="module")]

    # The list

    @admin.display(description=_("picture"))
    def thumb(self, image: Image) -> SafeString | str:
        address = thumbnail(image)
        # It is a link, and its words are all that this one has.
        html = '<img class="desk-thumb" src="{}" alt="{}" width="72" height="72" loading="lazy">'
        words = image.alt or str(image)
        return format_html(html, address, words) if address else str(_("being made"))

    @admin.display(description=_("note"))
    def told(self, image: Image) -> SafeString:
        """What an editor must know before she takes it."""
        words = [image.nature_label, licence_words(image, timezone.localdate())]
        if image.variant_of_id:
            words.append(_("Cut of #%(number)d") % {"number": image.variant_of_id})
        if not image.credit:
            words.append(str(_("No credit")))
        badge = '<span class="desk-badge">{}</span>'
        return format_html_join(" ", badge, ((word,) for word in words if word))

    @admin.display(description=_("size"))
    def size(self, image: Image) -> str:
        words = f"{image.width} × {image.height}"
        small = str(_("small")) if pictures.is_narrow(image) else ""
        return " · ".join(filter(None, (words, small)))

    # The form

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is None:
            kwargs["form"] = UploadForm
        # The cuts are fields of the form that Django does not know of when it makes the class.
        kwargs["fields"] = [*WORDS, *RIGHTS, *FOCUS]
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        rights = (_("Credit and rights"), {"fields": RIGHTS})
        if obj is None:
            numbers = {"fields": [tuple(FOCUS)], "description": FOCUS_HELP}
            return [(None, {"fields": ["original", *WORDS]}), rights, (_("Focus"), numbers)]
        file = ["size", "uploaded_by", "created_at", "used_in"]
        sets = [(None, {"fields": ["frame", *WORDS, "printed"]}), rights]
        if not self.has_change_permission(request, obj):
            return [*sets, (_("File"), {"fields": file})]
        numbers = {"fields": [tuple(FOCUS), tuple(CUTS)], "description": CUTS_HELP}
        numbers["classes"] = ["collapse"]
        return [
            *sets,
            (_("Focus and cuts in numbers"), numbers),
            (_("File"), {"fields": ["another", *file]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Image | None = None) -> Any:
        return self.readonly_fields if obj else []

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        image: Any = super().get_object(request, object_id, from_field)
        if image is not None:
            # For used_in, which Django asks without telling who looks.
            image.seen_by = request.user
        return image

    def write(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        user: Any = request.user
        if change:
            # All or nothing: new words under the old picture would be somebody else's.
            with transaction.atomic():
                stored = pictures.update(obj, by=user, **form.facts())
                if file := form.cleaned_data["another"]:
                    stored = pictures.replace(stored, file, by=user)
        else:
            stored = pictures.store(form.cleaned_data["original"], by=user, **form.facts())
        obj.__dict__.update(stored.__dict__)
        for words in uploads.cautions(stored):
            messages.warning(request, words)

    @admin.display(description=_("picture"))
    def frame(self, image: Any) -> SafeString:
        """The whole picture, to be clicked at where its focus is."""
        context = {
            "image": image,
            "address": renditions.widest(image, "first"),
            "original": reverse("admin:articles_image_original", args=[image.pk]),
            "may_vary": image.seen_by.has_perm("articles.add_image"),
        }
        return render_to_string("admin/widgets/frame.html", context)

    @admin.display(description=_("printed under it"))
    def printed(self, image: Image) -> str:
        return " · ".join(filter(None, (image.label, image.credit))) or "—"

    @admin.display(description=_("shown in"))
    def used_in(self, image: Any) -> SafeString | str:
        """Articles that this person may read; there may be more."""
        html = '<p><a href="{}">{}</a> · {} · {}</p>'
        return format_html_join("", html, map(_use_words, uses_of(image))) or "—"

    def get_urls(self) -> list[URLPattern]:
        ours = {
            "pick": ("pick/", pages.pick_images),
            "upload": ("upload/", uploads.upload),
            "send": ("send/", uploads.send),
            "vary": ("<int:pk>/vary/", uploads.vary),
            "original": ("<int:pk>/original/", pages.original),
            "thumb": ("<int:pk>/thumb/", pages.thumb),
        }
        return [*self.pages(ours), *super().get_urls()]


def uses_of(image: Any) -> QuerySet[ImageUse]:
    """Where the picture stands, the newest articles first; as many as a person reads."""
    readable = Article.objects.visible_to(image.seen_by)
    uses = image.uses.filter(article__in=readable).select_related("article")
    ordered: QuerySet[ImageUse] = uses.defer("article__body").order_by("-article_id", "role")
    return ordered[:50]


def _use_words(use: ImageUse) -> tuple[str, str, str, str]:
    article = use.article
    state = _("only in a change that is not published") if use.is_draft else words_for(article)
    address = reverse("admin:articles_article_change", args=[article.pk])
    return address, article.headline, use.get_role_display(), str(state)
