"""One text of an item in one language, as the side-by-side page shows and saves it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Field, Model

from education.models import Publishable
from education.models.bilingual import LANGUAGES, Bilingual
from education.models.serialization import row_names
from education.rendering import marked_words
from education.translation import column


@dataclass(frozen=True)
class Cell:
    """A translated ``field`` in one ``language``: of the item, or of the row at ``place`` of ``rows``."""

    field: str
    language: str
    rows: str = ""
    place: int = 0

    @property
    def column(self) -> str:
        """Return the column that holds the text."""
        return column(self.field, self.language)

    @property
    def name(self) -> str:
        """Return the name of the input, such as ``body_en`` or ``scenarios-0-situation_en``."""
        return f"{self.rows}-{self.place}-{self.column}" if self.rows else self.column

    def in_language(self, language: str) -> "Cell":
        """Return the same text in another language."""
        return replace(self, language=language)

    def model_field(self, item: Publishable) -> Field:
        """Return the model field of the column."""
        model: type[Model] = getattr(item, self.rows).model if self.rows else type(item)
        return model._meta.get_field(self.column)  # type: ignore[return-value]

    def read(self, data: dict | None) -> str:
        """Return the text in ``data``, the content of a revision. A row that does not exist is empty."""
        if not self.rows:
            return (data or {}).get(self.column) or ""
        found = (data or {}).get(self.rows, [])
        return (found[self.place].get(self.column) or "") if self.place < len(found) else ""

    def written(self, data: dict, text: str | None) -> dict:
        """Return ``data`` with ``text`` in this cell."""
        if not self.rows:
            return data | {self.column: text}
        rows = [dict(row) for row in data[self.rows]]
        rows[self.place][self.column] = text
        return data | {self.rows: rows}

    def fingerprint(self, data: dict, source: str) -> str:
        """Return a value that changes with the text, and with the text in ``source`` that it translates.

        A text in the original language translates nothing. A row is recognised by its other language.
        """
        beside = self.in_language(source).read(data) if self.rows or self.language != LANGUAGES[0] else ""
        return f"{marked_words.digest(self.read(data))}-{marked_words.digest(beside)}"


def cells(item: Publishable, data: dict, language: str) -> list[Cell]:
    """Return the texts of ``item`` in ``language``: its fields, then those of its rows in ``data``."""
    own = [Cell(field, language) for field in item.translated_fields()]  # type: ignore[attr-defined]
    return own + list(_row_cells(item, data, language))


def _row_cells(item: Any, data: dict, language: str) -> Iterator[Cell]:
    for rows in row_names(item):
        model = getattr(item, rows).model
        for place in range(len(data.get(rows, []))) if issubclass(model, Bilingual) else ():
            yield from (Cell(field, language, rows, place) for field in model.translated_fields())
