"""The box that writes to the reporter: a template with its gaps, its text in the other language, what is missing."""

import re
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safetycenter import wording
from safetycenter.wording import Wording

from ..cases.case_effects import clock
from ..checklists import items, references
from ..models.case import Case
from ..models.reply import GAP
from ..questions import QUESTIONS
from ..questions.wording import wording_of
from ..staffing.hours import Roster, in_words
from . import reply_templates
from .case_view import CaseView
from .forms import MessageForm

# What a template calls the time of the next look, in each language; the staffed hours fill it in.
NEXT_LOOK = re.compile(r"\[(hari dan jam|day and time)\]")
LANGUAGE_OF_GAP = {"hari dan jam": "id", "day and time": "en"}
MISSING_AT_MOST = 4
ASKING = re.compile(r"[^.!?\n]+\?")
LONGER = re.compile(r"[^\W\d_]{4,}")
ASKED_AT_MOST = 6
NOTHING_TO_ADD = gettext_lazy(
    "Nothing was added: the helpline or guide of this item is not published now, or is not for this reader."
)


def context(reading: CaseView, typed: Any, forms: dict) -> dict:
    """Return what the box shows. ``typed`` is the form that came back with what was typed, if any.

    ``forms`` are those of the case page by action. A box that nobody has typed in opens with the first template while
    staff have not answered yet; a notice of the site, which has no author, is no answer.
    """
    form, first, words = typed or forms.get("reply"), "", wording_for(reading)
    answered = _answered(reading, words)
    if form and "template" in form.fields:
        form.fields["template"].choices = reply_templates.templates_for(reading.case, words.formal, reading.life())
    if form and not _opens_empty(reading):
        first = reply_templates.first_for(reading.case, words.formal, reading.life())
    if first and _asks_again(reply_templates.insert("", first), answered):
        first = ""
    opening = with_next_look(reading.case, reply_templates.insert("", first)) if first else ""
    if typed is None and form and first:
        form.initial["text"] = opening
    urgent = reading.case.tier in clock.URGENT
    end = "reply" if urgent else "resolve"
    return {
        "message_form": form,
        # Ticking off an item sends the form too: the first template alone is nothing that somebody typed.
        "is_typed": bool(typed) and _plain(typed["text"].value()) not in ("", _plain(opening)),
        "urgent": urgent,
        "words": words,
        "filled": "ask" if form and "ask" in forms and is_question(form) else end,
        "missing": _missing(reading, form, words),
        "answered": answered,
        "asked_before": _asked_before(reading),
        "gap": GAP.pattern,
        "beside": getattr(typed, "beside", "") or (_beside(reading.case, first) if first and typed is None else ""),
    }


def _opens_empty(reading: CaseView) -> bool:
    """Return whether nobody should begin with a template: the reporter withdrew, or staff have answered already."""
    return bool(reading.case.withdraw_at) or any(message.by_id for message in reading.case.messages.all())


def _asks_again(text: str, answered: list[dict]) -> bool:
    """Return whether a question in ``text`` shares half of the longer words, at least two, of an answered one."""
    asked = [_longer(question) for question in ASKING.findall(text)]
    known = [_longer(row["question"]) for row in answered]
    return any(len(words & question) >= max(2, len(words) / 2) for words in known for question in asked)


def _longer(sentence: str) -> set[str]:
    return set(LONGER.findall(sentence.lower()))


