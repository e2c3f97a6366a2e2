"""Sections, tags and authors get new names, and the old addresses go on leading to them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles import naming
from articles.errors import NotAllowed
from articles.models import FormerAddress, Outbox, Section, Tag
from articles.pagecache import clock, fragments
from tests import make
from tests.hammer.servers import InProcess

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("build", "path", "kind"),
    [
        (lambda: make.section("ekonomi"), "/{}/", "section"),
        (lambda: make.author("Rina"), "/penulis/{}/", "author"),
        (lambda: make.draft(tags=["Banjir"]).tags.get(), "/tag/{}/", "tag"),
    ],
)
def test_an_old_address_leads_to_the_new_one(client, build, path, kind) -> None:
    thing = build()
    make.live_article(section=thing) if kind == "section" else None
    make.live_article(tags=["Banjir"]) if kind == "tag" else None
    old = thing.slug
    thing.slug = "nama-baru"
    naming.save_named(thing, by=make.user("chief_editor"))
    answer = client.get(path.format(old))
    assert answer.status_code == 301
    assert answer.headers["Location"].endswith(path.format("nama-baru"))
    announced = Outbox.objects.latest("id").payload["tags"]
    slugs = {f"slug:{kind}:{old}", f"slug:{kind}:nama-baru"} if kind != "section" else set()
    addresses = {f"address:{path.format(old)}"}
    menu = {"list:menu", "moments"} if kind == "section" else set()
    assert set(announced) == {f"{kind}:{thing.pk}"} | slugs | addresses | menu


def test_a_new_name_alone_leaves_the_address(client) -> None:
    section = make.section("ekonomi")
    section.name = "Ekonomi & Bisnis"
    naming.save_named(section, by=make.user("chief_editor"))
    section.refresh_from_db()
    assert (section.name, section.slug) == ("Ekonomi & Bisnis", "ekonomi")
    assert not FormerAddress.objects.exists()


def test_back_to_the_old_slug_leaves_one_hop(client) -> None:
    section, chief = make.section("ekonomi"), make.user("chief_editor")
    for slug in ("bisnis", "ekonomi"):
        section.slug = slug
        naming.save_named(section, by=chief)
    assert [row.path for row in FormerAddress.objects.all()] == ["/bisnis/"]
    assert client.get("/ekonomi/").status_code == 200
    assert client.get("/bisnis/").headers["Location"].endswith("/ekonomi/")


def test_an_empty_slug_is_made_from_the_name() -> None:
    section = Section(name="Jum'at & Sosial")
    naming.save_named(section, by=make.user("chief_editor"))
    assert section.slug == "jumat-dan-sosial"


def test_a_section_in_the_way_of_a_route_is_refused() -> None:
    with pytest.raises(ValidationError):
        naming.save_named(Section(name="Indeks", slug="indeks"), by=make.user("chief_editor"))


@pytest.mark.django_db(transaction=True)  # What is announced is announced on commit.
def test_what_waits_in_a_section_that_moves_comes_out_at_its_new_place(settings, tmp_path) -> None:
    settings.PAGE_CLOCK = str(tmp_path / "clock")
    fragments.clear()
    child = make.section("pesisir", parent=make.section("daerah"))
    now, second = timezone.now(), timedelta(seconds=1)
    at = now + timedelta(hours=1)
    headline = make.scheduled_article(at, section=child).headline.encode()
    aim, server = make.section("olahraga"), InProcess(clock())
    server.get("/olahraga/", now)
    child.parent = aim
    naming.save_named(child, by=make.user("chief_editor"))
    pages = [server.get("/olahraga/", moment).body for moment in (at - second, at)]
    assert [headline in page for page in pages] == [False, True]


@pytest.mark.parametrize("name", ["banjir rob", "Banjir-Rob", "???"])
def test_a_tag_does_not_take_the_name_of_another(name) -> None:
    tags = list(make.draft(tags=["Banjir Rob", "Hujan"]).tags.order_by("name"))
    tags[1].name = name
    with pytest.raises(ValidationError) as refused:
        naming.save_named(tags[1], by=make.user("editor"))
    assert "name" in refused.value.message_dict
    assert Tag.objects.get(pk=tags[1].pk).name == "Hujan"


@pytest.mark.parametrize(
    ("role", "kind", "may"),
    [
        ("reporter", "section", False),
        ("editor", "section", False),
        ("chief_editor", "section", True),
        ("administrator", "section", True),
        ("moderator", "author", False),
        ("reporter", "author", False),
        ("editor", "author", True),
        ("reporter", "tag", False),
        ("editor", "tag", True),
    ],
)
def test_names_are_changed_by_those_who_may(role, kind, may) -> None:
    things = {
        "section": make.section,
        "author": make.author,
        "tag": lambda: make.draft(tags=["Ikan"]).tags.get(),
    }
    thing = things[kind]()
    thing.name = "Nama lain"
    if may:
        naming.save_named(thing, by=make.user(role))
    else:
        with pytest.raises(NotAllowed):
            naming.save_named(thing, by=make.user(role))
    thing.refresh_from_db()
    assert (thing.name == "Nama lain") == may
