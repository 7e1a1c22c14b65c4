"""Views of the queue that staff have saved for themselves."""

from django.conf import settings
from django.db import models


class OwnView(models.Model):
    """A view of the queue with filters, under a name. It belongs to one person and contains nothing of a case."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000)  # the parameters of the queue page: ``show=mine&tier=0``

    class Meta:
        ordering = ["name"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="one_own_view_a_name")]

    def __str__(self) -> str:
        return self.name
