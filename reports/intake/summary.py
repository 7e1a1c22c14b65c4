"""Choices as a page shows them, with hints and the categories in groups; and the answers for the last page."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.forms import Form
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models.answers import displayed
from ..models.category import Category
from ..questions import SAFETY, Part, Question
from ..questions.category import default_category
from .draft import Draft
from .navigation import step_url

FREE_TEXT_KINDS = {"text", "long", "reference"}
FILES = {"evidence", "evidence_sexual_check"}


def choices(question: Question) -> list[tuple] | None:
    """Return the choices of a question that come from the database (the categories); None for all others."""
    if question.kind != "category":
        return None
    return [(category.pk, category.name) for category in Category.objects.all()]


def groups(question: Question, form: Form) -> list[dict]:
    """Return the radio buttons or checkboxes of a question with their hints, under headings where there are any."""
    if question.kind in FREE_TEXT_KINDS:
        return []
    widgets = {str(widget.data["value"]): widget for widget in form["answer"]}
    if question.kind == "category":
        return _category_groups(widgets)
    options = [{"widget": widgets[choice.key], "hint": choice.hint} for choice in question.choices]
    return [{"heading": "", "options": options}]


def for_draft(draft: Draft) -> dict:
    """Return what the last page lists: answers, unfinished words, skipped questions, and what may be added."""
    answered = [_row(draft, SAFETY)]
    skipped: list[dict] = []
    more: list[dict] = []
    for question in draft.steps:
        if question.key in draft.answers or question.kind == "evidence":
            answered.append(_row(draft, question))
        elif question.key not in FILES:
            (more if question.part == Part.MORE else skipped).append(_row(draft, question))
    unfinished = [_row(draft, question) for question in draft.unfinished]
    return {"answered": answered, "unfinished": unfinished, "skipped": skipped, "more": more}


def _row(draft: Draft, question: Question) -> dict:
    """Return title, answer in words, and the URL where it can be changed, which leads back to the last page."""
    if question.kind == "evidence":
        return _files_row(draft, question)
    given = question.key in draft.answers
    text, typed = displayed(question, draft.answers.get(question.key)), given and question.kind in FREE_TEXT_KINDS
    address = _address(draft, question.key)
    return {"title": question.title, "shown": text, "typed": typed, "given": given, "address": address}


def _files_row(draft: Draft, question: Question) -> dict:
    count = len(draft.files)
    text = ngettext("%(count)d file", "%(count)d files", count) % {"count": count} if count else _("No files")
    # Only people who want to add a file are asked about naked pictures in it.
    ask = not count and "evidence_sexual_check" not in draft.answers and draft.number_of("evidence_sexual_check")
    key = "evidence_sexual_check" if ask else question.key
    given, address = bool(count), _address(draft, key)
    return {"title": question.title, "shown": text, "typed": False, "given": given, "address": address}


def _address(draft: Draft, key: str) -> str:
    return step_url(draft.number_of(key), returning=True)


def _category_groups(widgets: Mapping[str, Any]) -> list[dict]:
    """Return four groups, with "I'm not sure" both first and last."""
    order = list(Category.Group.values)
    all_of_them = sorted(Category.objects.all(), key=lambda category: (order.index(category.group), category.order))
    default = default_category().slug
    unsure = [_option(widgets, category) for category in all_of_them if category.pk == default]
    rest = [category for category in all_of_them if category.pk != default]
    grouped = [
        {"heading": Category.Group(key).label, "options": [_option(widgets, category) for category in members]}
        for key, members in groupby(rest, key=lambda category: category.group)
    ]
    # The same answer a second time, for people who have read to the end. Both radio buttons share name and value.
    again = [option | {"again": True} for option in unsure]
    return [{"heading": "", "options": unsure}, *grouped, {"heading": "", "options": again}]


def _option(widgets: Mapping[str, Any], category: Category) -> dict:
    return {"widget": widgets[category.pk], "hint": category.description}
