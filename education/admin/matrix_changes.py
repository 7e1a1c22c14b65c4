"""What the page of all languages shows of a text that is out of date: the changed sentences of its source."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.text import capfirst

from education.publishing import translation_status
from education.translation import column, language_name

from . import differences

MOST_COMPARED = 50  # cells of the page; the others lead to the side-by-side page as before
MAX_LENGTH = 600  # characters of one field


@dataclass(frozen=True)
class SourceChange:
    """The word diff of one field in its ``source`` language since the other one was up to date."""

    label: str
    source: str
    source_name: str
    pieces: list[tuple[str, str]]


def changes_of(outdated: Sequence[tuple[Any, str, Sequence[str]]]) -> list[list[SourceChange]]:
    """Return the changes of each of ``outdated`` (item, language, fields), of the first ``MOST_COMPARED`` of them.

    The texts are in the items. Only related rows, such as the situations of quizzes, are fetched, all in one query.
    """
    compared = outdated[:MOST_COMPARED]
    for rows in translation_status.ROWS:
        if owners := [item for item, _language, fields in compared if rows in fields]:
            prefetch_related_objects(owners, rows)
    return [[_change(item, language, field) for field in fields] for item, language, fields in compared]


def field_name(item: Any, field: str) -> str:
    """Return the name of ``field`` without a language."""
    if field in translation_status.ROWS:
        return str(item._meta.get_field(field).related_model._meta.verbose_name_plural)
    return str(item._meta.get_field(field).verbose_name)


def _change(item: Any, language: str, field: str) -> SourceChange:
    mark = item.outdated_fields[column(field, language)]
    source = mark["source"]
    now = translation_status.text_now(item, field, source)
    pieces = differences.sentence_diff(mark["source_text"], now, MAX_LENGTH)
    return SourceChange(str(capfirst(field_name(item, field))), source, language_name(source), pieces)
