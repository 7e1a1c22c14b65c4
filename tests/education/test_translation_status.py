"""Which language is out of date: what starts it, what ends it, and what never starts it."""

from datetime import date

import pytest
from django.utils import timezone

from education.models import Guide, Lesson, Page, Quiz, Revision, State
from education.publishing import translation_status, workflow
from safetycenter.transitions import NotAllowed
from tests.launch_content import run_load_command

from . import factory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("changed", "stale"), [("body_ind", "body_en"), ("body_en", "body_ind")])
def test_changed_language_outdates_the_other(publish, changed, stale):
    guide = publish(factory.guide(), **{changed: "<p>New.</p>"})
    assert list(Guide.objects.get(pk=guide.pk).outdated_fields) == [stale]


def test_outdated_entry_stores_date_and_old_source_text(publish, monkeypatch):
    day = date(2027, 5, 3)
    monkeypatch.setattr(timezone, "localdate", lambda *_now: day)
    guide = publish(factory.guide(title_ind="Lama", short_answer_en="Old."), title_ind="Baru", short_answer_en="New.")
    said = {
        gap.column: (gap.since, gap.source_then, gap.source_now) for gap in translation_status.outdated_entries(guide)
    }
    assert said == {"title_en": (day, "Lama", "Baru"), "short_answer_ind": (day, "Old.", "New.")}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "model", "change"),
    [
        (factory.page, Page, {"body_ind": "<p>Lain.</p>"}),
        (factory.lesson, Lesson, {"handout_ind": "<p>Lain.</p>"}),
        (factory.quiz, Quiz, {"scenarios": [factory.SCENARIO | {"guide": None, "because_1_ind": "Lain."}]}),
    ],
)
def test_every_kind_of_item_tracks_outdated_fields(publish, make, model, change):
    item = publish(make(), **change)
    assert [gap.language for gap in translation_status.outdated_entries(model.objects.get(pk=item.pk))] == ["en"]


def test_minor_edit_outdates_nothing(publish):
    assert publish(factory.guide(), minor=True, body_ind="<p>Ejaan.</p>").outdated_fields == {}


@pytest.mark.slow
def test_minor_edit_does_not_update_an_outdated_text(publish, behind):
    assert "body_en" in publish(behind, minor=True, body_en="<p>Spelling.</p>").outdated_fields


@pytest.mark.slow
def test_minor_step_does_not_make_a_proposal_minor(publish, person):
    guide = factory.guide()
    workflow.save_proposal(guide, person("author"), workflow.pending_or_live(guide) | {"body_ind": "<p>Lain</p>"})
    assert "body_en" in publish(guide, minor=True, body_ind="<p>Lain.</p>").outdated_fields


@pytest.mark.slow
def test_change_in_both_languages_outdates_nothing(publish, behind):
    assert publish(behind, body_ind="<p>Lagi.</p>", body_en="<p>Again.</p>").outdated_fields == {}


def test_updated_translation_is_no_longer_outdated(publish, behind):
    assert publish(behind, body_en="<p>New.</p>").outdated_fields == {}


def test_outdated_text_is_compared_with_the_last_agreed_text(publish, behind):
    (gap,) = translation_status.outdated_entries(publish(behind, body_ind="<p>Lebih baru.</p>"))
    assert (gap.source_then, gap.source_now) == ("<p>Lama.</p>", "<p>Lebih baru.</p>")


@pytest.mark.slow
def test_restoring_the_agreed_text_ends_outdated(publish, behind, person):
    first = Revision.objects.record(
        behind, by=None, data=workflow.pending_or_live(behind) | {"body_ind": "<p>Lama.</p>"}
    )
    workflow.restore(behind, first, ["id"], person("editor"))
    assert workflow.perform(behind, "publish", person("publisher")).outdated_fields == {}


def test_markup_and_slug_changes_outdate_nothing(publish):
    guide = factory.guide(body_ind="<p>Sama.</p>")
    assert publish(guide, body_ind="<blockquote><p>Sama.</p></blockquote>", slug_ind="lain").outdated_fields == {}


@pytest.mark.slow
def test_missing_translation_is_not_outdated(publish):
    assert publish(factory.guide(**factory.ONLY_INDONESIAN), body_ind="<p>Baru.</p>").outdated_fields == {}


@pytest.mark.slow
def test_added_translation_does_not_outdate_the_original(publish):
    missing = factory.guide(easy_ind="<p>Mudah.</p>")
    assert publish(missing, easy_en="<p>Easy.</p>").outdated_fields == {}


def test_first_publication_outdates_nothing(person):
    guide = factory.sourced(factory.guide(state=State.DRAFT))
    Revision.objects.record(guide, by=None)
    Guide.objects.update(body_ind="<p>Lain.</p>")
    assert workflow.perform(guide, "publish", person("publisher")).outdated_fields == {}


