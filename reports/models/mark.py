"""Blind-index marks: the same account or link in two cases is seen without reading either."""

from django.db import models

from .case import Case


class Mark(models.Model):
    """A keyed digest of an account, link or phone number named in a case. Made at the desk only."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=10)
    digest = models.BinaryField(max_length=32, db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["case", "digest"], name="one_mark_a_case")]

    def __str__(self):
        return self.kind
