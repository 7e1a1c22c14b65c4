"""Where files may be added (safety rules H14, K7, J1)."""

from itertools import product

import pytest

from reports.questions import sequence, uploads

from .given import CATEGORIES, NO_FILES

AGES = ["under_13", "13_15", "16_17", "adult", "unknown", ""]
IMAGES = ["yes", "no", "unsure", ""]


def expected(category, age, own_image, forbidden) -> str:
    if category in NO_FILES or forbidden or own_image == "yes":
        return "none"
    return "yes" if age == "adult" else "ask"


def test_the_categories_without_files():
    assert set(NO_FILES) == {"csam", "child_exploitation", "grooming", "sextortion", "ncii"}


@pytest.mark.safety("H14")
@pytest.mark.parametrize("forbidden", [False, True])
@pytest.mark.parametrize("category", ["", *CATEGORIES])
def test_every_combination(category, forbidden):
    for age, image in product(AGES, IMAGES):
        answers = {"about": "me"} | {
            key: value for key, value in {"category": category, "age": age, "own_image": image}.items() if value
        }
        assert uploads(answers, forbidden) == expected(category, age, image, forbidden), answers


@pytest.mark.safety("K11")
@pytest.mark.parametrize("category", ["cyberbullying", "scam", "doxxing", "unsure", "sexual_harassment"])
@pytest.mark.parametrize(("checked", "offered"), [(None, True), ("no", True), ("yes", False), ("unsure", False)])
def test_under_18_a_file_follows_the_question_about_naked_pictures(category, checked, offered):
    answers = {"about": "me", "category": category, "age": "13_15"}
    asked = [question.key for question in sequence(answers | ({"evidence_sexual_check": checked} if checked else {}))]
    assert "evidence_sexual_check" in asked
    assert ("evidence" in asked) is offered
    assert not offered or asked.index("evidence_sexual_check") < asked.index("evidence")


@pytest.mark.parametrize("category", NO_FILES)
@pytest.mark.parametrize("age", AGES)
def test_no_file_page_at_all_where_there_may_be_no_files(category, age):
    asked = [question.key for question in sequence({"about": "me", "category": category, "age": age})]
    assert "evidence" not in asked
    assert "evidence_sexual_check" not in asked


def test_adults_add_files_without_the_question():
    asked = [question.key for question in sequence({"about": "me", "category": "scam", "age": "adult"})]
    assert "evidence" in asked
    assert "evidence_sexual_check" not in asked
