"""Ten thousand schedules, typed in the zones of Indonesia: right to the second, with no worker.

The seed is printed when something is wrong; SEED=… runs the same moments again.
"""

import os
import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import dependencies
from articles.admin.fields import MomentField
from articles.guard import writing
from articles.models import Article, Beat, Section
from tests import desk, make

pytestmark = pytest.mark.django_db

MANY = 10_000
AT_ONCE = 100
SECOND = timedelta(seconds=1)
# Hours ahead of UTC, by law: the one thing that is not asked of the same library as the product.
ZONES = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}
ENDED = {"withdrawal_class": "licence_ended", "withdrawal_reason": "Lisensi habis."}
FIRST, LAST = datetime(2000, 1, 1), datetime(2099, 12, 31)  # noqa: DTZ001  as typed: in no zone


@pytest.fixture
def chance() -> random.Random:
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(10**9))
    print(f"SEED={seed}")  # noqa: T201  pytest shows it when a test fails
    return random.Random(seed)


def typed(chance: random.Random) -> str:
    """What the input of a form sends: a day and a minute, without a zone."""
    minutes = int((LAST - FIRST).total_seconds()) // 60
    return f"{FIRST + timedelta(minutes=chance.randrange(minutes)):%Y-%m-%dT%H:%M}"


def meant(text: str, zone: str) -> datetime:
    """The moment in UTC, by subtraction alone."""
    local = datetime.fromisoformat(text)
    return (local - timedelta(hours=ZONES[zone])).replace(tzinfo=UTC)


def read(text: str, zone: str) -> datetime:
    """What the desk's form makes of it."""
    with timezone.override(zone):
        moment: datetime = MomentField().clean(text)
    return moment


def scheduled(number: int, text: str, zone: str, section: Section) -> Article:
    """An even number begins at the moment, an odd one ends."""
    moment = read(text, zone)
    begins = moment if number % 2 == 0 else moment - timedelta(days=400)
    article = Article(
        headline=f"Berita {number}",
        slug=f"berita-{number}",
        body="<p>Isi.</p>",
        section=section,
        status=Article.Status.PUBLISHED,
        published_at=begins,
        first_published_at=begins,
    )
    if number % 2:
        article.unpublish_at = moment
        article.withdrawal_class, article.withdrawal_reason = ENDED.values()
    return article


def seen(questions: list[tuple[int, datetime]]) -> set[int]:
    """The questions (an article, a moment) that readers' own SQL answers with yes, by number."""
    someone, sometime = -12345, datetime(1999, 9, 9, tzinfo=UTC)
    asked = Article.objects.live(sometime).filter(pk=someone).values("pk")
    sql, values = asked.query.sql_with_params()
    adapt = connection.ops.adapt_datetimefield_value
    places = [value if value == someone else str(value) for value in values]
    assert sorted(map(places.count, (someone, str(adapt(sometime))))) == [1, 2]
    found: set[int] = set()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE articles_article")  # As a server would: each is found by its key.
        for first in range(0, len(questions), AT_ONCE):
            lines, filled = [], []
            for number, (pk, at) in enumerate(questions[first : first + AT_ONCE], first):
                instead = {someone: pk, str(adapt(sometime)): adapt(at)}
                lines.append(f"SELECT {number} FROM ({sql}) AS one")  # noqa: S608
                filled += [
                    instead.get(place, value) for place, value in zip(places, values, strict=True)
                ]
            cursor.execute(" UNION ALL ".join(lines), filled)
            found.update(number for (number,) in cursor.fetchall())
    return found


def test_ten_thousand_typed_moments_are_right_to_the_second(chance) -> None:
    texts = [(typed(chance), chance.choice(list(ZONES))) for _ in range(MANY)]
    place = make.section()
    rows = [scheduled(number, *text, place) for number, text in enumerate(texts)]
    with writing():
        Article.objects.bulk_create(rows, batch_size=500)
    moments = [meant(*text) for text in texts]
    pairs = list(zip(rows, moments, strict=True))
    before = seen([(row.pk, moment - SECOND) for row, moment in pairs])
    after = seen([(row.pk, moment) for row, moment in pairs])
    begin, end = set(range(0, MANY, 2)), set(range(1, MANY, 2))
    assert [texts[number] for number in before ^ end] == []
    assert [texts[number] for number in after ^ begin] == []
    assert not Beat.objects.exists()


@pytest.mark.parametrize("zone", ZONES)
def test_what_an_editor_types_is_what_a_reader_gets(client, settings, chance, zone) -> None:
    """Through the desk's pages and the readers' own, in a paper of that zone."""
    settings.TIME_ZONE = zone
    client.force_login(make.user("chief_editor"))
    for _ in range(5):
        article = make.complete()
        begin, end = sorted({ahead(chance), ahead(chance)})
        desk.act(client, "schedule_articles", article, at=begin)
        ground = {"reason": "licence_ended", "note": "Lisensi habis."}
        desk.act(client, "end_articles", article, at=end, **ground)
        article.refresh_from_db()
        moments = [meant(text, zone) for text in (begin, end)]
        assert [article.published_at, article.unpublish_at] == moments
        answers = [answer_at(client, article, at) for m in moments for at in (m - SECOND, m)]
        assert answers == [404, 200, 200, 410]


def ahead(chance: random.Random) -> str:
    """A moment that lies ahead, typed."""
    return f"20{chance.randrange(40, 99)}{typed(chance)[4:]}".replace("02-29", "02-28")


def answer_at(client, article: Article, at: datetime) -> int:
    """The status of the article's address to a reader at that moment."""
    with dependencies.recording(at):
        return int(client.get(article.get_absolute_url()).status_code)
