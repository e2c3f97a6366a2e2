"""What a person typed into a form, to be given back when the form can't be taken."""

from django.http import HttpRequest

# Fields in which even a single word is somebody's text.
TEXTS = {"body", "headline", "standfirst"}


def typed_texts(request: HttpRequest) -> list[str]:
    """The texts of a POST: what has more than one word, or stands in a field for text.

    That leaves tokens, dates, codes and passwords out.
    """
    return [
        value
        for name, value in request.POST.items()
        if "password" not in name and isinstance(value, str)
        if len(value.split()) > (0 if name in TEXTS else 1)
    ]
