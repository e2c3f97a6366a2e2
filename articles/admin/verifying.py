"""The page of checks beside an article's form: who was asked for his side, who looked it over."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles import gate, questions, snapshots, verification
from articles.admin import panel, previewing
from articles.admin.base import number_in, show_refusal
from articles.admin.fields import LineField, MomentField
from articles.errors import Refused
from articles.models import Article, ConfirmationAttempt


class AttemptForm(forms.Form):
    """Who was asked for his side, when, and what came of it."""

    asked = LineField(
        label=gettext_lazy("Who was asked?"),
        max_length=160,
        help_text=gettext_lazy(
            "Name and office. A source to be protected goes into a confidential note."
        ),
    )
    at = MomentField(label=gettext_lazy("When?"))
    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it?"),
        choices=ConfirmationAttempt.Outcome.choices,
        widget=forms.RadioSelect,
    )
    note = LineField(
        label=gettext_lazy("Note"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("By which way, what was said."),
    )


class CheckForm(forms.Form):
    """The list that a second editor goes through."""

    items = forms.MultipleChoiceField(
        label=gettext_lazy("Looked for, and not found"),
        choices=[*verification.CHECKLIST.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick each item once you have looked for it.")},
    )
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def clean_items(self) -> list[str]:
        """All of them: a list with a gap is shown again, with what was ticked."""
        items: list[str] = self.cleaned_data["items"]
        if not set(verification.CHECKLIST) <= set(items):
            raise ValidationError(self.fields["items"].error_messages["required"])
        return items


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Attempts at a confirmation, the check of identities, and the forms for a new one of each."""
    article, person = previewing.readable(request, pk), previewing.staff(request)
    if not panel.may_see_history(person, article):
        raise Http404
    if "strike" in request.POST:
        return struck(request, article)
    sent, text = request.POST.get("form"), gate.betrayals(article)
    attempt = AttemptForm(
        request.POST if sent == "attempt" else None, initial={"at": timezone.now()}
    )
    check = CheckForm(request.POST if sent == "check" else None, initial={"seen": text})
    if sent == "attempt" and attempt.is_valid() and recorded(attempt, article, person):
        messages.success(request, _("Recorded. Readers never see it."))
        return HttpResponseRedirect(request.path)
    if sent == "check" and check.is_valid():
        checked(request, check, article)
        return HttpResponseRedirect(request.path)
    content = snapshots.working(article)
    answers = content["fields"]["sensitivity"]
    attempts = article.confirmation_attempts.select_related("recorded_by", "struck_by", "article")
    checks = article.identity_checks.select_related("checked_by", "revision")
    why_not = verification.why_not_record(person, article)
    context = previewing.about(request, article) | {
        "may_harm": questions.may_harm(answers),
        "guards_identity": questions.guards_identity(answers),
        "attempts": [(one, verification.may_strike(person, one, why_not)) for one in attempts],
        "checks": [(one, one.text_hash == text) for one in checks],
        "attempt": attempt,
        "why_not_record": why_not,
        "check": check,
        "why_not_check": verification.why_not_check(person, article),
    }
    return render(request, "admin/articles/article/verification.html", context)


def recorded(form: AttemptForm, article: Article, person: Any) -> bool:
    """Whether the writer took the attempt; if not, the form says why."""
    try:
        verification.record(article, person, **form.cleaned_data)
    except (Refused, ValidationError) as refusal:
        show_refusal(form, refusal)
        return False
    return True


def checked(request: HttpRequest, form: CheckForm, article: Article) -> None:
    """Ask the writer for it; what was ticked for another text is not kept for this one."""
    values = form.cleaned_data
    try:
        verification.check(
            article, previewing.staff(request), items=values["items"], seen=values["seen"]
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your check is kept with this text."))


def struck(request: HttpRequest, article: Article) -> HttpResponse:
    """Strike out the attempt whose button was pressed."""
    number = number_in(request.POST["strike"])
    found = article.confirmation_attempts.filter(pk=number or 0).first()
    if found is None:
        raise Http404
    try:
        verification.strike(found, previewing.staff(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Struck out. It stays to be read, and counts no more."))
    return HttpResponseRedirect(request.path)
