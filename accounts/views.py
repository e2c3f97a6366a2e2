"""A member's own pages; log-in, sign-up and passwords are allauth's."""

from allauth.account.decorators import verified_email_required
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import consent
from accounts.forms import ConsentForm, ProfileForm
from accounts.models import has_confirmed_address


@never_cache
@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """A member's own page: where log-in leads when nothing else was asked for."""
    return TemplateResponse(request, "account/home.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Change one's name, and for staff the language of the desk."""
    assert request.user.is_authenticated
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=request.user)
    if form.is_valid():
        form.save()
        return redirect("accounts:home")
    return TemplateResponse(request, "account/profile.html", {"form": form})


@never_cache
@require_safe
def confirm(request: HttpRequest) -> HttpResponse:
    """Send the mail that confirms the account's address, and wait here; then go on to `next`."""
    answer: HttpResponse = verified_email_required(_go_on)(request)
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def agree(request: HttpRequest) -> HttpResponse:
    """Ask for the agreements that are missing, after sign-up by staff or a new wording."""
    user = request.user
    assert user.is_authenticated
    purposes = consent.missing(user)
    form = ConsentForm(request.POST if request.method == "POST" else None, purposes=purposes)
    if not purposes or form.is_valid():
        consent.record(user, purposes)
        return redirect(_next(request))
    return TemplateResponse(request, "account/consent.html", {"form": form, "next": _next(request)})


def _go_on(request: HttpRequest) -> HttpResponse:
    """Some address is confirmed; if it is not the account's own, that is set right first."""
    return redirect(_next(request) if has_confirmed_address(request.user) else "account_email")


def _next(request: HttpRequest) -> str:
    """Where to go afterwards; only addresses of this site."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if safe else "/"
