"""Writing the demo edition through the same writers as everybody else's articles."""

from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage, storages
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone, translation

from accounts import appendonly, consent, roles
from accounts.models import User, confirm_address
from articles import (
    content,
    gate,
    listing,
    pagecache,
    pictures,
    questions,
    rights,
    verification,
    workflow,
)
from articles.content import Signature, Values
from articles.guard import writing
from articles.models import Article, Author, Image, Revision, Section, Transition
from articles.questions import NO, YES
from comments import moderation
from comments.models import Comment
from newsroom.demo import edition
from newsroom.demo.pictures import draw

PICTURE_SIZE = (1200, 800)
OVERRIDE = "Ditulis berdua dengan redaktur; tidak ada redaktur lain pada jam itu."


def is_empty() -> bool:
    """Whether nobody has begun to use this database."""
    return not (User.objects.exists() or Section.objects.exists() or Article.objects.exists())


def wipe() -> None:
    """Delete all rows and all pictures of this installation."""
    with appendonly.lifted():
        call_command("flush", interactive=False, verbosity=0)
    # No writer was asked, so none has told that everything is gone.
    pagecache.clock().renew()
    sweep()


def sweep() -> None:
    """Delete all files of pictures: what an empty database knows nothing of is nobody's."""
    for storage in (default_storage, storages["originals"]):
        _empty(storage, "")


def _empty(storage: Storage, folder: str) -> None:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        storage.delete(f"{folder}/{name}" if folder else name)
    for name in folders:
        _empty(storage, f"{folder}/{name}" if folder else name)


def load() -> int:
    """Write people, sections, articles and comments, all or nothing; returns how many articles."""
    sweep()  # A load that was killed half-way leaves files and no rows.
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        return Edition(edition.paper()).write(edition.stories())


