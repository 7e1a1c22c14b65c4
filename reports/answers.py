"""Answers in words, for the reporter's last page and for staff."""

import json

from django.utils.translation import gettext as _

from .models.category import Category
from .questions import QUESTIONS, SAFETY, Question
from .vault.box import Unreadable
from .vault.keyring import NARRATIVE, Erased


def shown(question: Question, value) -> str:
    """One answer in the active language; "Skipped" when there is none."""
    if not value:
        return _("Skipped")
    if question.kind == "category":
        return str(Category.objects.get(pk=value))
    labels = {choice.key: str(choice.label) for choice in question.choices}
    values = value if isinstance(value, list) else [value]
    return "; ".join(labels.get(item, item) for item in values)


def shown_answers(answers: dict) -> list[dict]:
    """For staff: ``key``, ``title`` and ``shown`` of every answer that was given, in the order of the questions."""
    asked = {"safety": SAFETY} | QUESTIONS
    return [_for_desk(question, answers[key]) for key, question in asked.items() if key in answers]


def accounts_named(case) -> str:
    """Accounts and links that the reporter named, for the blind indexes; empty when they were erased.

    Raises Unreadable where the answers or their keys are damaged: what they name is unknown then, and a case that was
    entered as naming nobody would open its files. Raises KeyMissing at a desk that does not have the key of this case:
    another desk has it.
    """
    try:
        sealed = case.staff_keyring().open(NARRATIVE, "case", "answers", case.answers)
    except Erased:
        return ""
    except TypeError as error:
        raise Unreadable("answers") from error
    return json.loads(sealed).get("account_or_link", "")


def _for_desk(question: Question, value) -> dict:
    title = question.desk_title or question.title
    return {"key": question.key, "title": title, "shown": shown(question, value), "kind": question.kind}
