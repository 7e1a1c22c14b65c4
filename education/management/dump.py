"""The published content of this site in the form of the starter files: what ``load_starter_content`` reads back.

Of each item only what a file can say is written: no states, versions, reviews and checks of numbers, and no pictures.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import tomli_w
from django.conf import settings
from django.db.models import Model
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from education import models
from education.management import pictures_left_out
from education.management.starter_rows import SAVERS
from education.publishing import not_needed
from education.starter import files

# Kept as one text with a line for each; the files have a list.
LINES = {"checklist", "goals", "materials", "slang", "typed", "open_hours", "lines", "steps", "closing"}
CODES = [code for code, _name in settings.LANGUAGES]


def write(folder: Path) -> tuple[int, list[str]]:
    """Write every kind of content into ``folder``, replacing files of the same name.

    Return the number of items, and for each picture that is in none of the files where it was.
    """
    count, left_out = 0, []
    for kind in SAVERS:
        rows = _in_order(kind)
        pictures = {_key(kind, row): pictures_left_out.named(row) for row in rows}
        items = [ITEMS[kind](row) for row in rows]
        count += len(items)
        left_out += [f"{kind} {key}, {line}" for key, lines in pictures.items() for line in lines]
        for name, text, keys in _files(kind, items):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            gaps = [f"{key}, {line}" for key in keys for line in pictures[key]]
            path.write_text(_comment(files.FOLDER / name, gaps) + text, encoding="utf-8")
    return count, left_out


def _in_order(kind: str) -> list[Model]:
    """Return the live rows of ``kind`` in the order of the shipped ones, then the others by their key."""
    model, key, _save = SAVERS[kind]
    order = [str(item[key]) for item in files.items(kind)]
    rows = [row for row in model._default_manager.all() if _is_live(row)]
    known = {name: place for place, name in enumerate(order)}
    rows.sort(key=lambda row: (known.get(_key(kind, row), len(order)), _key(kind, row)))
    return rows


def _key(kind: str, row: Model) -> str:
    return str(getattr(row, SAVERS[kind][1]))


def _is_live(row: Model) -> bool:
    return not isinstance(row, models.Publishable) or row.state == models.State.PUBLISHED


def _files(kind: str, items: list[dict]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the names of the files of ``kind``, under the folder, with their TOML and the keys of their items."""
    key = SAVERS[kind][1]
    if kind == "help":
        yield from _help_files(items)
    elif (files.FOLDER / kind).is_dir():
        shipped = {files.read(path)[key]: path.name for path in _shipped_files(kind)}
        for item in items:
            yield f"{kind}/{shipped.get(item[key]) or f'{item[key]}.toml'}", _toml(item), [str(item[key])]
    else:
        (table,) = files.read(files.FOLDER / f"{kind}.toml")
        yield f"{kind}.toml", _toml({table: items}), [str(item[key]) for item in items]


def _toml(item: dict) -> str:
    """Return ``item`` as TOML; what has several lines stays so."""
    return tomli_w.dumps(item, multiline_strings=True)


def _shipped_files(kind: str) -> list[Path]:
    return [path for path in sorted((files.FOLDER / kind).glob("*.toml")) if path != files.STEPS_TO_TRY]


