"""Confidential notes on the desk: pages of their own, which nobody sees whose name is not on them.

For everybody else they do not exist: 404, in whatever role. No page here may be stored, none
carries the signed note by which other forms outlive a session, and no script keeps what is typed.
"""

from collections.abc import Callable, ItemsView
from functools import wraps
from types import FrameType
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from django.views.debug import SafeExceptionReporterFilter
from django.views.decorators.debug import sensitive_post_parameters

from articles import confidential, rights
from articles.admin.base import DeskAdmin, show_refusal
from articles.errors import Refused
from articles.models import Article, ConfidentialNote

PAGES = "admin/articles/confidential"


class NothingTold(SafeExceptionReporterFilter):
    """An error report of these pages: where it failed, and no value of anything."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always, on a developer's machine too."""
        return True

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> ItemsView[str, Any]:
        return dict.fromkeys(tb_frame.f_locals, self.cleansed_substitute).items()


type View = Callable[..., HttpResponse]


def unreported(view: View) -> View:
    """Let nothing of a request to `view` into an error report, however deep it fails."""

    @sensitive_post_parameters()
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.exception_reporter_filter = NothingTold()
        return view(request, *args, **kwargs)

    return inner


class NoteForm(forms.Form):
    """One text, which no browser remembers and no spelling service is sent."""

    text = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off", "spellcheck": "false"}),
    )
    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReadersForm(forms.Form):
    """One box for each member of the staff."""

    readers = forms.ModelMultipleChoiceField(
        label=_("Who may read this, beside the chief editor?"),
        queryset=get_user_model()._default_manager.filter(is_staff=True, is_active=True),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@admin.register(ConfidentialNote)
class ConfidentialNoteAdmin(DeskAdmin):
    """None of Django's own pages: no list of all notes, no history, no search."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        ours = {
            "article": ("article/<int:pk>/", self.of_article),
            "add": ("article/<int:pk>/add/", self.add),
            "read": ("<int:pk>/", self.read),
            "edit": ("<int:pk>/edit/", self.edit),
            "readers": ("<int:pk>/readers/", self.name_readers),
        }
        return self.pages({name: (at, unreported(view)) for name, (at, view) in ours.items()})

    def of_article(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The notes of an article that this person may read; how many others there are, no word."""
        by: Any = request.user
        article = get_object_or_404(Article, pk=pk)
        notes = ConfidentialNote.objects.readable_by(by).filter(article=article)
        rows = list(notes.defer("locked").select_related("author").prefetch_related("readers"))
        may_add = confidential.may_add(by, article)
        if not (rows or may_add):
            raise Http404
        context = {"notes": rows, "may_add": may_add, "title": _("Confidential notes")}
        return self.show(request, "list", article, context)

    def add(self, request: HttpRequest, pk: int) -> HttpResponse:
        by: Any = request.user
        article = get_object_or_404(Article, pk=pk)
        if not confidential.may_add(by, article):
            raise Http404
        form = NoteForm(request.POST or None)
        if form.is_valid() and (note := self.added(request, article, form)):
            return to("readers", note.pk)
        context = {"form": form, "title": _("New confidential note")}
        return self.show(request, "form", article, context)

    def added(
        self, request: HttpRequest, article: Article, form: NoteForm
    ) -> ConfidentialNote | None:
        """The new note; none if its writer refused, which the form then says."""
        by: Any = request.user
        try:
            return confidential.add(article, form.cleaned_data["text"], by, request=request)
        except (Refused, ValidationError) as refusal:
            show_refusal(form, refusal)
            return None

    def read(self, request: HttpRequest, pk: int) -> HttpResponse:
        by: Any = request.user
        note = readable(request, pk)
        text, refusal = opened(request, note)
        context = {
            "note": note,
            "text": text,
            "refusal": refusal,
            "readers": note.readers.all(),
            "may_change": confidential.may_change(by, note),
            "title": _("Confidential note"),
        }
        return self.show(request, "note", note.article, context)

    def edit(self, request: HttpRequest, pk: int) -> HttpResponse:
        note = changeable(request, pk)
        if request.method == "POST":
            form = NoteForm(request.POST)
            if form.is_valid() and self.saved(request, note, form):
                return to("read", note.pk)
        else:
            text, refusal = opened(request, note)
            if refusal:
                return to("read", note.pk)
            form = NoteForm(initial={"text": text, "base_version": note.version})
        context = {"form": form, "note": note, "title": _("Change the confidential note")}
        return self.show(request, "form", note.article, context)

    def saved(self, request: HttpRequest, note: ConfidentialNote, form: NoteForm) -> bool:
        """Whether the writer took it; if not, the form says why."""
        by: Any = request.user
        text, base = form.cleaned_data["text"], form.cleaned_data["base_version"] or 0
        try:
            confidential.save(note, text, base, by, request=request)
        except (Refused, ValidationError) as refusal:
            show_refusal(form, refusal)
            return False
        return True

    def name_readers(self, request: HttpRequest, pk: int) -> HttpResponse:
        by: Any = request.user
        note = changeable(request, pk)
        named = list(note.readers.values_list("pk", flat=True))
        form = ReadersForm(request.POST if request.method == "POST" else None)
        form.initial = {"readers": named}
        if form.is_valid():
            confidential.name_readers(note, form.cleaned_data["readers"], by, request=request)
            return to("article", note.article_id)
        context = {"form": form, "note": note, "title": _("Readers of the confidential note")}
        return self.show(request, "form", note.article, context)

    def show(
        self, request: HttpRequest, page: str, article: Article, context: dict[str, Any]
    ) -> HttpResponse:
        """One of the pages; the headline only for whoever may read the article as well."""
        shown = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "article": article,
            "may_read_article": rights.may_read(request.user, article),
            **context,
        }
        return render(request, f"{PAGES}/{page}.html", shown)


def readable(request: HttpRequest, pk: int) -> ConfidentialNote:
    """The note if this person's name is on it; else there is none."""
    by: Any = request.user
    notes = ConfidentialNote.objects.readable_by(by).select_related("article", "author")
    return get_object_or_404(notes, pk=pk)


def changeable(request: HttpRequest, pk: int) -> ConfidentialNote:
    """The note if this person wrote it or is the chief editor; else there is none."""
    by: Any = request.user
    note = readable(request, pk)
    if not confidential.may_change(by, note):
        raise Http404
    return note


def opened(request: HttpRequest, note: ConfidentialNote) -> tuple[str, str]:
    """The text of the note, or why it can't be read."""
    by: Any = request.user
    try:
        return confidential.read(note, by, request=request), ""
    except confidential.CannotOpen as refusal:
        return "", str(refusal)


def to(page: str, pk: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"admin:articles_confidentialnote_{page}", args=[pk]))
