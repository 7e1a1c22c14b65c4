"""Which questions are asked, in which order and in which words."""

import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from reports.questions import KEPT_FACTS, QUESTIONS, SAFETY, Part, missing, sequence
from reports.questions.category import DECLARED

from .given import CATEGORIES, NO_FILES, some_answers

FORBIDDEN = re.compile(
    r"\b(NIK|identity number|your name|selfie|full address|religion|your faith|sexual history|virgin|clothes|wear|"
    r"why didn.t|refuse|why only now|method|orientation|agama|wajah|alamat lengkap|pakaian|baju|perawan|"
    r"kenapa tidak|kenapa baru|menolak|caranya|orientasi)\b",
    re.IGNORECASE,
)
BLAME = re.compile(
    r"\b(should have|perpetrator|predator|child porn|revenge porn|pelaku|korban|salah kamu|lain kali|damai|mediasi)\b",
    re.IGNORECASE,
)


ALL = [SAFETY, *QUESTIONS.values()]


def keys(**answers) -> list[str]:
    return [question.key for question in sequence(answers)]


def ask(key: str, **answers):
    return next(question for question in sequence(answers) if question.key == key)


def asked_in_words(question, language) -> list[str]:
    """The words of the question itself, in all its variants, without the answers."""
    variants = [text for v in question.variants for text in (v.heading, v.title, v.hint, v.why) if text is not None]
    with translation.override(language):
        return [str(text) for text in (question.heading, question.title, question.hint, question.why, *variants)]


def answers_in_words(question, language) -> list[str]:
    with translation.override(language):
        return [str(text) for choice in question.choices for text in (choice.label, choice.hint)]


@pytest.mark.safety("H3")
def test_five_answers_of_the_safety_question():
    assert [choice.key for choice in SAFETY.choices] == ["safe", "danger", "self_harm", "other_in_danger", "unsure"]
    assert SAFETY.required


def test_opening_comes_first_and_an_old_report_last():
    asked = keys(about="me", category="cyberbullying")
    assert asked[:3] == ["about", "age", "category"]
    assert asked[-1] == "old_report"


def first_part(**answers) -> list[str]:
    return [question.key for question in sequence(answers) if question.part != Part.MORE]


@pytest.mark.slow
@given(some_answers())
def test_what_can_wait_comes_after_everything_else(answers):
    parts = [question.part for question in sequence(answers)]
    assert parts == sorted(parts)


@given(some_answers(), st.sampled_from([*NO_FILES, "sexual_harassment", "self_harm"]))
def test_few_questions_decide(answers, category):
    """Whether it is someone of this site is asked only where a lead exists."""
    asked = set(first_part(**answers | {"category": category})) - {"staff_conflict"}
    assert len(asked) <= 8


def test_suicidal_reporter_is_not_asked_about_nude_pictures():
    asked = first_part(safety="self_harm", about="me", category="unsure", age="16_17")
    assert not {"own_image", "evidence_sexual_check", "picture_minor"} & set(asked)
    assert "own_image" in first_part(safety="safe", about="me", category="unsure", age="16_17")


def test_minor_is_not_asked_whether_they_were_one():
    assert "picture_minor" not in keys(about="me", category="ncii", age="16_17")
    assert "picture_minor" in keys(about="me", category="ncii", age="adult")
    assert "picture_minor" in keys(about="me", category="ncii", age="unknown")


def test_link_is_asked_first_where_it_is_all_there_is():
    assert "account_or_link" in first_part(safety="self_harm", about="public_post", category="csam")
    assert "account_or_link" in first_part(about="public_post", category="self_harm", whose_life="post")


@pytest.mark.parametrize(
    ("about", "age", "adult_asked_for"), [("me", "16_17", True), ("me", "adult", False), ("friend", "adult", False)]
)
def test_adults_are_asked_for_someone_they_trust(about, age, adult_asked_for):
    with translation.override("en"):
        heading = str(ask("helper", about=about, age=age).heading)
    assert ("adult" in heading) is adult_asked_for


def test_reason_for_asking_an_age_fits_whose_age_it_is():
    with translation.override("en"):
        assert "the person" not in str(ask("age", about="me").why)
        assert "the person" in str(ask("age", about="friend").why)


@pytest.mark.parametrize(("about", "word"), [("me", "your fault"), ("my_child", "child's"), ("friend", "other person")])
def test_nobody_is_told_that_another_persons_answer_is_theirs(about, word):
    with translation.override("en"):
        assert word in str(ask("asked_for", about=about, category="grooming").hint)


@pytest.mark.safety("H16")
def test_money_is_the_first_question_after_a_scam():
    assert keys(about="me", category="scam")[:4] == ["about", "age", "category", "money_sent"]


def test_money_is_asked_for_scams_only():
    assert [slug for slug in CATEGORIES if "money_sent" in keys(about="me", category=slug)] == ["scam"]


@pytest.mark.parametrize("category", CATEGORIES)
def test_each_category_asks_its_own_questions_and_no_others(category):
    own = {question.key for question in DECLARED[category].questions}
    others = {question.key for declared in DECLARED.values() for question in declared.questions} - own
    asked = set(keys(about="me", category=category, age="adult"))
    assert asked & own
    assert not asked & others


