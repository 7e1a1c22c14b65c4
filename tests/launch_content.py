"""The starter content as a test wants it: loaded by its command once, copied row by row from then on."""

from collections.abc import Callable
from functools import cache
from io import StringIO

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from safetycenter.models import CacheVersion

Rows = dict[type, list[list]]
FOR_SEARCH = ("SearchDoc", "KnownWord", "Synonym")


def load(for_search: bool = True) -> None:
    """Fill the empty tables of education with the starter content, and raise the generation as loading it does.

    Without ``for_search`` the tables that only the search reads may stay empty: they are most of the time it takes.
    """
    if _copy.cache_info().currsize:
        _write({model: rows for model, rows in _copy().items() if for_search or model.__name__ not in FOR_SEARCH})
    else:
        call_command("load_starter_content", verbosity=0)
        _copy()


@cache
def _copy() -> Rows:
    """What the command wrote into this database; the database's own indexes follow by themselves."""
    models = [*apps.get_app_config("education").get_models(include_auto_created=True), CacheVersion]
    return {model: _read(model) for model in models}


def _read(model) -> list[list]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_columns(model)} FROM {model._meta.db_table}")
        return [_with_kinds(model, row, lambda key: ContentType.objects.get_for_id(key).model) for row in cursor]


@transaction.atomic
def _write(rows: Rows) -> None:
    CacheVersion.objects.all().delete()
    kinds = dict(ContentType.objects.filter(app_label="education").values_list("model", "pk"))
    with connection.cursor() as cursor:
        for model, values in rows.items():
            marks = ", ".join(["%s"] * len(model._meta.concrete_fields))
            into = f"INSERT INTO {model._meta.db_table} ({_columns(model)}) VALUES ({marks})"
            cursor.executemany(into, [_with_kinds(model, row, kinds.get) for row in values])
        for statement in connection.ops.sequence_reset_sql(no_style(), rows):
            cursor.execute(statement)


def _with_kinds(model, row, exchange: Callable) -> list:
    """``row`` with its content types exchanged: a test that empties all tables gives them new numbers."""
    row = list(row)
    for place, field in enumerate(model._meta.concrete_fields):
        if field.related_model is ContentType:
            row[place] = exchange(row[place])
    return row


def _columns(model) -> str:
    return ", ".join(connection.ops.quote_name(field.column) for field in model._meta.concrete_fields)


def run_load_command() -> str:
    """Load and return the summary."""
    out = StringIO()
    call_command("load_starter_content", stdout=out)
    return out.getvalue()
