"""Quizzes and lessons keep the writers' rules in both languages."""

import re
from collections.abc import Iterator

from django.utils.html import strip_tags

from education.models.lesson import SAFETY_FIELDS
from education.rendering import rich_text
from tools.check_content.content import LANGUAGES, Content, Fault, fault, plain, rule, whole, without_quotes
from tools.check_content.wording import NEVER, NOT_TO_KEEP

BLAME = {
    "id": r"\b(ceroboh|salah sendiri|salahmu sendiri|seharusnya kamu|makanya|korban pasti|pelaku)\b",
    "en": r"\b(careless|your own fault|you should have|you let them|offender|perpetrator)\b",
}
VERDICTS = {"safe", "think", "unsafe"}
ABOUT_THREATS = "about_sexual_threats"  # key of a quiz file: the quiz says what to keep of a sexual threat
AI_PICTURES = "ai-made-pictures"  # and the lesson
MOST_LETTERS, LEAST_WORDS, MOST_WORDS = 200, 8, 400  # of a choice, of its reason, of a lesson on one sheet
PROTOCOL = 18


def of_quiz(quiz: dict, language: str) -> str:
    """Return all that a quiz says in one language."""
    parts = [*quiz[language].values()]
    for scenario in quiz["scenarios"]:
        parts.append(scenario[language]["situation"])
        parts += [text for choice in scenario["choices"] for text in choice[language].values()]
    return plain(" ".join(parts))


def of_lesson(lesson: dict, language: str) -> str:
    """Return all that a lesson says in one language, its sheet too."""
    return plain(strip_tags(whole(lesson[language])))


@rule
def audiences(content: Content) -> Iterator[Fault]:
    """There are at least five quizzes, and one for each audience."""
    if len(content.quizzes) < 5:
        yield Fault("quizzes/", "number", "at least five quizzes are needed")
    served = {one for quiz in content.quizzes.values() for one in quiz["audiences"]}
    for key in sorted({audience["key"] for audience in content.items("audiences")} ^ served):
        yield Fault("quizzes/", "audiences", f"{key} has no quiz, or is no audience")


@rule
def situations(content: Content) -> Iterator[Fault]:
    """Four or five situations, each with two to four choices, of which one is safe, and a guide."""
    for quiz in content.items("quizzes"):
        if not 4 <= len(quiz["scenarios"]) <= 5:
            yield fault(quiz, "scenarios", f"has {len(quiz['scenarios'])}; four or five are allowed")
        for place, scenario in enumerate(quiz["scenarios"], 1):
            verdicts = [choice["verdict"] for choice in scenario["choices"]]
            if not (2 <= len(verdicts) <= 4 and "safe" in verdicts and set(verdicts) <= VERDICTS):
                yield fault(quiz, f"scenario {place}", "needs two to four choices, of which one is safe")
            if scenario["guide"] not in content.guides:
                yield fault(quiz, f"scenario {place}.guide", f"guide {scenario['guide']} does not exist")
            yield from _explained(quiz, place, scenario)
        if content.topics[quiz["topic"]]["sensitive"] and not quiz["sensitive"]:
            yield fault(quiz, "sensitive", "its topic is sensitive, so the quiz must be")


def _explained(quiz: dict, place: int, scenario: dict) -> Iterator[Fault]:
    for language in LANGUAGES:
        if not scenario[language]["situation"]:
            yield fault(quiz, f"scenario {place}.{language}.situation", "is empty")
        for choice in scenario["choices"]:
            if len(choice[language]["choice"]) > MOST_LETTERS:
                yield fault(quiz, f"scenario {place}.{language}.choice", f"is longer than {MOST_LETTERS} letters")
            if len(choice[language]["because"].split()) < LEAST_WORDS:
                yield fault(quiz, f"scenario {place}.{language}.because", f"has fewer than {LEAST_WORDS} words")


