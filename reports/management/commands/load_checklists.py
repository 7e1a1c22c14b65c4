"""``manage.py load_checklists``: the checklists of the desk, from ``reports/starter/checklists.toml``."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from reports.models import Category, ChecklistItem
from reports.translation import translated

FILE = Path(__file__).resolve().parents[2] / "starter" / "checklists.toml"
PLAIN = ("key", "kind", "order", "helpline", "guide", "certainty", "source", "dated")


class Command(BaseCommand):
    """Create the items that are missing. Those that a lead or an editor reworded or disabled are left unchanged."""

    help = "Create the checklist items that are missing; existing ones are not changed."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file and add what is missing."""
        there = set(ChecklistItem.objects.values_list("key", flat=True))
        categories = set(Category.objects.values_list("pk", flat=True))
        rows = [row for row in tomllib.loads(FILE.read_text())["items"] if row["key"] not in there]
        # Without its category an item would be in every checklist: skip it until the categories exist.
        new = [_item(row) for row in rows if row.get("category", "") in {"", *categories}]
        ChecklistItem.objects.bulk_create(new)
        self.stdout.write(f"checklist items: {len(new)} new, {len(there)} exist already")


def _item(row: dict) -> ChecklistItem:
    plain = {name: row[name] for name in PLAIN if name in row}
    fields = ("title", "text") if "text" in row["id"] else ("title",)
    return ChecklistItem(category_id=row.get("category"), **plain, **translated(row, *fields))
