"""Run an import of a table: first as a dry run, whose differences are shown, then for what was shown."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from education.publishing.dry_run import rolled_back
from safetycenter.page_cache import cache_version

from .files import Table

if TYPE_CHECKING:
    from .resource import TableResource

_SALT = "education.admin.tables"
PREVIEW_SECONDS = 8 * 60 * 60
MAX_PACKAGE = 200_000  # characters, below DATA_UPLOAD_MAX_MEMORY_SIZE


@dataclass
class Row:
    """What an import does to one row: differences, or errors as (heading, cell, sentences)."""

    number: int
    name: str
    is_new: bool = False
    differences: list = field(default_factory=list)
    errors: list[tuple[str, str, list[str]]] = field(default_factory=list)


@dataclass
class Outcome:
    """What an import did, or would do. ``digest`` changes with every text before and after it."""

    changed: list[Row]
    refused: list[Row]
    unchanged: int
    digest: str
    kept: Table  # the rows that change something
    items: list[Any]


def dry_run(resource: "TableResource", table: Table) -> Outcome:
    """Return what importing ``table`` would do. Nothing is written."""
    with rolled_back():
        return _run(resource, table, dry_run=True)


@cache_version.batch()
def perform(resource: "TableResource", table: Table, digest: str) -> tuple[Outcome, bool]:
    """Import ``table`` if that does exactly what the preview with ``digest`` showed. Return the outcome, and whether.

    Everything is written or nothing.
    """
    with transaction.atomic():
        outcome = _run(resource, table, dry_run=False)
        is_done = not outcome.refused and outcome.digest == digest
        if not is_done:
            transaction.set_rollback(True)
    return outcome, is_done


def pack(table: Table, digest: str, **more: Any) -> str:
    """Return the rows of a preview as text for its form, signed. Raises ValidationError if that is too much."""
    package = vars(table) | {"digest": digest} | more
    text = signing.dumps(package, salt=_SALT, compress=True)
    if len(text) > MAX_PACKAGE:
        raise ValidationError(_("These rows change more text than can be saved at once. Import the file in parts."))
    return text


def unpack(text: str, **expected: Any) -> tuple[Table, dict]:
    """Return the table of :func:`pack` and what else it was given. Raises ValidationError for any other text."""
    try:
        package = signing.loads(text, salt=_SALT, max_age=PREVIEW_SECONDS)
    except signing.BadSignature:
        package = {}
    if not package or any(package.get(name) != value for name, value in expected.items()):
        raise ValidationError(_("This preview is too old, or somebody else made it. Choose the file again."))
    return Table(package.pop("headers"), package.pop("rows"), package.pop("numbers")), package


def _run(resource: "TableResource", table: Table, dry_run: bool) -> Outcome:
    result = resource.import_data(table.dataset(), dry_run=dry_run, rollback_on_validation_errors=True)
    for error in [*result.base_errors, *(one for row in result.error_rows for one in row.errors)]:
        raise error.error
    done = [row for row in result.rows if row.is_update() or row.is_new()]
    texts = json.dumps([[row.before, row.after] for row in done], sort_keys=True)
    return Outcome(
        changed=[Row(table.numbers[row.place], str(row.instance), row.is_new(), row.differences) for row in done],
        refused=[_refused(resource, table, row) for row in result.invalid_rows],
        unchanged=len(table.rows) - len(done) - len(result.invalid_rows),
        digest=hashlib.sha256(texts.encode()).hexdigest(),
        kept=Table(table.headers, [table.rows[row.place] for row in done], [table.numbers[row.place] for row in done]),
        items=[row.instance for row in done],
    )


def _refused(resource: "TableResource", table: Table, row: Any) -> Row:
    cells = dict(zip(table.headers, table.rows[row.number - 1], strict=True))
    errors = [
        ("" if name == NON_FIELD_ERRORS else name, cells.get(name, "")[:80], sentences)
        for name, sentences in row.error_dict.items()
    ]
    return Row(table.numbers[row.number - 1], cells[resource.kind.key_column][:80], errors=errors)
