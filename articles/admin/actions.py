"""The steps of the workflow as actions of the admin, on the list and on an article's form.

A step that needs a word (a note, a time, a reason) asks for it on a page of its own, which works
for one article and for many. Each refusal is told by name, and the others go on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from articles import chains, gate, rights, workflow
from articles.admin import gating, kept
from articles.admin.base import change_url, number_in, words_of
from articles.admin.fields import LinesField, MomentField
from articles.errors import Refused
from articles.models import Article

LOCATIONS = [ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM]
FORM_ACTION = f"{ActionLocation.CHANGE_FORM.value}-action"
CONFIRMED = "confirmed"


class StepForm(forms.Form):
    """What a step asks for; a form without fields asks nothing."""

    def __init__(self, data: Any = None, *, articles: list[Article], by: Any) -> None:
        super().__init__(data)
        self.articles, self.by = articles, by


def words_field(label: Any, help_text: Any = "") -> forms.CharField:
    return LinesField(label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": 3}))


class ReturnForm(StepForm):
    note = words_field(_("What should the writer change?"))


class ApproveForm(StepForm):
    """Asks for a reason only where somebody approves what is her own, or another role's to pass."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [one for one in self.articles if rights.is_writer(self.by, one)]
        if own and self.by.has_perm("articles.override_four_eyes"):
            self._ask_for_reason(
                _("Why without a second pair of eyes?"),
                _("You wrote: %(headlines)s. The reason is kept and shown to the newsroom."),
                own,
            )
        foreign = [one for one in self.articles if self.are_foreign(chains.left(one))]
        if foreign and self.by.has_perm("articles.pass_any_step"):
            self._ask_for_reason(
                _("Why in the place of others?"),
                _("Other roles pass: %(headlines)s. The reason is kept and shown to the newsroom."),
                foreign,
            )

    def are_foreign(self, links: list[chains.Link]) -> bool:
        """Whether one of the steps to be taken now is another role's."""
        return not all(chains.holds(self.by, link) for link in links[:1])

    def _ask_for_reason(self, label: Any, text: Any, articles: list[Article]) -> None:
        headlines = ", ".join(f"“{article.headline}”" for article in articles)
        self.fields["note"] = words_field(label, text % {"headlines": headlines})


class PublishForm(ApproveForm):
    """To publish is to pass all steps that are left."""

    def are_foreign(self, links: list[chains.Link]) -> bool:
        return not all(chains.holds(self.by, link) for link in links)


class UpdateForm(PublishForm):
    """Whether readers are told of the change is asked each time, and not decided for anybody."""

    kind = forms.ChoiceField(
        label=_("What kind of change is it?"),
        choices=[
            ("small", _("A small edit: spelling, a link, a comma. Its date stays.")),
            ("substance", _("A change of substance: readers are told that it was changed.")),
        ],
        widget=forms.RadioSelect,
    )


class UpdateAtForm(UpdateForm):
    at = MomentField(
        label=_("When?"),
        help_text=_(
            "Until then readers see what they see now, and it can be corrected: "
            "the correction and this change are joined when the time comes."
        ),
    )


class PublishAtForm(PublishForm):
    at = MomentField(label=_("When?"))


