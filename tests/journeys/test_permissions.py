"""The permission table: every role × action, over HTTP, forged where no button is offered.

An action is tried against an article of somebody else unless its name says otherwise. Whether it
succeeded is read from the database or the page, never from the status code alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import audit
from accounts.models import AuditEntry, Consent, User
from articles import (
    confidential,
    content,
    gate,
    previews,
    searches,
    snapshots,
    verification,
    workflow,
)
from articles.content import Values
from articles.models import Article, Author, ConfidentialNote, Image, Job, SavedSearch, Section
from articles.renditions import url
from comments.models import Comment
from tests import make

pytestmark = pytest.mark.django_db

ROLES = [
    "anonymous",
    "reader",
    "contributor",
    "reporter",
    "photo_desk",
    "editor",
    "managing_editor",
    "chief_editor",
    "advertising",
    "moderator",
    "administrator",
]
SECRET = "Naskah yang belum boleh dibaca"


@dataclass
class Try:
    """One person's attempt."""

    person: User | None
    client: Client

    def get(self, address: str) -> bytes:
        """What the person sees; a redirect to log-in shows nothing."""
        response = self.client.get(address)
        return response.getvalue() if response.status_code == 200 else b""

    def post(self, address: str, **data: Any) -> None:
        self.client.post(address, data)

    def act(self, article: Article, action: str, **asked: Any) -> None:
        """Forge the action both as the list and as the form send it."""
        answer = {"confirmed": action, **asked}
        listed = {"action": action, "_selected_action": article.pk, "index": 0}
        self.client.post(reverse("admin:articles_article_changelist"), listed | answer)
        form = {"CHANGE_FORM-action": action}
        self.client.post(reverse("admin:articles_article_change", args=[article.pk]), form | answer)


def draft_of(person: User, **fields: Any) -> Article:
    """A draft of the only kind that this person may write."""
    if not person.has_perm("articles.write_news"):
        fields |= {"kind": "advertorial", "label": "Iklan"}
    return make.complete(person, **fields)


def secret_draft(by: User | None = None) -> Article:
    text = {"headline": SECRET, "body": f"<p>{SECRET} sama sekali.</p>"}
    return draft_of(by, **text) if by else make.draft(**text)


def shows(page: bytes) -> bool:
    return SECRET.encode() in page


def admin_page(name: str, *args: Any) -> str:
    return reverse(f"admin:{name}", args=args)


# Reading


def reads_a_draft(one: Try) -> bool:
    return shows(one.get(admin_page("articles_article_change", secret_draft().pk)))


def reads_ones_own_draft(one: Try) -> bool:
    if one.person is None or not one.person.has_perm("articles.add_article"):
        return False
    return shows(one.get(admin_page("articles_article_change", secret_draft(one.person).pk)))


def lists_a_draft(one: Try) -> bool:
    secret_draft()
    return shows(one.get(admin_page("articles_article_changelist")))


def finds_a_draft(one: Try) -> bool:
    secret_draft()
    return shows(one.get(admin_page("articles_article_changelist") + "?q=naskah"))


def picks_a_draft(one: Try) -> bool:
    secret_draft()
    return shows(one.get(admin_page("articles_article_pick") + "?q=naskah"))


def previews_a_draft(one: Try) -> bool:
    return shows(one.get(admin_page("articles_article_preview", secret_draft().pk)))


def reads_a_revision_of_a_draft(one: Try) -> bool:
    return shows(one.get(admin_page("articles_article_revision", secret_draft().pk, 1)))


def reads_a_draft_in_public(one: Try) -> bool:
    article = secret_draft()
    pages = [article.get_absolute_url(), "/", "/cari/?q=naskah", "/feed/", "/indeks/"]
    return any(shows(one.get(page)) for page in pages)


def reads_a_scheduled_article_in_public(one: Try) -> bool:
    article = workflow.publish(secret_draft(), None, at=timezone.now() + timedelta(hours=1))
    pages = [article.get_absolute_url(), "/", "/cari/?q=naskah", "/feed/", "/indeks/"]
    return any(shows(one.get(page)) for page in pages)


def downloads_an_original(one: Try) -> bool:
    picture = make.image()
    return one.get(admin_page("articles_image_original", picture.pk)) == make.jpeg()


