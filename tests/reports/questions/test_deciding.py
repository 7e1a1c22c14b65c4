"""Which question is asked before the report is sent: one whose answer can make it P0, wherever there is one."""

from itertools import product

import pytest

from reports.priority import is_restricted, tier
from reports.questions import QUESTIONS, after_sending, before_sending, sequence
from reports.questions.category import DECLARED

AGES = ("under_13", "13_15", "16_17", "adult", "unknown", "")
ABOUT = ("me", "my_child", "stranger", "my_own_doing")
NOT_DECIDING = {"evidence_sexual_check", "about", "age", "category"}  # files are added later; the rest is always asked


def given(category: str, age: str, about: str = "me", **answers) -> dict:
    return {key: value for key, value in {"about": about, "category": category, "age": age}.items() if value} | answers


def keys(questions) -> set[str]:
    return {question.key for question in questions} - NOT_DECIDING


def each_answer(answers: dict, key: str) -> list[dict]:
    """The answers with each single answer to ``key``."""
    question = QUESTIONS[key]
    return [answers | {key: [choice.key] if question.kind == "many" else choice.key} for choice in question.choices]


def reaches_p0(answers: dict, key: str) -> bool:
    return any(tier(more) == 0 for more in each_answer(answers, key))


@pytest.mark.safety("K1", "H28")
@pytest.mark.parametrize("category", DECLARED)
def test_answer_that_can_make_it_p0_is_asked_before_sending(category):
    for age, about in product(AGES, ABOUT):
        answers = given(category, age, about)
        deciding = {key for key in keys(sequence(answers)) if reaches_p0(answers, key)}
        if tier(answers) > 0 and deciding:
            assert deciding & keys(before_sending(answers)), f"{age} {about}: none of {sorted(deciding)} is asked"


@pytest.mark.safety("K10")
@pytest.mark.parametrize("category", DECLARED)
def test_few_questions_are_asked_before_sending(category):
    for age, about in product(AGES, ABOUT):
        asked = keys(before_sending(given(category, age, about))) - {"staff_conflict", "words", "account_or_link"}
        assert len(asked) == 1 or category in {"csam", "scam", "offline_harm", "unsure"}
        assert len(asked) <= 2


@pytest.mark.safety("H14", "H28")
@pytest.mark.parametrize("category", DECLARED)
def test_question_left_out_in_danger_never_restricts(category):
    for age, about in product(AGES, ABOUT):
        calm, danger = given(category, age, about), given(category, age, about, safety="danger")
        for key in keys(before_sending(calm)) - keys(before_sending(danger)):
            assert {is_restricted(more) for more in each_answer(danger, key)} == {is_restricted(danger)}, key


@pytest.mark.parametrize("category", DECLARED)
def test_every_question_is_asked_before_or_after_sending(category):
    answers = given(category, "16_17")
    first, later = before_sending(answers), after_sending(answers)
    assert sorted(keys(first + later)) == sorted(keys(sequence(answers)))
    assert not keys(first) & keys(later)
    assert {"evidence", "platform", "helper"} & keys(first) == set()


@pytest.mark.safety("H4")
def test_nobody_who_thinks_of_dying_is_asked_about_pictures_first():
    answers = given("unsure", "16_17", safety="self_harm")
    assert "own_image" in keys(after_sending(answers))
    assert "own_image" not in keys(before_sending(given("cyberbullying", "16_17", risk="yes")))
    assert "own_image" in keys(before_sending(given("cyberbullying", "16_17")))
