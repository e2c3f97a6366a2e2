"""Joining two people's changes to one text."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import merging

BASE = [f"<p>{name}</p>" for name in ("satu", "dua", "tiga", "empat")]


def text(**fields: Any) -> dict[str, Any]:
    content = {"headline": "Judul", "standfirst": "", "body": "".join(BASE)}
    extra = {name: fields.pop(name) for name in ("tags", "bylines") if name in fields}
    return {"fields": content | fields, "tags": ["Laut"], "bylines": []} | extra


def joined(ours: dict[str, Any], theirs: dict[str, Any]) -> merging.Merged:
    return merging.merge(text(), ours, theirs)


def test_changes_of_different_fields_are_joined() -> None:
    found = joined(text(headline="Baru"), text(standfirst="Ringkas"))
    assert found.clashes == ()
    assert found.content["fields"]["headline"] == "Baru"
    assert found.content["fields"]["standfirst"] == "Ringkas"


def test_two_headlines_clash_and_ours_is_kept_for_the_comparison() -> None:
    found = joined(text(headline="Kami"), text(headline="Mereka"))
    assert found.clashes == ("headline",)
    assert found.content["fields"]["headline"] == "Kami"


def test_the_same_change_on_both_sides_is_none_too_many() -> None:
    assert joined(text(headline="Sama"), text(headline="Sama")).clashes == ()


def test_tags_of_both_sides_are_kept_and_what_either_took_away_goes() -> None:
    found = joined(text(tags=["Ikan", "Laut"]), text(tags=["Kapal"]))
    assert found.content["tags"] == ["Ikan", "Kapal"]


def test_two_orders_of_bylines_clash() -> None:
    one, other = [{"author": 1, "role": "writer"}], [{"author": 2, "role": "writer"}]
    assert joined(text(bylines=one), text(bylines=other)).clashes == ("bylines",)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("satu DUA tiga empat", "satu dua TIGA empat", "satu DUA TIGA empat"),
        ("satu dua tiga empat lima", "nol satu dua tiga empat", "nol satu dua tiga empat lima"),
        ("dua tiga empat", "satu dua tiga", "dua tiga"),
        ("satu sisip dua tiga empat", "satu DUA tiga empat", "satu sisip DUA tiga empat"),
        ("satu DUA tiga empat", "satu DUA tiga empat", "satu DUA tiga empat"),
        ("satu DUA tiga empat", "satu Dua tiga empat", None),
        ("satu tiga empat", "satu DUA tiga empat", None),
        ("satu dua tiga empat lima", "satu dua tiga empat enam", None),
        ("kosong", "satu dua TIGA empat", None),
    ],
)
def test_paragraphs_are_joined_where_they_are_not_the_same(ours, theirs, expected) -> None:
    found = merging.lists(["satu", "dua", "tiga", "empat"], ours.split(), theirs.split())
    assert found == (None if expected is None else expected.split())


PARAGRAPHS = st.lists(st.sampled_from("abcdefgh"), max_size=8)


@given(base=PARAGRAPHS, side=PARAGRAPHS)
def test_a_side_that_changed_nothing_gives_way(base, side) -> None:
    assert merging.lists(base, side, base) == side
    assert merging.lists(base, base, side) == side


@given(base=PARAGRAPHS, one=PARAGRAPHS, other=PARAGRAPHS)
def test_a_join_is_the_same_from_both_sides_and_loses_no_new_paragraph(base, one, other) -> None:
    found = merging.lists(base, one, other)
    assert found == merging.lists(base, other, one)
    if found is not None:
        new = (set(one) | set(other)) - set(base)
        assert new <= set(found)


def test_a_body_is_joined_block_by_block() -> None:
    ours = "".join([BASE[0], "<p>dua kami</p>", *BASE[2:]])
    theirs = "".join([*BASE, '<figure data-image="3"></figure>'])
    found = joined(text(body=ours), text(body=theirs))
    assert found.content["fields"]["body"] == ours + '<figure data-image="3"></figure>'
