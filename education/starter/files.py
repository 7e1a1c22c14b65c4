"""Read the starter files: TOML with the tables ``id`` and ``en`` for translated fields."""

import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from modeltranslation.utils import build_localized_fieldname

from education.models import helpline_fields

FOLDER = Path(__file__).resolve().parent
HELP_FILES = FOLDER / "help"

AUDIENCE = {"key", "order", "slug", "name", "summary"}
TOPIC = {"key", "order", "sensitive", "slug", "title", "summary"}
HELPLINE = {field.name for field in helpline_fields.FIELDS if field.in_files}
LIST_FIELDS = {field.name for field in helpline_fields.FIELDS if field.is_list}  # other lists become one item per line
CHANNEL = {"kind", "value", "text_route", "label"}
GUIDE = {  # without who reviewed it and when, which a file cannot know
    *{"number", "subject", "also_for_others", "sensitive", "often_needed", "review_due", "app", "app_tried_on"},
    *{"slug", "title", "short_answer", "checklist", "body", "easy"},
}
PAGE = {"key", "order", "sensitive", "title", "short_answer", "body"}
NEWS = {"key", "date", "archive", "slug", "title", "summary", "body"}
TERM = {"key", "explained", "term", "slang", "definition"}
QUIZ = {"number", "sensitive", "slug", "title", "summary"}
LESSON = {
    *{"key", "order", "minutes", "slug", "title", "grades", "short_answer", "goals", "materials"},
    *{"warning", "opt_out", "body", "disclosure", "handout"},
}
SYNONYM = {"key", "language", "typed", "means", "crisis", "hurt", "child", "first"}
HELP = {"name", "block", "person", "number", "tool", "title", "lines", "steps", "say", "closing"}
PERSONS = ("me", "child", "pupil", "friend", "stranger", "did_it")  # each a table of a help text
ORGANISATION = {"key", "order", "url", "source_url", "name", "role"}


@lru_cache
def items(name: str) -> list[dict]:
    """Return the items of ``name``: from the file ``name.toml``, or from a folder with one file each, in order."""
    folder = FOLDER / name
    if name == "help":
        return [item for path in sorted(HELP_FILES.glob("*.toml")) for item in help_items(path.stem, read(path))]
    if folder.is_dir():
        return [read(path) for path in sorted(folder.glob("*.toml"))]
    (found,) = read(folder.with_suffix(".toml")).values()
    return found


def columns(item: dict, fields: Iterable[str]) -> dict[str, Any]:
    """Return the values of ``fields`` in ``item`` under the names of the database columns."""
    values = {field: item[field] if field in LIST_FIELDS else _plain(item[field]) for field in fields if field in item}
    for language, _name in settings.LANGUAGES:
        texts = item.get(language, {})
        values |= {build_localized_fieldname(f, language): _plain(texts[f]) for f in fields if f in texts}
    return values


def source_columns(source: dict) -> dict[str, Any]:
    """Return the columns of one source. Its translated title is stored beside its other values."""
    titles = {
        build_localized_fieldname("title", language): source.get(f"title_{language}", "")
        for language, _name in settings.LANGUAGES
    }
    columns = {field: source[field] for field in ("url", "publisher", "dated")} | titles
    return columns | {"checked_on": source.get("checked_on")}  # empty if nobody checked the source


def help_items(block: str, file: dict) -> Iterator[dict]:
    """Yield the text for each person in one file of help texts, with the facts that the whole file shares."""
    shared = {name: file[name] for name in ("number", "tool", "guide") if name in file}
    for person in (person for person in PERSONS if person in file):
        keys = {"name": f"{block}-{person}", "block": block, "person": person, "sources": file.get("sources", [])}
        yield {"tool": "", "guide": None} | shared | file[person] | keys


def read(path: Path) -> dict:
    """Return the content of one file."""
    with path.open("rb") as file:
        return tomllib.load(file)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return "\n".join(value)
    return value.strip() if isinstance(value, str) else value
