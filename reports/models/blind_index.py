"""The two blind indexes: find the same account or link in two cases without reading either case."""

from django.db import models

from .case import Case


class IdentifierDigest(models.Model):
    """A keyed digest of an account, link or phone number named in a case. Created at a desk only."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="identifier_digests")
    kind = models.CharField(max_length=10)
    digest = models.BinaryField(max_length=32, db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["case", "digest"], name="one_mark_a_case")]

    def __str__(self) -> str:
        return self.kind


class GateEntry(models.Model):
    """A keyed digest for the rule of linked files (safety rules H14, J1): one key for all cases, created at desks only.

    It is read only when a file is to be opened: it is never displayed and never used to link cases on a page.
    ``strict`` remains true once the case was restricted or had a category that accepts no files.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="gate_entries")
    digest = models.BinaryField(max_length=32, db_index=True)
    strict = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["case", "digest"], name="one_gate_entry_a_case")]

    def __str__(self) -> str:
        return str(self.pk)
