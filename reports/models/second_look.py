"""Closed cases that a second person judges without knowing the first decision, and how often both differed."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .case import Case
from .tally import Tally


class SecondLook(models.Model):
    """A closed case that was drawn. The row is deleted with the decision or the case, whichever comes first."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="second_look")
    drawn_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["drawn_at"], name="second_look_drawn")]

    def __str__(self) -> str:
        return str(self.pk)


class SecondLookFigure(models.Model):
    """How many second looks there were at cases of one category and kind in a month, and in what they differed.

    There is no foreign key to a case, and nothing says who decided: only numbers are kept.
    """

    month = models.DateField()  # its first day
    category = models.CharField(max_length=40)  # the key of the category in which the case was closed
    kind = models.CharField(max_length=10, choices=Tally.Kind)
    looked = models.PositiveIntegerField(default=0)
    other_category = models.PositiveIntegerField(default=0)
    other_tier = models.PositiveIntegerField(default=0)
    other_outcome = models.PositiveIntegerField(default=0)
    no_outcome = models.PositiveIntegerField(default=0)  # the story alone was not enough to choose one

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["month", "category", "kind"], name="one_second_look_figure")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.category}"
