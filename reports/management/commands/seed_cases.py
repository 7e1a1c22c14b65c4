"""``manage.py seed_cases 1000``: made-up cases for trying the desk. Only with DEBUG."""

import gc
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.crypto.receipts import in_groups
from reports.management.seeding import referrals
from reports.management.seeding.build import Builder, Code, Rows
from reports.management.seeding.history import Histories
from reports.management.seeding.profiles import Profiles
from reports.models import Category
from reports.models.case import Case
from reports.staffing.hours import Roster
from reports.statistics import upkeep
from safetycenter import private_files
from safetycenter.roles import users_with_permission

BATCH = 500  # cases that are stored at a time
OWN_CODES = 200  # cases with a unique secret; each takes a slow derivation
CODES = "demo-codes.txt"  # in VAR_DIR


class Command(BaseCommand):
    """Create cases with answers, history, messages, files and index entries, sealed for the desk like real ones."""

    help = "Create made-up cases for a demo. Only with DEBUG."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the number of cases and the seed of the random numbers."""
        parser.add_argument("count", type=int)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, count: int, seed: int, **options: Any) -> None:
        """Make the cases in batches, and write the codes of the first ones into a file."""
        if not settings.DEBUG:
            raise CommandError("Made-up cases are only for a demo site. Set DEBUG=1.")
        categories = {category.pk: category for category in Category.objects.all()}
        if not categories:
            raise CommandError("Run load_categories first.")
        dice = random.Random(seed)  # noqa: S311 (random demo data, not keys)
        staff = _staff()
        builder, profiles = Builder(dice, Histories(dice, staff), categories), Profiles(dice)
        shared, listed = Code.own(), []
        roster, now = Roster.now(), timezone.now()
        with _without_garbage_collection():
            for number in range(count):
                code = Code.own() if number < OWN_CODES else shared.shared()
                case = builder.add(profiles.draw(), code, roster, now)
                if not code.is_shared:
                    listed.append(_line(case, code))
                if len(builder.rows.cases) == BATCH or number == count - 1:
                    builder.rows.save()
                    builder.rows = Rows()
        referrals.add(count, staff)
        upkeep.recount_from_scratch()
        path = _write(listed, shared)
        self.stdout.write(f"{count} made-up cases. Codes of the first {len(listed)}: {path}")


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    # A batch has a hundred thousand objects without cycles; searching them for cycles takes a tenth of the time.
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _staff() -> dict[bool, list]:
    """Return the staff who work on ordinary (False) and on restricted cases (True)."""
    child_safety = list(users_with_permission("reports.handle_restricted").order_by("pk"))
    desk = users_with_permission("reports.handle_case").filter(pk__in=users_with_permission("reports.view_ordinary"))
    return {
        True: child_safety,
        False: list(desk.exclude(pk__in=users_with_permission("reports.handle_restricted")).order_by("pk")),
    }


def _line(case: Case, code: Code) -> str:
    return f"{code.receipt.code}  P{case.tier}  {case.state:<16}  {case.language}  {case.category_id}"


def _write(listed: list[str], shared: Code) -> Path:
    path = Path(settings.VAR) / CODES
    private_files.make_folder(path.parent)
    path.unlink(missing_ok=True)
    secret = in_groups(shared.receipt.secret)
    text = [
        "Made-up cases of this demo. A code opens its case on the page for reporters.",
        *listed,
        f"Every other made-up case (shared_code in its record) opens with its reference and this secret: {secret}",
    ]
    with private_files.create(path) as file:
        file.write("\n".join([*text, ""]).encode())
    return path
