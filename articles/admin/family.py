"""Who belongs to an article: its links to others, chosen at the desk on a page of its own."""

import json
import re
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles import editor, families, rights
from articles.admin import panel, previewing
from articles.admin.base import words_of
from articles.admin.lists import words_for
from articles.errors import Refused
from articles.models import Article, ArticleLink

Kind = ArticleLink.Kind
# What is said of the article at hand, and whether the link runs from it to the other.
RELATIONS: dict[str, tuple[Any, str, bool]] = {
    "follows_up": (gettext_lazy("This is a follow-up to"), Kind.FOLLOW_UP, True),
    "corrects": (gettext_lazy("This is a correction of"), Kind.CORRECTION, True),
    "replies_to": (gettext_lazy("This is the right of reply to"), Kind.REPLY, True),
    "followed_up_by": (gettext_lazy("It has the follow-up"), Kind.FOLLOW_UP, False),
    "corrected_by": (gettext_lazy("It has the correction"), Kind.CORRECTION, False),
    "replied_to_by": (gettext_lazy("It has the right of reply"), Kind.REPLY, False),
    "series": (gettext_lazy("It is in a series with"), Kind.SERIES, True),
    "related": (gettext_lazy("It is related to"), Kind.RELATED, True),
}
# The number in /kanal/12/judul/, or all that was typed.
NUMBER = re.compile(r"(?:^|/)([0-9]{1,18})(?:/|$)")


class FamilyForm(forms.Form):
    """How this article is linked with which other one."""

    relation = forms.ChoiceField(
        label=gettext_lazy("Relation"),
        choices=[(code, words) for code, (words, _kind, _from) in RELATIONS.items()],
    )
    other = forms.CharField(
        label=gettext_lazy("Article"),
        max_length=500,
        help_text=gettext_lazy("Its number, or its address as in the browser."),
    )
    order = forms.IntegerField(
        label=gettext_lazy("Place in the series"), min_value=0, max_value=999, required=False
    )

    def __init__(self, data: Any = None, *, person: Any) -> None:
        super().__init__(data)
        self.person = person

    def clean_other(self) -> Article:
        """The article of that number or address, if this person may read it."""
        number = NUMBER.search(self.cleaned_data["other"].partition("?")[0].strip().lstrip("#"))
        readable = Article.objects.visible_to(self.person)
        found: Article | None = number and readable.filter(pk=number[1]).first()
        if found is None:
            raise ValidationError(_("There is no such article, or it isn't yours to read."))
        return found

    def link(self, article: Article) -> None:
        """Ask the writer for it; raises what the writer raises."""
        values = self.cleaned_data
        _words, kind, is_from = RELATIONS[values["relation"]]
        first, second = (article, values["other"]) if is_from else (values["other"], article)
        families.link(first, second, kind, self.person, order=values["order"] or 0)


@require_http_methods(["GET", "HEAD", "POST"])
def family(request: HttpRequest, pk: int) -> HttpResponse:
    """The links that an article has, a new one, and an end to one."""
    article, person = previewing.readable(request, pk), previewing.staff(request)
    if not panel.may_see_history(person, article):
        raise Http404
    if "unlink" in request.POST:
        return unlinked(request, article)
    form = FamilyForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid() and linked(form, article):
        messages.success(request, _("The link is set. Readers see it on both pages."))
        return HttpResponseRedirect(request.path)
    context = previewing.about(request, article) | {
        "form": form,
        "rows": [row_of(link, article) for link in families.of(article)],
        "why_not": rights.why_not_change_at_once(person, article),
        "list": reverse("admin:articles_article_pick"),
        "labels": json.dumps({name: str(words) for name, words in editor.LABELS.items()}),
    }
    return render(request, "admin/articles/article/family.html", context)


def linked(form: FamilyForm, article: Article) -> bool:
    """Whether the writer set the link; if not, the form says why."""
    try:
        form.link(article)
    except (Refused, ValidationError) as refusal:
        form.add_error("other", words_of(refusal))
        return False
    return True


def unlinked(request: HttpRequest, article: Article) -> HttpResponse:
    """Take the link away whose button was pressed."""
    number = request.POST["unlink"]
    found = next((one for one in families.of(article) if str(one.pk) == number), None)
    if found is None:
        raise Http404
    families.unlink(found, previewing.staff(request))
    messages.success(request, _("The link is removed."))
    return HttpResponseRedirect(request.path)


def row_of(link: ArticleLink, article: Article) -> dict[str, Any]:
    """A line of the list: what is said of the article at hand, and of which other."""
    is_from = link.from_article_id == article.pk
    other = link.to_article if is_from else link.from_article
    words = words_of_link(link.kind, is_from)
    return {"link": link, "words": words, "other": other, "state_words": words_for(other)}


def words_of_link(kind: str, is_from: bool) -> Any:
    """The relation in words; a mutual one is the same from both ends."""
    found = {(each, way): words for words, each, way in RELATIONS.values()}
    return found.get((kind, is_from)) or found[(kind, True)]