@rule
def wording(content: Content) -> Iterator[Fault]:
    """No forbidden word, no blame, no shouting; a quiz speaks one way."""
    said = [(quiz, of_quiz) for quiz in content.items("quizzes")]
    said += [(lesson, of_lesson) for lesson in content.items("lessons")]
    for item, text_of in said:
        for language in LANGUAGES:
            for found in re.finditer(rf"{NEVER[language]}|{BLAME[language]}|!", text_of(item, language), re.I):
                yield fault(item, language, f'"{found[0]}" hurts, blames or shouts')
    for quiz in content.items("quizzes"):
        wrong = r"\bAnda\b" if quiz["audiences"] == ["teens"] else r"\b[Kk]amu\b|\b[Aa]ku\b"
        if found := re.search(wrong, without_quotes(of_quiz(quiz, "id"))):
            yield fault(quiz, "id", f'says "{found[0]}"; teens are "kamu", everybody else is "Anda"')


@rule
def lessons(content: Content) -> Iterator[Fault]:
    """A lesson is whole, fits on one sheet, and its parts take as long as it says."""
    needed = (*SAFETY_FIELDS, "title", "slug", "grades", "short_answer", "goals", "materials")
    for lesson in content.items("lessons"):
        for language in LANGUAGES:
            texts = lesson[language]
            for field in needed:
                if not texts[field]:
                    yield fault(lesson, f"{language}.{field}", "is empty")
            if rich_text.word_count(texts["body"]) > MOST_WORDS:
                yield fault(lesson, f"{language}.body", f"has more than {MOST_WORDS} words: it fits on no sheet")
            minutes = [int(found) for found in re.findall(r"(\d+) (?:menit|minutes)\.</strong>", texts["body"])]
            if sum(minutes) != lesson["minutes"]:
                yield fault(lesson, f"{language}.body", f"its parts take {sum(minutes)} minutes, not as `minutes` says")


@rule
def protocol(content: Content) -> Iterator[Fault]:
    """A lesson leads to guides, quizzes and helplines that exist, and to the protocol for disclosures."""
    for lesson in content.items("lessons"):
        for number in set(lesson["guides"]) - content.guides.keys():
            yield fault(lesson, "guides", f"guide {number} does not exist")
        if PROTOCOL not in lesson["guides"]:
            yield fault(lesson, "guides", f"guide {PROTOCOL}, what to do when a pupil tells, must be among them")
        for number in set(lesson["quizzes"]) - content.quizzes.keys():
            yield fault(lesson, "quizzes", f"quiz {number} does not exist")
        if not {"polri-110", "sapa-129"} <= set(lesson["helplines"]):
            yield fault(lesson, "helplines", "polri-110 and sapa-129 must be among them")
        for slug in lesson["helplines"]:
            if content.lines[slug]["status"] == "retired":
                yield fault(lesson, "helplines", f"{slug} is retired")


@rule
def teachers(content: Content) -> Iterator[Fault]:
    """Teachers are spoken to formally, and pupils are not."""
    for lesson in content.items("lessons"):
        texts = lesson["id"]
        plan = " ".join([texts["opt_out"], strip_tags(texts["body"]), texts["disclosure"]])
        if re.search(r"\b[Kk]amu\b", without_quotes(plan)):
            yield fault(lesson, "id.body", 'says "kamu" to a teacher')
        if re.search(r"\bAnda\b", strip_tags(texts["handout"])):
            yield fault(lesson, "id.handout", 'says "Anda" to a pupil')


@rule
def not_to_keep(content: Content) -> Iterator[Fault]:
    """What to keep of a sexual threat comes with what not to keep (H13)."""
    for quiz in content.items("quizzes"):
        if ABOUT_THREATS not in quiz:
            yield fault(quiz, ABOUT_THREATS, "is missing: true if the quiz says what to keep of a sexual threat")
    texts = [(quiz, of_quiz) for quiz in content.items("quizzes") if quiz.get(ABOUT_THREATS)]
    texts += [(lesson, of_lesson) for lesson in content.items("lessons") if lesson["key"] == AI_PICTURES]
    for item, text_of in texts:
        for language, words in NOT_TO_KEEP.items():
            if words not in text_of(item, language):
                yield fault(item, language, f'must say "{words}"')
