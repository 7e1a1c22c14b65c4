"""``manage.py load_replies``: the reply templates for staff, from ``reports/starter/replies.toml``."""

from typing import Any

from django.core.management.base import BaseCommand

from reports.models import ReplyTemplate
from reports.starter_rows import FOLDER, add_missing, rows_of
from reports.translation import translated

FILE = FOLDER / "replies.toml"


class Command(BaseCommand):
    """Create the templates that are missing. Those that a lead reworded or disabled are left unchanged."""

    help = "Create the reply templates that are missing; existing ones are not changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file and add what is missing."""
        new, old = add_missing(ReplyTemplate, rows_of(FILE, "replies"), _reply)
        self.stdout.write(f"reply templates: {new} new, {old} exist already")


def _reply(row: dict) -> ReplyTemplate:
    return ReplyTemplate(
        key=row["key"],
        order=row["order"],
        category_id=row.get("category"),
        **translated(row, "title", "text"),
    )
