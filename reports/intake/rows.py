"""Choices as a page shows them: with hints, and the categories in their groups."""

from itertools import groupby

from django.utils.translation import gettext as _

from ..answers import shown
from ..models.category import Category
from ..questions import SAFETY, Question


def choices(question: Question) -> list[tuple] | None:
    """The choices of a question that come from the database (the categories); None for all others."""
    if question.kind != "category":
        return None
    return [(category.pk, category.name) for category in Category.objects.all()]


def groups(question: Question, form) -> list[dict]:
    """The radios or boxes of a question with their hints, under headings where there are any."""
    if question.kind in {"text", "long"}:
        return []
    widgets = {str(widget.data["value"]): widget for widget in form["answer"]}
    if question.kind == "category":
        return _category_groups(widgets)
    options = [{"widget": widgets[choice.key], "hint": choice.hint} for choice in question.choices]
    return [{"heading": "", "options": options}]


def of(draft) -> list[dict]:
    """The answers of a draft for the last page, each with the number of its step for "change"."""
    first = {
        "title": SAFETY.title,
        "shown": shown(SAFETY, draft.answers.get("safety")),
        "number": None,
        "skipped": False,
    }
    return [first] + [_row(draft, question, number) for number, question in enumerate(draft.steps, start=2)]


def _row(draft, question: Question, number: int) -> dict:
    if question.kind == "evidence":
        answer, text = draft.files, str(len(draft.files)) if draft.files else _("No files")
    else:
        answer = draft.answers.get(question.key)
        text = shown(question, answer)
    return {"title": question.title, "shown": text, "number": number, "skipped": not answer}


def _category_groups(widgets) -> list[dict]:
    """Four groups, with "I'm not sure" first and last (safety §4.1)."""
    order = list(Category.Group.values)
    all_of_them = sorted(Category.objects.all(), key=lambda category: (order.index(category.group), category.order))
    unsure = [_option(widgets, category) for category in all_of_them if category.pk == "unsure"]
    rest = [category for category in all_of_them if category.pk != "unsure"]
    grouped = [
        {"heading": Category.Group(key).label, "options": [_option(widgets, category) for category in members]}
        for key, members in groupby(rest, key=lambda category: category.group)
    ]
    # The same answer a second time, for those who have read to the end. Both radios share name and value.
    again = [option | {"again": True} for option in unsure]
    return [{"heading": "", "options": unsure}, *grouped, {"heading": "", "options": again}]


def _option(widgets, category: Category) -> dict:
    return {"widget": widgets[category.pk], "hint": category.description}
