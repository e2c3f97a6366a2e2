"""The article on the desk: its list, and the form that posts into the writers."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.db.models import Exists, F, OuterRef, QuerySet
from django.forms.widgets import Media, Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles import content, questions, rights, search
from articles.admin import (
    beats,
    bulk,
    chips,
    family,
    hinting,
    history,
    jump,
    kept,
    open_forms,
    pages,
    panel,
    previewing,
    searching,
    verifying,
    wastebin,
)
from articles.admin.actions import ACTIONS, CONFIRMED, FORM_ACTION
from articles.admin.asking import AskFilter, asks_for_days
from articles.admin.base import WrittenAdmin, change_url, clock
from articles.admin.filters import (
    KindFilter,
    MineFilter,
    OverrideFilter,
    SectionFilter,
    StateFilter,
)
from articles.admin.forms import ArticleForm
from articles.admin.lists import state_of, words_for
from articles.models import Article, Byline, Transition
from articles.querysets import DESK_TIME

TEXT = ["kicker", "headline", "standfirst", "body"]
PICTURE = ["lead_image", "upload", "upload_caption", "upload_credit", "upload_alt"]
SEARCH = ["slug", "seo_title", "seo_description", "share_image", "canonical_url"]
FIELDSETS: list[tuple[Any, dict[str, Any]]] = [
    (None, {"fields": TEXT, "classes": ["desk-text"]}),
    (_("Place"), {"fields": ["section", "kind", "label", "dateline_city", "tag_names"]}),
    (_("Bylines"), {"fields": ["signatures"]}),
    (_("Lead image"), {"fields": PICTURE}),
    (
        _("Before it is published"),
        {
            "fields": [*questions.QUESTIONS],
            "description": _("Each needs an answer; readers don't see it."),
        },
    ),
    (_("Dateline"), {"fields": ["dateline_source"], "classes": ["collapse"]}),
    (_("Embargo"), {"fields": ["embargo_until"], "classes": ["collapse"]}),
    (_("Comments"), {"fields": ["comments_mode", "comments_close_at"], "classes": ["collapse"]}),
    (
        _("Address and search engines"),
        {"fields": SEARCH, "classes": ["collapse"]},
    ),
]
# One behaviour of the form each; those of single fields come with their widgets.
MODULES = ("form", "autosave", "hints", "cards", "copy")
OUR_PAGES = history.ROUTES | wastebin.ROUTES
SLUG_MAKERS = (
    "admin/js/urlify.js",
    "admin/js/prepopulate.js",
    "admin/js/vendor/xregexp/xregexp.js",
    "admin/js/vendor/xregexp/xregexp.min.js",
)


@admin.register(Article)
class ArticleAdmin(WrittenAdmin):
    """Status is in no form: the steps of workflow.py alone change it."""

    form = ArticleForm
    actions = [*ACTIONS, *bulk.ACTIONS, wastebin.ACTION]
    ordering = ["-saved_at", "-id"]
    list_display = ["title", "state", "section", "signed", "label_word", "time", "comment_count"]
    list_display_links = ["title"]
    sortable_by = ["time"]
    list_filter = [
        *(AskFilter, StateFilter, SectionFilter, KindFilter),
        *(MineFilter, OverrideFilter, wastebin.BinFilter),
    ]
    search_fields = ["headline"]
    search_help_text = _("Words of headline, standfirst or text; or an address, a number, a slug")

    @property
    def media(self) -> Any:
        """The form's scripts, without Django's for slugs made in the browser: 40 KB for nothing."""
        theirs: Any = super().media
        kept = [script for script in theirs._js if script not in SLUG_MAKERS]
        ours: Any = [Script(f"js/editor/{name}.js", type="module") for name in MODULES]
        css = Media(css={"all": ["css/admin-editor.css"]})
        return Media(css=theirs._css, js=[*kept, *ours]) + css

    # What is seen, and by whom

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        approved = Transition.objects.filter(article=OuterRef("pk"), override=True)
        return (
            Article.objects.visible_to(request.user)
            .select_related("section__parent", "created_by", "lead_image", "handler")
            .annotate(overridden=Exists(approved))
        )

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist: Any = super().get_changelist_instance(request)
        rows = changelist.result_list.defer("body").prefetch_related("bylines__author")
        changelist.result_list = rows
        changelist.asked = chips.Asked(changelist)
        return changelist

    def get_ordering(self, request: HttpRequest) -> Any:
        """Some days are read in the order of the time that they are found by; one index has it."""
        if asks_for_days(request.GET):
            return [DESK_TIME.desc(), F("id").desc()]
        return super().get_ordering(request)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if named := self.named(request):
            return queryset.filter(pk__in=named), False
        found = search.find(queryset, search_term) if search_term.strip() else queryset  # type: ignore[arg-type]
        return found, False

    def named(self, request: HttpRequest) -> list[int]:
        """The numbers of the articles that the words of the search name; looked up once."""
        if not hasattr(request, "named"):
            request.named = jump.named(request.GET.get("q", ""), request.user)  # type: ignore[attr-defined]
        found: list[int] = request.named  # type: ignore[attr-defined]
        return found

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        if obj is None:
            return super().has_change_permission(request)
        return self.why_not_edit(request, obj) == ""

    def why_not_edit(self, request: HttpRequest, article: Article) -> str:
        """Asked many times while a page is made; the answer is looked up once."""
        answers = vars(request).setdefault("why_not_edit", {})
        if article.pk not in answers:
            answers[article.pk] = rights.why_not_edit(request.user, article)
        return str(answers[article.pk])

    def has_submit_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.submit_article")

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.approve_article")

    def has_return_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.return_article")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.publish_article")

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.withdraw_article")

    # The list's columns

    @admin.display(description=_("headline"))
    def title(self, article: Any) -> str | SafeString:
        if not article.overridden:
            return str(article.headline)
        badge = '{} <span class="desk-badge">{}</span>'
        return format_html(badge, article.headline, _("Without four eyes"))

    @admin.display(description=_("state"))
    def state(self, article: Article) -> SafeString:
        # With the version on the screen: a text that changes meanwhile is not approved unread.
        html = (
            '<span class="desk-state desk-state--{}">{}</span>'
            '<input type="hidden" name="version-{}" value="{}">'
        )
        return format_html(html, state_of(article), words_for(article), article.pk, article.version)

    @admin.display(description=_("byline"))
    def signed(self, article: Article) -> str:
        lines = [line for line in article.bylines.all() if line.role != Byline.Role.EDITOR]
        return ", ".join(line.author.name for line in lines) or str(article.created_by or "")

    @admin.display(description=_("label"), empty_value="")
    def label_word(self, article: Article) -> str:
        return article.kind_label

    @admin.display(description=_("time"), ordering="saved_at")
    def time(self, article: Article) -> str:
        return clock(article.published_at or article.saved_at)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        kept.offer(request, CONFIRMED)
        if request.method != "POST" and (address := self.better_address(request)):
            return HttpResponseRedirect(address)
        return super().changelist_view(request, searching.context(request) | (extra_context or {}))

    def better_address(self, request: HttpRequest) -> str | None:
        """Where the one article is that the search names; or the list without empty questions."""
        if len(found := self.named(request)) == 1:
            return reverse("admin:articles_article_change", args=found)
        return chips.without_empty(request.GET)

    # The form

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        if obj and not self.has_change_permission(request, obj):
            return []
        return [*FIELDSETS, (_("This save"), {"fields": ["note"]})]

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """The article as the desk works on it: with the changes that readers don't see yet."""
        article: Any = super().get_object(request, object_id, from_field)
        return article and pages.worked_on(article, request.user)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if "_discard" in request.POST:
            kept.forget(request)
            open_forms.drop(request)
            return HttpResponseRedirect(request.path)
        kept.check_writer(request)
        open_forms.keep_refused(request, request.POST)
        if object_id is None and (answer := open_forms.saved_before(request)):
            return answer
        kept_text = open_forms.resumed(request) or kept.offer(request, CONFIRMED)
        if open_forms.keep_refused(request, kept_text):
            kept.forget(request)
            kept_text = None
        request.kept = kept_text  # type: ignore[attr-defined]
        save_before_step(request)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Article | None = None,
    ) -> HttpResponse:
        # The row as it is stored: the one in the form has been filled with what was typed.
        rows = self.get_queryset(request)
        stored = pages.worked_on(rows.get(pk=obj.pk), request.user) if obj else None
        context |= panel.context(request, stored)
        context |= {"stored": stored, "host": urlsplit(settings.SITE_URL).netloc}
        if stored and (reason := self.why_not_edit(request, stored)):
            context |= {"why_not_edit": reason} | pages.references(stored)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def write(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        values, note = form.values(), form.cleaned_data["note"]
        by: Any = request.user
        is_new, version = not change or bool(form.changes or note), 0
        if not change:
            obj.pk = content.create(values, by, note=note).pk
        elif is_new:
            base = max(form.base(), open_forms.base_of(request))
            version = content.save(obj, values, base, by, note=note).version
            if version != base + 1:
                is_new = False
                messages.info(request, _("Somebody else had saved meanwhile. Both are joined."))
        # A step that follows is about what the person has seen, and no more.
        request.seen = version if is_new else None  # type: ignore[attr-defined]
        kept.forget(request)
        obj.refresh_from_db()
        open_forms.close(request, obj, version if is_new else 0)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        return self._step_after_save(request, obj) or super().response_add(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._step_after_save(request, obj) or super().response_change(request, obj)

    def _step_after_save(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """The text is safe; now the step that was asked for, on what the person has just seen."""
        name = getattr(request, "step", None)
        if name is None:
            return None
        data: Any = request.POST.copy()
        data[FORM_ACTION] = name
        if request.seen is not None:  # type: ignore[attr-defined]
            data["base_version"] = str(request.seen)  # type: ignore[attr-defined]
        request.POST = data
        step: Any = self.get_actions(request, ActionLocation.CHANGE_FORM).get(name)
        if step is None:
            messages.error(request, _("Your role does not include this step."))
        asked = step and step.func(self, request, self.get_queryset(request).filter(pk=article.pk))
        # Without a place of its own the address would keep that of a link that was followed before.
        return asked or HttpResponseRedirect(f"{change_url(article)}#content-start")

    def get_urls(self) -> list[URLPattern]:
        urls = [*self.pages(searching.ROUTES), *super().get_urls()]
        for pattern in urls:
            pattern.callback = kept.keeping(pattern.callback)
        ours = {
            "pick": ("pick/", pages.pick_articles),
            "frames": ("<int:pk>/frames/", previewing.frames),
            "preview": ("<int:pk>/preview/", previewing.page),
            "previews": ("<int:pk>/previews/", previewing.links),
            "family": ("<int:pk>/family/", family.family),
            "verification": ("<int:pk>/verification/", verifying.page),
            "take_over": ("<int:pk>/take-over/", open_forms.take_over),
            "discard": ("typed/<uuid:key>/discard/", open_forms.discard),
            "token": ("token/", beats.token),
            "hints": ("hints/", hinting.look),
            "revision": ("<int:pk>/revisions/<int:number>/", pages.revision),
        }
        # This one has a door of its own: a page in the background can't follow a redirect.
        beat = path("beat/", beats.beat, name="articles_article_beat")
        return [beat, *self.pages(ours | OUR_PAGES), *urls]


def save_before_step(request: HttpRequest) -> None:
    """A step's button in the form saves first: what is typed never goes with a click on it."""
    step = request.POST.get(FORM_ACTION)
    if step and CONFIRMED not in request.POST and "headline" in request.POST:
        data: Any = request.POST.copy()
        del data[FORM_ACTION]
        data["_continue"] = "1"
        request.POST = data
        request.step = step  # type: ignore[attr-defined]
