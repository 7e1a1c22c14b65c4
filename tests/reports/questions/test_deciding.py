"""Which questions are asked before the report is sent: all whose answers decide about a child's safety or urgency."""

from itertools import product

import pytest

from reports.priority import is_restricted, tier
from reports.questions import QUESTIONS, after_sending, before_sending, sequence, uploads
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


def decides(answers: dict, more: dict) -> bool:
    """Whether ``more`` says something about the safety of a child, or the urgency, that is not assumed without it."""
    urgent = tier(more) == 0 and tier(answers) > 0
    restricted = is_restricted(more) and not is_restricted(answers)
    less_files = uploads(more) == "none" and uploads(answers) == "yes"
    withheld = more.get("staff_conflict") == "yes"
    return urgent or restricted or less_files or withheld


def signals_asked(answers: dict) -> set[str]:
    """All that an answer to a question before sending could say."""
    questions = (QUESTIONS[key] for key in keys(before_sending(answers)))
    return {name for question in questions for choice in question.choices for name in choice.means}


def left_out(answers: dict) -> list[tuple]:
    """The answers that decide, and that nobody is asked for before sending, in these words or in others."""
    asked, found = signals_asked(answers), []
    for key in keys(sequence(answers)) - keys(before_sending(answers)):
        for choice, more in zip(QUESTIONS[key].choices, each_answer(answers, key), strict=True):
            if decides(answers, more) and not (choice.means and set(choice.means) <= asked):
                found.append((key, choice.key))
    return found


@pytest.mark.safety("K1", "H14", "H25", "H28")
@pytest.mark.sampled(9)
@pytest.mark.parametrize("safety", ["safe", "danger", "other_in_danger", "unsure", ""])
@pytest.mark.parametrize("category", DECLARED)
def test_each_answer_that_decides_is_asked_before_sending(category, safety):
    for age, about in product(AGES, ABOUT):
        answers = given(category, age, about, **({"safety": safety} if safety else {"tile": "hurt"}))
        assert left_out(answers) == [], f"{age} {about}"


@pytest.mark.safety("K10")
@pytest.mark.parametrize("category", DECLARED)
def test_few_questions_are_asked_before_sending(category):
    for age, about in product(AGES, ABOUT):
        asked = keys(before_sending(given(category, age, about))) - {"staff_conflict", "words", "account_or_link"}
        assert len(asked) <= (4 if category == "grooming" else 3)
        of_a_small_child = category == "unsure" and age == "under_13"  # urgent whatever is answered (H28)
        assert asked or category == "csam" or of_a_small_child


@pytest.mark.safety("H14", "H28")
@pytest.mark.parametrize("category", DECLARED)
def test_question_left_out_in_danger_decides_nothing(category):
    for age, about in product(AGES, ABOUT):
        calm, danger = given(category, age, about), given(category, age, about, safety="danger")
        for key in keys(before_sending(calm)) - keys(before_sending(danger)):
            assert key != "money_sent"
            assert not any(decides(danger, more) for more in each_answer(danger, key)), key


@pytest.mark.safety("H16")
@pytest.mark.parametrize("safety", ["safe", "danger", "self_harm", "other_in_danger", "unsure"])
def test_money_is_asked_in_any_danger(safety):
    assert "money_sent" in keys(before_sending(given("scam", "adult", safety=safety)))


@pytest.mark.safety("H28")
@pytest.mark.parametrize(
    ("calm", "number"), [({}, 0), ({"afraid": "no"}, 0), ({"afraid": "no", "still_going": "no"}, 2)]
)
def test_unsorted_matter_of_a_small_child_counts_until_denied(calm, number):
    answers = given("unsure", "under_13", **calm)
    assert (tier(answers), is_restricted(answers)) == (number, number == 0)


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
