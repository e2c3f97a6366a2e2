"""Two at the same moment, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from articles.models import Article
from comments import moderation
from comments.models import Comment
from comments.moderation import AlreadyDecided
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def together(*steps):
    """Run all steps at once; their results, or what they raised."""
    start = Barrier(len(steps))

    def run(step):
        try:
            start.wait(10)
            return step()
        except AlreadyDecided as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps))


def test_the_same_form_in_two_requests_at_once_is_one_comment():
    article, reader, mark = make.live_article(), make.user(), uuid4()
    send = lambda: moderation.receive(article, reader, "Halo", submission=mark)  # noqa: E731
    first, second = together(send, send)
    assert first == second
    assert Comment.objects.count() == 1


def test_of_two_moderators_at_once_one_decides_and_one_is_told():
    held = moderation.receive(make.live_article(), make.user(), "Halo")
    one, other = make.user("moderator"), make.user("editor")
    # Both have it on their screens before either decides.
    seen, also_seen = Comment.objects.get(pk=held.pk), Comment.objects.get(pk=held.pk)
    results = together(
        lambda: moderation.approve(seen, one), lambda: moderation.reject(also_seen, other)
    )
    assert {type(result) for result in results} == {Comment, AlreadyDecided}


def test_two_comments_of_one_article_approved_at_once_are_both_counted():
    article, moderator = make.live_article(), make.user("moderator")
    rows = [moderation.receive(article, make.user(), str(number)) for number in range(4)]
    together(*(lambda row=row: moderation.approve(row, moderator) for row in rows))
    assert Article.objects.get(pk=article.pk).comment_count == 4