@pytest.mark.safety("K10")
def test_only_who_it_is_about_is_required():
    """A category has "I'm not sure" among its choices."""
    assert [key for key, question in QUESTIONS.items() if question.required] == ["about", "category"]


def test_age_is_asked_of_the_right_person():
    with translation.override("en"):
        assert str(ask("age", about="me").heading) == "How old are you?"
        assert str(ask("age", about="my_child").heading) == "How old is the person this happened to?"
        assert str(ask("age", about="my_own_doing", category="self_harm").heading) == "How old are you?"


@pytest.mark.safety("K10")
def test_no_question_asks_to_describe_csam():
    assert "words" not in keys(about="public_post", category="csam")


@pytest.mark.parametrize("category", ["grooming", "sextortion", "ncii", "sexual_harassment"])
def test_words_about_a_sexual_matter_ask_for_no_detail(category):
    with translation.override("en"):
        assert "If there is a picture, don't describe it" in str(ask("words", category=category).hint)


def test_words_are_short():
    assert QUESTIONS["words"].max_length == 1000


def test_offline_harm_asks_no_platform():
    assert "platform" not in keys(about="me", category="offline_harm")
    assert "reported_in_app" not in keys(about="me", category="offline_harm")


def test_post_about_suicide_can_be_reported_in_the_app():
    assert "reported_in_app" in keys(about="public_post", category="self_harm", whose_life="post")
    assert "reported_in_app" not in keys(about="me", category="self_harm", whose_life="me")


def test_school_is_named_only_where_help_there_is_wanted():
    bullied = {"about": "me", "category": "cyberbullying", "same_school": "pupils"}
    assert "school_name" not in keys(**bullied)
    assert "school_name" in keys(**bullied, school_help="yes")


def test_nobody_is_asked_for_an_address():
    assert "contact" not in QUESTIONS


@pytest.mark.parametrize("category", ["scam", "doxxing"])
def test_loan_collector_can_be_named(category):
    assert "loan_collector" in keys(about="me", category=category)


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_is_asked_that_may_never_be_asked(language):
    asked = [text for question in ALL for text in asked_in_words(question, language)]
    answers = [text for question in ALL for text in answers_in_words(question, language)]
    assert [text for text in asked if FORBIDDEN.search(text)] == []
    assert [text for text in asked + answers if BLAME.search(text)] == []


def test_every_question_is_whole():
    assert {question.key: lacks for question in ALL if (lacks := list(missing_parts(question)))} == {}


def missing_parts(question):
    """Yield what a question lacks."""
    with translation.override("en"):
        yield from (part for part in ("heading", "title", "error") if not str(getattr(question, part)))
    choice_keys = [choice.key for choice in question.choices]
    if len(choice_keys) != len(set(choice_keys)):
        yield "choices that differ"
    if (question.kind in {"one", "many", "province"}) != bool(choice_keys):
        yield "choices exactly where one can choose"
    if question.kind in {"text", "long", "reference"} and not question.max_length:
        yield "max_length"


def test_question_titles_are_unique():
    with translation.override("en"):
        for category in CATEGORIES:
            titles = [str(question.title) for question in sequence({"about": "me", "category": category})]
            assert len(titles) == len(set(titles))


@given(some_answers())
def test_no_question_comes_twice_and_none_is_unknown(answers):
    asked = [question.key for question in sequence(answers)]
    assert len(asked) == len(set(asked))
    assert set(asked) <= set(QUESTIONS)


@pytest.mark.slow
@given(some_answers())
def test_every_condition_answers_on_partial_answers(answers):
    assert all(question.when(answers) in (True, False) for question in QUESTIONS.values())


@pytest.mark.slow
@given(some_answers())
def test_answers_of_other_branches_are_ignored(answers):
    asked = [question.key for question in sequence(answers)]
    kept = {key: value for key, value in answers.items() if key in {*asked, *KEPT_FACTS}}
    assert [question.key for question in sequence(kept)] == asked


@pytest.mark.safety("K10")
def test_report_needs_who_and_one_thing_more():
    assert len(missing({})) == 2
    assert len(missing({"about": "me"})) == 1
    assert len(missing({"about": "me", "age": "adult", "platform": "x", "help_wanted": ["talk"]})) == 1
    assert missing({"about": "me", "words": "Satu kalimat."}) == []
    assert missing({"about": "me", "account_or_link": "@akun"}) == []
    assert missing({"about": "me", "category": "cyberbullying", "how_often": "daily"}) == []


def test_words_left_from_another_category_are_not_enough():
    assert missing({"about": "public_post", "category": "csam", "words": "lama"})


@pytest.mark.parametrize(
    ("key", "about", "said"),
    [
        ("helper", "my_child", "helping the child?"),
        ("knows_place", "my_child", "find the child?"),
        ("school_fear", "my_student", "the student afraid"),
        ("school_fear", "my_child", "the child afraid"),
        ("helper", "someone_else", "the person this happened to"),
    ],
)
def test_question_to_an_adult_names_the_child(key, about, said):
    with translation.override("en"):
        assert said in str(QUESTIONS[key].worded_for({"about": about}).heading)
