"""Texts for the reporter: what they read when a case was passed on, and the self-report sheet.

The sheet is a text with which the reporter can report to an agency themselves (safety rules K1, K5). It is sent as a
message, so anyone who has the code can read it. It names neither the harm nor the category, and without ``with_facts``
nothing that the reporter told us either: it leaves gaps for that (H6).
"""

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from safetycenter import wording
from safetycenter.wording import Wording

from ..models.agency import Agency
from ..models.answers import displayed
from ..models.case import Case
from ..questions import QUESTIONS

BLANK = "_" * 12
NOT_TELLING = {"unknown", "other", "offline"}


def sheet(
    case: Case,
    language: str,
    agency: Agency | None = None,
    answers: Mapping[str, Any] | None = None,
    words: Wording = wording.ORDINARY,
) -> str:
    """Return the sheet in a language and a wording. With ``answers``, app, account and link are filled in."""
    told = answers or {}
    with translation.override(language), wording.use(words):
        lines = [
            _("You can also report it yourself. You decide whether and when; it changes nothing here."),
            *([agency.how_to_report] if agency and agency.how_to_report else []),
            _("You can bring someone you trust. Nobody is allowed to ask you for money for this."),
            "",
            _("To copy and fill in:"),
            _("I reported it on %(day)s. Number of my report: %(reference)s")
            % {"day": date_format(localdate(case.received_at), "j F Y"), "reference": case.display_reference},
            _("When it happened (day, time, time zone): %(told)s") % {"told": BLANK},
            _("App or website: %(told)s") % {"told": _platform(told) or BLANK},
            _("Account names and links: %(told)s") % {"told": told.get("account_or_link") or BLANK},
            _("What happened, in my words: %(told)s") % {"told": BLANK},
            _("What I still have (messages, receipts, no naked or sexual pictures): %(told)s") % {"told": BLANK},
            _("How I can be reached safely: %(told)s") % {"told": BLANK},
            _("Number that they give me: %(told)s") % {"told": BLANK},
        ]
    return "\n".join(lines)


def passed_on_message(language: str, words: Wording = wording.ORDINARY) -> str:
    """Return a first message to the reporter of a case that was passed on. It names no agency (H6)."""
    with translation.override(language), wording.use(words):
        return _(
            "We have passed your report on to people who can act on it. You need not do anything for that. If you want "
            "to know who they are, ask here."
        )


def _platform(answers: Mapping[str, Any]) -> str:
    value = answers.get("platform")
    return displayed(QUESTIONS["platform"], value) if value and value not in NOT_TELLING else ""
