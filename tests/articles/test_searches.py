"""Saved searches: what is kept of them, whose they are, and what the desk shows of them."""

from urllib.parse import parse_qsl, urlencode

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext

from accounts.models import AuditEntry
from articles import searches
from articles.admin import kept
from articles.admin.articles import ArticleAdmin
from articles.errors import NotAllowed, Refused
from articles.models import SavedSearch
from tests import desk, make

pytestmark = pytest.mark.django_db

KEEP = "/admin/articles/article/searches/keep/"
ALL = "/admin/articles/article/searches/"


def saved(by, name: str = "Banjir", *, is_shared: bool = False, **params: str) -> SavedSearch:
    return searches.save(name, params or {"tag": "Banjir"}, by, is_shared=is_shared)


def names(client) -> list[str]:
    return [row["saved"].name for row in client.get(desk.LIST).context["searches"]]


class TestWriter:
    def test_what_is_kept_is_what_the_list_knows_and_no_address(self) -> None:
        asked = QueryDict(
            "state=writing&state=ready&author=&tag=Banjir+%26+Rob&next=//jahat.example"
            "&p=7&o=-3&q=%00surut&https://jahat.example/?mine=1"
        )
        kept = saved(make.user("reporter"), **asked.dict())
        assert kept.query == "q=surut&tag=Banjir+%26+Rob&state=ready"

    def test_all_that_the_list_can_be_asked_is_kept(self) -> None:
        known = {"q"}
        for one in ArticleAdmin.list_filter:
            name = getattr(one, "parameter_name", None)
            known |= {name} if name else set(one.expected_parameters(None))
        assert known - {"bin"} == set(searches.KNOWN)

    def test_a_search_for_everything_is_none(self) -> None:
        with pytest.raises(Refused):
            saved(make.user("reporter"), "Semua", p="2")

    def test_what_is_longer_in_an_address_than_in_letters_is_refused_in_words(self) -> None:
        """“洪” takes nine signs there."""
        reporter = make.user("reporter")
        assert saved(reporter, "Pendek", q="洪" * 100).query
        with pytest.raises(Refused):
            saved(reporter, "Panjang", q="洪" * 200)

    @pytest.mark.parametrize("name", ["", "  ", "\0", "x" * 61])
    def test_a_name_is_needed(self, name) -> None:
        with pytest.raises(ValidationError):
            saved(make.user("reporter"), name)

    def test_a_name_is_given_once_by_each(self) -> None:
        rini, budi = make.user("reporter"), make.user("reporter")
        saved(rini, "Banjir")
        with pytest.raises(ValidationError):
            saved(rini, " banjir ")
        assert saved(budi, "Banjir").owner == budi

    def test_nobody_keeps_more_than_fifty(self, monkeypatch) -> None:
        monkeypatch.setattr(searches, "MOST", 2)
        person = make.user("reporter")
        saved(person, "Satu")
        two = saved(person, "Dua")
        with pytest.raises(Refused):
            saved(person, "Tiga")
        searches.remove(two, person)
        assert saved(person, "Tiga").pk

    @pytest.mark.parametrize(
        ("role", "may"),
        [("reporter", False), ("editor", False), ("managing_editor", True), ("chief_editor", True)],
    )
    def test_what_others_share_is_changed_by_who_works_in_all_sections(self, role, may) -> None:
        shared = saved(make.user("reporter"), is_shared=True)
        own = saved(make.user("reporter"))
        person = make.user(role)
        for one, allowed in ((shared, may), (own, False)):
            assert searches.may_change(person, one) == allowed
            if not allowed:
                with pytest.raises(NotAllowed):
                    searches.change(one, "Lain", person, is_shared=one.is_shared)
                with pytest.raises(NotAllowed):
                    searches.remove(one, person)
        if may:
            assert searches.change(shared, "Lain", person, is_shared=True).name == "Lain"
            searches.remove(shared, person)
        assert SavedSearch.objects.filter(pk=shared.pk).exists() != may

    def test_a_contributor_shares_nothing_and_is_shown_nothing(self) -> None:
        contributor = make.user("contributor")
        saved(make.user("editor"), "Dibagikan", is_shared=True)
        own = saved(contributor, "Milik sendiri")
        assert list(searches.seen_by(contributor)) == [own]
        with pytest.raises(NotAllowed):
            saved(contributor, "Banjir", is_shared=True)
        with pytest.raises(NotAllowed):
            searches.change(own, "Banjir", contributor, is_shared=True)

    def test_a_reader_keeps_nothing(self) -> None:
        with pytest.raises(NotAllowed):
            saved(make.user())

    def test_what_is_shared_is_in_the_log_and_ones_own_is_not(self) -> None:
        editor = make.user("editor")
        one = saved(editor, "Banjir")
        searches.change(one, "Rob", editor, is_shared=False)
        assert not AuditEntry.objects.filter(group="search").exists()
        searches.change(one, "Rob", editor, is_shared=True)
        searches.change(one, "Banjir rob", editor, is_shared=True)
        searches.remove(one, editor)
        other = saved(editor, "Pasar", is_shared=True)
        log = AuditEntry.objects.filter(group="search", actor=editor).order_by("pk")
        owner = {"owner": editor.pk}
        assert list(log.values_list("verb", "target_text", "details")) == [
            ("change", "Rob", {"is_shared": [False, True], **owner}),
            ("change", "Banjir rob", {"name": ["Rob", "Banjir rob"], **owner}),
            ("remove", "Banjir rob", owner),
            ("add", other.name, owner),
        ]


