"""Whether the operator has begun to stop the service, and until when reporters can still read and write."""

from django.db import models
from django.utils import timezone


class WindDown(models.Model):
    """The decision to stop. The table has at most one row; without one, the service goes on."""

    begun_at = models.DateTimeField(default=timezone.now)
    last_day = models.DateField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.last_day.isoformat()
