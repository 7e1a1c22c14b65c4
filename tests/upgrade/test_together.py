"""Many changes as one operation of a migration: the tables are the same, and Django builds the models once."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations import AddField, AlterField, CreateModel
from django.db.migrations.state import ProjectState, StateApps

from safetycenter.migrating import Together
from safetycenter.models import Hit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]
CHANGES = [
    CreateModel("MadeUp", [("id", models.BigAutoField(primary_key=True))]),
    AddField("hit", "made_up", models.ForeignKey("safetycenter.MadeUp", models.CASCADE, null=True)),
    AddField("hit", "words", models.CharField(max_length=9, default="", db_default="none")),
    AddField("hit", "facts", models.JSONField(default=dict, db_default={})),
    AlterField("hit", "count", models.PositiveIntegerField(default=0, help_text="how many")),
]


@pytest.fixture
def states():
    """The models of the site before and after the changes, as a migration sees them."""
    before = ProjectState.from_apps(apps)
    assert before.apps
    after = before.clone()
    Together(*CHANGES).state_forwards("safetycenter", after)
    return before, after


@pytest.fixture
def changed(states):
    """The tables after the changes; afterwards they are as before."""
    hit = Hit.objects.create(digest="a", ends_at="2026-01-01T00:00Z")
    apply("database_forwards", *states)
    yield hit
    apply("database_backwards", *reversed(states))
    assert not {"words", "facts", "made_up_id"} & columns()
    assert Hit.objects.get() == hit


def apply(direction: str, *states) -> None:
    with connection.schema_editor() as editor:
        getattr(Together(*CHANGES), direction)("safetycenter", editor, *states)


def columns() -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, "safetycenter_hit")}


def test_changes_at_once_keep_rows_and_fill_new_columns(changed, states):
    assert {"words", "facts", "made_up_id"} <= columns()
    row = states[1].apps.get_model("safetycenter", "Hit").objects.get()
    assert (row.pk, row.words, row.facts, row.made_up) == (changed.pk, "none", {}, None)


def test_models_are_built_once_for_all_changes(states, monkeypatch):
    after, built, original = states[0].clone(), [], StateApps.render_multiple
    monkeypatch.setattr(StateApps, "render_multiple", lambda *of: (built.append(1), original(*of)))
    Together(*CHANGES).state_forwards("safetycenter", after)
    assert built == []
    assert after.apps.get_model("safetycenter", "MadeUp")
    assert built == [1]
