"""``manage.py load_replies``: the reply templates for staff, from ``reports/starter/replies.toml``."""

import tomllib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from reports.models import Category, ReplyTemplate
from reports.translation import translated

FILE = Path(__file__).resolve().parents[2] / "starter" / "replies.toml"


class Command(BaseCommand):
    """Create the templates that are missing. Those that a lead reworded or disabled are left unchanged."""

    help = "Create the reply templates that are missing; existing ones are not changed."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file and add what is missing."""
        there = set(ReplyTemplate.objects.values_list("key", flat=True))
        categories = set(Category.objects.values_list("pk", flat=True))
        rows = [row for row in tomllib.loads(FILE.read_text())["replies"] if row["key"] not in there]
        # Without its category a template would be offered everywhere: skip it until the categories exist.
        new = [_reply(row) for row in rows if row.get("category", "") in {"", *categories}]
        ReplyTemplate.objects.bulk_create(new)
        self.stdout.write(f"reply templates: {len(new)} new, {len(there)} exist already")


def _reply(row: dict) -> ReplyTemplate:
    return ReplyTemplate(
        key=row["key"],
        order=row["order"],
        category_id=row.get("category"),
        **translated(row, "title", "text"),
    )
