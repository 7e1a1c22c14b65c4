"""``manage.py load_checklists``: the checklists of the desk, from ``reports/starter/checklists.toml``."""

from typing import Any

from django.core.management.base import BaseCommand

from reports.models import ChecklistItem
from reports.starter_rows import CHECKLISTS, add_formal, add_missing, rows_of
from reports.translation import translated

FILE = CHECKLISTS
PLAIN = ("key", "kind", "order", "helpline", "guide", "certainty", "source", "dated", "life")


class Command(BaseCommand):
    """Create the items that are missing. Those that a lead or an editor reworded or disabled are left unchanged.

    The text for a parent or teacher is added to an item whose text is still the shipped one, as in ``load_replies``.
    """

    help = "Create the checklist items that are missing; existing ones are not changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file and add what is missing."""
        rows = rows_of(FILE, "items")
        new, old = add_missing(ChecklistItem, rows, _item)
        filled = sum(add_formal(ChecklistItem, row) for row in rows)
        self.stdout.write(
            f"checklist items: {new} new, {old} exist already; texts for a parent or teacher added: {filled}"
        )


def _item(row: dict) -> ChecklistItem:
    plain = {name: row[name] for name in PLAIN if name in row}
    return ChecklistItem(category_id=row.get("category"), **plain, **translated(row, "title", "text", "formal"))