def reads_an_original_by_its_stored_name(one: Try) -> bool:
    name = make.image().original.name
    return any(
        one.get(address) == make.jpeg() for address in (f"/media/{name}", f"/originals/{name}")
    )


def reads_a_picture_by_guessing_its_number(one: Try) -> bool:
    picture = make.image()
    guessed = url(picture, "lead", 640).replace(picture.token, f"{picture.pk:032x}")
    return one.get(guessed) != b""


def reads_held_comments(one: Try) -> bool:
    make.comment(make.live_article(), body=SECRET, status=Comment.Status.HELD)
    return shows(one.get(admin_page("comments_comment_changelist")))


def reads_a_held_comment_in_public(one: Try) -> bool:
    held = make.comment(make.live_article(), body=SECRET, status=Comment.Status.HELD)
    pages = [held.article.get_absolute_url(), f"/komentar/{held.pk}/"]
    pages.append(f"/komentar/terkirim/{held.submission}/")
    return any(shows(one.get(page)) for page in pages)


def reads_the_list_of_people(one: Try) -> bool:
    address = make.user(email="rahasia@example.com").email
    return address.encode() in one.get(admin_page("accounts_user_changelist"))


def opens_the_page_of_the_background(one: Try) -> bool:
    failed_task()
    return SECRET.encode() in one.get(admin_page("articles_job_changelist"))


def reads_consents(one: Try) -> bool:
    person = make.user(name="Pemberi Setuju")
    return person.name.encode() in one.get(admin_page("accounts_consent_changelist"))


def reads_the_audit_log(one: Try) -> bool:
    audit.record("section.change", text=SECRET)
    return shows(one.get(admin_page("accounts_auditentry_changelist")))


def takes_the_audit_log_home(one: Try) -> bool:
    audit.record("section.change", text=SECRET)
    answer = one.client.post(admin_page("accounts_auditentry_export"))
    return answer.streaming and shows(answer.getvalue())


def confidential_note(by: User, *readers: User) -> ConfidentialNote:
    asked = RequestFactory().get("/")
    note = confidential.add(make.live_article(), SECRET, by, request=asked)
    confidential.name_readers(note, [by, *readers], by, request=asked)
    return note


def reads_a_confidential_note(one: Try) -> bool:
    note = confidential_note(make.user("editor"))
    pages = ("read", "edit", "readers")
    return any(
        shows(one.get(admin_page(f"articles_confidentialnote_{name}", note.pk))) for name in pages
    )


def reads_a_confidential_note_that_names_one(one: Try) -> bool:
    if one.person is None:
        return False
    note = confidential_note(make.user("editor"), one.person)
    return shows(one.get(admin_page("articles_confidentialnote_read", note.pk)))


# Writing


def form(headline: str, **fields: Any) -> dict[str, Any]:
    """What the article's form sends."""
    return {
        "section": make.section().pk,
        "kind": "news",
        "headline": headline,
        "body": "<p>Isi baru.</p>",
        "comments_mode": "open",
    } | fields


def writes_an_article(one: Try) -> bool:
    one.post(admin_page("articles_article_add"), **form("Baru"))
    return Article.objects.filter(headline="Baru").exists()


def writes_an_advertorial(one: Try) -> bool:
    paid = {"kind": "advertorial", "label": "Iklan"}
    one.post(admin_page("articles_article_add"), **form("Baru", **paid))
    return Article.objects.filter(headline="Baru").exists()


def saves(one: Try, article: Article) -> bool:
    address = admin_page("articles_article_change", article.pk)
    kind = {"kind": article.kind, "label": article.label}
    one.post(address, **form("Diubah", base_version=article.version, **kind))
    article.refresh_from_db()
    return bool(snapshots.working(article)["fields"]["headline"] == "Diubah")


def saves_ones_own_draft(one: Try) -> bool:
    if one.person is None or not one.person.has_perm("articles.add_article"):
        return False
    return saves(one, draft_of(one.person))


def saves_a_draft(one: Try) -> bool:
    return saves(one, make.draft())


def saves_a_published_article(one: Try) -> bool:
    return saves(one, make.live_article())


