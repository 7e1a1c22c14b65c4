"""What the reporter reads for each state and outcome: the sentences of safety.md §4.3."""

from django.utils import timezone
from django.utils.translation import gettext as _

from ..hours import in_words
from ..models.case import Case, Outcome, State


def status(case: Case) -> dict:
    """``{"kind": ok|wait|late, "title": …, "text": …}`` for the top of the page."""
    if case.withdraw_at:
        if case.hold or case.withdraw_at < timezone.now():
            text = _("Because a child or a life may be at risk, a specialist decides what the law has us keep.")
            return {"kind": "wait", "title": _("You asked us to delete this report."), "text": text}
        text = _("You can still cancel it until then.")
        title = _("This report will be deleted: %(when)s.") % {"when": in_words(case.withdraw_at)}
        return {"kind": "wait", "title": title, "text": text}
    if case.promised_again_at and case.state == State.ESCALATED:
        title = _("Another person looks at it by %(when)s at the latest.") % {"when": in_words(case.promised_again_at)}
        return {"kind": "wait", "title": title, "text": ""}
    if case.state in WAITING:
        return _waiting(case)
    if case.state == State.CLOSED:
        return {"kind": "ok", "title": OUTCOMES[case.outcome](), "text": ""}
    title, text = STATES[case.state]()
    return {"kind": "ok", "title": title, "text": text}


def _waiting(case: Case) -> dict:
    if case.seen_at:
        return {"kind": "wait", "title": _("A person has read it. It is waiting for the next step."), "text": ""}
    when, now = in_words(case.due_at), timezone.now()
    if case.due_at < now:
        text = _("A person must now look at it first of all. In danger, don't wait for us.")
        if case.promised_again_at and case.promised_again_at > now:
            again = {"when": in_words(case.promised_again_at)}
            text = _("A person must now look at it before %(when)s. In danger, don't wait for us.") % again
        return {
            "kind": "late",
            "title": _("We are late. Sorry. It was promised for %(when)s.") % {"when": when},
            "text": text,
        }
    title = _("Waiting to be read by a person, by %(when)s at the latest.") % {"when": when}
    return {"kind": "wait", "title": title, "text": ""}


WAITING = (State.RECEIVED, State.TRIAGE, State.QUARANTINED)
STATES = {
    State.IN_PROGRESS: lambda: (_("Someone is working on it."), ""),
    State.WAITING_REPORTER: lambda: (
        _("We have one question."),
        _("Answer when it is safe; “I don't know” is an answer too."),
    ),
    State.ESCALATED: lambda: (_("A specialist is working on it."), ""),
    State.REFERRED: lambda: (_("Passed on. The message says more."), ""),
    State.RESOLVED: lambda: (_("Our steps are done."), _("The outcome is in the message.")),
}
OUTCOMES = {
    Outcome.HELPED: lambda: _("Our steps are done. The outcome is in the message."),
    Outcome.REFERRED: lambda: _("Passed on. The message says more."),
    Outcome.NO_RULE: lambda: _("We found nothing that we can act on. That doesn't mean it was wrong to tell us."),
    Outcome.NOT_ENOUGH: lambda: _("We don't have enough information yet. You can add to it at any time."),
    Outcome.OUT_OF_SCOPE: lambda: _("We cannot act on this. The message says who can."),
    Outcome.DUPLICATE: lambda: _("We already dealt with the same thing; your report helps."),
    Outcome.SPAM: lambda: _("This report is closed."),
    Outcome.WITHDRAWN: lambda: _("This report is closed."),
}
