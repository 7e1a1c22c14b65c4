"""Counts of readers' feedback.

Only counts are kept: no address, no time of day, and search words only once several visitors used the same ones.
"""

from typing import Any

from django.db import models
from django.db.models import F, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .directory import Helpline
from .guide import Guide


class CountedQuerySet(models.QuerySet):
    """Query set of rows that count one kind of event per day."""

    def count_today(self, **key: Any) -> None:
        """Add one to today's count of the row identified by ``key``.

        Safe when two requests arrive at the same time.
        """
        row, _created = self.get_or_create(day=timezone.localdate(), **key)
        self.filter(pk=row.pk).update(count=F("count") + 1)


class DeadNumberReport(models.Model):
    """The number of readers who reported on one day that a helpline cannot be reached. Deleted at the next check."""

    helpline = models.ForeignKey(Helpline, on_delete=models.CASCADE, related_name="dead_number_reports")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    objects = CountedQuerySet.as_manager()

    class Meta:
        constraints = [UniqueConstraint(fields=["helpline", "day"], name="dead_number_once_a_day")]

    def __str__(self) -> str:
        return f"{self.helpline_id}, {self.day}: {self.count}"


class HelpfulVote(models.Model):
    """The number of readers who said on one day that a text of a guide helped, or why it did not."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        OTHER = "other", _("Not what I was looking for")
        HARD = "hard", _("Hard to understand")
        FAILED = "failed", _("The steps did not work")
        MISSING = "missing", _("Something is missing")

    REASONS = (Answer.OTHER, Answer.HARD, Answer.FAILED, Answer.MISSING)

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="helpfulness")
    language = models.CharField(max_length=5)
    revision = models.PositiveIntegerField()
    answer = models.CharField(max_length=7, choices=Answer)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    objects = CountedQuerySet.as_manager()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["guide", "language", "revision", "answer", "day"], name="helpfulness_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.guide_id} {self.language} {self.revision}, {self.day}, {self.answer}: {self.count}"


class ZeroResultSearch(models.Model):
    """The number of searches on one day for the same words without a result.

    Stored from the third visitor on, and deleted after 90 days.
    """

    language = models.CharField(max_length=5)
    words = models.CharField(max_length=40)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    objects = CountedQuerySet.as_manager()

    class Meta:
        constraints = [UniqueConstraint(fields=["language", "words", "day"], name="missed_search_once_a_day")]

    def __str__(self) -> str:
        return f"{self.words} ({self.language}), {self.day}: {self.count}"
