"""The audit log of a case: append-only and hash-chained."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .case import Case


class Event(models.Model):
    """One entry of the audit log. Triggers refuse any change or deletion (``reports.triggers``).

    ``facts`` contains plain allow-listed values (states, counts, keys of choices), never text of a report.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    side = models.CharField(max_length=10)
    at = models.DateTimeField(default=timezone.now)
    facts = models.JSONField(default=dict)
    digest = models.BinaryField()
    # The key that sealed the digest: the desk's, or that of a public node.
    key_id = models.CharField(max_length=16)
    seal = models.BinaryField()

    class Meta:
        ordering = ["number"]
        verbose_name = _("audit log")
        verbose_name_plural = _("audit log")
        default_permissions = ()
        indexes = [
            models.Index(fields=["at"], name="event_at"),  # auditors filter by day
            models.Index(fields=["action", "at"], name="event_action"),  # and by what was done
            # What a person did or opened in the last hours.
            models.Index(fields=["by", "at"], name="event_by_at", condition=models.Q(by__isnull=False)),
        ]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_event_a_number")]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.number}"
