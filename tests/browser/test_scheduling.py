"""Times, by clicking: an article that waits, and a change of a live one that waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import content
from articles.content import Values
from articles.models import Article
from tests import make
from tests.browser_tools import Visitor, said

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

HEADLINE = "Tarif Parkir Naik"
PHONE = {"viewport": {"width": 360, "height": 740}}


def open_article(person: Visitor) -> Visitor:
    return person.click(said("articles"), "nav.desk-nav").click(HEADLINE)


def tomorrow() -> tuple[str, str]:
    """The day after this one at 6.30, as the field takes it and as the desk says it."""
    day = timezone.localtime() + timedelta(days=1)
    return f"{day:%Y-%m-%d}T06:30", "06.30 WIB"


@pytest.mark.parametrize("window", [PHONE, {}], ids=["phone", "desk"])
def test_an_article_is_scheduled_and_called_back(visitor, window) -> None:
    article = make.complete(headline=HEADLINE)
    at, words = tomorrow()
    editor = open_article(visitor(**window).go_to_desk(make.user("editor")))
    editor.click(said("Publish later…"))
    editor.sees("WIB", "#content").page.locator("[type=datetime-local]").fill(at)
    editor.click(said("Publish later…").removesuffix("…"), "#content").sees(words, "#desk-where")
    article.refresh_from_db()
    assert article.published_at is not None
    assert f"{timezone.localtime(article.published_at):%Y-%m-%dT%H:%M}" == at
    editor.click(said("Return to the writer…"))
    editor.write(said("What should the writer change?"), "Tunggu keputusan dewan.")
    editor.click(said("Return to the writer…").removesuffix("…"), "#content")
    editor.sees(said("Returned"), "#desk-where")


def test_a_change_waits_is_compared_and_called_back(visitor) -> None:
    live = make.live_article(headline=HEADLINE, standfirst="Mulai Senin.")
    content.save(live, Values({"standfirst": "Mulai Selasa."}), live.version, None)
    at, words = tomorrow()
    editor = open_article(visitor().go_to_desk(make.user("editor")))
    editor.click(said("Publish the changes later…"))
    editor.page.locator("[type=datetime-local]").fill(at)
    editor.page.check("[name=kind][value=small]")
    editor.click(said("Publish the changes later…").removesuffix("…"), "#content")
    editor.sees(words.replace(".", ":"), ".desk-change")
    live.refresh_from_db()
    assert live.change_at is not None
    assert live.standfirst == "Mulai Senin."
    editor.click(said("Cancel the scheduled change"), ".desk-change")
    editor.sees("Mulai Selasa.", "#id_standfirst")
    assert Article.objects.get(pk=live.pk).change_at is None
