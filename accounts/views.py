from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import consent
from accounts.forms import ConsentForm


@never_cache
@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """A member's own page: where log-in leads when nothing else was asked for."""
    return TemplateResponse(request, "account/home.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def agree(request: HttpRequest) -> HttpResponse:
    """Ask for the agreements that are missing, after sign-up by staff or a new wording."""
    user = request.user
    assert user.is_authenticated
    purposes = consent.missing(user)
    form = ConsentForm(request.POST or None, purposes=purposes)
    if not purposes or (request.method == "POST" and form.is_valid()):
        consent.record(user, purposes)
        return redirect(_next(request))
    return TemplateResponse(request, "account/consent.html", {"form": form, "next": _next(request)})


def _next(request: HttpRequest) -> str:
    """Where to go afterwards; only addresses of this site."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if safe else "/"