def _comment(path: Path, left_out: list[str]) -> str:
    """Return the comment at the top of the shipped file, so that it stays, and what is ``left_out`` of this one."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else []
    kept = takewhile(lambda line: line.startswith("#"), lines)
    found = "".join(line for line in kept if not pictures_left_out.is_comment(line))
    found += pictures_left_out.comment(left_out)
    return f"{found}\n" if found else ""


def _fields(row: Model, names: Iterable[str]) -> dict[str, Any]:
    """Return the fields ``names`` of ``row`` in the order of the model, with a table for each language.

    A field without a value is left out. An empty text stays: loading it empties the field.
    """
    translated = set(translator.get_options_for_model(type(row)).get_field_names()) if _is_translated(row) else set()
    ordered = [field.name for field in row._meta.concrete_fields if field.name in names]
    plain = {name: _value(name, getattr(row, name)) for name in ordered if name not in translated}
    tables = {
        code: {name: _value(name, getattr(row, build_localized_fieldname(name, code))) for name in ordered}
        for code in CODES
        if (ordered := [name for name in ordered if name in translated])
    }
    if isinstance(row, models.Publishable) and (left_out := not_needed.in_file(row)):
        plain["not_needed"] = left_out
    return _known(plain) | {code: _known(table) for code, table in tables.items()}


def _is_translated(row: Model) -> bool:
    return type(row) in translator.get_registered_models()


def _value(name: str, value: Any) -> Any:
    if name not in LINES:
        return pictures_left_out.without(value)
    return value.split("\n") if value else []


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _keys(related: Any, field: str = "key") -> list:
    return sorted(related.values_list(field, flat=True))


def _plain(fields: Iterable[str]) -> Callable[[Any], dict]:
    return lambda row: _fields(row, fields)


def _helpline(row: Any) -> dict:
    channels = [_fields(channel, files.CHANNEL) for channel in row.channels.all()]
    return _fields(row, files.HELPLINE) | {
        "audiences": _keys(row.audiences),
        "topics": _keys(row.topics),
        "channels": channels,
    }


def _helpline_role(row: Any) -> dict:
    return {"role": row.role, "helpline": row.helpline.slug if row.helpline else ""}


def _sources(row: Any) -> list[dict]:
    return [
        _known(
            {"url": one.url, "publisher": one.publisher, "dated": one.dated, "checked_on": one.checked_on}
            | ({"mark": one.mark} if one.mark else {})
            | {f"title_{code}": getattr(one, build_localized_fieldname("title", code)) for code in CODES}
        )
        for one in row.sources.all()
    ]


def _guide(row: Any) -> dict:
    return _fields(row, files.GUIDE) | {
        "topic": row.topic.key,
        "audiences": _keys(row.audiences),
        "helplines": [one.helpline.slug for one in row.guidehelpline_set.select_related("helpline")],
        "sources": _sources(row),
    }


def _quiz(row: Any) -> dict:
    scenarios = [_scenario(one) for one in row.scenarios.all()]
    return _fields(row, files.QUIZ) | {
        "topic": row.topic.key,
        "audiences": _keys(row.audiences),
        "scenarios": scenarios,
    }


def _scenario(one: Any) -> dict:
    choices = []
    for place in range(1, models.quiz.MAX_CHOICES + 1):
        texts = {
            code: {
                name: getattr(one, build_localized_fieldname(f"{name}_{place}", code)) for name in ("choice", "because")
            }
            for code in CODES
        }
        if verdict := getattr(one, f"verdict_{place}"):
            choices.append({"verdict": verdict} | texts)
    guide = {"guide": one.guide.number} if one.guide else {}
    return guide | _fields(one, {"situation"}) | {"choices": choices}


def _lesson(row: Any) -> dict:
    lists = {"guides": _keys(row.guides, "number"), "quizzes": _keys(row.quizzes, "number")}
    return _fields(row, files.LESSON) | {"topic": row.topic.key, **lists, "helplines": _keys(row.helplines, "slug")}


def _platform(row: Any) -> dict:
    item = _fields(row, files.PLATFORM)
    for code in CODES:
        item[code] = {"channels" if name == "special_channels" else name: text for name, text in item[code].items()}
    compare = {name: getattr(row, column) for name, column in files.ABILITY_COLUMNS.items()}
    copies = [{"stored_copy": one.is_stored_copy} for one in row.sources.all()]
    sources = [source | copy for source, copy in zip(_sources(row), copies, strict=True)]
    return item | {"under_16": row.age_rule, "compare": compare, "sources": sources}


def _with_sources(fields: Iterable[str]) -> Callable[[Any], dict]:
    return lambda row: _fields(row, fields) | {"sources": _sources(row)}


def _help(row: Any) -> dict:
    guide = {"guide": row.guide.number} if row.guide else {}
    return _fields(row, files.HELP) | guide | {"sources": _sources(row)}


def _help_files(items: list[dict]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield a file for each block, with a table for each person; the sources are those of the first one."""
    blocks: dict[str, list[dict]] = {}
    for item in items:
        blocks.setdefault(item["block"], []).append(item)
    for block, texts in blocks.items():
        path = files.HELP_FILES / f"{block}.toml"
        shipped = files.read(path) if path.exists() else {}
        top = _only_in_files(shipped)
        persons = {
            text["person"]: _only_in_files(shipped.get(text["person"], {}))
            | {k: v for k, v in text.items() if k not in _OF_THE_FILE}
            for text in texts
        }
        content = top | persons | {"sources": texts[0]["sources"]}
        yield f"help/{block}.toml", _toml(content), [text["name"] for text in texts]


def _only_in_files(table: dict) -> dict:
    return {key: table[key] for key in _NOT_IN_THE_DATABASE if key in table}


_NOT_IN_THE_DATABASE = ("aliases", "tool_of", "first_lines", "for_adults")  # code relies on these
_OF_THE_FILE = {"name", "block", "person", "sources"}
ITEMS: dict[str, Callable[[Any], dict]] = {
    "audiences": _plain(files.AUDIENCE),
    "topics": _plain(files.TOPIC),
    "helplines": _helpline,
    "helpline_roles": _helpline_role,
    "guides": _guide,
    "quizzes": _quiz,
    "lessons": _lesson,
    "platforms": _platform,
    "pages": _with_sources(files.PAGE),
    "news": _with_sources(files.NEWS),
    "glossary": _plain(files.TERM),
    "synonyms": _plain(files.SYNONYM),
    "organisations": _plain(files.ORGANISATION),
    "help": _help,
}
