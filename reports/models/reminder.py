"""Reminders by mail: where a reporter wants one, sealed for the desk, and the sender that the operator has tested."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .case import Case


class ReminderAddress(models.Model):
    """What a reporter chose for reminders about one case: mailbox, subject and hours, sealed for the desk (H20).

    Nobody reads the sealed part in the interface; housekeeping at a desk opens it in memory to send. A row without
    ``confirmed_at`` waits for the code of the first mail. The row is deleted when reminders end.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="reminder")
    audience = models.CharField(max_length=20)
    sealed_key_id = models.CharField(max_length=16)
    sealed = models.BinaryField()
    asked_at = models.DateTimeField(default=timezone.now)
    # Of the code of the first mail. A desk makes it; a public node compares what is typed.
    code_sent_at = models.DateTimeField(null=True)
    code_salt = models.BinaryField(null=True)
    code_verifier = models.BinaryField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    # The newest message that a reminder was sent for, and when the last reminder was sent.
    covered_until = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)  # in vain, of the mail that is due
    try_again_at = models.DateTimeField(null=True)
    # In the return address of its mails, so that an undelivered one names this row and nothing else. Made by the desk.
    bounce_mark = models.CharField(max_length=16, null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.case_id)


class ReminderSender(models.Model):
    """One test of a sender of reminders: who confirmed it and when, until the settings change."""

    address = models.EmailField()
    server = models.CharField(max_length=64)  # a digest of the settings of the mail server
    digits = models.CharField(max_length=8, blank=True)  # of the test that waits for its confirmation
    sent_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=80, blank=True)
    ended_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)  # no mail has left since the first one that could not

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["address"],
                condition=Q(confirmed_at__isnull=False, ended_at=None),
                name="one_valid_test_a_sender",
            )
        ]

    def __str__(self) -> str:
        return self.address
