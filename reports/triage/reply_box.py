"""The box that writes to the reporter: a template with its gaps, its text in the other language, what is missing."""

import re
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..cases.case_effects import clock
from ..checklists import items, references
from ..models.case import Case
from ..models.reply import GAP
from ..questions import QUESTIONS
from ..staffing.hours import Roster, in_words
from . import reply_templates
from .case_view import CaseView
from .forms import MessageForm

# What a template calls the time of the next look, in each language; the staffed hours fill it in.
NEXT_LOOK = re.compile(r"\[(hari dan jam|day and time)\]")
MISSING_AT_MOST = 4
ASKING = re.compile(r"[^.!?\n]+\?")
ASKED_AT_MOST = 6
NOTHING_TO_ADD = gettext_lazy("Nothing was added: the helpline or guide of this item is not published now.")


def context(reading: CaseView, typed: Any, forms: dict) -> dict:
    """Return what the box shows. ``typed`` is the form that came back with what was typed, if any.

    ``forms`` are those of the case page by action. A box that nobody has typed in opens with the first template while
    staff have not answered yet; a notice of the site, which has no author, is no answer.
    """
    form, first = typed or forms.get("reply"), ""
    if typed is None and form and not any(message.by_id for message in reading.case.messages.all()):
        first = reply_templates.first_for(reading.case)
        form.initial["text"] = with_next_look(reading.case, reply_templates.insert("", first))
    urgent = reading.case.tier in clock.URGENT
    end = "reply" if urgent else "resolve"
    return {
        "message_form": form,
        "urgent": urgent,
        "filled": "ask" if form and "ask" in forms and is_question(form) else end,
        "missing": _missing(reading, form),
        "answered": _answered(reading),
        "asked_before": _asked_before(reading),
        "gap": GAP.pattern,
        "beside": getattr(typed, "beside", "") or (reply_templates.in_other_language(first) if first else ""),
    }


def filled(case: Case, data: Any) -> dict:
    """Return the initial values of the form after a press that adds text to what was typed.

    ``data`` names a template, a question (``ask``) or an item of the checklist (``put``).
    """
    typed = data.dict()
    if question := QUESTIONS.get(data.get("ask", "")):
        return typed | {"text": _with(typed, _question_in(case.language, str(question.key)))}
    if "put" in data:
        text = item_text(case, data["put"])
        return typed | ({"text": _with(typed, text)} if text else {})
    text = reply_templates.insert(data.get("text", ""), data.get("template", ""))
    return typed | {"text": with_next_look(case, text)}


def item_text(case: Case, key: str) -> str:
    """Return the text of a checklist item for the reporter of ``case``; empty if there is nothing to send."""
    item = items.with_key(key)
    return references.text_for_reply(item, case.language) if item else ""


def beside(data: Any) -> str:
    """Return the chosen template in the other language, for staff who do not read the reporter's."""
    return reply_templates.in_other_language(data.get("template", ""))


def with_next_look(case: Case, text: str) -> str:
    """Return ``text`` with the gap for the next look filled from the staffed hours, in the reporter's language."""
    when = Roster.now().return_time(case.tier, timezone.now()) if NEXT_LOOK.search(text) else None
    if when is None:
        return text
    with translation.override(case.language):
        return NEXT_LOOK.sub(in_words(when), text)


def is_question(form: MessageForm) -> bool:
    """Return whether the text asks something, so that "send and ask" is the button to press."""
    return "?" in (form["text"].value() or "")


def _answered(reading: CaseView) -> list[dict]:
    """Return the answers that the reporter chose, each with ``question``: its words in the reporter's language."""
    rows = [row for row in reading.facts() if row["key"] in QUESTIONS]  # in the language of staff
    with translation.override(reading.case.language):
        return [row | {"question": str(QUESTIONS[row["key"]].title)} for row in rows]


def _asked_before(reading: CaseView) -> list[str]:
    """Return the questions that staff have sent in this conversation, the latest first, each once."""
    sent = [text for message in reversed(reading.told()) for text in ASKING.findall(message["text"])]
    return list(dict.fromkeys(text.strip() for text in sent))[:ASKED_AT_MOST]


def _missing(reading: CaseView, form: Any) -> list[dict]:
    """Return the first open questions, each with ``asked``: whether the text in the box asks it already."""
    text, language = (form["text"].value() or "") if form else "", reading.case.language
    return [row | {"asked": _question_in(language, row["key"]) in text} for row in reading.missing()[:MISSING_AT_MOST]]


def _question_in(language: str, key: str) -> str:
    with translation.override(language):
        return _("We have one question: %(question)s “I don't know” is an answer too.") % {
            "question": QUESTIONS[key].title
        }


def _with(typed: dict, sentence: str) -> str:
    text = (typed.get("text") or "").rstrip()
    return f"{text}\n\n{sentence}" if text else sentence
