"""A message that staff can still take back, because the reporter cannot read it yet."""

from django.conf import settings
from django.db import models

from .case import Case
from .message import Message


class Undo(models.Model):
    """What ``cases.case_effects.undo`` needs: the message, and the columns of the case as they were before it was sent.

    ``columns`` maps names of clear columns to their serialised values; ``version`` is that of the case afterwards, so
    that nothing is undone once somebody else has acted. ``package``: the columns of the referral whose receipt was
    entered with the message, as they were before.
    """

    case = models.OneToOneField(Case, models.CASCADE, related_name="undo")
    message = models.ForeignKey(Message, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    columns = models.JSONField()
    package = models.JSONField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.case_id)
