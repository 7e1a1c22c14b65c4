"""Staff who must not know of a case because of a conflict of interest (safety rule H25)."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..crypto.vault.key_ids import Wrapped
from .case import Case


class Recusal(models.Model):
    """One person who does not see one case: they left it, a lead excluded them, or its reporter asked for another one.

    The reason of staff is not stored here; it is a team note. That of the reporter is sealed for the staff of the case.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="recusals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # The lead who excluded the person; None if they left by themselves.
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # Its reporter asked for another person, and can take that back: nobody has taken the case yet.
    revocable = models.BooleanField(default=False, db_default=False)
    reason = models.BinaryField(null=True)
    reason_key_id = models.CharField(max_length=16, blank=True, default="", db_default="")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "case"], name="one_recusal_a_person")]

    def __str__(self) -> str:
        return str(self.case_id)

    @property
    def wrapped_reason(self) -> Wrapped:
        """The sealed reason of the reporter."""
        return Wrapped(self.reason_key_id, self.reason)
