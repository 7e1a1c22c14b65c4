"""Read and write the CSV files: encoding, separators, headings."""

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from education.library.uploads import PictureUploadHandler
from safetycenter.csv_cells import escape, unescape

if TYPE_CHECKING:
    import tablib

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 2000
SEPARATORS = ",;\t"


class TableUploadHandler(PictureUploadHandler):
    """Keep a table in memory, up to one byte more than is allowed; nothing is written to the disk."""

    max_size = staticmethod(lambda: MAX_BYTES)


@dataclass
class Table:
    """What a file says: its headings, its rows, and the number of each row as a spreadsheet shows it."""

    headers: list[str]
    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def dataset(self) -> "tablib.Dataset":
        """Return the rows as the library takes them."""
        import tablib  # few workers ever read a table

        return tablib.Dataset(*self.rows, headers=self.headers)


def write(headers: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Return a CSV file. It begins with the mark by which spreadsheets recognise UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(headers)
    writer.writerows([escape(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def read(content: bytes, known: Collection[str], key: str) -> Table:
    """Return what the file ``content`` says. ``known`` are the columns, and ``key`` is the one that no file may lack.

    Raises ValidationError with every sentence about the file as a whole.
    """
    if len(content) > MAX_BYTES:
        text = _("The file is larger than %(limit)d MB. Import it in parts: a part needs the headings and some rows.")
        raise ValidationError(text % {"limit": MAX_BYTES // 1024 // 1024})
    text = _decoded(content)
    table = _parsed(text, _separator(text, key))
    if errors := [*_heading_errors(table.headers, known, key), *_length_errors(table)]:
        raise ValidationError(errors)
    return table


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ValidationError(
            _(
                "The file is not saved as UTF-8; line %(line)d cannot be read. In Excel save as “CSV UTF-8”; "
                "in LibreOffice choose the character set “Unicode (UTF-8)”."
            )
            % {"line": line}
        ) from None
    if "\0" in text:
        raise ValidationError(_("This is not a CSV file. Save the table as CSV UTF-8, then choose that file."))
    if not text.strip():
        raise ValidationError(_("The file is empty."))
    return text


def _separator(text: str, key: str) -> str:
    first = text.splitlines()[0]
    found = (mark for mark in SEPARATORS if key in _names(next(csv.reader([first], delimiter=mark), [])))
    return next(found, ",")


def _names(cells: Iterable[str]) -> list[str]:
    return [cell.strip().lower() for cell in cells]


def _parsed(text: str, separator: str) -> Table:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        raise ValidationError(
            _("The file cannot be read as CSV: a quotation mark is not closed, or a cell is far too long.")
        ) from None
    table = Table(_names(rows[0]))
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):  # a spreadsheet may add empty rows
            table.rows.append([unescape(cell) for cell in row])
            table.numbers.append(number)
    return table


def _heading_errors(headers: list[str], known: Collection[str], key: str) -> list[str]:
    errors = []
    if key not in headers:
        errors.append(_("The column “%(name)s” is missing. It says which item a row is.") % {"name": key})
    for name in dict.fromkeys(name for name in headers if headers.count(name) > 1):
        errors.append(_("The column “%(name)s” stands there more than once.") % {"name": name})
    if unknown := [name or _("(no heading)") for name in dict.fromkeys(headers) if name not in known]:
        text = _("These columns are not known: %(names)s. Known are: %(known)s.")
        errors.append(text % {"names": ", ".join(unknown), "known": ", ".join(known)})
    return errors


def _length_errors(table: Table) -> list[str]:
    if not table.rows:
        return [_("The file has headings, but no rows.")]
    if len(table.rows) > MAX_ROWS:
        return [_("The file has more than %(limit)d rows. Import it in parts.") % {"limit": MAX_ROWS}]
    text = _("Row %(row)d has %(cells)d cells, but there are %(headings)d headings.")
    counts = {"headings": len(table.headers)}
    return [
        text % (counts | {"row": number, "cells": len(row)})
        for number, row in zip(table.numbers, table.rows, strict=True)
        if len(row) != len(table.headers)
    ]
