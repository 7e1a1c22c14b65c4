"""The two blind indexes: the same account or link in two cases is recognised without reading either."""

from django.db import models

from .case import Case


class IdentifierDigest(models.Model):
    """A keyed digest of an account, link or phone number named in a case. Made at the desk only."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=10)
    digest = models.BinaryField(max_length=32, db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["case", "digest"], name="one_mark_a_case")]

    def __str__(self) -> str:
        return self.kind


class GateEntry(models.Model):
    """A keyed digest for the rule of linked files (safety rules H14, J1): one key for all cases, made at desks only.

    It is read when a file is to be opened and for nothing else: never shown, and never used to link cases on a page.
    ``strict`` stays true once the case was restricted or had a category that takes no files.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="gate_entries")
    digest = models.BinaryField(max_length=32, db_index=True)
    strict = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["case", "digest"], name="one_gate_entry_a_case")]

    def __str__(self) -> str:
        return str(self.pk)
