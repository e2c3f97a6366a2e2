"""A picture that was dropped or pasted into a text: kept at once, and answered with its number."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import pictures
from articles.admin.base import words_of
from articles.admin.widgets import thumbnail
from articles.errors import NotAllowed, Refused


@require_POST
def upload_picture(request: HttpRequest) -> JsonResponse:
    """Keep the file; what is wrong with it is answered in words."""
    file = request.FILES.get("file")
    person: Any = request.user  # Staff: the admin has let nobody else in.
    try:
        if file is None:
            raise ValidationError(_("No file came."))
        image = pictures.store(file, by=person)
    except (Refused, ValidationError) as refusal:
        status = 403 if isinstance(refusal, NotAllowed) else 400
        return JsonResponse({"error": words_of(refusal)}, status=status)
    return JsonResponse({"id": image.pk, "text": str(image), "thumb": thumbnail(image)})
