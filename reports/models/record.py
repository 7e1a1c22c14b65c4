"""Tables that prove the audit log: the desk's register, its anchors, checkpoints of removed events, and alarms.

No table here has a foreign key to a case or an event, because an entry must outlive the row that it proves.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RegisterEntry(models.Model):
    """One event of one case, countersigned by a desk. The entries form one chain over all cases, in the desk's order.

    ``seal`` covers the previous seal. An entry contains no person, action or time. Triggers refuse changes.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    event_id = models.PositiveBigIntegerField(unique=True)
    case_id = models.UUIDField()
    event_number = models.PositiveIntegerField()
    event_digest = models.BinaryField()
    key_id = models.CharField(max_length=16)
    seal = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["case_id", "event_number"], name="one_entry_an_event")]

    def __str__(self) -> str:
        return str(self.number)


class Anchor(models.Model):
    """The state of the register at one moment, as a line that is sent to another machine."""

    made_at = models.DateTimeField(default=timezone.now)
    line = models.CharField(max_length=400)
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["sent_at"], name="anchor_left")]

    def __str__(self) -> str:
        return self.made_at.isoformat()


class Checkpoint(models.Model):
    """The final count and digest of a case whose events were removed at the end of their retention period.

    Triggers refuse changes.
    """

    case_id = models.UUIDField(primary_key=True)
    events_count = models.PositiveIntegerField()
    events_head = models.BinaryField()
    ended_at = models.DateTimeField(help_text="time of the last event")
    made_at = models.DateTimeField(default=timezone.now)
    key_id = models.CharField(max_length=16)
    seal = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.case_id)


class RecordAlarm(models.Model):
    """An irregularity in the audit log or in a sealed report, open until an auditor has looked into it."""

    class Kind(models.TextChoices):
        EVENT = "event", _("An audit log entry was not written by a server of this site.")
        REGISTER = "register", _("The register of events was truncated or replaced.")
        STAFF = "staff", _("The end of a person's entries in the staff log was removed.")
        SEALED = "sealed", _("The sealed data of a report do not match what was sent.")
        ERASURE = (
            "erasure",
            _("A report was due to be erased, but the audit log shows no reason for it. The report was kept."),
        )
        KEY = (
            "key",
            _(
                "A report was due to be erased, but a key file of the server that received it is missing "
                "here. The report was kept."
            ),
        )

    kind = models.CharField(max_length=10, choices=Kind)
    case_id = models.UUIDField(null=True)
    number = models.PositiveBigIntegerField(default=0)
    needs_page = models.BooleanField(default=False)  # on-call staff are still to be paged (reports/staffing/notices.py)
    noticed_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.kind
