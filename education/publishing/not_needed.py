"""Mark a text as not needed in one language, such as slang that the other language has no word for.

Stored on the item in ``not_needed``: ``{"slang_en": {"since": "2027-05-03", "by": 7}}`` means that the English slang
is left empty on purpose since that day, and who said so (the key of an account). It does not count as missing then.
``scenarios_en`` means that English does without situations, as many as its ``rows``: one more is missing again.
"""

from collections.abc import Collection
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from education.models import Publishable
from education.models.bilingual import LANGUAGES
from education.publishing import translation_status
from education.publishing.guards import may_change
from education.publishing.publication import pending_or_live
from education.translation import column
from safetycenter.transitions import NotAllowed


def is_optional(item: Publishable, field: str) -> bool:
    """Return whether a language is complete without the translated ``field``."""
    if field in translation_status.ROWS:
        return True
    blank = getattr(item._meta.get_field(field), "blank", False)
    return blank and field not in item.required_fields  # type: ignore[attr-defined]


def mark(item: Publishable, columns: Collection[str], by: Any) -> dict:
    """Mark ``columns`` as not needed. Return what the record says about it."""
    missing = {
        column(field, code): (field, code)
        for code in LANGUAGES
        for field in translation_status.missing_fields(item, code)
        if is_optional(item, field)
    }
    written = {name for name, text in pending_or_live(item).items() if text}
    if not columns or not set(columns) <= missing.keys() - written:
        raise NotAllowed(_("This text cannot be left out, or somebody has written it in the meantime."))
    _require_languages(item, {missing[name][1] for name in columns}, by)
    entry = {"since": timezone.localdate().isoformat(), "by": by.pk}
    item.not_needed = item.not_needed | {name: entry | _rows(item, *missing[name]) for name in columns}
    return {"note": ", ".join(translation_status.label(item, *missing[name]) for name in sorted(columns))}


def _rows(item: Publishable, field: str, language: str) -> dict:
    if field not in translation_status.ROWS:
        return {}
    now = translation_status.rows_now(item, field)
    return {"rows": translation_status.rows_with_gaps(item, now, field, language)}


def unmark(item: Publishable, columns: Collection[str], by: Any) -> dict:
    """Remove the mark of ``columns``. Return what the record says about it."""
    if not columns or not set(columns) <= item.not_needed.keys():
        raise NotAllowed(_("This text is not marked as left out."))
    texts = translation_status.translated_fields(item)
    fields = {column(field, code): (field, code) for field in texts for code in LANGUAGES}
    _require_languages(item, {fields[name][1] for name in columns}, by)
    item.not_needed = {name: entry for name, entry in item.not_needed.items() if name not in columns}
    return {"note": ", ".join(translation_status.label(item, *fields[name]) for name in sorted(columns))}


def from_file(columns: Collection[str]) -> dict:
    """Return the marks of ``columns`` that a starter file leaves empty on purpose: no account said so."""
    return {name: {"since": timezone.localdate().isoformat(), "by": None} for name in columns}


def in_file(item: Any) -> list[str]:
    """Return the columns of ``item`` that a starter file can mark: those of related rows depend on their number."""
    return sorted(name for name, entry in item.not_needed.items() if "rows" not in entry and not getattr(item, name))


def _require_languages(item: Publishable, languages: set[str], by: Any) -> None:
    if refusal := may_change(item, languages, by):
        raise NotAllowed(refusal)
