from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import keyset
from articles.keyset import Key

moments = st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001  the strategy adds the zone
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(moments, st.integers(min_value=1, max_value=10**17))
def test_a_key_comes_back_as_it_was(at, pk):
    assert keyset.read(str(Key(at, pk))) == Key(at, pk)


@given(st.text())
def test_anything_else_is_page_one_or_a_key(text):
    assert keyset.read(text) is None or isinstance(keyset.read(text), Key)


@pytest.mark.parametrize(
    "bad", [None, "", "abc", "1", "-", "1-", "-1", "1-x", "9" * 39 + "-1", "1-" + "9" * 30, "１-１"]
)
def test_a_bad_key_is_page_one(bad):
    assert keyset.read(bad) is None


@pytest.mark.django_db
def test_pages_follow_each_other_without_gap_or_repetition():
    from articles.models import Article
    from tests import make

    same_time = datetime(2026, 1, 1, 5, tzinfo=UTC)
    made = [make.live_article(at=same_time) for _ in range(5)]
    seen, key = [], None
    while page := list(Article.objects.live().newest().before(key)[:2]):
        seen += page
        key = Key(page[-1].published_at, page[-1].pk)
    assert seen == made[::-1]
