"""The words that the reporter reads for each state and outcome (safety rule K8)."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from ..cases.case_effects import other_person
from ..models.case import Case, Outcome, State
from ..staffing.hours import Roster, after_in_words, in_words


def status(case: Case) -> dict:
    """Return ``{"kind": ok|wait|late, "title": …, "text": …}`` for the top of the page."""
    if case.withdraw_at:
        return _withdrawn(case)
    if case.is_stopped:
        return _state_status("wait", _("Paused. We are not using your report for now."))
    if asked := _asked_for_a_person(case):
        return asked
    if case.state in WAITING_STATES:
        return _waiting(case)
    state = _shown_state(case)
    if state in (State.WAITING_REPORTER, State.REFERRED, State.RESOLVED) and _has_waiting_message(case):
        return _state_status("ok", *STATES[State.IN_PROGRESS]())
    if state == State.RESOLVED and not case.is_reporter_informed:
        return _state_status("ok", _("Our steps are done."), _("You can still write to us at any time."))
    if case.state == State.CLOSED:
        said = OUTCOMES if case.is_reporter_informed else OUTCOMES | WITHOUT_MESSAGE
        return _state_status("ok", said[case.outcome]())
    return _state_status("ok", *STATES[state]())


def _has_waiting_message(case: Case) -> bool:
    """Return whether the last message of staff cannot be read yet, because it can still be taken back."""
    by_staff = [message for message in case.messages.all() if message.side == "staff"]
    return bool(by_staff) and by_staff[-1].is_waiting


def _shown_state(case: Case) -> str:
    # A lead was asked to close the case; the reporter sees no change, because nothing more is done.
    return State.RESOLVED if case.left_open_at else case.state


def return_time(case: Case) -> datetime | None:
    """Return when to come back (H20); None when nothing is expected.

    With a code that somebody found, no time of the case is shown, only when somebody is on duty again.
    """
    now, roster = timezone.now(), Roster.now()
    if case.frozen_at:
        return roster.return_time(LOWEST_TIER, now)
    if case.withdraw_at or case.is_stopped or _shown_state(case) in ENDED_STATES:
        return None
    # P0: the next staffed hour, which may be today. For the other tiers, ``return_time`` names tomorrow or later.
    next_look = roster.promise(0, now) if case.tier == 0 else roster.return_time(case.tier, now)
    return _promised(case, now) or next_look


def return_hint(when: datetime | None) -> str:
    """Return the sentence that names the time to come back; empty when nothing is expected."""
    return _("Look again %(when)s.") % {"when": after_in_words(when)} if when else ""


def _promised(case: Case, now: datetime) -> datetime | None:
    if case.seen_at:
        promises = [case.promised_again_at, case.next_action_at if case.unread_reply else None]
    else:
        promises = [case.due_at, case.promised_again_at]
    if case.state not in (*WAITING_STATES, State.ESCALATED):
        return None
    return min((promise for promise in promises if promise and promise > now), default=None)


def _withdrawn(case: Case) -> dict:
    # The same for everyone: a person beside the reporter must not read what was answered about pressure (H7).
    # Nor what a lead has decided before the time comes by which the page promises to say it.
    when = in_words(case.withdraw_at)
    if case.withdraw_at > timezone.now():
        text = _(
            "If the law has us keep some or all of it, you read that here by then at the latest. Until it is deleted, "
            "you can change your mind."
        )
        return _state_status("wait", _("We delete this report no earlier than %(when)s.") % {"when": when}, text)
    if case.hold:
        text = _("It is deleted when that ends. Until then you can change your mind.")
        return _state_status("wait", _("The law has us keep this report for now."), text)
    text = _(
        "Your report is not deleted yet. A person must now look at it as soon as possible. Until it is deleted, you "
        "can change your mind."
    )
    return _late_status(when, text)


def _asked_for_a_person(case: Case) -> dict | None:
    if case.other_due_at:
        return _other_person(case)
    if case.promised_again_at and case.state == State.ESCALATED and not case.left_open_at:
        return _another_person(case)
    return None


def _other_person(case: Case) -> dict:
    if not other_person.has_others(case):
        text = _("Those responsible know about it. Your report keeps its place. In danger, don't wait for us.")
        return _state_status("wait", _("You asked for another person. Right now nobody else here can take it."), text)
    when = {"when": in_words(case.other_due_at)}
    if case.other_due_at < timezone.now():
        return _late_status(
            when["when"], _("Another person must now take it as soon as possible. In danger, don't wait for us.")
        )
    text = _("You asked for it. The person who handled it until now cannot open it any more.")
    return _state_status("wait", _("Another person takes your report by %(when)s at the latest.") % when, text)


def _another_person(case: Case) -> dict:
    when = in_words(case.promised_again_at)
    asked_at = case.events.filter(action="request_review").values_list("at", flat=True).last()
    text = _("You asked for it: %(when)s.") % {"when": in_words(asked_at)} if asked_at else ""
    if case.promised_again_at < timezone.now():
        return _late_status(when, _("A person must now look at it as soon as possible. In danger, don't wait for us."))
    return _state_status("wait", _("Another person looks at it by %(when)s at the latest.") % {"when": when}, text)


def _waiting(case: Case) -> dict:
    if case.seen_at and case.unread_reply:
        return _unread(case)
    if case.seen_at:
        return _state_status("wait", _("A person has read it. It is waiting for the next step."))
    when, now = in_words(case.due_at), timezone.now()
    if case.due_at < now:
        text = _("A person must now look at it as soon as possible. In danger, don't wait for us.")
        if case.promised_again_at and case.promised_again_at > now:
            again = {"when": in_words(case.promised_again_at)}
            text = _("A person must now look at it before %(when)s. In danger, don't wait for us.") % again
        given_back = case.last_handler_id and not case.unread_reply
        return _state_status("late", _back_in_queue_text(), text) if given_back else _late_status(when, text)
    return _state_status("wait", _("Waiting to be read. Someone will read it by %(when)s.") % {"when": when})


def _unread(case: Case) -> dict:
    if case.next_action_at < timezone.now():
        text = _("We are late. Sorry. A person must now look at it as soon as possible. In danger, don't wait for us.")
        return _state_status("late", _("Your new message has arrived. It is waiting to be read."), text)
    when = {"when": in_words(case.next_action_at)}
    return _state_status("wait", _("Your new message has arrived. A person reads it by %(when)s at the latest.") % when)


def _back_in_queue_text() -> str:
    # The promised review took place, so do not say that nobody looked.
    return _("We are late. Sorry. A person has read it, but nobody has answered yet.")


def _late_status(when: str, text: str) -> dict:
    return _state_status("late", _("We are late. Sorry. It was promised for %(when)s.") % {"when": when}, text)


def _state_status(kind: str, title: str, text: str = "") -> dict:
    return {"kind": kind, "title": title, "text": text}


WAITING_STATES = (State.RECEIVED, State.TRIAGE, State.QUARANTINED)
ENDED_STATES = (State.RESOLVED, State.CLOSED, State.WITHDRAWN)
LOWEST_TIER = 4
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
    Outcome.DONE: lambda: _("Our steps are done. The outcome is in the message."),
    Outcome.HELPED: lambda: _("Our steps are done. The outcome is in the message."),
    Outcome.REFERRED: lambda: _("We passed your report on. The message says more."),
    Outcome.NO_RULE: lambda: _("We found nothing that we can act on. That doesn't mean it was wrong to tell us."),
    Outcome.NOT_ENOUGH: lambda: _("We don't have enough information yet. You can add to it at any time."),
    Outcome.OUT_OF_SCOPE: lambda: _("We cannot act on this. The message says who can."),
    Outcome.DUPLICATE: lambda: _("We already dealt with the same thing; your report helps."),
    Outcome.SPAM: lambda: _("This report is closed."),
    Outcome.WITHDRAWN: lambda: _("This report is closed."),
}
# The same outcomes, if there is no message to which the sentence could refer.
WITHOUT_MESSAGE = {
    Outcome.DONE: lambda: _("Our steps are done."),
    Outcome.REFERRED: lambda: _("We passed your report on."),
}
