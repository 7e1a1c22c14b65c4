"""Count rows of a queryset up to a limit, so that a count takes the same time however many rows there are."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import IntegerField, Subquery

MAX_COUNT = 500  # above this, the exact number is of no use at the desk


class CountUpTo(Subquery):
    """The number of rows of a queryset, counted only a little beyond ``limit``, however many rows there are."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, rows: Any, limit: int = MAX_COUNT) -> None:
        # Ordered as in an index, so that PostgreSQL reads a part of the index and never the table.
        super().__init__(rows.values("pk")[: limit + 1])

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, Any]:
        """Return 0 for a queryset that can match nothing; else Django would turn a whole sum of counts into 0."""
        try:
            return super().as_sql(compiler, connection, **extra)
        except EmptyResultSet:
            return "0", ()
