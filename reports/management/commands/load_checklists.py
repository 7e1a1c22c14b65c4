"""``manage.py load_checklists``: the checklists of the desk, from ``reports/starter/checklists.toml``."""

from typing import Any

from django.core.management.base import BaseCommand

from reports.models import ChecklistItem
from reports.starter_rows import FOLDER, add_missing, rows_of
from reports.translation import translated

FILE = FOLDER / "checklists.toml"
PLAIN = ("key", "kind", "order", "helpline", "guide", "certainty", "source", "dated")


class Command(BaseCommand):
    """Create the items that are missing. Those that a lead or an editor reworded or disabled are left unchanged."""

    help = "Create the checklist items that are missing; existing ones are not changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file and add what is missing."""
        new, old = add_missing(ChecklistItem, rows_of(FILE, "items"), _item)
        self.stdout.write(f"checklist items: {new} new, {old} exist already")


def _item(row: dict) -> ChecklistItem:
    plain = {name: row[name] for name in PLAIN if name in row}
    fields = ("title", "text") if "text" in row["id"] else ("title",)
    return ChecklistItem(category_id=row.get("category"), **plain, **translated(row, *fields))
