"""Pictures: uploaded and described through pictures.py."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles import pictures
from articles.admin import pages
from articles.admin.base import WrittenAdmin, capitalize_labels, show_refusal
from articles.admin.fields import LineField
from articles.admin.lists import words_for
from articles.admin.widgets import thumbnail
from articles.models import Article, Image

WORDS = ["caption", "credit", "alt"]
FOCUS = ["focus_x", "focus_y"]


class ImageForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is said of a picture, and where its focus lies."""

    request: ClassVar[HttpRequest]
    caption = LineField(label=_("caption"), max_length=400, required=False)

    class Meta:
        model = Image
        fields = [*WORDS, *FOCUS]
        widgets = {
            name: forms.NumberInput(attrs={"min": 0, "max": 1, "step": 0.05}) for name in FOCUS
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        capitalize_labels(self)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        self.tell(getattr(self.request, "refusal", None))
        return values

    def tell(self, refusal: Exception | None) -> None:
        show_refusal(self, refusal)


class UploadForm(ImageForm):
    """A new picture; words that the file brings along need not be typed."""

    original = forms.FileField(
        label=_("file"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP. If it names its photographer, the credit may stay empty."),
    )

    def tell(self, refusal: Exception | None) -> None:
        show_refusal(self, refusal, at="original")


@admin.register(Image)
class ImageAdmin(WrittenAdmin):
    """The archive of pictures. None is ever deleted: an old revision may show it."""

    form = ImageForm
    list_display = ["thumb", "__str__", "credit", "size", "uploaded_by", "created_at"]
    list_display_links = ["thumb", "__str__"]
    list_select_related = ["uploaded_by"]
    list_per_page = 30
    sortable_by = ["created_at"]
    search_fields = WORDS
    readonly_fields = ["shown", "size", "uploaded_by", "created_at", "used_in"]

    class Media:
        css = {"all": ["css/admin-editor.css"]}

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is None:
            kwargs["form"] = UploadForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        words = (None, {"fields": [*WORDS, *([] if obj else ["original"])]})
        focus = (
            _("Focus"),
            {
                "fields": [tuple(FOCUS)],
                "description": _("Where the eye should land; cuts are made around it. 0 to 1."),
            },
        )
        shown = (None, {"fields": ["shown", "size", "uploaded_by", "created_at", "used_in"]})
        return [words, focus, shown] if obj else [words, focus]

    def get_readonly_fields(self, request: HttpRequest, obj: Image | None = None) -> Any:
        return self.readonly_fields if obj else []

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        image: Any = super().get_object(request, object_id, from_field)
        if image is not None:
            # For used_in, which Django asks without telling who looks.
            image.seen_by = request.user
        return image

    def write(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        values = form.cleaned_data
        words = {name: values[name] for name in WORDS}
        x, y = values["focus_x"], values["focus_y"]
        user: Any = request.user
        if change:
            pictures.update(obj, by=user, **words, focus_x=x, focus_y=y)
            return
        stored = pictures.store(values["original"], by=user, **words, focus=(x, y))
        obj.__dict__.update(stored.__dict__)

    @admin.display(description=_("picture"))
    def thumb(self, image: Image) -> SafeString | str:
        address = thumbnail(image)
        html = '<img class="desk-thumb" src="{}" alt="" width="72" height="72" loading="lazy">'
        return format_html(html, address) if address else str(_("being made"))

    @admin.display(description=_("picture"))
    def shown(self, image: Image) -> SafeString:
        return format_html(
            '{} <a href="{}">{}</a>',
            self.thumb(image),
            reverse("admin:articles_image_original", args=[image.pk]),
            _("Download the original"),
        )

    @admin.display(description=_("size"))
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"

    @admin.display(description=_("shown in"))
    def used_in(self, image: Any) -> SafeString | str:
        """Articles that this person may read; there may be more."""
        articles = Article.objects.visible_to(image.seen_by).filter(image_uses__image=image)
        rows = [
            (reverse("admin:articles_article_change", args=[one.pk]), one.headline, words_for(one))
            for one in articles.distinct()[:50]
        ]
        return format_html_join("", '<p><a href="{}">{}</a> · {}</p>', rows) or "—"

    def get_urls(self) -> list[URLPattern]:
        ours = {
            "pick": ("pick/", pages.pick_images),
            "original": ("<int:pk>/original/", pages.original),
            "thumb": ("<int:pk>/thumb/", pages.thumb),
        }
        return [*self.pages(ours), *super().get_urls()]
