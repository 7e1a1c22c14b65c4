"""``manage.py load_replies``: the reply templates for staff, from ``reports/starter/replies.toml``."""

from typing import Any

from django.core.management.base import BaseCommand

from reports.models import ReplyTemplate
from reports.starter_rows import REPLIES, add_formal, add_missing, rows_of
from reports.translation import translated

FILE = REPLIES


class Command(BaseCommand):
    """Create the templates that are missing. Those that a lead reworded or disabled are left unchanged.

    The text for a parent or teacher came later. It is added to a template whose text is still the shipped one; beside
    a reworded text it might say something else, so a lead finds it as a proposal in the form of the template.
    """

    help = "Create the reply templates that are missing; existing texts are not changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file and add what is missing."""
        rows = rows_of(FILE, "replies")
        new, old = add_missing(ReplyTemplate, rows, _reply)
        filled = sum(add_formal(ReplyTemplate, row) for row in rows)
        self.stdout.write(
            f"reply templates: {new} new, {old} exist already; texts for a parent or teacher added: {filled}"
        )


def _reply(row: dict) -> ReplyTemplate:
    return ReplyTemplate(
        key=row["key"],
        order=row["order"],
        category_id=row.get("category"),
        life=row.get("life", ""),
        **translated(row, "title", "text", "formal"),
    )