def _plain(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def filled(case: Case, data: Any) -> dict:
    """Return the initial values of the form after a press that adds text to what was typed.

    ``data`` names a template, a question (``ask``) or an item of the checklist (``put``), and the wording that the box
    showed (``formal``, ``easy``).
    """
    typed = data.dict()
    if question := QUESTIONS.get(data.get("ask", "")):
        words = Wording(formal="formal" in data, easy="easy" in data)
        return typed | {"text": _with(typed, _question_in(case.language, words, str(question.key)))}
    if "put" in data:
        return typed | {"text": put(case, data)[0]}

    def prepared(text: str) -> str:
        return with_next_look(case, _with_ticked_helper(case, text, case.language))

    return typed | {"text": prepared(reply_templates.insert(data.get("text", ""), data.get("template", ""), prepared))}


def put(case: Case, data: Any) -> tuple[str, str]:
    """Return the text of the box with a checklist item put in, and only what was added, empty if nothing was.

    ``data`` holds what was typed, the key of the item (``put``) and whether the box speaks to an adult (``formal``).
    A gap for who helps, and how to reach them, is filled from the helpline of the item; then nothing is added. So only
    a person chooses whom the reporter reads of: a helpline of the category need not fit this case (H27).
    """
    typed, item = data.get("text") or "", items.with_key(data["put"])
    if item is None:
        return typed, ""
    if (whole := references.with_helper(typed, item, case.language)) != typed:
        return whole, ""
    text = references.text_for_reply(item, case, "formal" in data)
    return (_with({"text": typed}, text) if text else typed), text


def _with_ticked_helper(case: Case, text: str, language: str) -> str:
    """Return ``text`` with these gaps filled from the only ticked item of the checklist that names a helpline.

    ``text`` is in ``language``.
    """
    if not any(gap in text for gap in references.GAPS):
        return text
    ticks = case.events.filter(action=items.TICK).order_by("number")
    ticked = [line.item for line in items.lines(case, ticks) if line.done_at and line.item.helpline]
    return references.with_helper(text, ticked[0], language) if len(ticked) == 1 else text


def beside(case: Case, data: Any) -> str:
    """Return the chosen template in the other language, for staff who do not read the reporter's.

    Its gaps are filled as those of the text that is sent.
    """
    return _beside(case, data.get("template", ""))


def _beside(case: Case, choice: str) -> str:
    other = next((code for code in reply_templates.LANGUAGES if f":{code}" not in choice), case.language)
    text = reply_templates.in_other_language(choice)
    return with_next_look(case, _with_ticked_helper(case, text, other))


def with_next_look(case: Case, text: str) -> str:
    """Return ``text`` with the gap for the next look filled from the staffed hours, in the language of the gap."""
    when = _next_look(case) if NEXT_LOOK.search(text) else None
    if when is None:
        return text

    def told(gap: re.Match) -> str:
        with translation.override(LANGUAGE_OF_GAP[gap[1]]):
            return in_words(when)

    return NEXT_LOOK.sub(told, text)


def _next_look(case: Case) -> datetime | None:
    """Return when the reporter may look again. Kept on the case, because a page fills two languages."""
    kept = vars(case)
    if "kept_next_look" not in kept:
        kept["kept_next_look"] = Roster.now().return_time(case.tier, timezone.now())
    return kept["kept_next_look"]


def is_question(form: MessageForm) -> bool:
    """Return whether the text asks something, so that "send and ask" is the button to press."""
    return "?" in (form["text"].value() or "")


def wording_for(reading: CaseView) -> Wording:
    """Return the wording in which the reporter reads; the ordinary one while a found code may be read (H6)."""
    return wording.ORDINARY if reading.case.frozen_at else wording_of(reading.answers())


def _answered(reading: CaseView, words: Wording) -> list[dict]:
    """Return the answers that the reporter chose, each with ``question``: its words as the reporter reads them."""
    open_keys = {row["key"] for row in reading.missing()}  # "I don't know" too: that can be asked once more
    rows = [row for row in reading.facts() if row["key"] in QUESTIONS.keys() - open_keys]  # in the language of staff
    with translation.override(reading.case.language), wording.use(words):
        return [row | {"question": str(QUESTIONS[row["key"]].title)} for row in rows]


def _asked_before(reading: CaseView) -> list[str]:
    """Return the questions that staff have sent in this conversation, the latest first, each once."""
    sent = [text for message in reversed(reading.told()) for text in ASKING.findall(message["text"])]
    return list(dict.fromkeys(text.strip() for text in sent))[:ASKED_AT_MOST]


def _missing(reading: CaseView, form: Any, words: Wording) -> list[dict]:
    """Return the first open questions, each with ``asked``: whether the text in the box asks it already."""
    text, language = (form["text"].value() or "") if form else "", reading.case.language
    rows = reading.missing()
    open_rows = [row for place, row in enumerate(rows) if place < MISSING_AT_MOST or row["told"]]
    return [row | {"asked": _question_in(language, words, row["key"]) in text} for row in open_rows]


def _question_in(language: str, words: Wording, key: str) -> str:
    with translation.override(language), wording.use(words):
        return _("We have one question: %(question)s “I don't know” is an answer too.") % {
            "question": QUESTIONS[key].title
        }


def _with(typed: dict, sentence: str) -> str:
    text = (typed.get("text") or "").rstrip()
    return f"{text}\n\n{sentence}" if text else sentence
