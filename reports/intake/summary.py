"""Choices as a page shows them, with hints and the categories in groups; and the answers for the last page."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from django.forms import Form
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from safetycenter import wording
from safetycenter.memory import cached_in_wording

from ..models.answers import displayed
from ..models.category import Category, category_rows
from ..questions import SAFETY, Answers, Part, Question
from ..questions.category import DECLARED, default_category
from ..questions.core import said_own_life_at_risk
from ..questions.wording import description_of, name_of
from . import open_answers
from .draft import Draft
from .steps import WHO

GROUP_HINTS = {
    Category.Group.ME: _("bullied, followed, hurt"),
    Category.Group.SEXUAL: _("threatened, passed on, lured"),
    Category.Group.MONEY: _("cheated, hacked, loan apps"),
    Category.Group.OTHER: _("hate, gambling, drugs"),
}
# For an adult who reports for a child, where the heading of the group speaks as the reporter.
GROUPS_OF_CHILD = {Category.Group.ME: _("A child is being bothered or threatened")}
# For who did something: it happened to somebody else.
BOTHERED = _("Someone is being bothered or threatened")
FREE_TEXT_KINDS = {"text", "long", "reference"}
FILES = {"evidence", "evidence_sexual_check"}


class WordedCategory(NamedTuple):
    """One category in the language and wording of a page."""

    pk: str
    name: str
    hint: str


class WordedGroup(NamedTuple):
    """Categories under one heading."""

    heading: str
    hint: str
    members: tuple[WordedCategory, ...]


def choices(question: Question) -> list[tuple] | None:
    """Return the choices of a question that come from the database (the categories); None for all others."""
    if question.kind != "category":
        return None
    return _category_choices()


def groups(question: Question, form: Form, answers: Answers) -> list[dict]:
    """Return the radio buttons or checkboxes of a question with their hints, under headings where there are any."""
    if question.kind in {*FREE_TEXT_KINDS, "province"}:
        return []
    widgets = {str(widget.data["value"]): widget for widget in form["answer"]}
    if question.kind == "category":
        return _category_groups(widgets, answers)
    options = [{"widget": widgets[choice.key], "hint": choice.hint} for choice in question.choices]
    return [{"heading": "", "options": options}]


def for_draft(draft: Draft) -> dict:
    """Return what the last page lists: answers, unfinished words, skipped questions, and what may be added.

    ``who_and_age`` and ``pressed`` are in no fold (``open_answers``): a slip is seen.
    """
    answered: list[dict] = []
    who, pressed = open_answers.who_and_age(draft.answers), open_answers.by_one_press(draft)
    skipped: list[dict] = []
    more: list[dict] = []
    # A report that began with first aid was not asked it; the answer can be added.
    (answered if SAFETY.key in draft.answers else more).append(_row(draft, SAFETY))
    for question in draft.steps:
        if question.key == draft.ending.key:
            continue  # the page itself asks it
        if question.key in draft.answers or (question.kind == "evidence" and draft.files):
            answered.append(_row(draft, question))
        elif question.kind == "evidence" or question.key not in FILES:
            (more if question.part == Part.MORE else skipped).append(_row(draft, question))
    shown = {*pressed, *(WHO if who else ())}
    open_rows = [row for row in answered if row["key"] in pressed]
    answered = [row for row in answered if row["key"] not in shown]
    unfinished = [_row(draft, question) for question in draft.unfinished if question.key != draft.ending.key]
    rows = {"answered": answered, "unfinished": unfinished, "skipped": skipped, "more": more}
    return rows | {"pressed": open_rows, "who_and_age": who}


def _row(draft: Draft, question: Question) -> dict:
    """Return title, answer in words, and the key of the question, with which a button opens its page."""
    if question.kind == "evidence":
        return _files_row(draft, question)
    given = question.key in draft.answers
    text, typed = displayed(question, draft.answers.get(question.key)), given and question.kind in FREE_TEXT_KINDS
    return {"title": question.title, "shown": text, "typed": typed, "given": given, "key": question.key}


def _files_row(draft: Draft, question: Question) -> dict:
    count = len(draft.files)
    text = ngettext("%(count)d file", "%(count)d files", count) % {"count": count} if count else gettext("No files")
    # Only people who want to add a file are asked about naked pictures in it.
    ask = not count and "evidence_sexual_check" not in draft.answers and draft.number_of("evidence_sexual_check")
    key = "evidence_sexual_check" if ask else question.key
    return {"title": question.title, "shown": text, "typed": False, "given": bool(count), "key": key}


def _category_groups(widgets: Mapping[str, Any], answers: Answers) -> list[dict]:
    """Return four groups, with "I'm not sure" both first and last (safety rules, 4.1).

    The category of a life at risk is in no fold: it is above "Something else", and above all groups where the reporter
    has said on the first page that it is theirs.
    """
    unsure, *grouped = (_group(group, widgets, answers) for group in worded_groups())
    # The same answer a second time, for people who have read to the end. Both radio buttons share name and value.
    again = [option | {"again": True, "hint": ""} for option in unsure["options"]]
    of_life = _taken_out(grouped)
    if said_own_life_at_risk(answers):
        unsure["options"] = of_life + unsure["options"]
    else:
        grouped.insert(-1, {"heading": "", "options": of_life})
    return [unsure, *grouped, {"heading": "", "options": again}]


def _taken_out(groups: list[dict]) -> list[dict]:
    """Remove the options about a life at risk from ``groups`` and return them."""
    of_life = {slug for slug, category in DECLARED.items() if category.about_life}
    taken = []
    for group in groups:
        found = [option for option in group["options"] if str(option["widget"].data["value"]) in of_life]
        group["options"] = [option for option in group["options"] if option not in found]
        taken += [option | {"hint": ""} for option in found]  # the name says it: no more to read
    return taken


def _group(group: WordedGroup, widgets: Mapping[str, Any], answers: Answers) -> dict:
    """Return one group, a fold that is open where the answer is in it."""
    did_it = answers.get("about") == "my_own_doing"
    members = [_of_another(category) for category in group.members] if did_it else group.members
    options = [{"widget": widgets[category.pk], "hint": category.hint} for category in members]
    is_chosen = any(option["widget"].data["selected"] for option in options)
    heading = BOTHERED if did_it and group.heading == str(Category.Group.ME.label) else group.heading
    return {"heading": heading, "hint": group.hint, "options": options, "is_chosen": is_chosen}


def _of_another(category: WordedCategory) -> WordedCategory:
    """Return the category without a description that speaks to the person it happened to."""
    declared = DECLARED.get(category.pk)
    return category._replace(hint="") if declared and declared.words and declared.words.of_child else category


@cached_in_wording
def _category_choices() -> list[tuple]:
    return [(category.pk, name_of(category)) for category in category_rows()]


@cached_in_wording
def worded_groups() -> list[WordedGroup]:
    """Return the categories as this wording names them: "I'm not sure" in a group without a heading, and the others."""
    order, default, rows = list(Category.Group.values), default_category().slug, category_rows()
    rest = [row for row in rows if row.pk != default]
    rest.sort(key=lambda row: (order.index(row.group), row.order))
    unsure = WordedGroup("", "", tuple(_worded(row) for row in rows if row.pk == default))
    return [unsure, *(_worded_group(key, members) for key, members in groupby(rest, key=lambda row: row.group))]


def _worded_group(key: str, members: Iterable[Category]) -> WordedGroup:
    group = Category.Group(key)
    heading = (wording.current().formal and GROUPS_OF_CHILD.get(group)) or group.label
    return WordedGroup(str(heading), str(GROUP_HINTS[group]), tuple(map(_worded, members)))


def _worded(category: Category) -> WordedCategory:
    return WordedCategory(category.pk, name_of(category), description_of(category))