def saves_ones_own_published_article(one: Try) -> bool:
    if one.person is None or not one.person.has_perm("articles.add_article"):
        return False
    return saves(one, workflow.publish(draft_of(one.person), make.user("editor")))


def changed_by(person: User | None) -> Article:
    """Live, with a change that readers don't see yet; written by `person` or by somebody else."""
    draft = draft_of(person) if person else make.complete()
    article = workflow.publish(draft, make.user("editor"))
    return content.save(article, Values({"headline": "Diubah"}), article.version, None)


def publishes_changes(one: Try) -> bool:
    article = changed_by(None)
    one.act(article, "update_articles", kind="small", note="Cepat.")
    article.refresh_from_db()
    return article.headline == "Diubah"


def publishes_changes_to_ones_own(one: Try) -> bool:
    if one.person is None or not one.person.has_perm("articles.add_article"):
        return False
    article = changed_by(one.person)
    one.act(article, "update_articles", kind="small")
    article.refresh_from_db()
    return article.headline == "Diubah"


AHEAD = "2099-01-01T08:00"


def schedules_a_change(one: Try) -> bool:
    article = changed_by(None)
    one.act(article, "update_later_articles", kind="small", at=AHEAD, note="Cepat.")
    article.refresh_from_db()
    return article.change_at is not None


def schedules_a_change_of_ones_own(one: Try) -> bool:
    if one.person is None or not one.person.has_perm("articles.add_article"):
        return False
    article = changed_by(one.person)
    one.act(article, "update_later_articles", kind="small", at=AHEAD)
    article.refresh_from_db()
    return article.change_at is not None


def cancels_a_scheduled_change(one: Try) -> bool:
    at = timezone.now() + timedelta(days=1)
    article = workflow.schedule_update(changed_by(None), None, at=at, is_substantial=False)
    one.act(article, "cancel_change_articles", sure="1")
    article.refresh_from_db()
    return article.change_at is None


def status_after(one: Try, article: Article, action: str, **asked: Any) -> str:
    one.act(article, action, **asked)
    article.refresh_from_db()
    return article.status


def stage_after(one: Try, article: Article, action: str, **asked: Any) -> str:
    one.act(article, action, **asked)
    article.refresh_from_db()
    return article.stage


def hands_in_ones_own_draft(one: Try) -> bool:
    if one.person is None or not one.person.has_perm("articles.add_article"):
        return False
    return stage_after(one, draft_of(one.person), "submit_articles") == Article.Stage.SUBMITTED


def hands_in_a_draft(one: Try) -> bool:
    return stage_after(one, make.draft(), "submit_articles") == Article.Stage.SUBMITTED


def hands_in_a_change_to_ones_own(one: Try) -> bool:
    if one.person is None or not one.person.has_perm("articles.add_article"):
        return False
    return stage_after(one, changed_by(one.person), "submit_articles") == Article.Stage.SUBMITTED


def takes_up(one: Try) -> bool:
    article = handed_in()
    one.act(article, "take_articles")
    article.refresh_from_db()
    return article.handler is not None


def passes_the_step_of_the_editor(one: Try) -> bool:
    return stage_after(one, handed_in(), "approve_articles") == Article.Stage.READY


def handed_in() -> Article:
    article = make.complete()
    return workflow.submit(article, article.created_by)


def publishes(one: Try) -> bool:
    return status_after(one, handed_in(), "publish_articles") == Article.Status.PUBLISHED


def publishes_ones_own(one: Try) -> bool:
    if one.person is None or not one.person.has_perm("articles.add_article"):
        return False
    article = draft_of(one.person)
    return status_after(one, article, "publish_articles") == Article.Status.PUBLISHED


def publishes_ones_own_with_a_reason(one: Try) -> bool:
    if one.person is None or not one.person.has_perm("articles.add_article"):
        return False
    status = status_after(one, draft_of(one.person), "publish_articles", note="Gempa.")
    return status == Article.Status.PUBLISHED


def publishes_what_lacks_something(one: Try) -> bool:
    article = make.complete(standfirst="")
    return status_after(one, article, "publish_articles", note="Gempa.") == "published"


