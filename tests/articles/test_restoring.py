"""An old text comes back as a new revision; what is gone by then is told in words."""

import pytest
from django.utils import timezone, translation

from articles import content, restoring
from articles.content import Signature, Values
from articles.errors import Conflict, NotAllowed, Refused
from articles.models import Article, Revision
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    """A draft with two texts, of which the first had all that a text can have."""
    draft = make.draft(
        headline="Pertama",
        tags=["Banjir"],
        bylines=[make.author("Sri")],
        lead_image_id=make.image(caption="Kapal").pk,
        comments_close_at=timezone.now(),
        sensitivity={"child": "no"},
    )
    other = make.section("daerah")
    values = Values(
        {"headline": "Kedua", "section_id": other.pk, "lead_image_id": None, "body": "<p>Dua.</p>",
         "comments_close_at": None, "sensitivity": {}},
        tags=["Lain"],
        bylines=[Signature(make.author("Edi"))],
    )  # fmt: skip
    return content.save(draft, values, 0, make.user("editor"))


def first(article: Article) -> Revision:
    return article.revisions.get(number=1)


def damage(revision: Revision, **changes: object) -> Revision:
    """Pretend that the revision is of rows that are no longer there."""
    fields = {name: value for name, value in changes.items() if name != "bylines"}
    revision.content["fields"] |= fields
    revision.content["bylines"] = changes.get("bylines", revision.content["bylines"])
    revision.save(update_fields=["content"])
    return revision


def test_the_old_text_comes_back_whole_as_a_new_revision(article) -> None:
    editor = make.user("editor")
    restored = restoring.restore(article, first(article), article.version, editor)
    newest = restored.revisions.first()
    assert newest.number == 3
    assert newest.content == first(article).content
    assert newest.author == editor
    assert "#1" in newest.note
    stored = Article.objects.get()
    assert stored.headline == "Pertama"
    assert [tag.name for tag in stored.tags.all()] == ["Banjir"]
    assert [line.author.name for line in stored.bylines.all()] == ["Sri"]


def test_the_plan_says_what_will_be_saved(article) -> None:
    plan = restoring.plan(article, first(article))
    assert plan.losses == ()
    assert plan.content == first(article).content


def test_what_is_gone_is_told_and_the_present_stays(article) -> None:
    body = '<p>Isi.</p><figure data-image="98"></figure>'
    bylines = [{"author": 97, "name": "Pergi", "role": "writer"}]
    old = damage(first(article), section_id=99, lead_image_id=96, body=body, bylines=bylines)
    with translation.override("en"):
        plan = restoring.plan(article, old)
    assert len(plan.losses) == 4
    assert "“Pergi”" in " ".join(plan.losses)
    restored = restoring.restore(article, old, article.version, None)
    assert (restored.headline, restored.section.slug) == ("Pertama", "daerah")
    assert restored.lead_image_id is None
    assert not restored.bylines.exists()
    assert restored.revisions.first().content == plan.content


def test_a_field_that_is_younger_than_the_revision_stays(article) -> None:
    old = first(article)
    del old.content["fields"]["kicker"]
    old.save(update_fields=["content"])
    content.save(article, Values({"kicker": "Tetap"}), article.version, None)
    article.refresh_from_db()
    assert restoring.restore(article, old, article.version, None).kicker == "Tetap"


def test_who_may_not_edit_may_not_restore(article) -> None:
    with pytest.raises(NotAllowed):
        restoring.restore(article, first(article), article.version, make.user("reporter"))


@pytest.mark.parametrize("is_fresh", [True, False])
def test_what_changed_meanwhile_is_not_overwritten(article, is_fresh) -> None:
    seen = article.version
    saved = content.save(article, Values({"headline": "Ketiga"}), seen, None)
    # Before the old text is asked for, or at the same moment.
    with pytest.raises(Refused if is_fresh else Conflict):
        restoring.restore(saved if is_fresh else article, first(article), seen, None)
    assert Article.objects.get().headline == "Ketiga"


def test_of_a_live_article_the_text_on_the_desk_is_restored() -> None:
    live = make.live_article(headline="Pertama")
    content.save(live, Values({"headline": "Salah"}), live.version, make.user("editor"))
    live.refresh_from_db()
    restoring.restore(live, live.revisions.get(number=1), live.version, make.user("editor"))
    live.refresh_from_db()
    for revision in (live.revisions.first(), live.draft_revision):
        assert revision.content["fields"]["headline"] == "Pertama"
