"""Loading the starter content again creates no duplicates and never overwrites editors' changes."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from education.management.starter_rows import SAVERS
from education.models import Guide, Helpline, Platform, Revision, StarterItem, State, Status, Topic, serialization
from education.models.serialization import snapshot
from education.publishing import workflow
from education.starter import files, text_dates
from education.views.sharing import MAX_HELPLINE_LINES
from safetycenter.page_cache import cache_version
from tests.launch_content import run_load_command

from .later_release import changed

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_second_run_changes_nothing_and_asks_little(starter):
    before = cache_version.current(), Revision.objects.count()
    with CaptureQueriesContext(connection) as queries:
        summary = run_load_command()
    assert summary.startswith("Starter content: 0 new, 0 updated, ")
    assert len(queries) <= 4
    assert (cache_version.current(), Revision.objects.count()) == before


def test_what_is_loaded_is_live_with_a_first_revision(starter):
    guide = Guide.objects.get(number=6)
    assert guide.state == State.PUBLISHED
    assert guide.languages() == ["id", "en"]
    assert Revision.objects.for_item(guide).get().author is None


def test_no_helpline_claims_to_have_been_checked_live(starter):
    assert not Helpline.objects.exclude(verified_on=None).exists()


def test_no_guide_claims_that_somebody_reviewed_it(starter):
    assert not Guide.objects.exclude(reviewed_on=None).exists()


def test_newer_file_updates_what_nobody_touched(starter, newer_files):
    assert " 1 updated," in run_load_command()
    assert Guide.objects.get(number=6).title_ind == "Judul dari rilis baru"


@pytest.mark.slow
@pytest.mark.parametrize("edit", ["text", "source", "helpline", "audience"])
def test_newer_file_leaves_what_an_editor_changed(starter, newer_files, edit):
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
    assert " 1 proposed for items edited here" in run_load_command()
    assert Guide.objects.get(number=6).title_ind != "Judul dari rilis baru"


def test_what_was_deleted_stays_deleted(starter, newer_files):
    Guide.objects.get(number=6).delete()
    run_load_command()
    assert not Guide.objects.filter(number=6).exists()


def test_starter_update_keeps_items_unpublished(starter, newer_files):
    guide = Guide.objects.get(number=6)
    guide.state = State.ARCHIVED
    guide.save()
    run_load_command()
    guide.refresh_from_db()
    assert (guide.state, guide.title_ind) == (State.ARCHIVED, "Judul dari rilis baru")


def test_item_that_was_there_before_is_left_alone(db, monkeypatch):
    original = files.items
    monkeypatch.setattr(files, "items", lambda kind: original(kind) if kind == "helplines" else [])
    Helpline.objects.create(slug="polri-110", kind="emergency", name_ind="Punya kami")
    assert " 1 kept" in run_load_command()
    assert Helpline.objects.get(slug="polri-110").name_ind == "Punya kami"


@pytest.mark.parametrize("kind", text_dates.KEYS)
def test_starter_text_has_its_own_day(starter, kind):
    rows = list(SAVERS[kind][0].objects.all())
    assert rows
    for row in rows:
        assert row.changed_on == text_dates.day_of(kind, getattr(row, text_dates.KEYS[kind]))


def test_guide_shows_the_day_of_its_text(starter, client):
    day = text_dates.day_of("guides", 6)
    page = client.get("/en/p/6/", follow=True).text
    assert f"Last change: {day.day} {day:%B %Y}" in page


def test_newer_file_brings_the_day_of_its_text(starter, newer_files, monkeypatch):
    monkeypatch.setattr(text_dates, "day_of", lambda kind, key: date(2027, 3, 1))
    run_load_command()
    assert Guide.objects.get(number=6).changed_on == date(2027, 3, 1)


def test_day_of_the_installation_becomes_the_text_s(starter):
    StarterItem.objects.filter(name="text_dates").delete()  # as an older version left it
    Guide.objects.update(changed_on=timezone.localdate())
    Guide.objects.filter(number=3).update(short_answer_ind="Ditulis di sini.")
    run_load_command()
    assert Guide.objects.get(number=6).changed_on == text_dates.day_of("guides", 6)
    assert Guide.objects.get(number=3).changed_on == timezone.localdate()


@pytest.fixture
def tried_today(signed_in):
    """``tried_today("sapa-129")``: a publisher notes in the admin that the line was reached today."""

    def note(slug: str):
        chosen = {"action": "mark_reached_today", "_selected_action": [Helpline.objects.get(slug=slug).pk]}
        assert signed_in("publisher").post(reverse("admin:education_helpline_changelist"), chosen).status_code == 302

    return note


@pytest.mark.slow
def test_correction_arrives_after_a_routine_review(starter, monkeypatch, publish):
    publish(Guide.objects.get(number=3), reviewed_on="2026-11-20", review_due="2027-02-20")
    changed(monkeypatch, "guides", "number", 3, short_answer="Jawaban yang dikoreksi.")
    assert " 1 updated" in run_load_command()
    guide = Guide.objects.get(number=3)
    assert (guide.short_answer_ind, guide.reviewed_on) == ("Jawaban yang dikoreksi.", date(2026, 11, 20))
    assert guide.review_due == date(2027, 2, 20)


@pytest.mark.slow
def test_correction_keeps_that_a_source_was_opened(starter, monkeypatch):
    source = Platform.objects.get(key="tiktok").sources.first()
    type(source).objects.filter(pk=source.pk).update(is_stored_copy=False, checked_on="2027-01-02")
    changed(monkeypatch, "platforms", "key", "tiktok", short_answer="Jawaban yang dikoreksi.")
    assert " 1 updated" in run_load_command()
    opened, *others = Platform.objects.get(key="tiktok").sources.all()
    assert (opened.is_stored_copy, opened.checked_on) == (False, date(2027, 1, 2))
    assert all(one.is_stored_copy for one in others)


@pytest.mark.slow
def test_correction_arrives_after_a_helpline_was_tried(starter, monkeypatch, tried_today):
    tried_today("sapa-129")
    changed(monkeypatch, "helplines", "slug", "sapa-129", note="Catatan baru.")
    assert " 1 updated" in run_load_command()
    line = Helpline.objects.get(slug="sapa-129")
    assert (line.note_ind, line.verified_on) == ("Catatan baru.", timezone.localdate())


@pytest.mark.slow
def test_correction_arrives_after_a_release_with_a_new_column(starter, monkeypatch):
    columns = serialization.content_columns
    new = [models.CharField(blank=True), models.BooleanField(default=False), models.DateField(null=True)]
    for field, value in zip(new, ["", False, None], strict=True):
        field.set_attributes_from_name(f"new_{type(field).__name__.lower()}")
        monkeypatch.setattr(Guide, field.attname, value, raising=False)
    monkeypatch.setattr(
        serialization, "content_columns", lambda item: columns(item) + (new if isinstance(item, Guide) else [])
    )
    changed(monkeypatch, "guides", "number", 3, short_answer="Jawaban yang dikoreksi.")
    assert " 1 updated" in run_load_command()


@pytest.mark.slow
def test_new_number_counts_as_not_tried(starter, monkeypatch, tried_today):
    tried_today("sapa-129")
    (line,) = (item for item in files.items("helplines") if item["slug"] == "sapa-129")
    channels = [line["channels"][0] | {"value": "0812-1111-2222"}, *line["channels"][1:]]
    changed(monkeypatch, "helplines", "slug", "sapa-129", columns={"channels": channels})
    run_load_command()
    assert Helpline.objects.get(slug="sapa-129").verified_on is None


def test_correction_of_an_edited_guide_waits_as_a_proposal(starter, monkeypatch):
    Guide.objects.filter(number=6).update(title_ind="Judul kami")
    changed(monkeypatch, "guides", "number", 6, short_answer="Jawaban yang dikoreksi.")
    assert "proposed: guides:6" in run_load_command()
    proposal = Revision.objects.waiting_proposal(Guide.objects.get(number=6))
    assert proposal.data["short_answer_ind"] == "Jawaban yang dikoreksi."
    assert proposal.data["title_ind"] == "Judul kami"
    assert " 0 proposed" in run_load_command()  # once


@pytest.mark.slow
def test_correction_waits_behind_an_editors_proposal(starter, monkeypatch, person):
    Guide.objects.filter(number=6).update(title_ind="Judul kami")
    guide = Guide.objects.get(number=6)
    workflow.save_proposal(guide, person("editor"), snapshot(guide) | {"title_ind": "Usulan"})
    changed(monkeypatch, "guides", "number", 6, short_answer="Jawaban yang dikoreksi.")
    assert "kept: guides:6" in run_load_command()
    assert Revision.objects.waiting_proposal(guide).data["title_ind"] == "Usulan"


def test_correction_is_not_undone_by_an_approved_text(starter, monkeypatch, person):
    line = Helpline.objects.get(slug="sapa-129")
    text = workflow.save_proposal(line, person("editor"), snapshot(line) | {"note_ind": "Nanti."})
    Revision.objects.filter(pk=text.pk).update(status=Status.SCHEDULED, goes_live_at=timezone.now())
    (item,) = (item for item in files.items("helplines") if item["slug"] == "sapa-129")
    channels = [item["channels"][0] | {"value": "0812-1111-2222"}, *item["channels"][1:]]
    changed(monkeypatch, "helplines", "slug", "sapa-129", columns={"channels": channels})
    assert "kept: helplines:sapa-129" in run_load_command()
    assert StarterItem.objects.get(name="helplines:sapa-129").correction_skipped
    assert not line.channels.filter(value="0812-1111-2222").exists()


@pytest.fixture
def hidden_topic(starter, monkeypatch):
    """A topic that nobody published here; guide 6 of a later release has it, and another short answer."""
    topic = Topic.objects.create(key="baru", title_ind="Topik baru", title_en="New topic", order=99)
    changed(monkeypatch, "guides", "number", 6, short_answer="Jawaban baru.", columns={"topic": topic.key})
    return topic


def test_correction_names_the_topic_that_readers_do_not_see(hidden_topic):
    Guide.objects.filter(number=6).update(title_ind="Judul kami")
    assert "not published here: guides:6 (Topik baru)" in run_load_command()
    guide = Guide.objects.get(number=6)
    proposal = Revision.objects.waiting_proposal(guide)
    assert (proposal.data["topic"], proposal.data["short_answer_ind"]) == (guide.topic_id, "Jawaban baru.")
    assert "Topik baru" in proposal.note


@pytest.mark.slow
def test_update_names_the_topic_that_readers_do_not_see(hidden_topic):
    run_load_command()
    guide = Guide.objects.get(number=6)
    assert (guide.short_answer_ind, guide.topic == hidden_topic) == ("Jawaban baru.", False)
    assert "Topik baru" in Revision.objects.for_item(guide).first().note


@pytest.mark.slow
def test_correction_of_nothing_but_the_topic_is_not_taken_as_done(starter, monkeypatch):
    Topic.objects.create(key="baru", title_ind="Topik baru", title_en="New topic", order=99)
    Guide.objects.filter(number=6).update(title_ind="Judul kami")
    changed(monkeypatch, "guides", "number", 6, columns={"topic": "baru"})
    assert "kept: guides:6" in run_load_command()
    assert StarterItem.objects.get(name="guides:6").correction_skipped


def test_guide_written_here_takes_no_shipped_number(starter):
    assert Guide(topic=Topic.objects.first()).number >= 1000


def test_editors_read_which_corrections_were_not_taken_over(starter, monkeypatch, signed_in):
    Topic.objects.filter(key="scams").update(title_ind="Judul kami", state=State.ARCHIVED)
    changed(monkeypatch, "topics", "key", "scams", summary="Ringkasan baru.")
    run_load_command()
    assert "topics:scams" in signed_in("editor").get(reverse("admin:index")).text


@pytest.mark.parametrize(
    ("language", "outing", "adults"),
    [("id", "(<em>outing", "18 tahun ke atas</h2>"), ("en", "(outing", "18 or over</h2>")],
)
def test_passage_on_outing_is_under_its_own_heading_above_18(language, outing, adults):
    guide = tomllib.loads(next(Path("education/starter/guides").glob("06-*.toml")).read_text())[language]["body"]
    before, after = guide.split(outing)
    assert adults not in before
    assert before.rindex("<h3>") > before.rindex("<h2>")
    assert "<h2>" not in after.split("</p>")[0]


def test_shared_text_on_scams_names_who_handles_scams():
    texts = [tomllib.loads(path.read_text()) for path in Path("education/starter/guides").glob("*.toml")]
    named = {text["number"]: text["helplines"][:MAX_HELPLINE_LINES] for text in texts if text.get("subject") == "scams"}
    assert {number for number, lines in named.items() if not {"iasc", "ojk-157"} & {*lines}} == set()
    assert len(named) >= 3
