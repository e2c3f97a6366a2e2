"""Another section or other tags for what is ticked: each by its own right and over its version."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from articles import content, snapshots, workflow
from articles.admin import bulk
from articles.content import Values
from articles.models import Article, Section, SectionRight
from tests import desk, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    person = make.user("editor", language="en")
    client.force_login(person)
    return person


def section_of(article: Article) -> str:
    """Where the desk has it now, published or not."""
    article = Article.objects.get(pk=article.pk)
    return Section.objects.get(pk=snapshots.working(article)["fields"]["section_id"]).slug


def tags_of(article: Article) -> list[str]:
    return list(snapshots.working(Article.objects.get(pk=article.pk))["tags"])


def move(client, *articles: Article, to: str = "kota", **more):
    asked = {"section": make.section(to).pk} | versions(*articles) | more
    return desk.act(client, "move_articles", *articles, **asked)


def retag(client, *articles: Article, add: str = "", remove: str = "", **more):
    asked = {"add_tags": add, "remove_tags": remove} | versions(*articles) | more
    return desk.act(client, "retag_articles", *articles, **asked)


def versions(*articles: Article) -> dict[str, int]:
    """As the list shows them."""
    return {f"version-{one.pk}": one.version for one in articles}


class TestMove:
    def test_it_asks_first_which_section(self, client, editor) -> None:
        one, two = make.draft(), make.draft()
        page = desk.act(client, "move_articles", one, two)
        assert page.status_code == 200
        assert one.headline in page.text
        assert two.headline in page.text
        assert f'name="version-{one.pk}" value="{one.version}"' in page.text
        assert section_of(one) == "nasional"

    def test_each_gets_a_revision_and_a_row_of_the_log(self, client, editor) -> None:
        articles = [make.draft() for _ in range(3)]
        assert move(client, *articles).status_code == 302
        for one in articles:
            assert section_of(one) == "kota"
            revision = one.revisions.first()
            assert (revision.author, revision.note) == (editor, "Moved to Kota.")
            log = AuditEntry.objects.filter(target_type="article", target_id=str(one.pk))
            assert log.filter(verb="save", actor=editor).count() == 1
        assert "3 articles moved." in desk.told(client)

    def test_what_readers_see_stays_until_it_is_published(self, client, editor) -> None:
        live, draft = make.live_article(), make.draft()
        move(client, live, draft)
        live.refresh_from_db()
        assert (live.section.slug, section_of(live)) == ("nasional", "kota")
        told = desk.told(client)
        assert "2 articles moved." in told
        assert "1 of them is published: readers see the change after “Publish the changes”." in told

    def test_who_may_not_is_told_by_name_and_the_others_are_done(self, client) -> None:
        person = make.user("editor", language="en")
        SectionRight.objects.create(user=person, section=make.section("kota"))
        SectionRight.objects.create(user=person, section=make.section("desa"))
        client.force_login(person)
        own = make.draft(section=make.section("desa"))
        foreign = make.live_article(headline="Milik kanal lain")
        move(client, own, foreign)
        assert (section_of(own), section_of(foreign)) == ("kota", "nasional")
        told = desk.told(client)
        assert "1 article moved." in told
        assert "“Milik kanal lain”: This is somebody else's article." in told

    def test_only_ones_own_sections_are_offered_and_taken(self, client) -> None:
        person = make.user("editor")
        SectionRight.objects.create(user=person, section=make.section("desa"))
        client.force_login(person)
        one = make.draft(section=make.section("desa"))
        page = move(client, one, to="kota")
        assert page.status_code == 200
        assert "section" in page.context["form"].errors
        assert section_of(one) == "desa"

    def test_a_text_that_changed_meanwhile_is_refused_by_name(self, client, editor) -> None:
        one, other = make.draft(headline="Yang diubah"), make.draft()
        seen = versions(one, other)
        somebody = make.user("editor", name="Budi")
        content.save(one, Values({"body": "<p>Isi baru.</p>"}), one.version, somebody)
        move(client, one, other, **seen)
        assert (section_of(one), section_of(other)) == ("nasional", "kota")
        told = desk.told(client)
        assert "“Yang diubah”: Budi saved this article at" in told
        assert "1 article moved." in told
        # Nothing was typed that could be lost, so nothing is kept of it.
        assert not one.revisions.filter(kind="losing").exists()

    def test_what_is_there_already_gets_no_new_revision(self, client, editor) -> None:
        one = make.draft(section=make.section("kota"))
        move(client, one)
        assert one.revisions.count() == 1
        assert "1 article was so already." in desk.told(client)

    def test_what_was_approved_passes_the_steps_of_its_new_section(self, client, editor) -> None:
        one = workflow.submit(make.draft(), None)
        one = workflow.approve(one, make.user("editor"))
        assert one.stage == "ready"
        move(client, one)
        one.refresh_from_db()
        assert one.stage == "submitted"

    def test_without_a_section_it_asks_again(self, client, editor) -> None:
        one = make.draft()
        page = desk.act(client, "move_articles", one, section="")
        assert page.context["form"].errors.keys() == {"section"}
        assert section_of(one) == "nasional"


class TestRetag:
    def test_tags_are_added_and_removed_in_whatever_spelling(self, client, editor) -> None:
        one = make.draft(tags=["Covid-19", "Kota Nala"])
        two = make.draft(tags=["Banjir"])
        retag(client, one, two, add="banjir, Rob", remove="covid 19")
        assert tags_of(one) == ["Banjir", "Kota Nala", "Rob"]
        assert tags_of(two) == ["Banjir", "Rob"]
        assert one.revisions.first().note == "Tags: +banjir, +Rob, −Covid-19."
        assert two.revisions.first().note == "Tags: +Rob."
        assert "The tags of 2 articles are changed." in desk.told(client)

    def test_the_tags_of_a_change_that_waits_are_what_is_changed(self, client, editor) -> None:
        live = make.live_article(tags=["Banjir"])
        live = content.save(live, Values({}, tags=["Banjir", "Rob"]), live.version, None)
        retag(client, live, add="Pasar", remove="Banjir")
        assert tags_of(live) == ["Pasar", "Rob"]
        assert [tag.name for tag in Article.objects.get(pk=live.pk).topics] == ["Banjir"]

    def test_the_page_tells_which_there_are(self, client, editor) -> None:
        one, two = make.draft(tags=["Rob"]), make.draft(tags=["Banjir", "Rob"])
        page = desk.act(client, "retag_articles", one, two)
        assert "They have: Banjir, Rob." in page.text
        assert "js/editor/tags.js" in page.text

    @pytest.mark.parametrize(
        ("asked", "field"),
        [
            ({}, "__all__"),
            ({"add": "Rob", "remove": "rob"}, "remove_tags"),
            ({"add": "???"}, "add_tags"),
            ({"add": "x" * 101}, "add_tags"),
        ],
    )
    def test_what_makes_no_sense_is_asked_again_with_what_was_typed(
        self, client, editor, asked, field
    ) -> None:
        one = make.draft()
        page = retag(client, one, **asked)
        assert page.context["form"].errors.keys() == {field}
        assert page.context["form"]["add_tags"].value() == asked.get("add", "")
        assert one.revisions.count() == 1

    def test_a_text_that_changed_meanwhile_is_refused_by_name(self, client, editor) -> None:
        one = make.draft(headline="Yang diubah")
        seen = versions(one)
        content.save(one, Values({}, tags=["Pasar"]), one.version, None)
        retag(client, one, add="Banjir", **seen)
        assert tags_of(one) == ["Pasar"]
        assert "“Yang diubah”:" in desk.told(client)

    def test_nothing_to_do_is_said(self, client, editor) -> None:
        one = make.draft(tags=["Banjir"])
        retag(client, one, add="BANJIR", remove="Rob")
        assert one.revisions.count() == 1
        assert "1 article was so already." in desk.told(client)


def test_a_reporter_changes_her_own_and_no_others(client) -> None:
    reporter = make.user("reporter", language="en")
    client.force_login(reporter)
    own, live = make.draft(reporter), make.live_article(headline="Milik orang lain")
    handed_in = workflow.submit(make.draft(reporter, headline="Sudah diajukan"), None)
    retag(client, own, live, handed_in, add="Banjir")
    assert [tags_of(one) for one in (own, live, handed_in)] == [["Banjir"], [], []]
    told = desk.told(client)
    assert "“Milik orang lain”: This is somebody else's article." in told
    assert "“Sudah diajukan”: The article has been handed in." in told


def test_more_than_a_hundred_are_refused_before_anything_is_done(
    client, editor, monkeypatch
) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    articles = [make.draft() for _ in range(3)]
    assert retag(client, *articles, add="Banjir").status_code == 302
    assert [tags_of(one) for one in articles] == [[], [], []]
    assert "At most 2 articles are changed at once. Tick fewer." in desk.told(client)


def test_neither_is_offered_in_a_form(client, editor) -> None:
    page = client.get(desk.change(make.draft()))
    assert "move_articles" not in page.text
    assert "retag_articles" not in page.text


@pytest.mark.parametrize("act", [move, lambda client, *rows: retag(client, *rows, add="Banjir")])
def test_each_article_costs_the_same_number_of_questions(client, editor, act) -> None:
    make.draft(tags=["Banjir"])

    def cost(number: int) -> int:
        articles = [make.draft() for _ in range(number)]
        with CaptureQueriesContext(connection) as captured:
            act(client, *articles)
        return len(captured)

    cost(1)
    one, two, four = cost(1), cost(2), cost(4)
    assert four - two == 2 * (two - one)
    # As many as any save, with the looks before it.
    assert two - one <= 75
