"""The two blind indexes: find the same account or link in two cases without reading either case."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func

from .bounded_count import IdSet
from .case import Case


class IdentifierDigest(models.Model):
    """A keyed digest of an account, link or phone number named in a case. Created at a desk only."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="identifier_digests")
    kind = models.CharField(max_length=10)
    digest = models.BinaryField(max_length=32)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["case", "digest"], name="one_mark_a_case")]
        indexes = [models.Index(fields=["digest", "case"], name="same_mark")]

    def __str__(self) -> str:
        return self.kind


class GateEntry(models.Model):
    """A keyed digest for the rule of linked files (safety rules H14, J1): one key for all cases, created at desks only.

    It is read only when a file is to be opened: it is never displayed and never used to link cases on a page.
    ``strict`` remains true once the case was restricted or had a category that accepts no files.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="gate_entries")
    digest = models.BinaryField(max_length=32)
    strict = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["case", "digest"], name="one_gate_entry_a_case")]
        indexes = [models.Index(fields=["digest", "case"], name="same_strict_entry", condition=models.Q(strict=True))]

    def __str__(self) -> str:
        return str(self.pk)


class SameNamed(IdSet, Func):
    """The ids of other cases that name the same as a case: of each account, link or number up to ``limit``.

    It begins with what this case names. As a condition on all digests, PostgreSQL plans to read their whole index when
    a few accounts are named in most reports; nothing within LATERAL with a LIMIT can be planned so.
    """

    template = (
        "ARRAY(SELECT other.case_id FROM reports_identifierdigest own CROSS JOIN LATERAL ("
        " SELECT same.case_id FROM reports_identifierdigest same"
        " WHERE same.digest = own.digest AND same.case_id <> %(expressions)s ORDER BY same.case_id LIMIT %(limit)s"
        ") other WHERE own.case_id = %(expressions)s)"
    )
    # SQLite has neither LATERAL nor a limit within a join, and reads a few digests of one case fast enough.
    template_sqlite = (
        "(SELECT json_group_array(case_id) FROM (SELECT same.case_id FROM reports_identifierdigest own"
        " CROSS JOIN reports_identifierdigest same ON same.digest = own.digest AND same.case_id <> %(expressions)s"
        " WHERE own.case_id = %(expressions)s LIMIT %(limit)s))"
    )

    def __init__(self, limit: int) -> None:
        super().__init__(F("pk"), limit=int(limit))

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, Any]:
        """Return the list as JSON, up to ``limit`` in all."""
        return self.as_sql(compiler, connection, template=self.template_sqlite, **extra)
