"""What stands where on the front page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import dependencies, frontpage
from articles.frontpage import shapes
from tests import make, public


def compose() -> frontpage.Front:
    return frontpage.compose(timezone.now())


def hours_ago(hours: int):
    return timezone.now() - timedelta(hours=hours)


@pytest.mark.django_db
def test_the_newest_story_with_a_picture_leads() -> None:
    plain = make.live_article(at=hours_ago(1))
    pictured = make.live_article(at=hours_ago(2), lead_image_id=public.image().pk)
    unready = make.live_article(at=hours_ago(1), lead_image_id=make.image().pk)
    front = compose()
    assert front.lead == pictured
    assert front.rank == [unready, plain]
    assert front.river == []


@pytest.mark.django_db
def test_without_any_picture_the_newest_leads() -> None:
    make.live_article(at=hours_ago(2))
    newest = make.live_article(at=hours_ago(1))
    assert compose().lead == newest


@pytest.mark.django_db
def test_what_is_paid_for_is_never_on_top() -> None:
    paid = make.live_article(
        kind="advertorial", label="Iklan", at=hours_ago(1), lead_image_id=public.image().pk
    )
    news = make.live_article(at=hours_ago(5))
    front = compose()
    assert (front.lead, front.rank, front.river) == (news, [], [paid])


@pytest.mark.django_db
def test_an_article_stands_once_on_top_or_once_in_its_section() -> None:
    articles = [make.live_article(at=hours_ago(n)) for n in range(1, 13)]
    front = compose()
    top = [front.lead, *front.rank]
    (module,) = front.modules
    assert top == articles[:6]
    assert front.river == articles[6:]
    assert module.articles == articles[6:10]


@pytest.mark.django_db
def test_a_section_below_stands_in_the_one_above_it() -> None:
    parent = make.section("daerah", order=1)
    below = public.child("pesisir", parent)
    for n in range(6):
        make.live_article(at=hours_ago(n + 1))
    first = make.live_article(section=below, at=hours_ago(10))
    second = make.live_article(section=parent, at=hours_ago(11))
    (module,) = compose().modules
    assert (module.section, module.articles) == (parent, [first, second])


@pytest.mark.django_db
def test_what_is_not_public_stands_nowhere() -> None:
    make.draft()
    make.withdrawn_article()
    make.scheduled_article(timezone.now() + timedelta(hours=1))
    assert compose() == frontpage.Front(None, [], [], [])


@pytest.mark.django_db
def test_a_scheduled_article_is_there_at_its_second() -> None:
    at = timezone.now() + timedelta(hours=1)
    article = make.scheduled_article(at)
    assert frontpage.compose(at - timedelta(seconds=1)).lead is None
    assert frontpage.compose(at).lead == article


@pytest.mark.django_db
def test_opinions_are_set_apart() -> None:
    for n in range(6):
        make.live_article(at=hours_ago(n + 1))
    opinion = make.section("opini")
    make.live_article(section=opinion, kind="opinion", at=hours_ago(9))
    make.live_article(section=opinion, kind="editorial", at=hours_ago(10))
    (module,) = compose().modules
    assert module.shape == "voices"


@pytest.mark.parametrize(
    ("counts", "chosen"),
    [
        ([], []),
        ([1], ["feature"]),
        ([4], ["feature"]),
        ([4, 4], ["feature", "row"]),
        ([4, 4, 4], ["feature", "half", "half"]),
        ([4, 4, 4, 4], ["feature", "half", "half", "row"]),
        ([1, 1], ["half", "half"]),
        ([1, 2, 1], ["third", "third", "third"]),
        ([1, 1, 1, 1], ["quarter"] * 4),
        ([1] * 5, ["third"] * 3 + ["half"] * 2),
        ([1] * 7, ["quarter"] * 4 + ["third"] * 3),
        ([4, 1, 4], ["feature", "feature", "feature"]),
        ([4, 1, 1, 4], ["feature", "half", "half", "row"]),
    ],
)
def test_neighbours_fill_the_width_together(counts, chosen) -> None:
    assert shapes(counts, [False] * len(counts)) == chosen


@pytest.mark.parametrize("size", range(1, 12))
def test_no_module_is_left_beside_a_gap(size) -> None:
    widths = {"feature": 12, "row": 12, "voices": 12, "half": 6, "third": 4, "quarter": 3}
    for pattern in range(3 ** min(size, 6)):
        counts = [(pattern // 3**n % 3) * 2 + 1 for n in range(size)]
        voices = [n % 5 == 3 for n in range(size)]
        found = shapes(counts, voices)
        assert len(found) == size
        across = 0
        for shape in found:
            across += widths[shape]
            assert across <= 12
            across %= 12
        assert across == 0


@pytest.mark.django_db
def test_the_page_depends_on_the_names_above_its_opinions_and_on_no_others() -> None:
    news, opinion = make.section("nasional"), make.section("opini")
    reporter, columnist = make.author("Rini"), make.author("Kolom")
    for n in range(7):
        make.live_article(section=news, bylines=[reporter], at=hours_ago(n + 1))
    make.live_article(section=opinion, kind="opinion", bylines=[columnist], at=hours_ago(20))
    with dependencies.recording(timezone.now()) as made:
        front = compose()
    shown = [line.author for line in front.modules[1].articles[0].bylines.all()]
    assert (front.modules[1].shape, shown) == ("voices", [columnist])
    assert {tag for tag in made.tags if tag.startswith("author:")} == {f"author:{columnist.pk}"}
