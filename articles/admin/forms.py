"""The form of an article: what is typed, as the content writer wants it."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles import gate, pictures, questions
from articles.admin.base import by_field, capitalize_labels, show_refusal
from articles.admin.fields import (
    AnswerField,
    BodyField,
    LineField,
    LinesField,
    MomentField,
    PictureField,
    SectionField,
    SignaturesField,
    TagsField,
)
from articles.admin.widgets import SentPictureInput
from articles.content import Signature, Values
from articles.errors import Refused
from articles.models import Article, Author, Image

COLUMNS = (
    "section",
    "kind",
    "label",
    "kicker",
    "headline",
    "slug",
    "standfirst",
    "body",
    "lead_image",
    "dateline_source",
    "dateline_city",
    "seo_title",
    "seo_description",
    "share_image",
    "canonical_url",
    "comments_mode",
    "comments_close_at",
    "embargo_until",
)
# What a save is about; all else in the form steers the save itself.
CONTENT = {*COLUMNS, "tag_names", "signatures", *questions.QUESTIONS}
TEXTS = ("caption", "credit", "alt")


class ArticleForm(forms.ModelForm):  # type: ignore[type-arg]
    """All of an article. It is checked here and stored by content.py."""

    request: ClassVar[HttpRequest]

    section = SectionField(label=_("section"))
    headline = LineField(
        label=_("headline"),
        max_length=150,
        widget=forms.Textarea(attrs={"rows": 2, "data-ideal": gate.LONGEST_HEADLINE}),
    )
    standfirst = LinesField(
        label=_("standfirst"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    body = BodyField(label=_("body"), required=False)
    lead_image = PictureField(label=_("lead image"), required=False)
    share_image = PictureField(
        label=_("picture for sharing"),
        required=False,
        help_text=_("On WhatsApp, Facebook and X. Empty: the lead image."),
    )
    tag_names = TagsField(
        label=_("tags"), required=False, help_text=_("Commas between them: Banjir, Kota Nala.")
    )
    signatures = SignaturesField(
        label=_("bylines"), required=False, help_text=_("In the order in which they are printed.")
    )
    comments_close_at = MomentField(label=_("comments close at"), required=False)
    embargo_until = MomentField(
        label=_("embargo until"),
        required=False,
        help_text=_("Before this time nobody can publish it, and no shared link opens it."),
    )

    may_harm = AnswerField("may_harm")
    involves_child = AnswerField("involves_child")
    sexual_violence = AnswerField("sexual_violence")
    suicide = AnswerField("suicide")
    ai_used = AnswerField("ai_used")

    upload = forms.FileField(
        label=_("upload a picture"),
        required=False,
        widget=SentPictureInput,
        help_text=_("It becomes the lead image."),
    )
    upload_caption = LineField(label=_("caption"), max_length=400, required=False)
    upload_credit = LineField(
        label=_("credit"),
        max_length=160,
        required=False,
        help_text=_("Photographer and source: “Foto: Nama/Kantor berita”."),
    )
    upload_alt = LineField(label=_("description for blind readers"), max_length=300, required=False)
    # The picture that a script has sent meanwhile; the three texts above are about it.
    upload_sent = forms.IntegerField(required=False, widget=forms.HiddenInput)

    note = LineField(label=_("note on this save"), max_length=300, required=False)
    base_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    standing_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    overwrite = forms.BooleanField(label=_("save mine over it"), required=False)

    class Meta:
        model = Article
        fields = COLUMNS
        # How long each may be before search engines cut it; nothing is refused for it.
        widgets: ClassVar = {
            "seo_title": forms.TextInput(attrs={"data-ideal": 60}),
            "seo_description": forms.Textarea(attrs={"rows": 3, "data-ideal": 155}),
        }

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        kept = getattr(self.request, "kept", None)
        self.is_kept = data is None and kept is not None
        super().__init__(kept if self.is_kept else data, *args, **kwargs)
        capitalize_labels(self)
        if self.instance.pk:
            self._begin_from(self.instance)
        else:
            self._begin_new()

    def _begin_from(self, article: Article) -> None:
        lines = article.bylines.all()
        self.initial["tag_names"] = sorted(tag.name for tag in article.topics)
        self.initial["signatures"] = [Signature(line.author, line.role) for line in lines]
        self.initial.update(questions.clean(article.sensitivity))
        self.initial["base_version"] = article.version
        self.derived = article.headline_derived

    def _begin_new(self) -> None:
        self.derived = False
        own = Author.objects.filter(user=self.request.user.pk).first()
        self.initial.setdefault("signatures", [Signature(own)] if own else [])

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.is_kept:
            self._take_upload()
        show_refusal(self, getattr(self.request, "refusal", None))
        return self.cleaned_data

    # The picture that comes with the form

    def _take_upload(self) -> None:
        """Store the picture at once, whatever else is wrong: a browser would not send it again."""
        file = self.cleaned_data.get("upload")
        if any(name.startswith("upload_") for name in self.errors):
            # Its words are shown again as they were typed; a file can't be.
            if file:
                self.add_error("upload", _("Choose the file that these words belong to."))
            return
        texts = {name: self.cleaned_data.get(f"upload_{name}", "") for name in TEXTS}
        try:
            if file:
                self._choose(self._store(file, texts))
            elif any(texts.values()) or self._is_sent():
                self._choose(self._describe(texts))
        except ValidationError as refusal:
            for name, messages in by_field(refusal):
                field = f"upload_{name}" if name in TEXTS else "upload"
                self.add_error(field, messages)
        except Refused as refusal:
            self.add_error("upload", str(refusal))

    def _store(self, file: Any, texts: dict[str, Any]) -> Image:
        image = pictures.store(file, by=self._person(), **texts)
        # A second look at the same request must not store it twice.
        self.files.pop("upload")
        return image

    def _describe(self, texts: dict[str, str]) -> Image:
        """Texts without a file belong to the chosen picture, if it has no credit yet or is new.

        The file of a new one has filled the fields in, so what is empty now was emptied.
        """
        image = self.cleaned_data.get("lead_image")
        if image is None:
            raise ValidationError(_("Choose the file that these words belong to."))
        if image.credit and not self._is_sent():
            raise ValidationError(
                _("The chosen picture has its words already; change them in the picture's form.")
            )
        emptied = {name for name in TEXTS if self._is_sent() and f"upload_{name}" in self.data}
        given: Any = {name: text for name, text in texts.items() if text or name in emptied}
        return pictures.update(image, by=self._person(), **given)

    def _is_sent(self) -> bool:
        """Whether a script has sent the chosen picture while this form was open."""
        image = self.cleaned_data.get("lead_image")
        return image is not None and image.pk == self.cleaned_data.get("upload_sent")

    def _person(self) -> Any:
        """Staff: the admin has let nobody else in."""
        return self.request.user

    def _choose(self, image: Image) -> None:
        """Make `image` the lead image, in what is saved and in what is shown again."""
        self.cleaned_data["lead_image"] = image
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["lead_image"], data["lead_image-number"] = str(image.pk), ""
        if image.credit:
            for name in TEXTS:
                data[f"upload_{name}"] = ""
            data["upload_sent"] = ""
        else:
            self.add_error("upload_credit", _("Whose picture is it? A lead image needs a credit."))
        self.errors.pop("lead_image", None)
        self.data = data
        self.request.POST = data

    # What the content writer gets

    @property
    def changes(self) -> set[str]:
        """The names of what was changed in the article itself."""
        return CONTENT.intersection(self.changed_data)

    def values(self) -> Values:
        """The article as it stands in the form."""
        fields = {name: self.cleaned_data[name] for name in COLUMNS}
        rows = {name: fields.pop(name) for name in ("section", "lead_image", "share_image")}
        fields |= {f"{name}_id": row and row.pk for name, row in rows.items()}
        answers = {code: self.cleaned_data[code] for code in questions.QUESTIONS}
        fields["sensitivity"] = questions.clean(answers)
        fields["headline_derived"] = self.derived and "headline" not in self.changed_data
        return Values(
            fields=fields,
            tags=self.cleaned_data["tag_names"],
            bylines=self.cleaned_data["signatures"],
        )

    def base(self) -> int:
        """The version that this save was made from, or is meant to replace."""
        standing: int | None = self.cleaned_data.get("standing_version")
        if self.cleaned_data.get("overwrite") and standing is not None:
            return standing
        base: int | None = self.cleaned_data.get("base_version")
        return base or 0
