"""Every kind of change that there is, made as people make it: by the desk's forms, by a command.

Each returns the addresses near the change, or None if the paper has nothing of that kind just now.
"""

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.http import HttpResponse
from django.utils import timezone

from articles import questions, relatives
from articles.admin.family import RELATIONS
from articles.models import Article, ArticleLink, Tag
from articles.slugs import make_slug
from comments.models import Comment
from tests import desk, make
from tests.hammer import paper as papers
from tests.hammer.paper import TAGS, Paper

type Change = Callable[[Paper], list[str] | None]

PUBLISHED = Article.Status.PUBLISHED


def done(answer: HttpResponse) -> None:
    """A form that was shown again has changed nothing: then the rehearsal itself is wrong."""
    assert answer.status_code == 302, (answer.status_code, answer.content.decode()[:3000])


def edit(
    paper: Paper, article: Article | None, *, change: str = "small", **values: Any
) -> list[str] | None:
    """Save in the form; what is published is also brought before the readers."""
    if article is None:
        return None
    before = papers.near(article)
    look_at_searches(paper, before)
    client = paper.clients["chief_editor"]
    done(desk.save(client, article, **values))
    if article.status == PUBLISHED:
        done(desk.act(client, "update_articles", article, kind=change, note="Diperiksa."))
    article.refresh_from_db()
    assert all(str(getattr(article, n)) == str(v) for n, v in values.items() if n in READABLE)
    paper.add(*papers.paths_of(Article.objects.select_related("section").get(pk=article.pk)))
    return before + papers.near(article)


def look_at_searches(paper: Paper, paths: list[str]) -> None:
    """A search is kept for seconds only: it is asked right before the change that it must show."""
    paper.visit([path for path in paths if path.startswith("/cari/")])


READABLE = {"headline", "kicker", "standfirst", "kind", "comments_mode"}


def step(paper: Paper, article: Article | None, action: str, **asked: Any) -> list[str] | None:
    if article is None:
        return None
    before = papers.near(article)
    look_at_searches(paper, before)
    state = article.status, article.published_at, article.unpublish_at
    answer = asked or {"note": "Diperiksa bersama."}
    done(desk.act(paper.clients["chief_editor"], action, article, **answer))
    article.refresh_from_db()
    assert state != (article.status, article.published_at, article.unpublish_at)
    paper.add(*papers.paths_of(Article.objects.select_related("section").get(pk=article.pk)))
    return before + papers.near(article)


def wall_time(minutes: float) -> str:
    """What an editor types for a moment ahead, in the site's zone."""
    return f"{timezone.localtime() + timedelta(minutes=minutes):%Y-%m-%dT%H:%M}"


# Text


def correct_the_body(paper: Paper) -> list[str] | None:
    return edit(paper, paper.live(), body=paper.body())


def change_the_substance(paper: Paper) -> list[str] | None:
    return edit(paper, paper.live(), body=paper.body(), change="substance")


def save_what_readers_do_not_see(paper: Paper) -> list[str] | None:
    """A change to what is published, which waits: no page may show it, or be made anew for it."""
    article = paper.live()
    if article is None:
        return None
    near = papers.near(article)
    values = {"headline": paper.headline(), "slug": f"nanti-{paper.next()}"}
    done(desk.save(paper.clients["chief_editor"], article, **values))
    seen = Article.objects.get(pk=article.pk)
    assert (seen.headline, seen.slug) == (article.headline, article.slug)
    return near


def change_the_headline(paper: Paper) -> list[str] | None:
    return edit(paper, paper.live(), headline=paper.headline())


def change_the_standfirst(paper: Paper) -> list[str] | None:
    return edit(paper, paper.live(), standfirst=paper.words(5))


def change_the_slug(paper: Paper) -> list[str] | None:
    return edit(paper, paper.live(), slug=f"alamat-{paper.next()}")


def change_the_picture(paper: Paper) -> list[str] | None:
    return edit(paper, paper.live(), lead_image=paper.random.choice(paper.images).pk)


def change_the_kind(paper: Paper) -> list[str] | None:
    kind = paper.random.choice(["news", "opinion", "advertorial"])
    return edit(paper, paper.live(), kind=kind, label="Iklan" if kind == "advertorial" else "")


def write_in_a_draft(paper: Paper) -> list[str] | None:
    return edit(paper, paper.pick(status="draft"), body=paper.body())


def write_in_what_waits(paper: Paper) -> list[str] | None:
    waiting = paper.pick(status=PUBLISHED, published_at__gt=timezone.now() + timedelta(minutes=3))
    return edit(paper, waiting, headline=paper.headline(), body=paper.body())


# Place


