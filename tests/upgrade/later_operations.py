"""What the migrations after 0.1.0 do, also inside ``safetycenter.migrating.Together``."""

from collections.abc import Iterator

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from safetycenter.migrating import Together
from safetycenter.schema import OUR_APPS


def later_operations() -> Iterator[tuple[str, Operation]]:
    """Each operation of every migration after the first of each of our apps, with ``app.name`` of the migration."""
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if app in OUR_APPS and not name.startswith("0001_"):
            for operation in migration.operations:
                parts = operation.database_operations if isinstance(operation, Together) else [operation]
                yield from ((f"{app}.{name}", part) for part in parts)
