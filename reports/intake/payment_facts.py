"""The sheet for a bank and the anti-scam centre: the facts that they ask for, as text to copy or print.

It is made from the answers each time it is shown and is not stored (safety rule H16). After the report is sent, its
words can no longer be decrypted, so the last page only fills in chosen answers; the reporter writes in the account.
"""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models.answers import displayed
from ..questions import QUESTIONS
from ..questions.category import chosen_category
from . import help_pages

BLANK = "_" * 12
CHOICE_QUESTIONS = ("category", "money_sent", "sent_by", "platform")  # keys of choices, never typed words
UNKNOWN = {"unknown", "other", "offline"}
WHEN = {
    "yes_24h": lambda: _("within the last 24 hours"),
    "yes_week": lambda: _("1 to 7 days ago"),
    "yes_longer": lambda: _("more than a week ago"),
}


def payment_facts(answers: dict) -> list[str]:
    """Return the lines of the sheet; an empty list unless the report is about a payment and money was sent."""
    if not chosen_category(answers).about_payment or not help_pages.money_is_moving(answers):
        return []
    return [
        _("Date and time of the payment: %(told)s") % {"told": _when(answers)},
        _("Amount: %(told)s") % {"told": f"Rp {BLANK}"},
        _("Sent from (bank or e-wallet, name of its owner): %(told)s") % {"told": BLANK},
        _("How it was paid: %(told)s") % {"told": _chosen("sent_by", answers) or BLANK},
        _("Sent to (bank or e-wallet): %(told)s") % {"told": BLANK},
        _("Account number and name of the receiver: %(told)s") % {"told": _typed("receiver", answers)},
        _("How the person made contact (app, number, account): %(told)s") % {"told": _contact(answers)},
        _("What the person promised or said: %(told)s") % {"told": BLANK},
        _("Report numbers (bank, IASC, police): %(told)s") % {"told": BLANK},
    ]


def stored_facts(answers: dict) -> dict:
    """Return the facts that the last page may still use: keys of choices; empty where no sheet is shown."""
    return {key: answers[key] for key in CHOICE_QUESTIONS if key in answers} if payment_facts(answers) else {}


def _when(answers: dict) -> str:
    today = date_format(timezone.localdate(), "j F Y")
    return _("%(blank)s (on %(today)s: %(when)s)") % {
        "blank": BLANK,
        "today": today,
        "when": WHEN[answers["money_sent"]](),
    }


def _chosen(key: str, answers: dict) -> str:
    value = answers.get(key)
    return displayed(QUESTIONS[key], value) if value and value not in UNKNOWN else ""


def _typed(key: str, answers: dict) -> str:
    # People write only four digits or half a name, so leave space for the rest.
    return " ".join(filter(None, [answers.get(key, ""), BLANK]))


def _contact(answers: dict) -> str:
    return ", ".join(filter(None, [_chosen("platform", answers), _typed("account_or_link", answers)]))
