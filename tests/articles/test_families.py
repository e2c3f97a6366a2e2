"""Links between articles: who sets and ends them, which pairs can be, and what is noted."""

import pytest
from django.db import IntegrityError, transaction

from articles import families, rights
from articles.errors import NotAllowed, Refused
from articles.guard import NotAWriter, writing
from articles.models import Article, ArticleLink, Outbox
from tests import make

pytestmark = pytest.mark.django_db

Kind = ArticleLink.Kind
ROLES = ["reporter", "editor", "chief_editor", "moderator", "administrator"]


def announced() -> set[str]:
    return {tag for row in Outbox.objects.all() for tag in row.payload["tags"]}


# Who: role × the two articles


def own_draft_and_a_live_one(person):
    return make.draft(person), make.live_article()


def two_live_ones(person):
    return make.live_article(), make.live_article()


def anothers_draft_and_a_live_one(person):
    return make.draft(), make.live_article()


def own_draft_and_anothers(person):
    return make.draft(person), make.draft()


MAY = {
    own_draft_and_a_live_one: {"reporter", "editor", "chief_editor"},
    two_live_ones: {"editor", "chief_editor"},
    anothers_draft_and_a_live_one: {"editor", "chief_editor"},
    own_draft_and_anothers: {"editor", "chief_editor"},
}


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("pair", MAY, ids=lambda pair: pair.__name__)
def test_who_may_link_which_articles(pair, role, turned) -> None:
    person = make.user(role)
    # Moderators and administrators write nothing: then the draft is some reporter's.
    writes = person.has_perm("articles.add_article")
    found = pair(person if writes else make.user("reporter"))
    first, second = reversed(found) if turned else found
    if role in MAY[pair]:
        link = families.link(first, second, Kind.FOLLOW_UP, person)
        families.unlink(link, person)
    else:
        with pytest.raises(NotAllowed):
            families.link(first, second, Kind.FOLLOW_UP, person)
        link = families.link(first, second, Kind.FOLLOW_UP, None)
        with pytest.raises(NotAllowed):
            families.unlink(link, person)
        assert ArticleLink.objects.get() == link


# Which


@pytest.fixture
def pair() -> tuple[Article, Article]:
    return make.live_article(), make.live_article()


def test_an_article_is_not_linked_with_itself(pair) -> None:
    with pytest.raises(Refused):
        families.link(pair[0], pair[0], Kind.RELATED, None)
    with writing(), transaction.atomic(), pytest.raises(IntegrityError):
        ArticleLink.objects.create(from_article=pair[0], to_article=pair[0], kind=Kind.RELATED)


@pytest.mark.parametrize("turned", [False, True])
def test_a_pair_is_linked_once_in_whichever_direction(pair, turned) -> None:
    families.link(*pair, Kind.CORRECTION, None)
    again = pair[::-1] if turned else pair
    with pytest.raises(Refused):
        families.link(*again, Kind.REPLY, None)
    with writing(), transaction.atomic(), pytest.raises(IntegrityError):
        ArticleLink.objects.create(from_article=again[0], to_article=again[1], kind=Kind.REPLY)
    assert ArticleLink.objects.count() == 1


def test_no_article_has_more_links_than_a_page_can_bear(pair, monkeypatch) -> None:
    monkeypatch.setattr(families, "MOST", 2)
    for _ in range(2):
        families.link(make.live_article(), pair[0], Kind.SERIES, None)
    with pytest.raises(Refused, match="2"):
        families.link(pair[1], pair[0], Kind.SERIES, None)


def test_links_are_written_by_their_writer_alone(pair) -> None:
    link = families.link(*pair, Kind.RELATED, None)
    for act in (ArticleLink.objects.all().delete, lambda: ArticleLink.objects.update(order=3)):
        with pytest.raises(NotAWriter):
            act()
    assert ArticleLink.objects.get() == link


# What is noted and announced


def test_both_histories_tell_who_linked_and_who_ended_it(pair) -> None:
    editor = make.user("editor")
    link = families.link(*pair, Kind.CORRECTION, editor)
    families.unlink(link, editor)
    families.unlink(link, editor)  # Somebody else was quicker: nothing happens.
    for article, other in (pair, pair[::-1]):
        steps = article.transitions.filter(name__in=("link", "unlink")).order_by("id")
        assert [step.name for step in steps] == ["link", "unlink"]
        assert all(step.actor == editor and f"#{other.pk}" in step.note for step in steps)
        assert article.revisions.count() == 1  # It is no change of the text.


def test_a_link_and_its_end_are_announced_for_both_pages(pair) -> None:
    pages = {f"article:{article.pk}" for article in pair}
    Outbox.objects.all().delete()
    link = families.link(*pair, Kind.FOLLOW_UP, None)
    assert announced() == pages
    Outbox.objects.all().delete()
    families.unlink(link, None)
    assert announced() == pages


def test_a_link_makes_nobody_a_writer_of_the_text(pair) -> None:
    editor = make.user("editor")
    families.link(*pair, Kind.FOLLOW_UP, editor)
    assert not rights.is_writer(editor, pair[0])