class TestDesk:
    def test_ones_own_stand_before_those_of_others(self, client) -> None:
        editor, other = make.user("editor"), make.user("editor")
        saved(other, "Angin", is_shared=True)
        saved(other, "Rahasia")
        saved(editor, "Pasar")
        saved(editor, "Banjir", is_shared=True)
        client.force_login(editor)
        assert names(client) == ["Banjir", "Pasar", "Angin"]
        assert client.get(desk.LIST).text.count(f"<small>{other}</small>") == 1

    def test_those_of_a_large_newsroom_do_not_push_the_list_away(self, client, monkeypatch) -> None:
        monkeypatch.setattr("articles.admin.searching.ABOVE", 2)
        editor, other = make.user("editor"), make.user("editor")
        for name in ("Angin", "Banjir"):
            saved(other, name, is_shared=True)
        saved(editor, "Pasar")
        client.force_login(editor)
        assert names(client) == ["Pasar", "Angin"]
        assert [row["saved"].name for row in client.get(ALL).context["rows"]] == [
            *("Pasar", "Angin", "Banjir"),
        ]

    def test_it_is_saved_from_the_list_and_opens_the_same(self, client) -> None:
        client.force_login(make.user("editor"))
        make.draft(headline="Rob", tags=["Banjir"])
        make.draft(headline="Lain")
        page = client.get(desk.LIST, {"tag": "banjir", "p": "1"})
        assert page.context["current_search"] == "tag=banjir"
        data = {"name": "Banjir", "query": page.context["current_search"]}
        answer = client.post(KEEP, data)
        assert answer["Location"] == f"{desk.LIST}?tag=banjir"
        shown = client.get(answer["Location"])
        assert [row.headline for row in shown.context["cl"].result_list] == ["Rob"]
        [row] = shown.context["searches"]
        assert (row["saved"].is_shared, row["is_current"]) == (False, True)

    def test_a_refused_one_keeps_what_was_typed(self, client) -> None:
        editor = make.user("editor")
        client.force_login(editor)
        saved(editor, "Banjir")
        data = {"name": "BANJIR", "query": "tag=rob&x=1", "is_shared": "on"}
        page = client.post(KEEP, data)
        assert page.status_code == 200
        assert page.context["form"].errors == {
            "name": [gettext("You have a search of this name already.")]
        }
        assert page.context["form"]["is_shared"].value() is True
        assert 'name="query" value="tag=rob"' in page.text
        assert SavedSearch.objects.count() == 1

    def test_an_empty_search_is_refused_in_words(self, client) -> None:
        client.force_login(make.user("editor"))
        page = client.post(KEEP, {"name": "Semua", "query": "https://jahat.example/"})
        said = "Choose a filter or type words first: this search finds everything."
        assert page.context["form"].errors == {"__all__": [gettext(said)]}

    def test_each_person_sees_with_a_shared_one_what_she_may_see(self, client) -> None:
        make.draft(headline="Rahasia", tags=["Banjir"])
        make.live_article(headline="Terbuka", tags=["Banjir"])
        saved(make.user("editor"), is_shared=True)
        client.force_login(make.user("reporter"))
        [row] = client.get(desk.LIST).context["searches"]
        page = client.get(row["address"])
        assert [one.headline for one in page.context["cl"].result_list] == ["Terbuka"]

    def test_mine_is_each_ones_own(self, client) -> None:
        editor, reporter = make.user("editor"), make.user("reporter")
        make.draft(editor, headline="Redaktur")
        make.draft(reporter, headline="Reporter")
        saved(editor, "Milik saya", is_shared=True, mine="1")
        client.force_login(reporter)
        [row] = client.get(desk.LIST).context["searches"]
        page = client.get(row["address"])
        assert [one.headline for one in page.context["cl"].result_list] == ["Reporter"]

    @pytest.mark.parametrize(
        "params", [{"tag": "Sudah dihapus"}, {"author": "pergi"}, {"state": "x"}, {"section": "9"}]
    )
    def test_one_whose_filter_is_gone_says_so(self, client, params) -> None:
        editor = make.user("editor")
        make.draft()
        one = saved(editor, **params)
        client.force_login(editor)
        page = client.get(f"{desk.LIST}?{one.query}")
        assert page.status_code == 200
        assert len(page.context["cl"].asked.problems) == 1
        assert list(page.context["cl"].result_list) == []

    def test_it_is_renamed_shared_and_removed_by_its_owner(self, client) -> None:
        editor = make.user("editor")
        client.force_login(editor)
        one = saved(editor)
        address = f"{ALL}{one.pk}/"
        assert one.name in client.get(address).text
        assert client.post(address, {"name": "Rob", "is_shared": "on"})["Location"] == ALL
        one.refresh_from_db()
        assert (one.name, one.is_shared, one.query) == ("Rob", True, "tag=Banjir")
        assert "Rob" in client.get(ALL).text
        assert client.post(address, {"remove": "1"})["Location"] == ALL
        assert not SavedSearch.objects.exists()

    def test_what_is_not_ones_own_is_not_there(self, client) -> None:
        one = saved(make.user("editor"))
        shared = saved(make.user("editor"), is_shared=True)
        client.force_login(make.user("editor"))
        assert client.get(f"{ALL}{one.pk}/").status_code == 404
        assert client.get(f"{ALL}{shared.pk}/").status_code == 403
        assert client.post(f"{ALL}{shared.pk}/", {"remove": "1"}).status_code == 403
        assert SavedSearch.objects.count() == 2
        assert f"{ALL}{shared.pk}/" not in client.get(ALL).text

    @pytest.mark.parametrize("address", [ALL, KEEP])
    def test_nobody_without_a_desk_comes_in(self, client, address) -> None:
        client.force_login(make.user())
        assert client.get(address).status_code == 302
        client.logout()
        assert client.post(address, {"name": "x", "query": "tag=x"}).status_code == 302
        assert not SavedSearch.objects.exists()

    def test_a_contributor_is_not_asked_to_share(self, client) -> None:
        client.force_login(make.user("contributor"))
        page = client.get(desk.LIST, {"mine": "1"})
        assert 'name="is_shared"' not in page.text
        client.post(KEEP, {"name": "Milik", "query": "mine=1", "is_shared": "on"})
        assert SavedSearch.objects.get().is_shared is False


