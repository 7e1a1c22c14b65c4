"""Keep pictures out of the files by which content goes from one site to another.

A text names a picture by its row in the library of its site. On another site that row is another picture, or none.
"""

from typing import Any

from django.db.models import Model

from education.library import uses
from education.rendering import figures, rich_text

_COMMENT = "# Picture left out, add it to the library and to the text: "


def without(value: Any) -> Any:
    """Return ``value`` without the pictures that it names, if it is a text: also those in HTML of another form."""
    if not isinstance(value, str) or "data-file" not in value.lower():
        return value
    return figures.replace(rich_text.clean(value), lambda _figure: "")


def named(row: Model) -> list[str]:
    """Return for each picture of ``row`` its column, its alt text and its caption, for somebody who adds it again."""
    columns = uses.text_columns(type(row))
    shown = [(column.name, one) for column in columns for one in figures.figures(getattr(row, column.name))]
    found = [f"{name}: “{one.alt}”" + (f" ({rich_text.plain(one.caption)})" * bool(one.caption)) for name, one in shown]
    cover = getattr(row, "cover", None)
    return found + ([f"cover: {cover}"] if cover else [])


def comment(lines: list[str]) -> str:
    """Return ``lines`` as comments of a file."""
    return "".join(f"{_COMMENT}{line}\n" for line in lines)


def is_comment(line: str) -> bool:
    """Return whether ``line`` of a file is such a comment, which an earlier dump wrote."""
    return line.startswith(_COMMENT)