class Edition:
    """The people and places of the demo, by their keys in the files."""

    def __init__(self, paper: dict[str, Any]) -> None:
        self.now = timezone.now()
        self.staff = {person["role"]: _staff(person) for person in paper["staff"]}
        self.readers = {person["key"]: _reader(person) for person in paper["readers"]}
        self.sections: dict[str, Section] = {}
        for row in paper["sections"]:
            self.sections[row["slug"]] = self.section(row)
        self.authors = {row["slug"]: self.author(row) for row in paper["authors"]}
        self.articles: dict[str, Article] = {}

    def section(self, row: dict[str, Any]) -> Section:
        fields = {name: row[name] for name in ("slug", "name", "intro", "order")}
        return Section.objects.create(**fields, parent=self.sections.get(row["parent"]))

    def author(self, row: dict[str, Any]) -> Author:
        return Author.objects.create(
            slug=row["slug"],
            name=row["name"],
            code=row["code"],
            bio=row["bio"],
            is_organization=row["organization"],
            user=self.staff.get(row["role"]),
        )

    def write(self, stories: dict[str, dict[str, Any]]) -> int:
        """The oldest first, as a newsroom would have: ids and links follow time."""
        in_time = sorted(stories, key=lambda name: self.time_of(stories[name]))
        for name in in_time:
            self.articles[name] = self.draft(stories[name])
        for name in in_time:
            self.link(self.articles[name], stories[name])
            self.bring(self.articles[name], stories[name])
            self.comments(self.articles[name], stories[name].get("comments", []))
        return len(self.articles)

    def time_of(self, story: dict[str, Any]) -> datetime:
        """When the story was published; never ahead of now, unless it waits for its time."""
        day = timezone.localdate(self.now) - timedelta(days=story["days_ago"])
        at = datetime.combine(
            day, time.fromisoformat(story["time"]), timezone.get_default_timezone()
        )
        if story["state"] == "scheduled":
            return max(at, self.now + timedelta(hours=2))
        return at if at < self.now else at - timedelta(days=1)

    def draft(self, story: dict[str, Any]) -> Article:
        image = self.image(story["image"]) if "image" in story else None
        fields = {name: story[name] for name in ("headline", "kind", "label", "kicker")}
        fields |= {
            "section_id": self.sections[story["section"]].pk,
            "standfirst": story["standfirst"],
            "dateline_city": story["city"],
            "lead_image_id": image.pk if image else None,
            "body": edition.body(story["body"], lambda name: None),
            "sensitivity": answers(story),
        }
        signatures = [Signature(self.authors[slug]) for slug in story["authors"]]
        values = Values(fields=fields, tags=story["tags"], bylines=signatures)
        return content.create(values, self.staff["reporter"])

    def image(self, row: dict[str, Any]) -> Image:
        file = BytesIO()
        draw(row["scene"], row["seed"], PICTURE_SIZE).save(file, "JPEG", quality=90)
        return pictures.store(
            ContentFile(file.getvalue(), f"{row['scene']}.jpg"),
            by=None,
            caption=row["caption"],
            credit=row["credit"],
            alt=row["alt"],
            nature=row.get("nature", Image.Nature.PHOTO),
            taken_on=row.get("taken_on"),
            focus=(0.5, 0.52),  # the scenes stand on the ground, below a photograph's usual middle
        )

    def link(self, article: Article, story: dict[str, Any]) -> None:
        """Put “read also” boxes in, now that every article has its id."""
        if "[[baca-juga:" not in story["body"]:
            return
        body = edition.body(story["body"], lambda name: self.articles[name].pk)
        saved = content.save(article, Values({"body": body}), article.version, None)
        article.version, article.body = saved.version, saved.body

    def bring(self, article: Article, story: dict[str, Any]) -> None:
        """Take the article to the state it is to be found in."""
        reporter, editor = self.staff["reporter"], self.approver(article)
        state, at = story["state"], self.time_of(story)
        if state == "draft":
            return
        workflow.submit(article, reporter)
        if state == "submitted":
            return
        self.verify(article, story)
        ahead = at if state == "scheduled" else None
        workflow.publish(article, editor, at=ahead, note=self.excuse(editor, article))
        if state != "scheduled":
            backdate(article, at)
        reason, words = story["withdrawal_class"], story["withdrawal_reason"]
        if state == "withdrawn":
            chief = self.staff["chief_editor"]
            workflow.withdraw(article, chief, reason=reason, public_reason=words)
        if state == "ended":
            end = timezone.now() + timedelta(seconds=1)
            workflow.unpublish(article, editor, at=end, reason=reason, note=words)

    def verify(self, article: Article, story: dict[str, Any]) -> None:
        """Ask whom the story may harm, and let an editor look for identities, as the gate wants."""
        asked_at = min(self.time_of(story), self.now) - timedelta(hours=2)
        for row in story.get("attempts", []):
            verification.record(article, self.staff["reporter"], at=asked_at, **row)
        if questions.guards_identity(answers(story)):
            verification.check(
                article,
                self.staff["editor"],
                items=verification.CHECKLIST,
                seen=gate.betrayals(article),
            )

    def approver(self, article: Article) -> User:
        """An editor who did not write it; the editor's own pieces are read by the chief editor."""
        editor, chief = self.staff["editor"], self.staff["chief_editor"]
        return chief if rights.is_writer(editor, article) else editor

    def excuse(self, approver: User, article: Article) -> str:
        """What an override needs: a reason that the desk can read."""
        return OVERRIDE if rights.is_writer(approver, article) else ""

    def comments(self, article: Article, rows: list[dict[str, Any]]) -> None:
        made: list[Comment] = []
        for number, row in enumerate(rows, start=1):
            parent = made[row["reply_to"] - 1] if row["reply_to"] else None
            comment = moderation.receive(
                article=article, author=self.readers[row["name"]], body=row["body"], parent=parent
            )
            self.decide(comment, row["state"])
            published = article_time(article)
            at = published + (self.now - published) * (number / (len(rows) + 1)) / 4
            with writing():
                Comment.objects.filter(pk=comment.pk).update(created_at=at)
            made.append(comment)

    def decide(self, comment: Comment, state: str) -> None:
        if state == "approved":
            moderation.approve(comment, self.staff["moderator"])
        elif state == "rejected":
            moderation.reject(comment, self.staff["moderator"])


def answers(story: dict[str, Any]) -> dict[str, str]:
    """The answers to the questions before publishing; a draft's are still to be given."""
    if story["state"] == "draft":
        return {}
    yes = set(story.get("yes", ()))
    return {code: YES if code in yes else NO for code in questions.QUESTIONS}


def article_time(article: Article) -> datetime:
    """When readers first saw the article."""
    times = Article.objects.values_list("first_published_at", flat=True)
    return times.get(pk=article.pk) or timezone.now()


def backdate(article: Article, at: datetime) -> None:
    """The demo's past: the workflow itself publishes now or later, never earlier."""
    with writing():
        rows = Article.objects.filter(pk=article.pk)
        rows.update(published_at=at, first_published_at=at, saved_at=at)
        Revision.objects.filter(article=article, live_from__isnull=False).update(live_from=at)
        Revision.objects.filter(article=article).update(created_at=at - timedelta(hours=1))
        Transition.objects.filter(article=article).update(at=at)
        Transition.objects.filter(article=article).exclude(name="publish").update(
            at=at - timedelta(hours=1)
        )
        listing.place(rows.get())


def _staff(row: dict[str, Any]) -> User:
    user = User.objects.create_user(row["email"], name=row["name"], initials=row["initials"])
    confirm_address(user)
    consent.record(user, consent.TEXTS)
    roles.assign(user, [row["role"]])
    return user


def _reader(row: dict[str, Any]) -> User:
    user = User.objects.create_user(row["email"], name=row["name"])
    confirm_address(user)
    consent.record(user, consent.TEXTS)
    return user
