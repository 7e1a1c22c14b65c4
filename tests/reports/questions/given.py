"""Answers for the properties: any mix of answers that a form could give."""

from hypothesis import strategies as st

from reports.questions import QUESTIONS, SAFETY
from reports.questions.category import DECLARED

CATEGORIES = list(DECLARED)
NO_FILES = [slug for slug, category in DECLARED.items() if category.files_forbidden]
IN_WORDS = ["threat_to_kill", "sexual", "violence"]


def an_answer(question):
    """One possible answer to ``question``."""
    keys = [choice.key for choice in question.choices]
    if question.kind == "category":
        return st.sampled_from(CATEGORIES)
    if question.kind == "many":
        return st.lists(st.sampled_from(keys), min_size=1, unique=True)
    return st.sampled_from(keys) if keys else st.just("Dia mengejek aku.")


def some_answers():
    """Any part of the answers."""
    answers = {key: an_answer(question) for key, question in ({"safety": SAFETY} | QUESTIONS).items()}
    facts = {"risk": st.just("yes"), "in_words": st.lists(st.sampled_from(IN_WORDS), min_size=1, unique=True)}
    return st.fixed_dictionaries({}, optional=answers | facts | {"image_told": st.just("yes")})
