"""What staff did outside a single case, and the alarm about a person who looks at unusually much."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StaffEvent(models.Model):
    """One search, export, change of rights or similar. The entries of each person form a chain.

    ``facts`` contains keys, counts, names of accounts and case numbers, never text of a report and never what somebody
    typed. Triggers refuse changes.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    facts = models.JSONField(default=dict)
    digest = models.BinaryField()
    key_id = models.CharField(max_length=16)
    seal = models.BinaryField()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["at"], name="staff_event_at"),
            models.Index(fields=["action", "at"], name="staff_event_action"),
        ]
        constraints = [models.UniqueConstraint(fields=["by", "number"], name="one_staff_event_a_number")]

    def __str__(self) -> str:
        return f"{self.by_id}#{self.number}"


class InsiderAlarm(models.Model):
    """A person did unusually much of one kind in one day, until an auditor has looked into it. It names no case."""

    class Kind(models.TextChoices):
        NOT_THEIRS = "not_theirs", _("Cases that they did not work on, opened within a day")
        SEARCHES = "searches", _("Searches within a day")
        BULK = "bulk", _("Cases and files opened within an hour")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    day = models.DateField()
    number = models.PositiveIntegerField()
    noticed_at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "kind", "day"], name="one_insider_alarm_a_day")]
        indexes = [models.Index(fields=["-id"], condition=models.Q(settled_at=None), name="insider_alarm_open")]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"
