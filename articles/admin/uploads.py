"""Many pictures at once: each is stored or refused by itself, with the reason beside its name.

With JavaScript each file is a request of its own, with its progress, and is sent again if the
network fails; without, the browser sends all of them in one.
"""

from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
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
from articles.errors import Refused
from articles.models import Image

AN_HOUR = 60 * 60
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


class ManyPicturesInput(PictureInput):
    """Lets a person choose several files."""

    allow_multiple_selected = True


@dataclass
class Result:
    """What became of one file."""

    name: str
    address: str = ""
    thumb: str = ""
    credit: str = ""
    refusal: str = ""
    cautions: list[str] = field(default_factory=list)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The page with its form; to the script that sends one file after the other, JSON."""
    if not request.user.has_perm("articles.add_image"):
        raise PermissionDenied
    form = SharedForm(request.POST or None)
    results: list[Result] = []
    sending = request.headers.get("X-Uploads", "")
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in SHARED}
        files = request.FILES.getlist("files")
        results = [take_once(sending, file, request.user, facts) for file in files]
    if sending:
        errors = [str(text) for texts in form.errors.values() for text in texts]
        return JsonResponse({"results": [asdict(one) for one in results], "errors": errors})
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


@require_POST
def vary(request: HttpRequest, pk: int) -> HttpResponse:
    """Another cut of the same file, for one article; its form is what comes next."""
    image = get_object_or_404(Image, pk=pk)
    variant = pictures.vary(image, by=request.user)  # type: ignore[arg-type]  # staff
    words = _("This is picture %(number)d now. Cut it, and use it by this number.")
    messages.success(request, words % {"number": variant.pk})
    return HttpResponseRedirect(reverse("admin:articles_image_change", args=[variant.pk]))


def take_once(sending: str, file: "UploadedFile[bytes]", by: Any, facts: Any) -> Result:
    """As `take`; but what was stored in the same sending is not stored again.

    A network that goes between the file and its answer has the script send it a second time.
    """
    if not sending:
        return take(file, by, facts)
    key = "upload:" + sha256(f"{by.pk}:{sending}".encode()).hexdigest()
    if known := cache.get(key):
        return Result(**known)
    result = take(file, by, facts)
    if not result.refusal:
        cache.set(key, asdict(result), AN_HOUR)
    return result


def take(file: "UploadedFile[bytes]", by: Any, facts: Any) -> Result:
    """Store one file, or say why not."""
    name = file.name or ""
    try:
        image = pictures.store(file, by=by, **facts)
    except (ValidationError, Refused) as refusal:
        return Result(name, refusal=words_of(refusal))
    return Result(
        name,
        address=reverse("admin:articles_image_change", args=[image.pk]),
        thumb=thumbnail(image),
        credit=image.credit,
        cautions=cautions(image),
    )


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
