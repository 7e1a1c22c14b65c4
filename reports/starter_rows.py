"""Add the rows of a starter file that are missing; what staff changed or switched off stays as it is."""

import tomllib
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from .models import Category, ChecklistItem, ReplyTemplate
from .translation import translated

FOLDER = Path(__file__).resolve().parent / "starter"
REPLIES, CHECKLISTS = FOLDER / "replies.toml", FOLDER / "checklists.toml"
Model = ReplyTemplate | ChecklistItem
FORMAL = "formal"


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


def add_formal(model: type[Model], row: dict) -> int:
    """Add the shipped text for a parent or teacher in each language where nobody changed anything; return how many.

    That text came later than the first release. Beside a reworded text it might say something else, so there it stays a
    proposal in the form (``shipped_formal``).
    """
    shipped, unchanged = translated(row, "text"), model.objects.filter(key=row["key"])
    return sum(
        unchanged.filter(**{name: None, other: shipped[other]}).update(**{name: text})
        for name, text in translated(row, FORMAL).items()
        if (other := name.replace(FORMAL, "text"))
    )


def shipped_formal(found: Model) -> str:
    """Return the shipped texts for a parent or teacher in the languages where ``found`` has none; "–" for none."""
    file, name = (REPLIES, "replies") if isinstance(found, ReplyTemplate) else (CHECKLISTS, "items")
    row = next((row for row in rows_of(file, name) if row["key"] == found.key), {})
    missing = [text for field, text in translated(row, FORMAL).items() if not getattr(found, field)]
    return "\n\n".join(missing) or "–"


def rows_of(file: Path, name: str) -> list[dict]:
    """Return the rows called ``name`` in a TOML file."""
    return tomllib.loads(file.read_text())[name]
