"""What a reporter asks about their own data, with the code alone (UU 27/2022 articles 5 to 13, 30 and 41)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .case import Case

TIME_TO_ANSWER = timedelta(hours=72)  # 3×24 hours


class DataRequest(models.Model):
    """One request of the holder of a code, open until staff answer. To delete is a withdrawal, not a row here.

    The row is erased with the case; the record of the case keeps its kind and its answer.
    """

    class Kind(models.TextChoices):
        ACCESS = "access", _("Say what is stored")
        CORRECT = "correct", _("Correct something")
        STOP = "stop", _("Stop using it")

    class Answer(models.TextChoices):
        DONE = "done", _("Done")
        PARTLY = "partly", _("Done in part")
        REFUSED = "refused", _("Not possible")

    class Reason(models.TextChoices):
        HOLD = "hold", _("A court or an authority requires us to keep it")
        CHILD = "child", _("A child or a life may be at risk")
        UNCLEAR = "unclear", _("It is not clear what is meant; we ask in a message")

    case = models.ForeignKey(Case, models.CASCADE, related_name="data_requests")
    kind = models.CharField(max_length=10, choices=Kind)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    alarmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # when the reporter allowed us to use it again

    class Meta:
        ordering = ["asked_at", "pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["due_at"], condition=Q(answered_at=None), name="data_request_open"),
            # Whether a report is paused, asked for each case that somebody could take.
            models.Index(
                fields=["case"],
                condition=Q(kind="stop", ended_at=None) & ~Q(answer="refused"),
                name="data_request_pause",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(answered_at=None), name="one_open_data_request_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_late(self) -> bool:
        """Whether the 3×24 hours are over without an answer."""
        return self.answered_at is None and self.due_at < timezone.now()

    @classmethod
    def stopping(cls) -> Q:
        """Return the condition on rows for which ``stops_use`` holds."""
        return Q(kind=cls.Kind.STOP, ended_at=None) & ~Q(answer=cls.Answer.REFUSED)

    @property
    def stops_use(self) -> bool:
        """Whether the report must not be used now, except where a child or a life is at risk."""
        return self.kind == self.Kind.STOP and self.ended_at is None and self.answer != self.Answer.REFUSED

    @classmethod
    def due(cls, asked_at: datetime) -> datetime:
        """Return until when a request of this moment must be answered."""
        return asked_at + TIME_TO_ANSWER
