"""The starter quizzes and lessons keep the writers' rules in both languages."""

import re
from itertools import product

import pytest
from django.utils.html import strip_tags

from education.models.lesson import GUARDS
from education.rendering import rich_text
from education.starter import files
from tests.education.content_rules import GUIDES, H13, LANGUAGES, NEVER, sentences

QUIZZES = {quiz["number"]: quiz for quiz in files.items("quizzes")}
LESSONS = {lesson["key"]: lesson for lesson in files.items("lessons")}
TOPICS = {topic["key"]: topic for topic in files.items("topics")}
FOR_TEENS = {number for number, quiz in QUIZZES.items() if quiz["audiences"] == ["teens"]}
BLAME = {
    "id": r"\b(ceroboh|salah sendiri|salahmu sendiri|seharusnya kamu|makanya|korban pasti|pelaku)\b",
    "en": r"\b(careless|your own fault|you should have|you let them|offender|perpetrator)\b",
}


def of_quiz(number: int, language: str) -> str:
    """All that a quiz says in one language."""
    quiz = QUIZZES[number]
    parts = [*quiz[language].values()]
    for scenario in quiz["scenarios"]:
        parts.append(scenario[language]["situation"])
        parts += [text for choice in scenario["choices"] for text in choice[language].values()]
    return sentences(" ".join(parts))


def of_lesson(key: str, language: str) -> str:
    """All that a lesson says in one language, its sheet too."""
    said = LESSONS[key][language].values()
    return sentences(strip_tags(" ".join(" ".join(v) if isinstance(v, list) else v for v in said)))


def all_texts(language: str) -> dict[str, str]:
    return {f"quiz {n}": of_quiz(n, language) for n in QUIZZES} | {
        f"lesson {k}": of_lesson(k, language) for k in LESSONS
    }


def test_there_are_quizzes_for_every_audience():
    assert len(QUIZZES) >= 5
    assert {one["key"] for one in files.items("audiences")} == {
        one for quiz in QUIZZES.values() for one in quiz["audiences"]
    }


@pytest.mark.parametrize("number", QUIZZES)
def test_a_quiz_has_four_or_five_situations_each_with_a_safe_step(number):
    quiz = QUIZZES[number]
    assert 4 <= len(quiz["scenarios"]) <= 5
    for scenario in quiz["scenarios"]:
        verdicts = [choice["verdict"] for choice in scenario["choices"]]
        assert 2 <= len(verdicts) <= 4
        assert "safe" in verdicts
        assert set(verdicts) <= {"safe", "think", "unsafe"}


@pytest.mark.parametrize(("number", "language"), list(product(QUIZZES, LANGUAGES)))
def test_every_choice_is_explained_in_both_languages(number, language):
    for scenario in QUIZZES[number]["scenarios"]:
        assert scenario[language]["situation"]
        for choice in scenario["choices"]:
            assert len(choice[language]["choice"]) <= 200
            assert len(choice[language]["because"].split()) >= 8, choice


@pytest.mark.parametrize("number", QUIZZES)
def test_every_situation_leads_to_a_guide(number):
    assert {scenario["guide"] for scenario in QUIZZES[number]["scenarios"]} <= set(GUIDES)


@pytest.mark.parametrize("number", QUIZZES)
def test_a_quiz_of_a_sensitive_topic_is_sensitive(number):
    assert QUIZZES[number]["sensitive"] or not TOPICS[QUIZZES[number]["topic"]]["sensitive"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_forbidden_word_no_blame_and_no_shouting(language):
    wrong = f"{NEVER[language]}|{BLAME[language]}|!"
    found = [(name, m[0]) for name, text in all_texts(language).items() for m in re.finditer(wrong, text, re.I)]
    assert found == []


@pytest.mark.parametrize("number", QUIZZES)
def test_a_quiz_speaks_one_way(number):
    text = re.sub(r"“[^”]*”", "", of_quiz(number, "id"))  # what somebody says is their own voice
    assert not re.search(r"\bAnda\b" if number in FOR_TEENS else r"\b[Kk]amu\b|\b[Aa]ku\b", text)


@pytest.mark.parametrize(("key", "language"), list(product(LESSONS, LANGUAGES)))
def test_a_lesson_is_whole(key, language):
    lesson = LESSONS[key][language]
    assert all(lesson[field] for field in (*GUARDS, "title", "slug", "grades", "short_answer", "goals", "materials"))
    assert rich_text.word_count(lesson["body"]) <= 400  # it fits on one sheet
    minutes = [int(found) for found in re.findall(r"(\d+) (?:menit|minutes)\.</strong>", lesson["body"])]
    assert sum(minutes) == LESSONS[key]["minutes"]


@pytest.mark.parametrize("key", LESSONS)
def test_a_lesson_leads_to_what_exists_and_to_the_protocol(key):
    lesson = LESSONS[key]
    lines = {line["slug"]: line for line in files.items("helplines")}
    assert set(lesson["guides"]) <= set(GUIDES)
    assert 18 in lesson["guides"]
    assert set(lesson["quizzes"]) <= set(QUIZZES)
    assert {"polri-110", "sapa-129"} <= set(lesson["helplines"])
    assert all(lines[slug]["status"] != "retired" for slug in lesson["helplines"])


@pytest.mark.parametrize("key", LESSONS)
def test_teachers_are_spoken_to_formally_and_pupils_are_not(key):
    lesson = LESSONS[key]["id"]
    plan = re.sub(r"“[^”]*”", "", " ".join([lesson["opt_out"], strip_tags(lesson["body"]), lesson["disclosure"]]))
    assert not re.search(r"\b[Kk]amu\b", plan)
    assert not re.search(r"\bAnda\b", strip_tags(lesson["handout"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_keep_of_a_sexual_threat_comes_with_what_not_to_keep(language):
    for text in (
        of_quiz(3, language),
        of_quiz(5, language),
        of_quiz(6, language),
        of_quiz(7, language),
        of_lesson("ai-made-pictures", language),
    ):
        assert H13[language] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cleaner_leaves_every_lesson_as_it_was_written(language):
    for lesson in LESSONS.values():
        for field in ("body", "handout"):
            assert rich_text.clean(lesson[language][field].strip()).count("<") == lesson[language][field].count("<")