def records_whom_it_asked(one: Try) -> bool:
    article, when = make.draft(), f"{timezone.localtime():%Y-%m-%dT%H:%M}"
    asked = {"form": "attempt", "asked": "Ketua", "at": when, "outcome": "refused", "note": ""}
    one.post(admin_page("articles_article_verification", article.pk), **asked)
    return article.confirmation_attempts.exists()


def looks_through_for_identities(one: Try) -> bool:
    article = make.draft()
    asked = {"form": "check", "items": list(verification.CHECKLIST)}
    asked["seen"] = gate.betrayals(article)
    one.post(admin_page("articles_article_verification", article.pk), **asked)
    return article.identity_checks.exists()


def schedules(one: Try) -> bool:
    soon = timezone.localtime() + timedelta(days=1)
    asked = {"at_0": f"{soon:%Y-%m-%d}", "at_1": f"{soon:%H:%M}", "at": f"{soon:%Y-%m-%dT%H:%M}"}
    status = status_after(one, handed_in(), "schedule_articles", **asked)
    return status == Article.Status.PUBLISHED


def returns(one: Try) -> bool:
    asked = {"note": "Perbaiki."}
    return stage_after(one, handed_in(), "return_articles", **asked) == Article.Stage.RETURNED


def sets_an_end(one: Try) -> bool:
    article, soon = make.live_article(), timezone.localtime() + timedelta(days=1)
    asked = {"at_0": f"{soon:%Y-%m-%d}", "at_1": f"{soon:%H:%M}", "at": f"{soon:%Y-%m-%dT%H:%M}"}
    one.act(article, "end_articles", reason="licence_ended", note="Lisensi habis.", **asked)
    article.refresh_from_db()
    return article.unpublish_at is not None


def dates_an_end_for_a_ground_of_withdrawal(one: Try) -> bool:
    article, soon = make.live_article(), timezone.localtime() + timedelta(days=1)
    asked = {"at": f"{soon:%Y-%m-%dT%H:%M}", "reason": "child", "note": "Demi masa depan anak."}
    one.act(article, "end_articles", **asked)
    article.refresh_from_db()
    return article.unpublish_at is not None


def under_embargo() -> Article:
    article = make.complete(embargo_until=timezone.now() + timedelta(days=1))
    return workflow.submit(article, article.created_by)


def publishes_under_embargo(one: Try) -> bool:
    article = under_embargo()
    one.act(article, "publish_articles", note="Mendesak.")
    soon = f"{timezone.localtime() + timedelta(hours=1):%Y-%m-%dT%H:%M}"
    one.act(article, "schedule_articles", at=soon, note="Mendesak.")
    article.refresh_from_db()
    return article.status == Article.Status.PUBLISHED


def takes_an_embargo_away(one: Try) -> bool:
    article = under_embargo()
    address = admin_page("articles_article_change", article.pk)
    one.post(address, **form("Diubah", base_version=article.version, embargo_until=""))
    article.refresh_from_db()
    return article.embargo_until is None


def takes_the_embargo_of_ones_own_away(one: Try) -> bool:
    if one.person is None or not one.person.has_perm("articles.add_article"):
        return False
    article = draft_of(one.person, embargo_until=timezone.now() + timedelta(days=1))
    address = admin_page("articles_article_change", article.pk)
    kind = {"kind": article.kind, "label": article.label}
    one.post(address, **form("Diubah", base_version=article.version, embargo_until="", **kind))
    article.refresh_from_db()
    return article.embargo_until is None


def shares_a_preview_of_a_draft(one: Try) -> bool:
    article = make.draft()
    one.post(admin_page("articles_article_previews", article.pk), lifetime="day")
    return article.preview_links.exists()


def closes_a_shared_preview(one: Try) -> bool:
    link, _token = previews.make(make.live_article(), make.user("editor"))
    one.post(admin_page("articles_article_previews", link.article_id), revoke=link.pk)
    link.refresh_from_db()
    return link.revoked_at is not None


def links_published_articles(one: Try) -> bool:
    article, other = make.live_article(), make.live_article()
    asked = {"relation": "follows_up", "other": other.pk}
    one.post(admin_page("articles_article_family", article.pk), **asked)
    return article.links_out.exists()


