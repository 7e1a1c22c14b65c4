"""Count or list rows of a queryset up to a limit, so that it takes the same time however many rows there are."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Field, IntegerField, JSONField, Subquery
from django.db.models.functions import JSONObject

MAX_COUNT = 200  # above this, the exact number is of no use at the desk, and counting it takes a page's time


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


class JsonRows(Subquery):
    """A list with ``facts`` of each row of a queryset, by name, of not more than its first ``limit`` rows."""

    template = "(SELECT COALESCE(JSONB_AGG(found), '[]'::jsonb) FROM (%(subquery)s) listed)"
    output_field = JSONField()

    def __init__(self, rows: Any, facts: dict[str, Any], limit: int) -> None:
        super().__init__(rows.values(found=JSONObject(**facts))[:limit])

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, Any]:
        """Return the list with the function of SQLite."""
        template = "(SELECT json_group_array(json(found)) FROM (%(subquery)s))"
        return self.as_sql(compiler, connection, template, **extra)  # type: ignore[call-arg]


class IdSet:
    """An expression whose result is a set of UUIDs: an array in PostgreSQL, JSON in SQLite, which has no arrays."""

    output_field: Any = Field()

    @property
    def convert_value(self) -> Callable:
        """Return the function that turns what the database returns into the set."""
        return lambda found, *_: set(map(UUID, json.loads(found)) if isinstance(found, str) else found or ())


class FirstIds(IdSet, Subquery):
    """The set of the UUIDs in the column ``name`` of a queryset, of not more than its first ``limit`` rows."""

    template = "ARRAY(%(subquery)s)"

    def __init__(self, rows: Any, name: str, limit: int) -> None:
        super().__init__(rows.values(found=F(name))[:limit])

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, Any]:
        """Return the list as JSON."""
        template = "(SELECT json_group_array(found) FROM (%(subquery)s))"
        return self.as_sql(compiler, connection, template, **extra)  # type: ignore[call-arg]