def move_the_section(paper: Paper) -> list[str] | None:
    """Also the day's index of the section that it comes into, whatever hour it is."""
    article, section = paper.live(), paper.random.choice(paper.sections)
    if article is None or article.published_at is None:
        return None
    day = f"{timezone.localtime(article.published_at):%Y-%m-%d}"
    index = f"/indeks/?date={day}&section={section.slug}"
    paper.add(index)
    paper.visit([index])
    near = edit(paper, article, section=section.pk)
    return near and [index, *near]


def retag(paper: Paper) -> list[str] | None:
    return edit(paper, paper.live(), tag_names=", ".join(paper.tags()))


def tag_anew(paper: Paper) -> list[str] | None:
    name = f"Topik {paper.next()}"
    path = f"/tag/{make_slug(name)}/"
    paper.visit([path])
    near = edit(paper, paper.live(), tag_names=f"{name}, {paper.random.choice(TAGS)}")
    assert Tag.objects.get(name=name).get_absolute_url() == path
    paper.add(path, f"{path}feed/")
    return near and [path, *near]


def change_the_bylines(paper: Paper) -> list[str] | None:
    authors = paper.random.sample(paper.authors, 2)
    lines = {"signatures-author": [one.pk for one in authors]}
    return edit(paper, paper.live(), **lines, **{"signatures-role": ["writer", "editor"]})


# Steps and times


def begin_a_draft(paper: Paper) -> list[str] | None:
    made = papers.draft(paper)
    paper.add(*papers.paths_of(Article.objects.select_related("section").get(pk=made.pk)))
    return papers.near(made)


def publish(paper: Paper) -> list[str] | None:
    article = paper.pick(status="draft") or papers.draft(paper)
    return step(paper, article, "publish_articles")


def schedule(paper: Paper) -> list[str] | None:
    article = paper.pick(status="draft") or papers.draft(paper)
    at = wall_time(paper.random.randint(2, 6))
    return step(paper, article, "schedule_articles", at=at, note="Terbit nanti.")


def end_later(paper: Paper) -> list[str] | None:
    words = {"reason": "licence_ended", "note": "Lisensi berakhir."}
    return step(
        paper, paper.live(), "end_articles", at=wall_time(paper.random.randint(2, 6)), **words
    )


def take_the_end_away(paper: Paper) -> list[str] | None:
    ending = paper.pick(status=PUBLISHED, unpublish_at__gt=timezone.now())
    return step(paper, ending, "end_articles", remove="on")


def change_later(paper: Paper) -> list[str] | None:
    """A change that waits for its time, and now and then a correction that goes out before it.

    Of the same place it is a clash, which changes nothing for readers when the time comes.
    """
    article = paper.pick(
        status=PUBLISHED, published_at__lte=timezone.now(), unpublish_at=None, change_at=None
    )
    if article is None:
        return None
    before, client = papers.near(article), paper.clients["chief_editor"]
    changed = paper.random.choice(
        [
            {"headline": paper.headline(), "body": paper.body()},
            {"section": paper.random.choice(paper.sections).pk, "slug": f"lalu-{paper.next()}"},
            {"tag_names": f"Topik {paper.next()}, {paper.random.choice(TAGS)}"},
            {"signatures-author": [paper.random.choice(paper.authors).pk]}
            | {"signatures-role": ["writer"]},
            {"lead_image": paper.random.choice(paper.images).pk, "kicker": paper.words(2)},
        ]
    )
    at, kind = wall_time(paper.random.randint(2, 6)), paper.random.choice(["small", "substance"])
    done(desk.save(client, article, **changed))
    if not has_changes(article):
        return None
    asked = {"kind": kind, "at": at, "note": "Diperiksa."}
    done(desk.act(client, "update_later_articles", article, **asked))
    # A reader of a time ahead may have brought it out already.
    assert article.transitions.filter(name="schedule").exists()
    if paper.random.random() < 0.5:
        correction = paper.random.choice(["standfirst", "headline"])
        edit(paper, article, **{correction: paper.words(5)})
    tags = changed.get("tag_names", "").split(", ")
    new = [f"/tag/{make_slug(name)}/" for name in tags if name]
    paper.add(*new)
    paper.visit(new)
    return before + papers.near(article) + new


def has_changes(article: Article) -> bool:
    return not Article.objects.filter(pk=article.pk, stage="").exists()


def cancel_the_change(paper: Paper) -> list[str] | None:
    article = paper.pick(change_at__gt=timezone.now())
    if article is None:
        return None
    done(desk.act(paper.clients["chief_editor"], "cancel_change_articles", article))
    article.refresh_from_db()
    assert article.change_at is None
    return papers.near(article)


def give_back_what_waits(paper: Paper) -> list[str] | None:
    waiting = paper.pick(status=PUBLISHED, published_at__gt=timezone.now() + timedelta(minutes=1))
    return step(paper, waiting, "return_articles", note="Sumber kedua?")