def moves_an_article(one: Try) -> bool:
    article, other = make.draft(), make.section("lain")
    one.act(article, "move_articles", section=other.pk)
    article.refresh_from_db()
    return article.section == other


def moves_ones_own_draft(one: Try) -> bool:
    if one.person is None or not one.person.has_perm("articles.add_article"):
        return False
    article, other = draft_of(one.person), make.section("lain")
    one.act(article, "move_articles", section=other.pk)
    article.refresh_from_db()
    return article.section == other


def tags_an_article(one: Try) -> bool:
    article = make.draft()
    one.act(article, "retag_articles", add_tags="Baru")
    return article.tagged_items.exists()


def saves_a_search(one: Try) -> bool:
    one.post(admin_page("articles_article_keep_search"), name="Baru", query="state=writing")
    return SavedSearch.objects.exists()


def shares_a_search(one: Try) -> bool:
    asked = {"name": "Baru", "query": "state=writing", "is_shared": "on"}
    one.post(admin_page("articles_article_keep_search"), **asked)
    return SavedSearch.objects.filter(is_shared=True).exists()


def search_of_somebody(*, is_shared: bool) -> SavedSearch:
    asked = {"params": {"state": "writing"}, "by": make.user("editor")}
    return searches.save(SECRET, is_shared=is_shared, **asked)


def sees_a_shared_search(one: Try) -> bool:
    search_of_somebody(is_shared=True)
    return shows(one.get(admin_page("articles_article_changelist")))


def sees_somebodys_own_search(one: Try) -> bool:
    saved = search_of_somebody(is_shared=False)
    pages = [admin_page("articles_article_changelist"), admin_page("articles_article_searches")]
    pages.append(admin_page("articles_article_search", saved.pk))
    return any(shows(one.get(page)) for page in pages)


def removes_a_shared_search(one: Try) -> bool:
    saved = search_of_somebody(is_shared=True)
    one.post(admin_page("articles_article_search", saved.pk), remove="1")
    return not SavedSearch.objects.exists()


def withdraws(one: Try) -> bool:
    asked = {"reason": "child", "public_reason": "Demi masa depan anak."}
    status = status_after(one, make.live_article(), "withdraw_articles", **asked)
    return status == Article.Status.WITHDRAWN


def deletes_an_article(one: Try) -> bool:
    article = make.live_article()
    one.post(admin_page("articles_article_delete", article.pk), post="yes")
    one.act(article, "delete_selected", post="yes")
    return not Article.objects.filter(pk=article.pk).exists()


def sets_a_status_by_the_form(one: Try) -> bool:
    article = make.draft()
    address = admin_page("articles_article_change", article.pk)
    forged = {"status": "published", "published_at": "2026-01-01", "created_by": ""}
    one.post(address, **form("Palsu", base_version=article.version, **forged))
    article.refresh_from_db()
    return article.status != Article.Status.DRAFT


def adds_a_section(one: Try) -> bool:
    one.post(admin_page("articles_section_add"), name="Baru", slug="baru", order="1", intro="")
    return Section.objects.filter(slug="baru").exists()


def adds_an_author(one: Try) -> bool:
    one.post(admin_page("articles_author_add"), name="Baru", slug="baru", code="", bio="")
    return Author.objects.filter(slug="baru").exists()


def changes_a_caption(one: Try) -> bool:
    picture = make.image()
    fields = {"caption": "Lain", "photographer": "Tes", "alt": "", "nature": "photo"}
    fields |= {"focus_x": 0.5, "focus_y": 0.4}
    one.post(admin_page("articles_image_change", picture.pk), **fields)
    picture.refresh_from_db()
    return picture.caption == "Lain"


def deletes_a_picture(one: Try) -> bool:
    picture = make.image()
    one.post(admin_page("articles_image_delete", picture.pk), post="yes")
    return not Image.objects.filter(pk=picture.pk).exists()


def decides(one: Try, action: str) -> str:
    held = make.comment(make.live_article(), status=Comment.Status.HELD)
    answer = {"action": action, "_selected_action": held.pk, "index": 0}
    one.post(admin_page("comments_comment_changelist"), **answer)
    one.post(admin_page("comments_comment_change", held.pk), **{"CHANGE_FORM-action": action})
    held.refresh_from_db()
    return held.status


