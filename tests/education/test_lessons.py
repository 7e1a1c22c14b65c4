"""Lessons have a warning, an opt-out, an answer to a disclosure, and a sheet with helplines."""

import pytest
from django.conf import settings

from education import public_pages
from education.models import State
from education.publishing import workflow
from safetycenter.transitions import NotAllowed

from . import factory

pytestmark = pytest.mark.django_db


def test_lesson_shows_its_safety_texts(visit):
    lesson = factory.lesson(warning_ind="Kata pembuka.", opt_out_ind="Boleh keluar.", disclosure_ind="Tetap tenang.")
    text = visit(lesson).text
    for words in ("Kata pembuka.", "Boleh keluar.", "Tetap tenang.", "45 menit"):
        assert words in text


@pytest.mark.sampled(3)
@pytest.mark.parametrize("part", ["warning", "opt_out", "disclosure", "handout"])
def test_lesson_without_a_safety_text_is_not_published(person, part):
    lesson = factory.lesson(state=State.DRAFT, **{f"{part}_en": ""})
    with pytest.raises(NotAllowed):
        workflow.perform(lesson, "publish", person("publisher"))


def test_lesson_with_all_safety_texts_is_published(person):
    lesson = workflow.perform(factory.lesson(state=State.DRAFT), "publish", person("publisher"), note="Read")
    assert lesson.is_published()


def test_pupil_handout_shows_chosen_helplines_and_contact(visit):
    factory.emergency_set()
    lesson = factory.lesson(handout_ind="<p>Kamu tidak sendirian.</p>")
    lesson.helplines.add(factory.helpline("kpai", "021-31901556"))
    sheet = visit(lesson).text.split('class="student-handout"')[1].split("</section>")[0]
    assert "Kamu tidak sendirian." in sheet
    assert "tel:02131901556" in sheet
    assert "tel:129" not in sheet
    assert f"{settings.PUBLIC_URL}/id/lapor/" in sheet


def test_pupil_handout_falls_back_to_the_emergency_set(visit):
    factory.emergency_set()
    sheet = visit(factory.lesson()).text.split('class="student-handout"')[1].split("</section>")[0]
    assert "tel:110" in sheet
    assert "08111-129-129" in sheet


def test_lesson_links_only_published_items(visit):
    lesson, quiz = factory.lesson(), factory.quiz(title_ind="Kuisnya")
    lesson.guides.add(factory.guide(title_ind="Tayang"), factory.guide(title_ind="Konsep", state=State.DRAFT))
    lesson.quizzes.add(quiz)
    text = visit(lesson).text
    assert "Tayang" in text
    assert "Kuisnya" in text
    assert "Konsep" not in text


def test_lessons_are_listed_for_teachers_only(client, visit, there):
    lesson = factory.lesson(title_ind="Satu pelajaran")
    teachers = factory.audience("educators", slug_ind="pendidik", slug_en="educators")
    for text in (visit(teachers).text, client.get(there("education:lessons")).text):
        assert there("education:lesson", lesson.slug_ind) in text
    assert "Satu pelajaran" not in visit(factory.audience()).text


def test_sitemap_and_export_contain_it(there):
    lesson = factory.lesson()
    assert {there("education:lesson", lesson.slug_ind), there("education:lessons")} <= set(public_pages.paths())
