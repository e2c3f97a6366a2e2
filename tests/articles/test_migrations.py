"""What the migrations make of rows that were there before them."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE, AFTER = "0008_family_and_previews", "0014_pictures_of_before"


def migrate(name: str):
    """Take the articles to that migration; its models are returned."""
    executor = MigrationExecutor(connection)
    executor.migrate([("articles", name)])
    return MigrationExecutor(connection).loader.project_state([("articles", name)]).apps


@pytest.fixture
def newest():
    """Leave the database as the other tests want it."""
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


class StopAfter:
    """Does what `plain` does so many times, and is then stopped as by Ctrl+C."""

    def __init__(self, times: int, plain: Callable[..., Any]) -> None:
        self.times, self.plain = times, plain

    def __call__(self, *args: Any) -> Any:
        if self.times == 0:
            raise KeyboardInterrupt
        self.times -= 1
        return self.plain(*args)


def test_pictures_of_before_keep_their_credit_and_are_shown(newest, monkeypatch) -> None:
    filling = import_module("articles.migrations.0014_pictures_of_before")
    old = migrate(BEFORE).get_model("articles", "Image")
    ready = {"lead": [360], "card": [240], "thumb": [120], "inline": [360], "share": [1200]}
    for token, credit in (("a", "Foto: Rina/Antara"), ("b", "(MI/Usman)"), ("c", "")):
        fields = {"token": token * 32, "original": token, "width": 960, "height": 640}
        old.objects.create(**fields, credit=credit, ready=ready, revision=3)
    # Held a few at a time, and begun anew wherever it was stopped.
    monkeypatch.setattr(filling, "AT_ONCE", 2)
    monkeypatch.setattr(filling, "some", stopped := StopAfter(1, filling.some))
    with pytest.raises(KeyboardInterrupt):
        migrate(AFTER)
    monkeypatch.setattr(filling, "some", stopped.plain)
    newer = {"token": "d" * 32, "original": "d", "width": 960, "height": 640}
    given_up = {"ready": {"first": {"jpg": [320]}}, "credit": "Foto: Sari", "photographer": "S."}
    migrate("0013_chains_and_files").get_model("articles", "Image").objects.create(
        **newer, **given_up
    )
    rows = migrate(AFTER).get_model("articles", "Image").objects.order_by("token")
    assert list(rows.values_list("credit", "photographer", "source")) == [
        ("Foto: Rina/Antara", "Rina", "Antara"),
        ("(MI/Usman)", "", ""),
        ("", "", ""),
        ("Foto: Sari", "S.", ""),
    ]
    left_alone = rows.get(token="d" * 32)
    assert (left_alone.wanted, left_alone.ready) == (1, given_up["ready"])
    for row in rows.exclude(pk=left_alone.pk):
        assert row.ready == {
            "lead": {"webp": [360]},
            "thumb": {"webp": [120]},
            "inline": {"webp": [360]},
            "share": {"jpg": [1200]},
        }
        assert (row.revision, row.wanted, row.nature) == (3, 4, "photo")
    rows.delete()


def test_what_is_under_way_without_steps_keeps_those_of_its_section_today(newest) -> None:
    apps = migrate("0010_search_and_share")
    section, article = (apps.get_model("articles", name).objects for name in ("Section", "Article"))
    facts = [{"step": "facts", "role": "editor"}]
    legal = [{"step": "legal", "role": "chief_editor"}]
    above = section.create(name="Daerah", slug="daerah", chain=facts)
    below = section.create(name="Pesisir", slug="pesisir", parent=above)
    plain = section.create(name="Opini", slug="opini")
    usual = [{"step": "edit", "role": "editor"}]
    rows = {
        "own": (above, "submitted", [], facts),
        "above": (below, "ready", [], facts),
        "usual": (plain, "submitted", [], usual),
        "has one": (above, "submitted", legal, legal),
        "draft": (above, "writing", [], []),
        "returned": (above, "returned", [], []),
    }
    numbers = {
        name: article.create(
            section=place, top_section=above, stage=stage, chain=chain, headline=name, slug="a"
        ).pk
        for name, (place, stage, chain, _after) in rows.items()
    }
    found = migrate("0013_chains_and_files").get_model("articles", "Article").objects
    chains = {name: found.get(pk=pk).chain for name, pk in numbers.items()}
    assert chains == {name: after for name, (*_rest, after) in rows.items()}
    found.all().delete()
    section.exclude(parent=None).delete()
    section.all().delete()
