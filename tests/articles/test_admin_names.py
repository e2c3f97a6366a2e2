"""Sections, tags and authors on the desk: their forms post into naming.py."""

import pytest

from articles.models import Author, FormerAddress, Section, Tag
from tests import make

pytestmark = pytest.mark.django_db

ROLES = ["reporter", "editor", "chief_editor", "moderator", "administrator"]
# Who may change, and who may add.
RIGHTS = {
    "section": ({"chief_editor", "administrator"}, {"chief_editor", "administrator"}),
    "author": (
        {"editor", "chief_editor", "administrator"},
        {"editor", "chief_editor", "administrator"},
    ),
    "tag": ({"editor", "chief_editor", "administrator"}, set()),
}


def thing_of(kind: str):
    if kind == "tag":
        return make.draft(tags=["Ikan"]).tags.get()
    return make.section() if kind == "section" else make.author()


@pytest.mark.parametrize("kind", RIGHTS)
@pytest.mark.parametrize("role", ROLES)
def test_every_role_reads_and_those_who_may_write(client, role, kind) -> None:
    client.force_login(make.user(role))
    thing, (may_change, may_add) = thing_of(kind), RIGHTS[kind]
    address = f"/admin/articles/{kind}/"
    assert client.get(address).status_code == 200
    assert client.get(f"{address}{thing.pk}/change/").status_code == 200
    data = {"name": "Nama Lain", "slug": "nama-lain", "order": 1}
    assert (client.post(f"{address}{thing.pk}/change/", data).status_code == 302) == (
        role in may_change
    )
    thing.refresh_from_db()
    assert (thing.name == "Nama Lain") == (role in may_change)
    added = client.post(f"{address}add/", data | {"name": "Baru", "slug": ""})
    assert (added.status_code == 302) == (role in may_add)


def test_a_renamed_section_leaves_its_old_address(client) -> None:
    client.force_login(make.user("chief_editor"))
    section = make.section("ekonomi")
    data = {"name": "Bisnis", "slug": "bisnis", "order": 0}
    client.post(f"/admin/articles/section/{section.pk}/change/", data)
    assert FormerAddress.objects.get().path == "/ekonomi/"


def test_an_empty_slug_is_made_from_the_name(client) -> None:
    client.force_login(make.user("chief_editor"))
    client.post("/admin/articles/author/add/", {"name": "Budi Santoso", "slug": ""})
    assert Author.objects.get().slug == "budi-santoso"


@pytest.mark.parametrize("slug", ["indeks", "nasional", ""])
def test_a_slug_that_is_taken_is_refused_in_the_form(client, slug) -> None:
    client.force_login(make.user("chief_editor"))
    make.section("nasional")
    data = {"name": "Nasional", "slug": slug, "order": 0, "intro": "Yang diketik"}
    again = client.post("/admin/articles/section/add/", data)
    assert again.status_code == 200
    assert again.context["adminform"].form.errors
    assert "Yang diketik" in again.text
    assert Section.objects.count() == 1


def test_a_tag_name_that_is_taken_is_refused_in_the_form(client) -> None:
    client.force_login(make.user("editor"))
    tag = make.draft(tags=["Banjir Rob", "Hujan"]).tags.get(name="Hujan")
    data = {"name": "banjir-rob", "slug": tag.slug}
    again = client.post(f"/admin/articles/tag/{tag.pk}/change/", data)
    assert "name" in again.context["adminform"].form.errors
    assert Tag.objects.get(pk=tag.pk).name == "Hujan"


@pytest.mark.parametrize(("kind", "rows", "queries"), [("section", 5, 7), ("section", 40, 7)])
def test_the_list_of_sections_asks_few_questions(
    client, kind, rows, queries, django_assert_max_num_queries
) -> None:
    client.force_login(make.user("chief_editor"))
    parent = make.section()
    for number in range(rows):
        make.section(f"kanal-{number}", parent=parent)
    client.get(f"/admin/articles/{kind}/")
    with django_assert_max_num_queries(queries):
        client.get(f"/admin/articles/{kind}/")


def test_sections_stand_in_the_order_of_the_papers_tree(client) -> None:
    client.force_login(make.user("editor"))
    sport, business = make.section("olahraga", order=2), make.section("ekonomi", order=1)
    tennis = make.section("tenis", parent=sport, order=0)
    market = make.section("pasar", parent=business, order=9)
    expected = [business, market, sport, tennis]
    rows = client.get("/admin/articles/section/").context["cl"].result_list
    assert list(rows) == expected
    field = client.get("/admin/articles/article/add/").context["adminform"].form.fields["section"]
    assert list(field.queryset) == expected
    assert "Olahraga › Tenis" in [text for _, text in field.choices]


def test_only_staff_can_be_an_authors_account(client) -> None:
    client.force_login(make.user("editor"))
    reader = make.user(name="Pembaca Biasa")
    assert "Pembaca Biasa" not in client.get("/admin/articles/author/add/").text
    data = {"name": "Budi", "slug": "", "user": reader.pk}
    assert client.post("/admin/articles/author/add/", data).status_code == 200
