"""The choices of a case: its states, the outcomes with which it is closed, how sure a fact is, how it was passed on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """The state of a case; it determines who must act next."""

    RECEIVED = "received", _("Received")
    TRIAGE = "triage", _("Waiting to be assigned")
    QUARANTINED = "quarantined", _("Quarantined, to be checked within a day")
    IN_PROGRESS = "in_progress", _("Someone is working on it")
    WAITING_REPORTER = "waiting_reporter", _("Waiting for the reporter")
    ESCALATED = "escalated", _("Escalated")
    REFERRED = "referred", _("Referred to an agency")
    RESOLVED = "resolved", _("Resolved")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn, to be erased")
    PURGED = "purged", _("Erased")


OPEN_STATES = tuple(State.values[: State.values.index(State.RESOLVED)])
REFERABLE_STATES = (*OPEN_STATES, State.RESOLVED)  # in which the time to refer runs
FREE = (State.RECEIVED, State.TRIAGE)
WAITING = (*FREE, State.QUARANTINED)  # for somebody who takes it, or checks whether a person wrote it
WORKED_ON = (State.IN_PROGRESS, State.WAITING_REPORTER, State.ESCALATED, State.REFERRED)
OPEN = (State.RECEIVED, State.TRIAGE, State.QUARANTINED, *WORKED_ON)
ANY = (*OPEN, State.RESOLVED, State.CLOSED)
LIVE = (*ANY, State.WITHDRAWN)  # all states except erased


class Outcome(models.TextChoices):
    """The reason for which a case was closed."""

    DONE = "done", _("Resolved, closed automatically")
    HELPED = "helped", _("Helped")
    REFERRED = "referred", pgettext_lazy("outcome", "Passed on")
    NO_RULE = "no_rule", _("No rule broken")
    NOT_ENOUGH = "not_enough", _("Not enough information")
    OUT_OF_SCOPE = "out_of_scope", _("Out of scope (signposted)")
    DUPLICATE = "duplicate", _("Duplicate")
    SPAM = "spam", _("Spam")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Degree(models.TextChoices):
    """How sure a fact is. What the reporter says is never shown as more than told (safety rule H23)."""

    TOLD = "told", pgettext_lazy("fact", "told")
    SEEN = "seen", pgettext_lazy("fact", "seen")
    CONFIRMED = "confirmed", pgettext_lazy("fact", "confirmed")


class ReferDecision(models.TextChoices):
    """What met the time to refer of a case (safety rule K1)."""

    REFERRED = "referred", _("Passed on, with a receipt")
    SHEET = "sheet", _("The reporter got the self-report sheet")
    NOT_REFERRED = "not_referred", _("Not to be passed on")