def withdraw(paper: Paper) -> list[str] | None:
    words = {"reason": "child", "public_reason": "Demi masa depan anak."}
    return step(paper, paper.live(), "withdraw_articles", **words)


def bring_back(paper: Paper) -> list[str] | None:
    article = paper.pick(status="withdrawn")
    if article is None:
        return None
    # An import or an old one may lack what is asked for today.
    lacking = {
        "standfirst": paper.words(6),
        "dateline_city": "Kota Nala",
        "tag_names": ", ".join(paper.tags()),
        "lead_image": paper.random.choice(paper.images).pk,
        "signatures-author": [paper.random.choice(paper.authors).pk],
        "signatures-role": ["writer"],
        **dict.fromkeys(questions.QUESTIONS, questions.NO),
    }
    done(desk.save(paper.clients["chief_editor"], article, **lacking))
    article.refresh_from_db()
    return step(paper, article, "publish_articles")


def import_a_text(paper: Paper) -> list[str] | None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "berita.txt")
        file.write_text(f"{paper.headline()}\n\n{paper.words(20)}.\n\n{paper.words(20)}.\n")
        call_command("import_article", str(file), "--publish", verbosity=0)
    return near_newest(paper)


def near_newest(paper: Paper) -> list[str]:
    article = Article.objects.select_related("section").latest("id")
    paper.add(*papers.paths_of(article))
    return papers.near(article)


# Family


def link_articles(paper: Paper) -> list[str] | None:
    """Of something that is live with anything else, drafts and what waits included."""
    article, other = paper.live(), paper.pick()
    if article is None or other is None or article == other:
        return None
    if other.pk in {tie.other for tie in relatives.ties(article)}:
        return None
    relation = paper.random.choice(list(RELATIONS))
    before = papers.near(article) + papers.near(other)
    data = {"relation": relation, "other": f"https://contoh.example{papers.paths_of(other)[0]}"}
    done(paper.clients["chief_editor"].post(family_page(article), data))
    assert other.pk in {tie.other for tie in relatives.ties(article)}
    return before


def unlink_articles(paper: Paper) -> list[str] | None:
    link = ArticleLink.objects.order_by("id").first()
    if link is None:
        return None
    near = papers.near(link.from_article) + papers.near(link.to_article)
    data = {"unlink": link.pk}
    done(paper.clients["chief_editor"].post(family_page(link.from_article), data))
    assert not ArticleLink.objects.filter(pk=link.pk).exists()
    return near


def family_page(article: Article) -> str:
    return f"{desk.LIST}{article.pk}/family/"


# Comments


def close_the_comments(paper: Paper) -> list[str] | None:
    return edit(paper, paper.live(), comments_mode=paper.random.choice(["closed", "open"]))


def close_the_comments_later(paper: Paper) -> list[str] | None:
    return edit(paper, paper.live(), comments_close_at=wall_time(paper.random.randint(2, 6)))


def decide(paper: Paper, action: str, seen: str) -> list[str] | None:
    keys = list(Comment.objects.filter(status=seen).order_by("id").values_list("pk", flat=True))
    if not keys:
        return None
    comment = Comment.objects.get(pk=paper.random.choice(keys))
    data = {"action": action, "index": 0, "_selected_action": [comment.pk]}
    data |= {f"seen-{comment.pk}": seen}
    done(paper.clients["moderator"].post("/admin/comments/comment/?status=all", data))
    before = comment.status
    comment.refresh_from_db()
    assert comment.status != before
    return papers.near(comment.article)


def approve(paper: Paper) -> list[str] | None:
    return decide(paper, "approve", "held")


def reject(paper: Paper) -> list[str] | None:
    return decide(paper, "reject", "held")


def reject_what_was_shown(paper: Paper) -> list[str] | None:
    return decide(paper, "reject", "approved")


# Names


def rename(paper: Paper, thing: Any, slug: str, **values: Any) -> list[str]:
    kind, old = type(thing).__name__.lower(), thing.get_absolute_url()
    data = {"name": f"{thing.name.split(' ·')[0]} · {paper.next()}", "slug": slug, "order": 0}
    data |= {name: getattr(thing, name) or "" for name in ("code", "bio") if hasattr(thing, name)}
    data |= {"parent": getattr(thing, "parent_id", "") or ""} | values
    form = f"/admin/articles/{kind}/{thing.pk}/change/"
    place = old.replace(f"/{thing.slug}/", f"/{slug}/")
    paper.visit([place, f"{place}feed/"])
    done(paper.clients["chief_editor"].post(form, data))
    thing.refresh_from_db()
    assert thing.name == data["name"]
    new = thing.get_absolute_url()
    paper.add(old, f"{old}feed/", new, f"{new}feed/")
    articles = thing.bylines if kind == "author" else getattr(thing, "articles", None)
    articles = articles or thing.tagged_items
    first = articles.order_by("id").first()
    shown = getattr(first, "article", None) or getattr(first, "content_object", None) or first
    near = papers.near(shown) if shown else []
    return [new, f"{new}feed/", old, f"{old}feed/", "/", "/feed/", *near]


