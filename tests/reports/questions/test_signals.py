"""What answers mean."""

import pytest

from reports.questions import QUESTIONS, SAFETY, signals


def test_unsure_answer_counts_half():
    assert signals({"safety": "danger"})["danger"] == 1
    assert signals({"safety": "unsure"})["danger"] == 0.5


def test_one_of_several_ticks_is_enough():
    assert signals({"category": "doxxing", "exposed": ["phone", "home"]})["home_address"] == 1


def test_stronger_of_two_answers_counts():
    assert signals({"threatened_with": ["unknown", "violence"]})["threat"] == 1


def test_words_that_speak_of_death_count_like_an_answer():
    assert signals({"about": "me", "risk": "yes"})["life_at_risk"] == 1


def test_answer_of_another_category_still_raises():
    assert signals({"category": "scam", "relation": "lives_with"})["guards"] == 1


def test_without_a_category_the_report_is_not_sorted():
    assert signals({})["not_sorted"] == 1
    assert signals({"category": "a_category_of_tomorrow"})["not_sorted"] == 1


@pytest.mark.parametrize("question", [SAFETY, *QUESTIONS.values()], ids=["safety", *QUESTIONS])
@pytest.mark.sampled(3)
def test_unsure_answer_never_lowers_priority(question):
    from reports.priority import CALMS

    assert not [choice for choice in question.choices if choice.unsure and set(choice.means) & set(CALMS)]