def test_republished_text_is_compared_with_last_published_text(person):
    guide = workflow.perform(factory.guide(), "archive", person("publisher", "a"), note="Salah.")
    Guide.objects.update(short_answer_ind="Jawaban lain.")
    guide = workflow.perform(guide, "publish", person("publisher", "b"), note="Read.")
    assert list(guide.outdated_fields) == ["short_answer_en"]


def test_starter_content_has_no_outdated_fields(starter):
    assert not Guide.objects.exclude(outdated_fields={}).exists()


@pytest.mark.slow
def test_starter_update_in_one_language_outdates_the_other(starter, newer_files):
    run_load_command()
    assert list(Guide.objects.get(number=6).outdated_fields) == ["title_en"]


class TestStillCorrect:
    """Somebody who may write read both texts, and nothing has to change."""

    @pytest.mark.sampled(5)
    @pytest.mark.parametrize("role", ["author", "editor", "translator", "reviewer", "publisher"])
    def test_writer_confirms_an_outdated_field(self, behind, person, role):
        (gap,) = translation_status.outdated_entries(behind)
        who = person(role)
        guide = workflow.perform(behind, "confirm", who, note="Only an example.", confirmed={gap.name})
        assert guide.outdated_fields == {}
        record = Revision.objects.for_item(guide).first()
        assert (record.action, record.author) == ("confirm", who)
        assert record.note.endswith("(English). Only an example.")

    @pytest.mark.sampled(2)
    @pytest.mark.parametrize("role", ["moderator", "auditor"])
    def test_others_cannot_confirm_an_outdated_field(self, behind, person, role):
        (gap,) = translation_status.outdated_entries(behind)
        with pytest.raises(NotAllowed):
            workflow.perform(behind, "confirm", person(role), confirmed={gap.name})

    @pytest.mark.slow
    def test_author_cannot_confirm_without_write_permission(self, publish, person):
        page = publish(factory.page(), body_ind="<p>Lain.</p>")
        with pytest.raises(NotAllowed):
            workflow.perform(
                page, "confirm", person("author"), confirmed={translation_status.outdated_entries(page)[0].name}
            )

    @pytest.mark.slow
    def test_confirmation_covers_one_field(self, publish, behind, person):
        guide = publish(behind, title_ind="Judul lain")
        (title, _body) = translation_status.outdated_entries(guide)
        assert list(workflow.perform(guide, "confirm", person("editor"), confirmed={title.name}).outdated_fields) == [
            "body_en"
        ]

    @pytest.mark.slow
    def test_confirmation_does_not_cover_a_newer_text(self, publish, behind, person):
        (read,) = translation_status.outdated_entries(behind)
        publish(behind, body_ind="<p>Baru sekali.</p>")
        with pytest.raises(NotAllowed):
            workflow.perform(behind, "confirm", person("editor"), confirmed={read.name})
        assert Guide.objects.get(pk=behind.pk).outdated_fields

    @pytest.mark.slow
    def test_later_change_outdates_a_confirmed_field_again(self, publish, behind, person):
        (gap,) = translation_status.outdated_entries(behind)
        workflow.perform(behind, "confirm", person("editor"), confirmed={gap.name})
        (again,) = translation_status.outdated_entries(publish(behind, body_ind="<p>Lagi.</p>"))
        assert again.source_then == "<p>Baru.</p>"


@pytest.mark.slow
def test_changed_link_target_leaves_the_other_language_behind(publish):
    guide = factory.guide(body_ind='<p>Baca <a href="/id/lapor/">ini</a>.</p>')
    changed = publish(guide, body_ind='<p>Baca <a href="/id/bantuan/">ini</a>.</p>')
    assert list(changed.outdated_fields) == ["body_en"]


@pytest.mark.slow
def test_new_markup_around_a_link_outdates_nothing(publish):
    guide = factory.guide(body_ind='<p>Baca <a href="/id/lapor/">ini</a>.</p>')
    assert publish(guide, body_ind='<p>Baca <strong><a href="/id/lapor/">ini</a></strong>.</p>').outdated_fields == {}


@pytest.mark.slow
def test_still_correct_is_refused_after_a_link_changed(publish, person):
    guide = publish(factory.guide(body_ind='<p><a href="/id/lapor/">Ini</a></p>'), body_ind="<p>Baru</p>")
    (gap,) = translation_status.outdated_entries(guide)
    guide = publish(guide, body_ind='<p><a href="/id/bantuan/">Baru</a></p>')
    with pytest.raises(NotAllowed):
        workflow.perform(guide, "confirm", person("editor"), confirmed={gap.name})