def approves_a_comment(one: Try) -> bool:
    return decides(one, "approve") == Comment.Status.APPROVED


def rejects_a_comment(one: Try) -> bool:
    return decides(one, "reject") == Comment.Status.REJECTED


def comments_on_an_article(one: Try) -> bool:
    article = make.live_article()
    address = reverse("comments:write", args=[article.pk])
    page = one.client.get(address)
    hidden = page.context["form"].initial if page.context and "form" in page.context else {}
    one.post(address, body="Sebuah komentar.", website="", **hidden)
    return Comment.objects.filter(article=article, body="Sebuah komentar.").exists()


def adds_a_person(one: Try) -> bool:
    fields = {"email": "baru@example.com", "name": "Baru", "language": "id", "roles": "editor"}
    passwords = {"password1": make.PASSWORD, "password2": make.PASSWORD, "usable_password": "true"}
    one.post(admin_page("accounts_user_add"), **fields, **passwords)
    return User.objects.filter(email="baru@example.com").exists()


def gives_oneself_a_role(one: Try) -> bool:
    if one.person is None:
        return False
    fields = {"email": one.person.email, "name": one.person.name, "language": "id"}
    roles = {"roles": ["chief_editor", "administrator"], "is_active": "on"}
    one.post(admin_page("accounts_user_change", one.person.pk), **fields, **roles)
    return one.person.groups.count() == 2


def makes_oneself_a_superuser(one: Try) -> bool:
    if one.person is None:
        return False
    fields = {"email": one.person.email, "name": one.person.name, "language": "id"}
    forged = {"is_superuser": "on", "is_staff": "on", "user_permissions": ["1"], "is_active": "on"}
    one.post(admin_page("accounts_user_change", one.person.pk), **fields, **forged)
    one.person.refresh_from_db()
    return one.person.is_superuser


def rewrites_a_consent(one: Try) -> bool:
    row = Consent.objects.filter(user=make.user()).first()
    assert row is not None
    one.post(admin_page("accounts_consent_change", row.pk), version="palsu")
    row.refresh_from_db()
    return row.version == "palsu"


def rewrites_the_audit_log(one: Try) -> bool:
    row = audit.record("section.change", text=SECRET)
    for page in ("change", "delete"):
        address = admin_page(f"accounts_auditentry_{page}", row.pk)
        one.post(address, verb="palsu", target_text="", post="yes")
    return AuditEntry.objects.get(pk=row.pk).target_text != SECRET


def writes_a_confidential_note(one: Try) -> bool:
    address = admin_page("articles_confidentialnote_add", make.live_article().pk)
    one.post(address, text=SECRET)
    return ConfidentialNote.objects.exists()


def failed_task() -> DBTaskResult:
    now = timezone.now()
    return DBTaskResult.objects.create(
        status="FAILED", args_kwargs={}, run_after=now, finished_at=now, traceback=SECRET
    )


def runs_a_failed_task_again(one: Try) -> bool:
    row = failed_task()
    one.post(admin_page("articles_job_again", row.pk))
    row.refresh_from_db()
    return row.status == "READY"


def changes_a_periodic_job(one: Try) -> bool:
    job = Job.objects.create(name="lama")
    pages = ("/admin/articles/job/add/", f"/admin/articles/job/{job.pk}/change/")
    for page in (*pages, f"/admin/articles/job/{job.pk}/delete/"):
        one.post(page, name="palsu", error="palsu", post="yes")
    return not Job.objects.filter(name="lama", error="").exists() or Job.objects.count() > 1


NOBODY: set[str] = set()
EVERYBODY = set(ROLES)
MEMBERS = EVERYBODY - {"anonymous"}
LEADERS = {"managing_editor", "chief_editor"}
EDITORS = LEADERS | {"editor"}
DESKS = EDITORS | {"photo_desk"}
NEWSROOM = DESKS | {"reporter", "contributor"}
WRITERS = NEWSROOM | {"advertising"}
STAFF = WRITERS | {"moderator", "administrator"}

