"""The migration operation for a new index on a table that exists: it locks nobody out while the index is built."""

from typing import Any

from django.db import NotSupportedError
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddIndex

STATE = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)"


class AddIndexWithoutLock(AddIndex):
    """``AddIndex`` that builds with CONCURRENTLY on PostgreSQL, and as usual on SQLite.

    CONCURRENTLY works outside a transaction only, so the migration needs ``atomic = False`` and should do nothing else.
    Such a build can break off half-way. It leaves an index that is not valid; running the migration again replaces it,
    and keeps an index that was finished. Django's ``AddIndexConcurrently`` does neither, and fails on SQLite.
    """

    atomic = False

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Build the index. Raises NotSupportedError inside a transaction, on both databases."""
        _require_no_transaction(schema_editor)
        model = to_state.apps.get_model(app_label, self.model_name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        if schema_editor.connection.vendor != "postgresql":
            schema_editor.add_index(model, self.index)
        elif not (built := _is_built(schema_editor, self.index.name)):
            if built is not None:
                schema_editor.remove_index(model, self.index, concurrently=True)
            schema_editor.add_index(model, self.index, concurrently=True)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Remove the index. Raises NotSupportedError inside a transaction, on both databases."""
        _require_no_transaction(schema_editor)
        model = from_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            concurrently = {"concurrently": True} if schema_editor.connection.vendor == "postgresql" else {}
            schema_editor.remove_index(model, self.index, **concurrently)


def _require_no_transaction(schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.in_atomic_block:
        raise NotSupportedError("AddIndexWithoutLock needs atomic = False in its migration.")


def _is_built(schema_editor: BaseDatabaseSchemaEditor, name: str) -> bool | None:
    """Return whether the index ``name`` is valid; None if there is none."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(STATE, [f'"{name}"'])
        row = cursor.fetchone()
    return row and row[0]
