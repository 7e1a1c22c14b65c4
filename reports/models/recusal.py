"""Staff who must not know of a case because of a conflict of interest (safety rule H25)."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .case import Case


class Recusal(models.Model):
    """One person who does not see one case because of a conflict of interest: they left it, or a lead excluded them.

    The reason is not stored here; it is a team note.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="recusals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # The lead who excluded the person; None if they left by themselves.
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "case"], name="one_recusal_a_person")]

    def __str__(self) -> str:
        return str(self.case_id)
