"""A migration operation that does many others at once: Django then builds the models once, not for each of them."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddField, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation


class Together(SeparateDatabaseAndState):
    """``operations``, each of which would also work without those before it.

    Django builds the models again after every operation, which took four fifths of the time of a first ``migrate``.
    Here all operations work with the models before the first and after the last. So no two may change the same column,
    and for each model at most one may be such that SQLite makes the table again. Adding a column is not, here.
    ``atomic=True`` is for a migration that otherwise works outside a transaction.
    """

    def __init__(self, *operations: Operation, atomic: bool = False) -> None:
        super().__init__(database_operations=list(operations), state_operations=list(operations))
        self.atomic = atomic  # type: ignore[misc]  # Django sets it on the class, and reads it from the object

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return what makes this operation again."""
        return type(self).__qualname__, list(self.database_operations), {"atomic": True} if self.atomic else {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change the state without its models, which are built when they are asked for."""
        vars(state).pop("apps", None)
        state.is_delayed = False  # what is built next is whole
        super().state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Do each operation. Backwards they are done one after the other, as Django does it."""
        for operation in self.database_operations:
            if isinstance(operation, AddField) and schema_editor.connection.vendor == "sqlite":
                _add_column(operation, app_label, schema_editor, from_state, to_state)
            else:
                operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Return what ``migrate`` and ``sqlmigrate`` print."""
        return f"{len(self.database_operations)} changes at once"


def _add_column(operation: AddField, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
    """Add a column that is nullable or has a default in the database.

    For most of these, Django's editor for SQLite copies the whole table, with the columns of ``from_state`` only.
    SQLite itself adds them without a copy, as PostgreSQL does.
    """
    model = from_state.apps.get_model(app_label, operation.model_name)
    if operation.allow_migrate_model(schema_editor.connection.alias, model):
        field = to_state.apps.get_model(app_label, operation.model_name)._meta.get_field(operation.name)
        BaseDatabaseSchemaEditor.add_field(schema_editor, model, field)
