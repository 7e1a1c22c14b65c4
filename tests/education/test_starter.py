"""Loading the starter content repeats nothing and never undoes what editors did."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from education.models import Guide, Helpline, Revision, State
from education.starter import files
from safetycenter import generation

pytestmark = pytest.mark.django_db


def load() -> str:
    """Load and return the summary."""
    out = StringIO()
    call_command("load_starter_content", stdout=out)
    return out.getvalue()


@pytest.fixture
def newer_files(monkeypatch):
    """The starter files of a later release, in which guide 6 has another title."""
    guides = [dict(guide) for guide in files.items("guides")]
    for guide in guides:
        if guide["number"] == 6:
            guide["id"] = guide["id"] | {"title": "Judul dari rilis baru"}
    original = files.items
    monkeypatch.setattr(files, "items", lambda kind: guides if kind == "guides" else original(kind))


def test_a_second_run_changes_nothing_and_asks_little(starter):
    before = generation.current(), Revision.objects.count()
    with CaptureQueriesContext(connection) as queries:
        summary = load()
    assert summary.startswith("Starter content: 0 new, 0 updated, ")
    assert len(queries) <= 4
    assert (generation.current(), Revision.objects.count()) == before


def test_what_is_loaded_is_live_with_a_first_revision(starter):
    guide = Guide.objects.get(number=6)
    assert guide.state == State.PUBLISHED
    assert guide.languages() == ["id", "en"]
    assert Revision.objects.of(guide).get().author is None


def test_no_helpline_claims_to_have_been_checked_live(starter):
    assert not Helpline.objects.exclude(verified_on=None).exists()


def test_no_guide_claims_that_somebody_reviewed_it(starter):
    assert not Guide.objects.exclude(reviewed_on=None).exists()


def test_a_newer_file_updates_what_nobody_touched(starter, newer_files):
    assert " 1 updated," in load()
    assert Guide.objects.get(number=6).title_ind == "Judul dari rilis baru"


@pytest.mark.parametrize("edit", ["text", "source", "helpline", "audience"])
def test_a_newer_file_leaves_what_an_editor_changed(starter, newer_files, edit):
    guide = Guide.objects.get(number=6)
    if edit == "text":
        guide.body_en = "<p>Edited here.</p>"
        guide.save()
    elif edit == "source":
        guide.sources.first().delete()
    elif edit == "helpline":
        guide.guidehelpline_set.first().delete()
    else:
        guide.audiences.remove(guide.audiences.first())
    assert " 1 kept as edited here" in load()
    assert Guide.objects.get(number=6).title_ind != "Judul dari rilis baru"


def test_what_was_deleted_stays_deleted(starter, newer_files):
    Guide.objects.get(number=6).delete()
    load()
    assert not Guide.objects.filter(number=6).exists()


def test_what_was_taken_down_stays_down(starter, newer_files):
    guide = Guide.objects.get(number=6)
    guide.state = State.ARCHIVED
    guide.save()
    load()
    guide.refresh_from_db()
    assert (guide.state, guide.title_ind) == (State.ARCHIVED, "Judul dari rilis baru")


def test_an_item_that_was_there_before_is_left_alone(db):
    Helpline.objects.create(slug="polri-110", kind="emergency", name_ind="Punya kami")
    load()
    assert Helpline.objects.get(slug="polri-110").name_ind == "Punya kami"
