"""``manage.py load_categories``: the categories of the report form, from ``reports/starter/categories.toml``."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from reports.models import Category
from reports.translation import translated

FILE = Path(__file__).resolve().parents[2] / "starter" / "categories.toml"


class Command(BaseCommand):
    """Create the categories that are missing. Those that an editor reworded are left unchanged."""

    help = "Create the report categories that are missing; existing ones are not changed."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file and add what is missing."""
        rows = tomllib.loads(FILE.read_text())["categories"]
        there = set(Category.objects.values_list("slug", flat=True))
        new = [_category(row) for row in rows if row["slug"] not in there]
        Category.objects.bulk_create(new)
        self.stdout.write(f"categories: {len(new)} new, {len(there)} exist already")


def _category(row: dict) -> Category:
    return Category(
        slug=row["slug"],
        group=row["group"],
        order=row["order"],
        topic_key=row["topic"],
        helplines=row["helplines"],
        **translated(row, "name", "description"),
    )