def rename_an_author(paper: Paper) -> list[str] | None:
    author = paper.random.choice(paper.authors)
    return rename(paper, author, author.slug)


def move_an_author(paper: Paper) -> list[str] | None:
    return rename(paper, paper.random.choice(paper.authors), f"nama-{paper.next()}")


def rename_a_section(paper: Paper) -> list[str] | None:
    section = paper.random.choice(paper.sections)
    return rename(paper, section, section.slug)


def move_a_section_address(paper: Paper) -> list[str] | None:
    section = paper.random.choice(paper.sections[1:])
    return rename(paper, section, f"kanal-{paper.next()}")


def move_a_section(paper: Paper) -> list[str] | None:
    """Below another one, or up; what has sections of its own stays on the first level."""
    section = paper.random.choice([one for one in paper.sections if not one.children.exists()])
    tops = [one for one in paper.sections if one.parent_id is None and one != section]
    aim = paper.random.choice([one for one in (None, *tops) if one != section.parent])
    parents = [one.get_absolute_url() for one in (section.parent, aim) if one]
    near = rename(paper, section, section.slug, parent=aim.pk if aim else "")
    assert section.parent == aim
    return [*parents, *(f"{path}feed/" for path in parents), *near]


def rename_a_tag(paper: Paper) -> list[str] | None:
    tag = paper.random.choice(list(Tag.objects.order_by("id")))
    return rename(paper, tag, paper.random.choice([tag.slug, f"topik-{paper.next()}"]))


def add_a_section(paper: Paper) -> list[str] | None:
    if len(paper.sections) > 12:
        return None
    slug = f"baru-{paper.next()}"
    data = {"name": slug.title(), "slug": slug, "order": 9, "parent": ""}
    paper.add(f"/{slug}/")
    paper.visit([f"/{slug}/", f"/{slug}/feed/"])
    done(paper.clients["chief_editor"].post("/admin/articles/section/add/", data))
    paper.sections.append(type(paper.sections[0]).objects.get(slug=slug))
    return [f"/{slug}/", f"/{slug}/feed/", "/"]


def rename_a_person(paper: Paper) -> list[str] | None:
    person = paper.random.choice(list(paper.staff.values()))
    data = {"email": person.email, "name": f"Orang {paper.next()}", "language": "id"}
    data |= {"is_active": "on", "roles": [g.name for g in person.groups.all()], "initials": ""}
    form = f"/admin/accounts/user/{person.pk}/change/"
    done(paper.clients["administrator"].post(form, data))
    return ["/", "/feed/"]


def describe_a_picture(paper: Paper) -> list[str] | None:
    return save_a_picture(paper)


def replace_a_picture(paper: Paper) -> list[str] | None:
    return save_a_picture(paper, another=SimpleUploadedFile("baru.jpg", make.jpeg((320, 180))))


def save_a_picture(paper: Paper, **files: SimpleUploadedFile) -> list[str]:
    image = paper.random.choice(paper.images)
    image.refresh_from_db()
    names = ("photographer", "source", "nature", "licence", "focus_x", "focus_y")
    data = {name: getattr(image, name) for name in names}
    data |= {"caption": paper.words(4), "alt": paper.words(3)}
    form = f"/admin/articles/image/{image.pk}/change/"
    done(paper.clients["editor"].post(form, data | files))
    use = image.uses.order_by("id").first()
    return papers.near(use.article) if use else ["/"]


KINDS: dict[str, Change] = {
    change.__name__: change
    for change in (
        correct_the_body,
        change_the_substance,
        save_what_readers_do_not_see,
        change_the_headline,
        change_the_standfirst,
        change_the_slug,
        change_the_picture,
        change_the_kind,
        write_in_a_draft,
        write_in_what_waits,
        move_the_section,
        retag,
        tag_anew,
        change_the_bylines,
        begin_a_draft,
        publish,
        schedule,
        end_later,
        take_the_end_away,
        change_later,
        cancel_the_change,
        give_back_what_waits,
        withdraw,
        bring_back,
        import_a_text,
        link_articles,
        unlink_articles,
        close_the_comments,
        close_the_comments_later,
        approve,
        reject,
        reject_what_was_shown,
        rename_an_author,
        move_an_author,
        rename_a_section,
        move_a_section_address,
        move_a_section,
        rename_a_tag,
        add_a_section,
        rename_a_person,
        describe_a_picture,
        replace_a_picture,
    )
}
