"""Copy the cases of a site inside PostgreSQL, until it has as many as the bench wants. Never for a real site.

Filing 1,000,000 cases would take forty minutes of sealing, so a thousand are filed as ``make demo-cases`` files them,
and the rest are their rows again: INSERT … SELECT with other ids and references, other colleagues and later or earlier
times. Lists, counts and plans are those of as many cases. A copy cannot be opened, because its keys are bound to the
id of the first one, and the bench opens only cases that were filed.
"""

from collections.abc import Iterable

from django.db import connection
from django.db.models import DateTimeField, Field, ForeignKey, Model, UUIDField

OPEN_STEP, CLOSED_STEP = "10 milliseconds", "6 hours"  # between one copy of a case and the next
SIGNED = 20_000  # events; the desk reads only the latest 10,000 again
# One row a copy: the case, its number, who works on it, and by how much its times are earlier.
PLAN = """
CREATE UNLOGGED TABLE bench_copy AS
WITH ranked AS (
  SELECT id, restricted, state = ANY(%(open)s) AS is_open, row_number() OVER kind AS place, count(*) OVER kind AS size
  FROM reports_case WINDOW kind AS (PARTITION BY state = ANY(%(open)s) ORDER BY id
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
), wanted AS (
  SELECT ranked.*, n, row_number() OVER (ORDER BY is_open, n, place) AS k
  FROM ranked, LATERAL generate_series(
    1, (CASE WHEN is_open THEN %(open_copies)s ELSE %(closed_copies)s END + size - place) / size) AS n
)
SELECT id AS old, n, md5(id || '/' || n)::uuid AS new, lpad(upper(to_hex(k)), 8, '0') AS reference,
  CASE WHEN restricted THEN (%(child_safety)s)[1 + k %% %(child_safety_size)s] ELSE (%(desk)s)[1 + k %% %(desk_size)s]
  END AS colleague,
  n * CASE WHEN is_open THEN %(open_step)s::interval ELSE %(closed_step)s::interval END AS earlier
FROM wanted
"""


def multiply(count: int, still_open: int, colleagues: dict[bool, list[int]]) -> None:
    """Copy the filed cases until there are ``count``, of which ``still_open`` are open.

    ``colleagues`` are the ids of the staff who work on ordinary (False) and on restricted (True) copies.
    """
    from reports import models
    from reports.models.state import OPEN_STATES

    cases = models.Case.objects
    filed, filed_open = cases.count(), cases.filter(state__in=OPEN_STATES).count()
    numbers = {
        "open": list(OPEN_STATES),
        "open_copies": max(0, still_open - filed_open),
        "closed_copies": max(0, count - still_open - (filed - filed_open)),
        "desk": colleagues[False],
        "desk_size": len(colleagues[False]),
        "child_safety": colleagues[True],
        "child_safety_size": len(colleagues[True]),
        "open_step": OPEN_STEP,
        "closed_step": CLOSED_STEP,
    }
    parts = (models.DataKey, models.Event, models.Message, models.Evidence, models.IdentifierDigest, models.GateEntry)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no foreign key is checked row by row
        cursor.execute(PLAN, numbers)
        for model in (models.Case, *parts, models.DataRequest):
            cursor.execute(_copy(model))
        cursor.execute("DROP TABLE bench_copy")
        cursor.execute("SET session_replication_role = DEFAULT")


def sign_latest() -> None:
    """Enter the latest events into the register, as housekeeping does each minute. A copy could not be signed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO reports_registerentry (number, event_id, case_id, event_number, event_digest, key_id, seal)"
            " SELECT id, id, case_id, number, digest, key_id, seal FROM reports_event ORDER BY id DESC LIMIT %s",
            [SIGNED],
        )


def _copy(model: type[Model]) -> str:
    """Return the statement that copies the rows of ``model`` for each planned copy of their case."""
    fields = [field for field in model._meta.concrete_fields if not _is_serial(field)]
    table, case = model._meta.db_table, "id" if model.__name__ == "Case" else "case_id"
    return (
        f"INSERT INTO {table} ({_names(fields)}) SELECT {', '.join(map(_value, fields))}"  # noqa: S608 (our own names)
        f" FROM {table} JOIN bench_copy ON {case} = old"
    )


def _is_serial(field: Field) -> bool:
    return field.primary_key and not isinstance(field, UUIDField)


def _names(fields: Iterable[Field]) -> str:
    return ", ".join(f'"{field.column}"' for field in fields)


def _value(field: Field) -> str:
    """Return the SQL of the copied value of a column."""
    column = f'{field.model._meta.db_table}."{field.column}"'
    if field.primary_key:
        return f"md5({column} || '/' || n)::uuid"
    if field.name in ("case", "reference"):
        return "bench_copy.new" if field.name == "case" else "bench_copy.reference"
    if isinstance(field, DateTimeField):
        return f"{column} - earlier"
    if isinstance(field, ForeignKey) and field.related_model._meta.label == "auth.User":
        return f"CASE WHEN {column} IS NOT NULL THEN colleague END"
    return column
