"""Lessons have a warning, an opt-out, an answer to a disclosure, and a sheet with helplines."""

import pytest
from django.conf import settings

from education import public_pages
from education.models import State
from education.publishing import workflow
from safetycenter.transitions import NotAllowed

from . import factory

pytestmark = pytest.mark.django_db


def test_a_lesson_shows_what_guards_the_room(visit):
    lesson = factory.lesson(warning_ind="Kata pembuka.", opt_out_ind="Boleh keluar.", disclosure_ind="Tetap tenang.")
    text = visit(lesson).text
    for words in ("Kata pembuka.", "Boleh keluar.", "Tetap tenang.", "45 menit"):
        assert words in text


@pytest.mark.parametrize("part", ["warning", "opt_out", "disclosure", "handout"])
def test_without_one_of_its_guards_a_lesson_is_not_published(person, part):
    lesson = factory.lesson(state=State.DRAFT, **{f"{part}_en": ""})
    with pytest.raises(NotAllowed):
        workflow.perform(lesson, "publish", person("publisher"))


def test_with_all_of_them_it_is(person):
    lesson = workflow.perform(factory.lesson(state=State.DRAFT), "publish", person("publisher"), note="Read")
    assert lesson.is_published()


def test_the_sheet_names_the_chosen_helplines_and_where_to_write_to_us(visit):
    factory.emergency_set()
    lesson = factory.lesson(handout_ind="<p>Kamu tidak sendirian.</p>")
    lesson.helplines.add(factory.helpline("kpai", "021-31901556"))
    sheet = visit(lesson).text.split('class="student-handout"')[1].split("</section>")[0]
    assert "Kamu tidak sendirian." in sheet
    assert "tel:02131901556" in sheet
    assert "tel:129" not in sheet
    assert f"{settings.PUBLIC_URL}/id/lapor/" in sheet


def test_a_sheet_without_a_chosen_helpline_names_the_emergency_set(visit):
    factory.emergency_set()
    sheet = visit(factory.lesson()).text.split('class="student-handout"')[1].split("</section>")[0]
    assert "tel:110" in sheet
    assert "08111-129-129" in sheet


def test_it_leads_to_published_guides_and_quizzes_only(visit):
    lesson, quiz = factory.lesson(), factory.quiz(title_ind="Kuisnya")
    lesson.guides.add(factory.guide(title_ind="Tayang"), factory.guide(title_ind="Konsep", state=State.DRAFT))
    lesson.quizzes.add(quiz)
    text = visit(lesson).text
    assert "Tayang" in text
    assert "Kuisnya" in text
    assert "Konsep" not in text


def test_teachers_find_all_lessons_and_teens_none(client, visit, there):
    lesson = factory.lesson(title_ind="Satu pelajaran")
    teachers = factory.audience("educators", slug_ind="pendidik", slug_en="educators")
    for text in (visit(teachers).text, client.get(there("education:lessons")).text):
        assert there("education:lesson", lesson.slug_ind) in text
    assert "Satu pelajaran" not in visit(factory.audience()).text


def test_search_engines_and_snapshots_know_it(there):
    lesson = factory.lesson()
    assert {there("education:lesson", lesson.slug_ind), there("education:lessons")} <= set(public_pages.paths())
