"""Pictures on their way in: each is stored or refused by itself, with the reason beside its name.

With JavaScript each file is a request of its own, from the page for many, from a text or from the
lead image's field, with its progress, and is sent again if the network fails. Without, the browser
sends all of them in one.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles import pictures
from articles.admin.base import capitalize_labels, words_of
from articles.admin.image_lists import licence_words
from articles.admin.widgets import DayInput, PictureInput, thumbnail
from articles.errors import NotAllowed, Refused
from articles.models import Image

SHARED = ["photographer", "source", "nature", "licence", "licence_ends"]


class SharedForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is true of all the files; what a file says of itself fills the gaps."""

    class Meta:
        model = Image
        fields = SHARED
        widgets = {"licence_ends": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        capitalize_labels(self)

    def facts(self) -> Any:
        """What the writer gets. Raises ValidationError for what can't be, in one list."""
        if not self.is_valid():
            raise ValidationError([text for texts in self.errors.values() for text in texts])
        return {name: self.cleaned_data[name] for name in SHARED}


class ManyPicturesInput(PictureInput):
    """Lets a person choose several files."""

    allow_multiple_selected = True


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The page with its form, which sends many files at once where no script does it."""
    if not request.user.has_perm("articles.add_image"):
        raise PermissionDenied
    form = SharedForm(request.POST or None)
    results: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        results = [take(file, request.user, facts) for file in request.FILES.getlist("files")]
    context = {
        **admin.site.each_context(request),
        "title": _("Upload several pictures"),
        "opts": Image._meta,
        "form": form,
        "files": ManyPicturesInput().render("files", None, {"id": "id_files", "required": True}),
        "results": results,
        "media": form.media,
    }
    return render(request, "admin/articles/image/upload.html", context)


def take(file: Any, by: Any, facts: Any) -> dict[str, Any]:
    """Store one file, or say why not."""
    name = {"name": file.name or ""}
    try:
        return name | told(pictures.store(file, by=by, **facts))
    except (Refused, ValidationError) as refusal:
        return name | {"refusal": words_of(refusal)}


@require_POST
def send(request: HttpRequest) -> JsonResponse:
    """One `file`, stored once however often it comes under the same `sending`.

    What stands in the form for many goes along as fields. Answered with what `told` says, or with
    400 or 403 and the `refusal` in words.
    """
    person: Any = request.user  # Staff: the admin has let nobody else in.
    file, sending = request.FILES.get("file"), request.POST.get("sending", "")
    try:
        if file is None:
            raise ValidationError(_("No file came."))
        facts = SharedForm(request.POST).facts() if "nature" in request.POST else {}
        image = pictures.store(file, by=person, sending=sending, **facts)
    except (Refused, ValidationError) as refusal:
        status = 403 if isinstance(refusal, NotAllowed) else 400
        return JsonResponse({"refusal": words_of(refusal)}, status=status)
    return JsonResponse(told(image))


def told(image: Image) -> dict[str, Any]:
    """What whoever sent it sees of a stored picture, and where it is described."""
    return {
        "id": image.pk,
        "text": str(image),
        "address": reverse("admin:articles_image_change", args=[image.pk]),
        "thumb": thumbnail(image),
        "caption": image.caption,
        "credit": image.credit,
        "alt": image.alt,
        "cautions": cautions(image),
    }


@require_POST
def vary(request: HttpRequest, pk: int) -> HttpResponse:
    """Another cut of the same file, for one article; its form is what comes next."""
    image = get_object_or_404(Image, pk=pk)
    try:
        variant = pictures.vary(image, by=request.user)  # type: ignore[arg-type]  # staff
    except ValidationError as refusal:
        messages.error(request, words_of(refusal))
        return HttpResponseRedirect(reverse("admin:articles_image_change", args=[pk]))
    words = _("This is picture %(number)d now. Cut it, and use it by this number.")
    messages.success(request, words % {"number": variant.pk})
    return HttpResponseRedirect(reverse("admin:articles_image_change", args=[variant.pk]))


def cautions(image: Image) -> list[str]:
    """What is no reason to refuse a picture, and yet should be seen by who uploads it."""
    words = []
    if pictures.is_narrow(image):
        words.append(
            _("This picture is %(width)d pixels wide; ask for one of %(least)d or more.")
            % {"width": image.width, "least": pictures.WIDE_ENOUGH}
        )
    if not image.credit:
        words.append(_("It has no credit yet, so no article can be published with it."))
    if image.nature == Image.Nature.ARCHIVE and not image.taken_on:
        words.append(_("An archive picture tells its day: say when it was taken."))
    if not image.is_licensed(timezone.localdate()):
        words.append(licence_words(image, timezone.localdate()))
    return words
