"""What the migrations make of rows that were there before them."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE, AFTER = "0008_family_and_previews", "0009_pictures"


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


def test_pictures_of_before_keep_their_credit_and_are_shown(newest) -> None:
    old = migrate(BEFORE).get_model("articles", "Image")
    ready = {"lead": [360], "card": [240], "thumb": [120], "inline": [360], "share": [1200]}
    for token, credit in (("a", "Foto: Rina/Antara"), ("b", "(MI/Usman)"), ("c", "")):
        fields = {"token": token * 32, "original": token, "width": 960, "height": 640}
        old.objects.create(**fields, credit=credit, ready=ready, revision=3)
    rows = migrate(AFTER).get_model("articles", "Image").objects.order_by("token")
    assert list(rows.values_list("credit", "photographer", "source")) == [
        ("Foto: Rina/Antara", "Rina", "Antara"),
        ("(MI/Usman)", "", ""),
        ("", "", ""),
    ]
    for row in rows:
        assert row.ready == {
            "lead": {"webp": [360]},
            "thumb": {"webp": [120]},
            "inline": {"webp": [360]},
            "share": {"jpg": [1200]},
        }
        assert (row.revision, row.wanted, row.nature) == (3, 4, "photo")
    rows.delete()