def test_a_search_that_is_too_long_is_told_above_the_form_and_the_name_stays(client) -> None:
    client.force_login(make.user("reporter"))
    query = urlencode({"q": "洪" * 200, "author": "洪" * 200, "tag": "洪" * 200})
    answer = client.post(KEEP, {"query": query, "name": "Banjir di Tiongkok"})
    assert list(answer.context["form"].errors) == ["__all__"]
    assert "Banjir di Tiongkok" in answer.text
    assert dict(parse_qsl(answer.context["query"])) == dict(parse_qsl(query))


@pytest.mark.parametrize("page", ["keep", "change"])
def test_a_name_that_was_typed_while_the_session_ended_comes_back(client, page) -> None:
    reporter = make.user("reporter")
    before = saved(reporter, "Banjir")
    address = KEEP if page == "keep" else f"{ALL}{before.pk}/"
    typed = {"query": "tag=Rob", "name": "Rob di pesisir", "shown_to": kept.sign(reporter)}
    assert "/login/" in client.post(address, typed).headers["Location"]
    client.post("/akun/login/", {"login": reporter.email, "password": make.PASSWORD})
    answer = client.get(address)
    assert answer.context["form"]["name"].value() == "Rob di pesisir"
    if page == "keep":
        assert answer.context["query"] == "tag=Rob"
    client.post(address, typed)
    assert SavedSearch.objects.filter(name="Rob di pesisir").count() == 1
    assert kept.KEY not in client.session


def test_both_forms_say_whom_they_were_shown_to(client) -> None:
    reporter = make.user("reporter")
    client.force_login(reporter)
    for address in (f"{desk.LIST}?q=rob", f"{KEEP}?query=q%3Drob"):
        page = client.get(address)
        assert f'name="shown_to" value="{kept.sign(reporter)[:3]}' in page.text
