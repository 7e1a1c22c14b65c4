"""The questions of the report form and the meaning of the answers. Only declarations: no database, request or settings.

The questions have one order (``sequence``). Answers are a dictionary from question keys. Their meaning for the
urgency is expressed as *signals*, read by ``reports.priority`` only: 1.0 for a plain answer, 0.5 for "I don't know".
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from .categories import CATEGORIES
from .category import category_of, chosen_category, declare
from .closing import CLOSING, STAFF_CONFLICT, told_in_words
from .core import (
    ABOUT,
    AGE,
    CATEGORY,
    MONEY_SENT,
    PICTURE_THREAT,
    PLATFORM,
    SAFETY,
    is_call_for_help,
    is_in_danger,
    is_life_at_risk,
    is_urgent_by_age,
    said_own_life_at_risk,
    uploads,
)
from .harm import WHOSE_LIFE
from .kinds import Answers, Choice, Part, Question
from .pictures import OWN_IMAGE, PICTURE_MINOR, WHOSE_PICTURE
from .wording import EASY

__all__ = [
    "KEPT_FACTS",
    "QUESTIONS",
    "SAFETY",
    "STAFF_CONFLICT",
    "TILE",
    "TOLD_BEFORE",
    "Answers",
    "Choice",
    "Part",
    "Question",
    "after_sending",
    "before_sending",
    "missing",
    "sequence",
    "signals",
    "uploads",
]

declare(*CATEGORIES)

HALF = 0.5

OPENING = (ABOUT, AGE, CATEGORY, MONEY_SENT, PICTURE_THREAT, OWN_IMAGE, WHOSE_PICTURE, PICTURE_MINOR, PLATFORM)

# Asked of everybody before the report is sent.
FIRST = (ABOUT.key, AGE.key, CATEGORY.key)
# Who is in danger is reviewed first anyway, so only answers that decide about help, or about who may read, are asked.
RESTRICTING = {"sexual", "intimate_image", "child_in_picture", "violent", "threat", "blackmail", "guards"}
CHOOSE_HELP = {WHOSE_PICTURE.key, WHOSE_LIFE.key, MONEY_SENT.key}  # money may still be stopped (H16)

# Facts in the answers that belong to no question. "risk" and "in_words" come from the reporter's words; "image_told"
# is kept from an answer that later ones may remove. They raise the priority, and no later answer removes them.
# EASY raises nothing: the reporter chose easier words.
# TILE is the answer of the first page that the report began with.
TILE = "tile"
# Signals of answers that can no longer be read, of a report that was sent: {name: 1 or 0.5}.
TOLD_BEFORE = "told_before"
KEPT_FACTS = ("safety", "risk", "in_words", "image_told", TILE, EASY)
IN_WORDS_MEANS = {
    "threat_to_kill": ("threat_to_kill", "threat", "violent"),
    "sexual": ("sexual_told", "sexual"),
    "violence": ("violent",),
    "blackmail": ("picture_blackmail", "blackmail", "sexual"),
}

QUESTIONS: dict[str, Question] = {
    question.key: question
    for question in (*OPENING, *(question for category in CATEGORIES for question in category.questions), *CLOSING)
}


def sequence(answers: Answers) -> list[Question]:
    """Return the questions to ask after the safety question, in order and worded to fit the answers so far.

    Those that are asked before the report is sent come first; those of ``Part.MORE`` follow, for who wants to add.

    A question is judged by earlier answers that still apply, so a leftover answer to a question that is no longer
    asked (of another category, for example) changes nothing.
    """
    asked, live = [], {key: answers[key] for key in KEPT_FACTS if key in answers}
    for question in _in_order(live):
        if question.when(live):
            asked.append(question)
            if question.key in answers:
                live[question.key] = answers[question.key]
    decisive = {question.key for question in _decisive(live)}
    always = {*FIRST, told_in_words(live)}
    parts = {question.key: _part_of(question, live, always, decisive) for question in asked}
    asked.sort(key=lambda question: (parts[question.key], question.later(live)))
    return [_as_asked(question, live, parts[question.key]) for question in asked]


def before_sending(answers: Answers) -> list[Question]:
    """Return the questions of ``sequence`` that are asked before the report is sent."""
    return [question for question in sequence(answers) if question.part == Part.FIRST]


def after_sending(answers: Answers) -> list[Question]:
    """Return the other questions of ``sequence``: they are offered once the report is sent."""
    return [question for question in sequence(answers) if question.part == Part.MORE]


def missing(answers: Answers, asked: list[Question] | None = None) -> list:
    """Return sentences that say why a report cannot be sent yet; an empty list when it can.

    ``asked``: ``sequence(answers)``, if known. Required are who it is about, and one of: account or link, words, an
    answer about what happened (safety rule K10). Danger is such an answer, and so is what happened to a child: people
    who can say no more are not sent away.
    """
    sentences = [] if answers.get(ABOUT.key) else [ABOUT.error]
    asked = sequence(answers) if asked is None else asked
    has_story = any(question.is_story and answers.get(question.key) for question in asked)
    if not has_story and not is_call_for_help(answers):
        sentences.append(_("Tell us one thing about it: an account or link, one sentence, or one more answer."))
    return sentences


def signals(answers: Answers) -> dict[str, float]:
    """Return the meaning of the answers by signal: 1.0 for certain, 0.5 for "I don't know" and for what is likely.

    Every answer counts, also to a question that is no longer asked: anything said once may raise the priority.
    """
    found = dict(category_of(answers).means)
    found |= {name: max(found.get(name, 0), weight) for name, weight in answers.get(TOLD_BEFORE, {}).items()}
    if answers.get("risk"):
        found["life_at_risk"] = 1.0  # from the reporter's words (safety rule H5)
    if TILE in answers and SAFETY.key not in answers:
        found["danger"] = HALF  # not asked yet: the report began with first aid, which never counts as "safe"
    if "image_told" in answers and answers.get("own_image") != "no":  # mentioned, even if no longer asked
        found |= {"sexual": 1.0, "intimate_image": 1.0}
    found |= {name: 1.0 for kind in answers.get("in_words", ()) for name in IN_WORDS_MEANS[kind]}  # safety rule H28
    for question in (question for question in (SAFETY, *QUESTIONS.values()) if question.key in answers):
        for choice in _chosen(question, answers[question.key]):
            for name in choice.means:
                found[name] = max(found.get(name, 0), HALF if choice.unsure else 1.0)
    return found


def _as_asked(question: Question, live: Answers, part: Part) -> Question:
    """Return ``question`` with its words and part. Who thinks of dying may skip what the report is about (H4)."""
    required = question.required and not (question.key == CATEGORY.key and said_own_life_at_risk(live))
    return question.version(question.variant_for(live), part, required)


def _part_of(question: Question, live: Answers, always: set[str], decisive: set[str]) -> Part:
    return Part.FIRST if _is_asked_first(question, live, always, decisive) else Part.MORE


def _is_asked_first(question: Question, live: Answers, always: set[str], decisive: set[str]) -> bool:
    """Return whether it is asked before sending: if its key is in ``always``, or in ``decisive`` and still decides."""
    if question.key == CATEGORY.key and TILE in live and CATEGORY.key in live:
        return False  # the answer of the first page has chosen it
    if question.key == STAFF_CONFLICT.key:  # nobody knows that of a stranger
        return live.get("relation") not in {"online_only", "nobody_known"}
    return question.key in always or (question.key in decisive and _decides(question, live))


def _decisive(live: Answers) -> tuple[Question, ...]:
    """Return the questions of ``Category.decides``. Where the age says it all (H28), only the first, which helps most.

    "I'm not sure" has no such question: a child under 13 who can say nothing more is urgent, and is not asked to. Of a
    category that an answer has turned into another, the questions stay, so that the answer can be changed.
    """
    chosen, category = chosen_category(live), category_of(live)
    questions = category.decides(live)
    if is_urgent_by_age(live):
        questions = () if category.is_default else questions[:1]
    return questions if category is chosen else (*chosen.decides(live), *questions)


def _decides(question: Question, live: Answers) -> bool:
    """Return whether an answer to a question of ``Category.decides`` can still change something urgent."""
    if said_own_life_at_risk(live) and question.key == WHOSE_LIFE.key:
        return False
    if is_life_at_risk(live) and question.key == OWN_IMAGE.key:
        return False  # people who think of dying are not asked about naked pictures before they send
    if not is_in_danger(live) and not said_own_life_at_risk(live):
        return True
    means = {name for choice in question.choices for name in choice.means}
    return question.key in CHOOSE_HELP or bool(means & RESTRICTING)


def _in_order(live: Answers) -> Iterator[Question]:
    yield from OPENING
    yield from category_of(live).questions  # now the category is known
    yield from CLOSING


def _chosen(question: Question, answer: Any) -> list[Choice]:
    keys = answer if isinstance(answer, list) else [answer]
    return [choice for choice in question.choices if choice.key in keys]