TABLE: dict[Callable[[Try], bool], set[str]] = {
    reads_a_draft: DESKS,
    reads_ones_own_draft: WRITERS,
    lists_a_draft: DESKS,
    finds_a_draft: DESKS,
    picks_a_draft: DESKS,
    previews_a_draft: DESKS,
    reads_a_revision_of_a_draft: DESKS,
    reads_a_draft_in_public: NOBODY,
    reads_a_scheduled_article_in_public: NOBODY,
    downloads_an_original: STAFF,
    reads_an_original_by_its_stored_name: NOBODY,
    reads_a_picture_by_guessing_its_number: NOBODY,
    reads_held_comments: EDITORS | {"moderator", "administrator"},
    reads_a_held_comment_in_public: NOBODY,
    reads_the_list_of_people: LEADERS | {"administrator"},
    reads_consents: {"administrator"},
    reads_the_audit_log: {"chief_editor", "administrator"},
    takes_the_audit_log_home: {"chief_editor", "administrator"},
    reads_a_confidential_note: {"chief_editor"},
    reads_a_confidential_note_that_names_one: STAFF,
    opens_the_page_of_the_background: {"administrator"},
    runs_a_failed_task_again: {"administrator"},
    changes_a_periodic_job: NOBODY,
    writes_an_article: NEWSROOM,
    writes_an_advertorial: WRITERS,
    saves_ones_own_draft: WRITERS,
    saves_a_draft: DESKS,
    # Readers see nothing of it, until somebody publishes the changes.
    saves_a_published_article: DESKS,
    saves_ones_own_published_article: WRITERS,
    publishes_changes: EDITORS,
    publishes_changes_to_ones_own: NOBODY,
    schedules_a_change: EDITORS,
    schedules_a_change_of_ones_own: NOBODY,
    cancels_a_scheduled_change: EDITORS,
    hands_in_ones_own_draft: WRITERS,
    hands_in_a_draft: DESKS,
    hands_in_a_change_to_ones_own: WRITERS,
    takes_up: DESKS,
    passes_the_step_of_the_editor: EDITORS,
    publishes: EDITORS,
    publishes_what_lacks_something: set(),
    records_whom_it_asked: DESKS,
    looks_through_for_identities: EDITORS,
    publishes_ones_own: NOBODY,
    publishes_ones_own_with_a_reason: LEADERS,
    schedules: EDITORS,
    returns: DESKS,
    sets_an_end: EDITORS,
    dates_an_end_for_a_ground_of_withdrawal: {"chief_editor"},
    publishes_under_embargo: NOBODY,
    takes_an_embargo_away: EDITORS,
    takes_the_embargo_of_ones_own_away: EDITORS,
    shares_a_preview_of_a_draft: DESKS,
    closes_a_shared_preview: DESKS,
    links_published_articles: EDITORS,
    moves_an_article: DESKS,
    moves_ones_own_draft: WRITERS,
    tags_an_article: DESKS,
    saves_a_search: STAFF,
    shares_a_search: STAFF - {"contributor"},
    sees_a_shared_search: STAFF - {"contributor"},
    sees_somebodys_own_search: NOBODY,
    removes_a_shared_search: LEADERS,
    withdraws: {"chief_editor"},
    deletes_an_article: NOBODY,
    sets_a_status_by_the_form: NOBODY,
    adds_a_section: {"chief_editor", "administrator"},
    adds_an_author: EDITORS | {"administrator"},
    changes_a_caption: WRITERS,
    deletes_a_picture: NOBODY,
    approves_a_comment: EDITORS | {"moderator"},
    rejects_a_comment: EDITORS | {"moderator"},
    comments_on_an_article: MEMBERS,
    adds_a_person: {"administrator"},
    gives_oneself_a_role: {"administrator"},
    makes_oneself_a_superuser: NOBODY,
    rewrites_a_consent: NOBODY,
    rewrites_the_audit_log: NOBODY,
    # A contributor does not even see the article of somebody else.
    writes_a_confidential_note: WRITERS - {"contributor"},
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", TABLE, ids=lambda action: action.__name__)
def test_who_may_do_what(role: str, action: Callable[[Try], bool]) -> None:
    roles = set(ROLES[2:]) & {role}
    person = None if role == "anonymous" else make.user(*roles)
    client = Client()
    if person:
        client.force_login(person)
    assert action(Try(person, client)) == (role in TABLE[action])
