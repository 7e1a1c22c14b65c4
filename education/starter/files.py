"""Read the starter files: TOML with the tables ``id`` and ``en`` for translated fields."""

import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from modeltranslation.utils import build_localized_fieldname

from education.models import helpline_fields
from education.models.platform import ABILITIES, SECTIONS

FOLDER = Path(__file__).resolve().parent
HELP_FILES = FOLDER / "help"
STEPS_TO_TRY = FOLDER / "platforms" / "to_try.toml"  # steps of apps that nobody has tried: no page shows them

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
ME, EASY, ADULT = "me", "easy", "adult"
OF_ME = (EASY, ADULT)  # further tables for "me", where a text has them: the same facts in another wording
# The keys of the table ``compare`` of a platform, in the order of ``ABILITIES``.
_COMPARED = (
    *("report_account", "report_message", "report_group", "reporter_hidden", "appeal", "block", "restrict"),
    *("limit_messages", "filter_comments", "filter_feed", "private_account", "family_tools", "family_alerted"),
)
PLATFORM = {
    *{"key", "order", "name", "sensitive", "review_due", "tried_on", "slug", "short_answer"},
    *SECTIONS,
}
ABILITY_COLUMNS = dict(zip(_COMPARED, ABILITIES, strict=True))
ORGANISATION = {"key", "order", "url", "source_url", "name", "role"}


def steps_to_try() -> list[dict]:
    """Return the steps in apps that are shown nowhere until a member of staff has tried them, each with its app."""
    return read(STEPS_TO_TRY).get("steps", []) if STEPS_TO_TRY.exists() else []


@lru_cache
def items(name: str) -> list[dict]:
    """Return the items of ``name``: from the file ``name.toml``, or from a folder with one file each, in order."""
    folder = FOLDER / name
    if name == "help":
        return [item for path in sorted(HELP_FILES.glob("*.toml")) for item in help_items(path.stem, read(path))]
    if folder.is_dir():
        return [read(path) for path in sorted(folder.glob("*.toml")) if path != STEPS_TO_TRY]
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


def marked_source_columns(source: dict) -> dict[str, Any]:
    """Return the columns of a source of a kind that marks its sources: also who says so, empty if not known."""
    return source_columns(source) | {"mark": source.get("mark", "")}


def platform_source_columns(source: dict) -> dict[str, Any]:
    """Return the columns of a source of a platform: also whether only a copy of it was read."""
    return marked_source_columns(source) | {"is_stored_copy": source["stored_copy"]}


def platform_texts(item: dict) -> dict:
    """Return a platform without its facts, and its section ``channels`` under the name of the column."""
    texts = {name: value for name, value in item.items() if name != "under_16"}  # the section has this name too
    for language, _name in settings.LANGUAGES:
        if "channels" in texts.get(language, {}):
            texts[language] = texts[language] | {"special_channels": texts[language]["channels"]}
    return texts


def platform_facts(item: dict) -> dict[str, str]:
    """Return the columns of what a platform can do, and of its rule on accounts under 16."""
    return {"age_rule": item["under_16"]} | {ABILITY_COLUMNS[name]: value for name, value in item["compare"].items()}


def help_items(block: str, file: dict) -> Iterator[dict]:
    """Yield the text for each person in one file of help texts, with the facts that the whole file shares."""
    facts = ("number", "tool", "guide", "first_lines", "for_adults")
    shared = {name: file[name] for name in facts if name in file}
    mine = shared | {name: value for name, value in file.get(ME, {}).items() if name in facts}
    for person in (person for person in (*PERSONS, *OF_ME) if person in file):
        keys = {"name": f"{block}-{person}", "block": block, "person": person, "sources": file.get("sources", [])}
        yield {"tool": "", "guide": None} | (mine if person in OF_ME else shared) | file[person] | keys


def read(path: Path) -> dict:
    """Return the content of one file."""
    with path.open("rb") as file:
        return tomllib.load(file)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return "\n".join(value)
    return value.strip() if isinstance(value, str) else value