class EndForm(StepForm):
    at = MomentField(label=_("When does it end?"), required=False)
    remove = forms.BooleanField(label=_("it has no end (any more)"), required=False)
    reason = forms.ChoiceField(
        label=_("Ground"),
        required=False,
    )
    note = words_field(_("What are readers told?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = False
        may_withdraw = self.by.has_perm("articles.withdraw_article")
        grounds = Article.Reason if may_withdraw else sorted(workflow.ENDINGS)
        reason: Any = self.fields["reason"]
        reason.choices = [("", "—"), *((code.value, code.label) for code in grounds)]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not values.get("remove") and not self.errors and not values.get("at"):
            raise ValidationError({"at": _("Write the time, or tick that it has no end.")})
        return values


class WithdrawForm(StepForm):
    reason = forms.ChoiceField(label=_("Ground"), choices=[("", "—"), *Article.Reason.choices])
    public_reason = words_field(
        _("What are readers told?"), _("It stands at the article's address instead of the text.")
    )


type Take = Callable[[Article, Any, Mapping[str, Any], int | None], object]


@dataclass(frozen=True)
class DeskStep:
    """One of steps.STEPS as the desk offers it."""

    name: str
    permission: str
    one: Promise
    many: Promise
    done: Any
    take: Take
    form: type[StepForm] = StepForm


def end(article: Article, by: Any, asked: Mapping[str, Any], version: int | None) -> object:
    if asked["remove"]:
        return workflow.unpublish(article, by, at=None)
    words = {"reason": asked["reason"], "note": asked["note"]}
    return workflow.unpublish(article, by, at=asked["at"], **words)


def update(article: Article, by: Any, asked: Mapping[str, Any], version: int | None) -> object:
    is_substantial, note = asked["kind"] == "substance", asked.get("note", "")
    return workflow.update(
        article, by, is_substantial=is_substantial, note=note, base_version=version
    )


def update_later(
    article: Article, by: Any, asked: Mapping[str, Any], version: int | None
) -> object:
    return workflow.schedule_update(
        article,
        by,
        at=asked["at"],
        is_substantial=asked["kind"] == "substance",
        note=asked.get("note", ""),
        base_version=version,
    )


def cancel_change(
    article: Article, by: Any, asked: Mapping[str, Any], version: int | None
) -> object:
    """What became of the text is said if it is not simply on the desk again."""
    after = workflow.unschedule(article, by)
    return after.transitions.values_list("note", flat=True).first()


def approve(article: Article, by: Any, asked: Mapping[str, Any], version: int | None) -> object:
    return workflow.approve(article, by, note=asked.get("note", ""), base_version=version)


def publish(article: Article, by: Any, asked: Mapping[str, Any], version: int | None) -> object:
    note, at = asked.get("note", ""), asked.get("at")
    return workflow.publish(article, by, at=at, note=note, base_version=version)


STEPS = {
    "submit_articles": DeskStep(
        "submit",
        "submit",
        _("Hand in to the editors"),
        _("Hand in to the editors"),
        ngettext_lazy("%(count)d article handed in.", "%(count)d articles handed in.", "count"),
        lambda article, by, asked, version: workflow.submit(article, by),
    ),
    "take_articles": DeskStep(
        "take",
        "approve",
        _("Take up"),
        _("Take up"),
        ngettext_lazy("%(count)d article taken up.", "%(count)d articles taken up.", "count"),
        lambda article, by, asked, version: workflow.take(article, by),
    ),
    "approve_articles": DeskStep(
        "approve",
        "approve",
        _("Approve"),
        _("Approve"),
        ngettext_lazy("%(count)d article approved.", "%(count)d articles approved.", "count"),
        approve,
        ApproveForm,
    ),
    "publish_articles": DeskStep(
        "publish",
        "publish",
        _("Publish"),
        _("Publish now"),
        ngettext_lazy("%(count)d article published.", "%(count)d articles published.", "count"),
        publish,
        PublishForm,
    ),
    "schedule_articles": DeskStep(
        "publish",
        "publish",
        _("Publish later…"),
        _("Publish later…"),
        ngettext_lazy("%(count)d article scheduled.", "%(count)d articles scheduled.", "count"),
        publish,
        PublishAtForm,
    ),
    "update_articles": DeskStep(
        "update",
        "publish",
        _("Publish the changes…"),
        _("Publish the changes…"),
        ngettext_lazy(
            "The changes of %(count)d article are out.",
            "The changes of %(count)d articles are out.",
            "count",
        ),
        update,
        UpdateForm,
    ),
    "update_later_articles": DeskStep(
        "schedule",
        "publish",
        _("Publish the changes later…"),
        _("Publish the changes later…"),
        ngettext_lazy(
            "The changes of %(count)d article are scheduled.",
            "The changes of %(count)d articles are scheduled.",
            "count",
        ),
        update_later,
        UpdateAtForm,
    ),
    "cancel_change_articles": DeskStep(
        "unschedule",
        "publish",
        _("Cancel the scheduled change"),
        _("Cancel the scheduled changes"),
        ngettext_lazy(
            "The scheduled change of %(count)d article is cancelled.",
            "The scheduled changes of %(count)d articles are cancelled.",
            "count",
        ),
        cancel_change,
    ),
    "return_articles": DeskStep(
        "return",
        "return",
        _("Return to the writer…"),
        _("Return to the writers…"),
        ngettext_lazy("%(count)d article returned.", "%(count)d articles returned.", "count"),
        lambda article, by, asked, version: workflow.return_to_writer(
            article, by, note=asked["note"]
        ),
        ReturnForm,
    ),
    "end_articles": DeskStep(
        "unpublish",
        "publish",
        _("Set an end…"),
        _("Set an end…"),
        ngettext_lazy("End set for %(count)d article.", "End set for %(count)d articles.", "count"),
        end,
        EndForm,
    ),
    "withdraw_articles": DeskStep(
        "withdraw",
        "withdraw",
        _("Withdraw…"),
        _("Withdraw…"),
        ngettext_lazy("%(count)d article withdrawn.", "%(count)d articles withdrawn.", "count"),
        lambda article, by, asked, version: workflow.withdraw(article, by, **asked),
        WithdrawForm,
    ),
}


def action_for(
    name: str, step: DeskStep, carry_out: Callable[..., HttpResponse | None], locations: Any
) -> Callable[..., HttpResponse | None]:
    """The admin's action of a step, offered in these places."""

    def act(
        model_admin: Any, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        return carry_out(model_admin, request, queryset, name)

    act.__name__ = name
    offered: Any = admin.action  # `description_plural` and `location` are younger than its types.
    offer = offered(
        permissions=[step.permission],
        description=step.one,
        description_plural=step.many,
        location=locations,
    )
    action: Callable[..., HttpResponse | None] = offer(act)
    return action


def carry_out(
    model_admin: Any, request: HttpRequest, queryset: QuerySet[Article], name: str
) -> HttpResponse | None:
    """Take the step for each article, or first ask what it needs to know."""
    step, articles = STEPS[name], list(queryset)
    data = request.POST if request.POST.get(CONFIRMED) == name else None
    form = step.form(data, articles=articles, by=request.user)
    if form.fields and not form.is_valid():
        return ask(model_admin, request, form, name, step)
    asked = form.cleaned_data if form.fields else {}
    done = [one for one in articles if taken(request, step, one, asked)]
    if done:
        messages.success(request, step.done % {"count": len(done)})
    return None


def taken(request: HttpRequest, step: DeskStep, article: Article, asked: dict[str, Any]) -> bool:
    """Whether the workflow took the step; if not, the person reads why.

    A text that the step answers with is what the person should know beside that.
    """
    try:
        said = step.take(article, request.user, asked, seen_version(request, article))
        if said and isinstance(said, str):
            messages.warning(request, f"“{article.headline}”: {said}")
    except gate.Incomplete as refusal:
        messages.error(request, gating.refusal(article, refusal))
        return False
    except (Refused, ValidationError) as refusal:
        messages.error(request, f"“{article.headline}”: {words_of(refusal)}")
        return False
    return True


def seen_version(request: HttpRequest, article: Article) -> int | None:
    """The version on the screen of whoever acts, as far as the request tells."""
    data = request.POST
    return number_in(data.get(f"version-{article.pk}") or data.get("base_version") or "")


def shown_version(request: HttpRequest, article: Article) -> int:
    """What the page between is about: what was seen before it, or else what is there now."""
    seen = seen_version(request, article)
    return article.version if seen is None else seen


def ask(
    model_admin: Any, request: HttpRequest, form: StepForm, name: str, step: DeskStep
) -> HttpResponse:
    """The page between: which articles, and what the step needs to know."""
    is_form = FORM_ACTION in request.POST
    versions = [(one, shown_version(request, one)) for one in form.articles]
    # A form's action comes from a page that may have been an empty one until a moment ago.
    here = change_url(form.articles[0]) if is_form else request.get_full_path()
    context = {
        **model_admin.admin_site.each_context(request),
        "title": str(step.one if len(form.articles) == 1 else step.many).removesuffix("…"),
        "opts": model_admin.opts,
        "form": form,
        "articles": versions,
        "chosen": ngettext(
            "%(count)d article is chosen:", "%(count)d articles are chosen:", len(versions)
        )
        % {"count": len(versions)},
        "action": name,
        "action_field": FORM_ACTION if is_form else "action",
        "target": here,
        "back": here,
        "shown_to": kept.sign(request.user),
        "checkbox": ACTION_CHECKBOX_NAME,
        "confirmed": CONFIRMED,
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/articles/article/step.html", context)


ACTIONS = [action_for(name, step, carry_out, LOCATIONS) for name, step in STEPS.items()]
