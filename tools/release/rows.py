"""Write every row of a database as lines of JSON, and load them into a database of the same version.

Models are those of the migrations, not of the code: they have the columns that the database has at that version, and
nothing that a library adds to the models of the code. One line is ``{"table": …, "row": {column: value}}``. Tables
without a model are left out: migrate fills ``django_migrations`` and the index of the search.
"""

import json
import lzma
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.encoding import is_protected_type


def leaves() -> list[tuple[str, str]]:
    """Return the last migration of every app, ours and those of libraries, as ``(app, name)``."""
    return sorted(MigrationLoader(None).graph.leaf_nodes())


def write(path: Path) -> Counter[str]:
    """Write all rows of this database to ``path``; return the number of rows of each table, 0 included."""
    found = _models(leaves())
    counts = Counter(dict.fromkeys(found, 0))
    with lzma.open(path, "wt") as file:
        for table, row in _rows(found):
            # Times as text with all digits: the digests of the record cover them.
            file.write(json.dumps({"table": table, "row": row}, default=str) + "\n")
            counts[table] += 1
    return counts


def load(path: Path, at: Iterable[tuple[str, str]]) -> Counter[str]:
    """Replace all rows of this database, whose last migrations are ``at``, by those in ``path``; return their number.

    What the migrations themselves wrote is among them and is replaced too.
    """
    found, counts = _models(at), Counter()
    with transaction.atomic():
        for model in found.values():
            model._base_manager.all()._raw_delete(connection.alias)
        for table, rows in groupby(_lines(path), key=lambda line: line["table"]):
            objects = [_object(found[table], line["row"]) for line in rows]
            found[table]._base_manager.bulk_create(objects, batch_size=500)
            counts[table] += len(objects)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(found.values())):
            cursor.execute(statement)
    return counts


def _models(at: Iterable[tuple[str, str]]) -> dict[str, type[models.Model]]:
    state = MigrationLoader(None).project_state(list(at)).apps
    every = state.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in every if model._meta.managed and not model._meta.proxy}


def _rows(found: dict[str, type[models.Model]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for table, model in sorted(found.items()):
        for row in model._base_manager.order_by("pk"):
            yield table, {field.attname: _value(field, row) for field in model._meta.concrete_fields}


def _value(field: models.Field, row: models.Model) -> Any:
    value = field.value_from_object(row)
    return value if is_protected_type(value) or isinstance(field, models.JSONField) else field.value_to_string(row)


def _lines(path: Path) -> Iterator[dict]:
    with lzma.open(path, "rt") as file:
        yield from map(json.loads, file)


def _object(model: type[models.Model], row: dict[str, Any]) -> models.Model:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    kinds = {name: getattr(field, "target_field", field) for name, field in fields.items()}
    return model(**{name: kinds[name].to_python(value) for name, value in row.items()})
