"""The list of articles narrowed by author, tag, days and section: in the address, and combined."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django.utils.translation import gettext

from articles.admin import asking
from articles.models import Article
from tests import desk, make

pytestmark = pytest.mark.django_db

WIB = ZoneInfo("Asia/Jakarta")
# A Wednesday, just after midnight: in UTC it is still Tuesday.
WEDNESDAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def at_desk(client):
    client.force_login(make.user("editor", language="en"))


@pytest.fixture
def on_wednesday(monkeypatch) -> None:
    monkeypatch.setattr(asking.timezone, "localdate", lambda *args: WEDNESDAY)


def page_of(client, **query):
    return client.get(desk.LIST, query)


def headlines(client, **query) -> list[str]:
    return [row.headline for row in page_of(client, **query).context["cl"].result_list]


def problems(client, **query) -> list[str]:
    """What is said to be wrong; then nothing is found."""
    page = page_of(client, **query)
    assert list(page.context["cl"].result_list) == []
    asked = page.context["cl"].asked
    assert all(text in page.text for text, _meant in asked.problems)
    return [text for text, _meant in asked.problems]


def at(day: int, hour: int = 12) -> datetime:
    """An hour of a day of November 2026, in Jakarta."""
    return datetime(2026, 11, day, hour, tzinfo=WIB)


class TestAuthor:
    @pytest.fixture
    def rini(self):
        return make.author("Rini Lestari", slug="rini-lestari", code="rls")

    @pytest.mark.parametrize("typed", ["Rini Lestari", "rini LESTARI", "RLS", "rini-lestari"])
    def test_by_name_code_or_address_in_whatever_role_and_state(self, client, rini, typed) -> None:
        make.draft(headline="Draf", bylines=[make.author(), rini])
        make.live_article(headline="Tayang", bylines=[rini])
        make.draft(headline="Lain", bylines=[make.author()])
        assert set(headlines(client, author=typed)) == {"Draf", "Tayang"}

    def test_two_of_one_name_are_told_apart(self, client, rini) -> None:
        make.author("Rini Lestari", slug="rini-lestari-2")
        make.draft(headline="Draf", bylines=[rini])
        page = page_of(client, author="Rini Lestari")
        [(text, meant)] = page.context["cl"].asked.problems
        assert text == "Author: Several authors are called “Rini Lestari”."
        assert [address for _words, address in meant] == [
            "?author=rini-lestari",
            "?author=rini-lestari-2",
        ]
        assert headlines(client, author="rini-lestari") == ["Draf"]

    def test_a_part_of_a_name_is_offered_and_not_taken(self, client, rini) -> None:
        page = page_of(client, author="lestari", state="writing")
        [(text, meant)] = page.context["cl"].asked.problems
        assert text == "Author: There is no author “lestari”."
        assert meant == [("Rini Lestari", "?author=rini-lestari&state=writing")]
        assert 'href="?author=rini-lestari&amp;state=writing"' in page.text

    def test_names_are_offered_while_one_types(self, client, rini) -> None:
        make.author("Rini Lestari", slug="rini-lestari-2")
        make.author("Budi")
        answer = client.get("/admin/articles/author/names/", {"q": "lest"}).json()
        assert sorted(row["value"] for row in answer["results"]) == [
            "rini-lestari",
            "rini-lestari-2",
        ]
        assert client.get("/admin/articles/author/names/", {"q": "BUD"}).json() == {
            "results": [{"name": "Budi", "value": "Budi"}]
        }
        assert client.get("/admin/articles/author/names/").json() == {"results": []}

    def test_names_are_offered_to_staff_alone(self, client) -> None:
        client.force_login(make.user())
        assert client.get("/admin/articles/author/names/", {"q": "a"}).status_code == 302


class TestTag:
    @pytest.mark.parametrize("typed", ["Covid-19", "covid 19", " COVID19 "])
    def test_in_whatever_spelling(self, client, typed) -> None:
        make.draft(headline="Draf", tags=["Covid-19", "Kota"])
        make.live_article(headline="Tayang", tags=["Covid-19"])
        make.draft(headline="Lain", tags=["Kota"])
        assert set(headlines(client, tag=typed)) == {"Draf", "Tayang"}

    def test_one_that_is_not_there_says_so_and_offers_what_begins_alike(self, client) -> None:
        make.draft(tags=["Banjir Rob", "Banjir"])
        page = page_of(client, tag="banj")
        [(text, meant)] = page.context["cl"].asked.problems
        assert text == "Tag: There is no tag “banj” (any more)."
        assert [words for words, _address in meant] == ["Banjir", "Banjir Rob"]
        assert list(page.context["cl"].result_list) == []


class TestDays:
    def test_what_is_out_goes_by_its_publication_and_a_draft_by_its_last_save(self, client) -> None:
        make.live_article(headline="Lama", at=at(10))
        make.draft(headline="Draf")
        today = timezone.localdate()
        assert headlines(client, since="2026-11-10", until="2026-11-10") == ["Lama"]
        assert headlines(client, since=str(today), until=str(today)) == ["Draf"]

    def test_a_day_is_one_of_jakarta(self, client) -> None:
        make.live_article(
            headline="Lewat tengah malam", at=datetime(2026, 11, 11, 0, 30, tzinfo=WIB)
        )
        make.live_article(headline="Menjelang tengah malam", at=at(11, 23))
        assert headlines(client, since="2026-11-10", until="2026-11-10") == []
        assert len(headlines(client, since="2026-11-11", until="2026-11-11")) == 2

    def test_they_are_in_the_order_of_that_time(self, client) -> None:
        for day in (12, 10, 11):
            make.live_article(headline=f"Tanggal {day}", at=at(day))
        assert headlines(client, since="2026-11-01", until="2026-11-12") == [
            "Tanggal 12",
            "Tanggal 11",
            "Tanggal 10",
        ]

    @pytest.mark.parametrize(
        ("when", "days"),
        [("today", [25]), ("yesterday", [24]), ("week", [25, 24, 23])],
    )
    def test_periods_are_seen_from_today(self, client, on_wednesday, when, days) -> None:
        for day in (22, 23, 24, 25):
            make.live_article(headline=f"Tanggal {day}", at=at(day))
        assert headlines(client, when=when) == [f"Tanggal {day}" for day in days]

    def test_a_period_and_a_day_are_both_asked(self, client, on_wednesday) -> None:
        for day in (22, 23, 24, 25):
            make.live_article(headline=f"Tanggal {day}", at=at(day))
        assert headlines(client, when="week", since="2026-11-24") == ["Tanggal 25", "Tanggal 24"]
        said = "To day: The period and the days that are written have no day in common."
        assert problems(client, when="today", until="2026-11-01") == [said]

    @pytest.mark.parametrize(
        "query",
        [
            {"since": "kemarin"},
            {"since": "2026-02-30"},
            {"since": "0001-01-01"},
            {"until": "9999-12-31"},
            {"when": "tomorrow"},
            {"since": "2026-11-12", "until": "2026-11-11"},
            {"author": "x" * 121},
            {"author": "tak ada"},
            {"tag": "y" * 101},
            {"tag": "tak ada"},
            {"state": "x"},
            {"section": "99999"},
            {"section": "abc"},
            {"kind__exact": "x"},
            {"mine": "2"},
            {"section__id__exact": "99999"},
        ],
    )
    def test_what_makes_no_sense_finds_nothing_and_says_so(self, client, query) -> None:
        make.draft()
        assert len(problems(client, **query)) == 1

    @pytest.mark.parametrize("name", ["author", "tag", "since", "when", "section", "state"])
    def test_signs_that_no_database_keeps_break_nothing(self, client, name) -> None:
        make.draft()
        assert client.get(desk.LIST, {name: "a\0b"}).status_code == 200


class TestSection:
    def test_one_of_the_first_level_has_those_below_it(self, client) -> None:
        above = make.section("daerah")
        below = make.section("jawa", parent=above)
        make.draft(headline="Atas", section=above)
        make.draft(headline="Bawah", section=below)
        make.draft(headline="Lain", section=make.section("dunia"))
        assert set(headlines(client, section=above.pk)) == {"Atas", "Bawah"}
        assert headlines(client, section=below.pk) == ["Bawah"]

    def test_an_address_of_former_days_still_asks_it(self, client) -> None:
        above = make.section("daerah")
        make.draft(headline="Bawah", section=make.section("jawa", parent=above))
        page = page_of(client, section__id__exact=above.pk)
        assert [row.headline for row in page.context["cl"].result_list] == ["Bawah"]
        [chip] = page.context["cl"].asked.chips
        assert (chip.value, chip.without) == ("Daerah", desk.LIST)


class TestTogether:
    def test_all_are_combined_with_each_other_and_with_the_words(self, client) -> None:
        author, section = make.author("Rini"), make.section("kota")
        same = {"section": section, "bylines": [author], "tags": ["Banjir"]}
        wanted = make.live_article(headline="Banjir surut", at=at(10), **same)
        make.live_article(headline="Banjir naik", at=at(10), **same)
        make.live_article(headline="Banjir surut lagi", at=at(11), **same)
        make.live_article(headline="Banjir surut di desa", at=at(10), **same | {"tags": []})
        query = {"q": "surut", "author": "Rini", "tag": "banjir", "since": "2026-11-10"}
        query |= {"until": "2026-11-10", "section": section.pk, "state": "live"}
        page = page_of(client, **query)
        assert list(page.context["cl"].result_list) == [wanted]
        chips = page.context["cl"].asked.chips
        assert [chip.value for chip in chips] == [
            *("surut", "Rini", "Banjir", "10 Nov 2026", "10 Nov 2026", "Published", "Kota"),
        ]

    def test_each_chip_leads_to_the_list_without_it(self, client) -> None:
        make.draft(tags=["Banjir"], bylines=[make.author("Rini")])
        page = page_of(client, author="Rini", tag="Banjir")
        by_author, by_tag = page.context["cl"].asked.chips
        assert (by_author.without, by_tag.without) == ("?tag=Banjir", "?author=Rini")
        assert 'href="?tag=Banjir"' in page.text

    def test_the_form_takes_along_what_else_is_asked(self, client) -> None:
        make.draft()
        page = page_of(client, state="writing", q="berita", tag="x")
        form = page.text.partition('class="desk-ask"')[2].partition("</form>")[0]
        assert '<input type="hidden" name="state" value="writing">' in form
        assert '<input type="hidden" name="q" value="berita">' in form
        assert form.count('name="tag"') == 1

    def test_empty_fields_do_not_stay_in_the_address(self, client) -> None:
        answer = page_of(client, author="", tag="Banjir", since="", q="")
        assert (answer.status_code, answer["Location"]) == (302, "?tag=Banjir")
        assert page_of(client, author="")["Location"] == desk.LIST

    def test_it_reads_well_in_the_language_of_the_paper(self, client) -> None:
        client.force_login(make.user("editor"))
        page = page_of(client, tag="tak ada")
        assert (gettext("There is no tag “%s” (any more).") % "tak ada") in page.text

    def test_who_sees_her_own_alone_finds_no_more_by_a_filter(self, client) -> None:
        author = make.author("Rini")
        own = make.user("reporter")
        make.draft(headline="Rahasia", bylines=[author], tags=["Banjir"])
        make.draft(own, headline="Milik sendiri", bylines=[author], tags=["Banjir"])
        client.force_login(own)
        assert headlines(client, author="Rini", tag="Banjir") == ["Milik sendiri"]


def test_an_action_stays_within_what_is_shown(client) -> None:
    """The filters stand in the address that the form of the actions is sent to."""
    inside, outside = make.draft(tags=["Banjir"]), make.draft()
    data = {"action": "submit_articles", "index": 0, "select_across": 1}
    data["_selected_action"] = [inside.pk]
    client.post(f"{desk.LIST}?tag=Banjir", data)
    stages = {one.pk: one.stage for one in Article.objects.all()}
    assert stages == {inside.pk: "submitted", outside.pk: "writing"}


def test_the_days_of_a_week_begin_on_monday() -> None:
    days = {asking.PERIODS["week"][1](WEDNESDAY + timedelta(days=more)) for more in range(-2, 5)}
    assert days == {(date(2026, 11, 23), date(2026, 11, 29))}
