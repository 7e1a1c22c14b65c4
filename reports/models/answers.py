"""Convert answers to text, for the reporter's review page and for staff."""

from typing import Any

from django.utils.translation import gettext as _

from ..questions import QUESTIONS, SAFETY, Question
from ..questions.wording import EASY, name_of
from .category import Category


def displayed(question: Question, value: Any) -> str:
    """Return one answer in the active language; "Skipped" if there is none."""
    if not value:
        return _("Skipped")
    if question.kind == "category":
        return name_of(Category.of({"category": value}))
    labels = {choice.key: str(choice.label) for choice in question.choices}
    values = value if isinstance(value, list) else [value]
    return "; ".join(labels.get(item, item) for item in values)


def displayed_answers(answers: dict, category: Category) -> list[dict]:
    """Return ``key``, ``title``, ``shown`` and ``kind`` of each given answer, for staff, in question order.

    ``category`` is that of the case, read already; the reporter's choice is usually the same.
    """
    asked = {"safety": SAFETY} | QUESTIONS
    rows = [_for_desk(question, answers[key], category) for key, question in asked.items() if key in answers]
    if answers.get(EASY) == "yes":
        shown = _("Easy words, chosen in the form. Write short sentences.")
        rows.append({"key": EASY, "title": _("Words"), "shown": shown, "kind": "one"})
    return rows


def _for_desk(question: Question, value: Any, category: Category) -> dict:
    is_known = question.kind == "category" and value == category.pk
    return {
        "key": question.key,
        "title": question.desk_title or question.title,
        "shown": str(category) if is_known else displayed(question, value),
        "kind": question.kind,
    }
