"""Counters of cases, changed in the transaction of each change, and the figures of a quarter that are published.

No table here has a foreign key to a case: figures outlive the case that they count.
"""

from typing import Any

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .case import Case
from .state import State


class Tally(models.Model):
    """A number that is added to one counter; the counter is the sum of its rows.

    Each change of a case adds rows and never updates one, so that no two reporters or moderators wait for the same row.
    Housekeeping folds the rows of one counter into one.
    """

    class Measure(models.TextChoices):
        """What is counted. ``promised`` to ``late`` are counted on the day on which the promise was due."""

        STOCK = "stock"  # cases now, by state
        WAITING = "waiting"  # cases that wait for staff now, by the time of their arrival
        HELD = "held"  # cases assigned now, by person
        RECEIVED = "received"
        PROMISED = "promised"  # first looks promised to reporters
        KEPT = "kept"  # of these: somebody looked in time
        LATE = "late"  # of these: somebody looked too late
        ANSWERED = "answered"  # messages and questions by staff
        FIRST_LOOK = "first_look"  # cases that a person looked at for the first time, by the time since the report
        FIRST_WORD = "first_word"  # first messages of staff, by the time since the report
        RESOLVED = "resolved"
        CLOSED = "closed"  # by outcome
        DONE = "done"  # cases that were open and are not any more
        REOPENED = "reopened"  # on the day on which the case had been resolved
        WITHDRAWN = "withdrawn"  # requests of reporters to withdraw
        OBJECTION = "objection"
        REVIEWED = "reviewed"  # objections after which the case was closed again, by what changed
        ERASED = "erased"
        OPENED = "opened"  # cases, files and pictures opened by a member of staff

    class Kind(models.TextChoices):
        """Who may know of a case; ``roles.KIND_PERMISSIONS`` has the permissions in the same order."""

        ORDINARY = "ordinary"
        RESTRICTED = "restricted"
        WITHHELD = "withheld"

    class Stage(models.IntegerChoices):
        """How a row came about."""

        NEW = 0  # by a change of a case
        FOLDED = 1  # by housekeeping, from new rows
        OPENING = 2  # counted from cases and events that were there before the tally

    measure = models.CharField(max_length=10, choices=Measure)
    day = models.DateField(null=True)  # in the time zone of the site; null for the cases of now
    # What part of a measure: a state, an outcome, what was opened.
    value = models.CharField(max_length=20, default="")
    slot = models.PositiveSmallIntegerField(null=True)  # a quarter of an hour of ``day``, or a class of durations
    tier = models.PositiveSmallIntegerField(null=True)
    age_band = models.CharField(max_length=10, choices=Case.AgeBand, default="")
    category = models.CharField(max_length=40, default="")  # the key of a category
    kind = models.CharField(max_length=10, choices=Kind)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    number = models.IntegerField()
    stage = models.PositiveSmallIntegerField(choices=Stage, default=Stage.NEW)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["measure", "day", "tier", "kind"], name="tally_measure"),
            models.Index(fields=["id"], name="tally_new", condition=models.Q(stage=0)),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.day or ''} {self.number}"


class TallyCheck(models.Model):
    """The one row that says since when cases are counted, and how the last comparison with a recount ended."""

    counting_since = models.DateTimeField(default=timezone.now)
    last_event = models.BigIntegerField(default=0)  # events up to this id are counted among what staff opened
    checked_at = models.DateTimeField(null=True)
    differences = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.checked_at)


class QuarterFigures(models.Model):
    """The published figures of one quarter, small numbers already left out. Computed once and never again."""

    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    figures = models.JSONField(_("figures"))
    published_at = models.DateTimeField(_("published"), default=timezone.now)

    class Meta:
        ordering = ["-year", "-quarter"]
        verbose_name = _("figures of a quarter")
        verbose_name_plural = _("figures of the quarters")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["year", "quarter"], name="one_row_a_quarter")]

    def __str__(self) -> str:
        return f"{self.year}-Q{self.quarter}"


class FigureCorrection(models.Model):
    """A dated correction of published figures, with its reason. The figures themselves stay as they were."""

    quarter = models.ForeignKey(
        QuarterFigures, models.PROTECT, related_name="corrections", verbose_name=_("figures of a quarter")
    )
    made_on = models.DateField(_("date"), default=timezone.localdate, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    text = models.TextField(
        _("correction"),
        max_length=1000,
        validators=[MinLengthValidator(20)],
        help_text=_("Which figure was wrong, what is right, and why. Everybody can read it. Give no number under 5."),
    )

    class Meta:
        ordering = ["made_on", "pk"]
        verbose_name = _("correction of figures")
        verbose_name_plural = _("corrections of figures")
        default_permissions = ("view", "add")

    def __str__(self) -> str:
        return f"{self.quarter}: {self.made_on}"


def kind_of(columns: dict[str, Any]) -> str:
    """Return the kind of a case with these ``columns``."""
    if columns["withheld"]:
        return Tally.Kind.WITHHELD
    return Tally.Kind.RESTRICTED if columns["restricted"] else Tally.Kind.ORDINARY


NOT_COUNTED = (State.PURGED,)  # not among the cases of now
