"""Add the rows of a starter file that are missing; what staff changed or switched off stays as it is."""

import tomllib
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from .models import Category, ChecklistItem, ReplyTemplate

FOLDER = Path(__file__).resolve().parent / "starter"
Model = ReplyTemplate | ChecklistItem


@transaction.atomic
def add_missing(model: type[Model], rows: list[dict], make: Callable[[dict], Model]) -> tuple[int, int]:
    """Create what ``make`` builds from each row whose ``key`` is not in ``model``. Return how many are new, and old.

    A row with a category waits until that category exists: without it, the row would count for every case.
    """
    there = set(model.objects.values_list("key", flat=True))
    categories = {"", *Category.objects.values_list("pk", flat=True)}
    new = [make(row) for row in rows if row["key"] not in there and row.get("category", "") in categories]
    model.objects.bulk_create(new)  # type: ignore[arg-type]
    return len(new), len(there)


def rows_of(file: Path, name: str) -> list[dict]:
    """Return the rows called ``name`` in a TOML file."""
    return tomllib.loads(file.read_text())[name]
