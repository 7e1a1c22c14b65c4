"""Where files may be added (safety rules H14, K7, J1)."""

from itertools import product

import pytest

from reports.questions import sequence, uploads

from .given import CATEGORIES, NO_FILES

AGES = ["under_13", "13_15", "16_17", "adult", "unknown", ""]
NEVER_PICTURES = ["self_harm", "hate_extremism", "scam", "gambling_dangerous"]
IMAGES = ["yes", "no", "unsure", ""]


def expected(category, age, own_image, forbidden) -> str:
    if category in NO_FILES or forbidden or own_image == "yes":
        return "none"
    no_picture = own_image == "no" or category in NEVER_PICTURES
    return "yes" if age == "adult" and no_picture else "ask"


def test_categories_without_files():
    assert set(NO_FILES) == {"csam", "child_exploitation", "grooming", "sextortion", "ncii"}


@pytest.mark.safety("H14")
def test_files_of_every_combination_follow_the_rule():
    wrong = [
        (category, age, image, forbidden)
        for category, age, image, forbidden in product(["", *CATEGORIES], AGES, IMAGES, [False, True])
        if uploads(given(category, age, image), forbidden) != expected(category, age, image, forbidden)
    ]
    assert wrong == []


def given(category, age, own_image) -> dict:
    """The answers of a reporter, without those that are empty."""
    answers = {"about": "me", "category": category, "age": age, "own_image": own_image}
    return {key: value for key, value in answers.items() if value}


@pytest.mark.safety("K11")
@pytest.mark.parametrize("category", ["cyberbullying", "scam", "doxxing", "unsure", "sexual_harassment"])
@pytest.mark.parametrize(("checked", "offered"), [(None, True), ("no", True), ("yes", False), ("unsure", False)])
def test_minor_is_asked_about_nudity_before_files(category, checked, offered):
    answers = {"about": "me", "category": category, "age": "13_15"}
    asked = [question.key for question in sequence(answers | ({"evidence_sexual_check": checked} if checked else {}))]
    assert "evidence_sexual_check" in asked
    assert ("evidence" in asked) is offered
    assert not offered or asked.index("evidence_sexual_check") < asked.index("evidence")


def test_no_file_step_where_files_are_forbidden():
    asked = {
        (category, age): {question.key for question in sequence({"about": "me", "category": category, "age": age})}
        for category, age in product(NO_FILES, AGES)
    }
    assert [who for who, keys in asked.items() if keys & {"evidence", "evidence_sexual_check"}] == []


def test_adults_add_files_without_the_question():
    asked = [question.key for question in sequence({"about": "me", "category": "scam", "age": "adult"})]
    assert "evidence" in asked
    assert "evidence_sexual_check" not in asked


@pytest.mark.safety("H14")
@pytest.mark.parametrize("category", ["sexual_harassment", "cyberbullying", "threats_stalking", "doxxing", "unsure"])
def test_adult_is_asked_about_nudity_until_there_is_no_picture(category):
    answers = {"about": "me", "category": category, "age": "adult"}
    said = [{}, {"own_image": "unsure"}, {"own_image": "no"}]
    assert [uploads(answers | more) for more in said] == ["ask", "ask", "yes"]
