"""Matching in the database: FTS5 in SQLite, ``simple`` tsvectors in PostgreSQL, with the same whole-number scores.

The databases' own rankings differ, so each match is worth the same fixed points in both: a group of words that is
found at all is worth most, then one in the title, then one in the lead. Installed after every migrate, because SQLite
drops triggers when Django rebuilds a table.
"""

from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from education.models import SearchDoc

TABLE = SearchDoc._meta.db_table
FTS = f"{TABLE}_fts"
COLUMNS = ("title_stems", "lead_stems", "text_stems")
POINTS = {"found": 100, "title": 8, "lead": 3}
GUIDE = 10  # a guide that has it in its lead stands before a helpline or a word that has it in its name

Alternative = tuple[str, ...]  # roots that must all be there


@dataclass(frozen=True)
class Group:
    """One thing that was looked for: any of its ``alternatives`` will do."""

    alternatives: frozenset[Alternative]


class Match(NamedTuple):
    """A row of SearchDoc and its points."""

    doc: int
    points: int


def search(groups: list[Group], language: str, most: int, only: str = "", parameters: tuple = ()) -> list[Match]:
    """The best ``most`` rows in ``language``, those that hold more groups first; equals in the order of their place.

    ``only`` is a further condition on the table ``doc`` with its ``parameters``, written by us and never by a visitor.
    """
    if not groups:
        return []
    matched, asked = (_postgresql if connection.vendor == "postgresql" else _sqlite)(groups)
    sql = f"""
        SELECT doc.id, SUM(hit.points) + CASE doc.kind WHEN 'guide' THEN {GUIDE} ELSE 0 END AS points
        FROM ({matched}) AS hit JOIN {TABLE} AS doc ON doc.id = hit.id
        WHERE doc.language = %s {only}
        GROUP BY doc.id, doc.kind, doc.place ORDER BY points DESC, doc.place LIMIT %s
    """  # noqa: S608 (only our own names and numbers are inserted; what was typed goes in as parameters)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*asked, language, *parameters, most])
        return [Match(*row) for row in cursor.fetchall()]


def _sqlite(groups: list[Group]) -> tuple[str, list[str]]:
    """One SELECT for each group and place, and their match expressions."""
    one = f"SELECT rowid AS id, {{points}} AS points FROM {FTS} WHERE {FTS} MATCH %s"  # noqa: S608
    selects, asked = [], []
    for group in groups:
        any_of = " OR ".join(f"({' AND '.join(map(_quoted, roots))})" for roots in sorted(group.alternatives))
        for points, where in _PLACES_SQLITE:
            selects.append(one.format(points=points))
            asked.append(f"{where}({any_of})")
    return " UNION ALL ".join(selects), asked


def _postgresql(groups: list[Group]) -> tuple[str, list[str]]:
    one = f"SELECT id, {{points}} AS points FROM {TABLE} WHERE {{vector}} @@ to_tsquery('simple', %s)"  # noqa: S608
    selects, asked = [], []
    for group in groups:
        any_of = " | ".join(f"({' & '.join(roots)})" for roots in sorted(group.alternatives))
        for points, vector in _PLACES_POSTGRESQL:
            selects.append(one.format(points=points, vector=vector))
            asked.append(any_of)
    return " UNION ALL ".join(selects), asked


def _quoted(root: str) -> str:
    return f'"{root}"'


_PLACES_SQLITE = (
    (POINTS["found"], ""),
    (POINTS["title"], "{title_stems} : "),
    (POINTS["lead"], "{lead_stems} : "),
)
_PLACES_POSTGRESQL = (
    (POINTS["found"], "all_vector"),
    (POINTS["title"], "title_vector"),
    (POINTS["lead"], "lead_vector"),
)

_NEW = ", ".join(f"NEW.{column}" for column in COLUMNS)
_OLD = ", ".join(f"OLD.{column}" for column in COLUMNS)
_ADD = f"INSERT INTO {FTS} (rowid, {', '.join(COLUMNS)}) VALUES (NEW.id, {_NEW})"  # noqa: S608 (our own names)
_DROP = f"INSERT INTO {FTS} ({FTS}, rowid, {', '.join(COLUMNS)}) VALUES ('delete', OLD.id, {_OLD})"  # noqa: S608
SQLITE = (
    f"""CREATE VIRTUAL TABLE IF NOT EXISTS {FTS} USING fts5(
        {", ".join(COLUMNS)}, content='{TABLE}', content_rowid='id', tokenize="unicode61 remove_diacritics 0")""",
    f"CREATE TRIGGER IF NOT EXISTS {FTS}_add AFTER INSERT ON {TABLE} BEGIN {_ADD}; END",
    f"CREATE TRIGGER IF NOT EXISTS {FTS}_drop AFTER DELETE ON {TABLE} BEGIN {_DROP}; END",
    f"CREATE TRIGGER IF NOT EXISTS {FTS}_change AFTER UPDATE ON {TABLE} BEGIN {_DROP}; {_ADD}; END",
    f"INSERT INTO {FTS} ({FTS}) VALUES ('rebuild')",  # noqa: S608
)


def _vector(name: str, *columns: str) -> tuple[str, str]:
    text = " || ' ' || ".join(columns)
    made = f"tsvector GENERATED ALWAYS AS (to_tsvector('simple', {text})) STORED"
    return (
        f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS {name} {made}",
        f"CREATE INDEX IF NOT EXISTS {TABLE}_{name} ON {TABLE} USING gin ({name})",
    )


POSTGRESQL = (
    *_vector("all_vector", *COLUMNS),
    *_vector("title_vector", "title_stems"),
    *_vector("lead_vector", "lead_stems"),
)


def install(**_signal) -> None:
    """Make the full-text index of the database in use, if its table is there; harmless to repeat."""
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in POSTGRESQL if connection.vendor == "postgresql" else SQLITE:
            cursor.execute(statement)
