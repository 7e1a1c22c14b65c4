"""A node of the version before goes on writing: what it does not know has a default in the database."""

from django.db.migrations import AddField, CreateModel

from tests.upgrade.later_operations import later_operations


def test_new_column_of_an_old_table_has_a_default_of_the_database():
    new_tables = {
        operation.name.lower() for _where, operation in later_operations() if isinstance(operation, CreateModel)
    }
    missing = [
        f"{where}: {operation.model_name}.{operation.name}"
        for where, operation in later_operations()
        if isinstance(operation, AddField) and operation.model_name.lower() not in new_tables
        if not (operation.field.null or operation.field.many_to_many or operation.field.has_db_default())
    ]
    assert missing == [], "make it nullable or give it db_default (docs/releasing.md)"
