"""Counts that stop soon after a limit: above it, the exact number is of no use at the desk."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import IntegerField, Subquery

from safetycenter.roles import Account

MAX_COUNT = 500
MAX_IN_TIER = 200  # a higher limit reads more rows of one tier than PostgreSQL expects to find


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


def count_all(counted: Mapping[str, Any], user: Account) -> dict[str, int]:
    """Return all ``counted``, querysets or expressions by name, in one query. ``user`` is the row that it reads."""
    wanted = {f"n_{name}": rows if hasattr(rows, "as_sql") else CountUpTo(rows) for name, rows in counted.items()}
    found: Any = get_user_model().objects.filter(pk=user.pk).values(**wanted).get()  # type: ignore[misc]
    return {name.removeprefix("n_"): count for name, count in found.items()}


def in_words(count: int, limit: int = MAX_COUNT) -> str:
    """Return the count as displayed: ``18``, or ``500+`` above the limit."""
    return f"{limit}+" if count > limit else str(count)
