from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

MEMBER_PATHS = ("/admin/", "/akun/", "/komentar/")


class MemberLanguageMiddleware:
    """The desk and a member's own pages speak their language; public pages speak the paper's.

    A public page is the same bytes for everybody, so it never looks at the person.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(self.language(request)):
            return self.get_response(request)

    def language(self, request: HttpRequest) -> str:
        """The language of this request's answer."""
        if request.path_info.startswith(MEMBER_PATHS) and request.user.is_authenticated:
            return request.user.language
        return settings.LANGUAGE_CODE
