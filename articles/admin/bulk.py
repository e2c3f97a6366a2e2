"""Another section, or other tags, for what is ticked in the list.

Each article is saved for itself, by the person's right to it and over the version that was on the
screen. Who can't be changed is told by name and why; the others are done.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.admin import ActionLocation
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from articles import refiling, snapshots
from articles.admin import actions
from articles.admin.actions import CONFIRMED, DeskStep, StepForm
from articles.admin.base import capitalize_labels, words_of
from articles.admin.fields import SectionField, TagsField
from articles.errors import Refused
from articles.models import Article, SectionRight, Tag
from articles.slugs import tag_key

# As many are saved with one click: some seconds' work.
MOST = 100
# So many of the tags that the articles bear are told.
TOLD = 30


class MoveForm(StepForm):
    """The sections that one works in; what waits for readers passes the new one's steps."""

    section = SectionField(
        label=gettext_lazy("section"),
        help_text=gettext_lazy(
            "What is handed in or approved passes the steps of its new section from the beginning."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        capitalize_labels(self)
        limits = SectionRight.limits(self.by)
        if limits is not None:
            field: Any = self.fields["section"]
            field.queryset = field.queryset.filter(pk__in=limits)


class RetagForm(StepForm):
    """Names with commas between them, in whatever spelling."""

    add_tags = TagsField(
        label=gettext_lazy("add these tags"),
        required=False,
        help_text=gettext_lazy("Commas between them: Banjir, Kota Nala."),
    )
    remove_tags = TagsField(label=gettext_lazy("remove these tags"), required=False)

    class Media:
        css = {"all": ["css/admin-editor.css"]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        capitalize_labels(self)
        held = Tag.objects.filter(tagged_items__content_object__in=self.articles).distinct()
        if names := ", ".join(tag.name for tag in held.order_by("name")[:TOLD]):
            self.fields["remove_tags"].help_text = _("They have: %(names)s.") % {"names": names}

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        add, remove = values.get("add_tags"), values.get("remove_tags")
        if self.errors:
            return values
        if not add and not remove:
            raise ValidationError(_("Write a tag that is added or removed."))
        both = {tag_key(name) for name in add or ()} & {tag_key(name) for name in remove or ()}
        if both:
            self.add_error("remove_tags", _("One tag can't be added and removed."))
        return values


type Asked = Mapping[str, Any]


def move(article: Article, by: Any, asked: Asked, version: int | None) -> Article | None:
    return refiling.move(article, asked["section"], version or 0, by)


def retag(article: Article, by: Any, asked: Asked, version: int | None) -> Article | None:
    return refiling.retag(article, asked["add_tags"], asked["remove_tags"], version or 0, by)


STEPS = {
    "move_articles": DeskStep(
        "move",
        "change",
        gettext_lazy("Move to another section…"),
        gettext_lazy("Move to another section…"),
        ngettext_lazy("%(count)d article moved.", "%(count)d articles moved.", "count"),
        move,
        MoveForm,
    ),
    "retag_articles": DeskStep(
        "retag",
        "change",
        gettext_lazy("Add or remove tags…"),
        gettext_lazy("Add or remove tags…"),
        ngettext_lazy(
            "The tags of %(count)d article are changed.",
            "The tags of %(count)d articles are changed.",
            "count",
        ),
        retag,
        RetagForm,
    ),
}


def carry_out(
    model_admin: Any, request: HttpRequest, queryset: QuerySet[Article], name: str
) -> HttpResponse | None:
    """Ask what it needs to know; then save each article for itself, and tell what became of it."""
    step, articles = STEPS[name], list(queryset[: MOST + 1])
    if len(articles) > MOST:
        told = _("At most %(most)d articles are changed at once. Tick fewer.")
        messages.error(request, told % {"most": MOST})
        return None
    data = request.POST if request.POST.get(CONFIRMED) == name else None
    form = step.form(data, articles=articles, by=request.user)
    if not form.is_valid():
        return actions.ask(model_admin, request, form, name, step)
    outcomes = [saved(request, step, one, form.cleaned_data) for one in articles]
    done = [one for one in outcomes if isinstance(one, Article)]
    tell(request, step, done, already=outcomes.count(None))
    return None


def saved(
    request: HttpRequest, step: DeskStep, article: Article, asked: Asked
) -> Article | bool | None:
    """The article as saved; None if there was nothing to change; False if it was refused."""
    version = actions.shown_version(request, article)
    try:
        found: Any = step.take(article, request.user, asked, version)
    except (Refused, ValidationError) as refusal:
        messages.error(request, f"“{article.headline}”: {words_of(refusal)}")
        return False
    return found  # type: ignore[no-any-return]


def tell(request: HttpRequest, step: DeskStep, done: list[Article], *, already: int) -> None:
    """How many were changed, how many of them for the desk alone, and how many were so before."""
    if done:
        messages.success(request, step.done % {"count": len(done)})
    if waiting := sum(snapshots.is_apart(one) for one in done):
        words = ngettext(
            "%(count)d of them is published: readers see the change after “Publish the changes”.",
            "%(count)d of them are published: readers see the change after “Publish the changes”.",
            waiting,
        )
        messages.info(request, words % {"count": waiting})
    if already:
        words = ngettext(
            "%(count)d article was so already.", "%(count)d articles were so already.", already
        )
        messages.info(request, words % {"count": already})


ACTIONS = [
    actions.action_for(name, step, carry_out, [ActionLocation.CHANGE_LIST])
    for name, step in STEPS.items()
]
