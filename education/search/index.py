"""Match in the database: FTS5 in SQLite, ``simple`` tsvectors in PostgreSQL, with the same integer scores.

The rankings of the two databases differ, so each match scores fixed points in both: most for a group that is found at
all, then for one in the title, then for one in the lead. Installed after every migrate, because SQLite drops triggers
when Django rebuilds a table.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import connection

from education.models import SearchDoc

from . import items

TABLE = SearchDoc._meta.db_table
FTS = f"{TABLE}_fts"
COLUMNS = ("title_stems", "lead_stems", "text_stems")
MAX_MATCHES = 60
POINTS = {"title": 40, "lead": 30, "text": 0}
GUIDE_BONUS = 45  # a guide with the word in its lead ranks above a helpline or glossary word with it in the name
# The page of an app whose name was typed ranks above guides that mention the app, and below one that is about it.
APP_BONUS = 120
MAX_DISTANCE = 2  # other stems allowed between two words of a phrase, in either order

Alternative = tuple[str, ...]  # stems that must all occur near each other


@dataclass(frozen=True)
class Group:
    """One search term. A text matches if it contains any of the ``alternatives``."""

    alternatives: frozenset[Alternative]


def search(groups: list[Group], language: str, most: int, only: str = "", parameters: tuple = ()) -> list[SearchDoc]:
    """Return the best ``most`` rows in ``language`` that readers may see; ties in the order of ``position``.

    Each has its ``points``. ``only`` is an additional condition on the table ``doc`` with its ``parameters``. It must
    never contain user input.
    """
    return list(SearchDoc.objects.raw(*statement(groups, language, most, only, parameters))) if groups else []


def statement(
    groups: list[Group], language: str, most: int, only: str = "", parameters: tuple = ()
) -> tuple[str, list[Any]]:
    """Return the SQL of ``search`` and its parameters. Drafts are left out first, so that they take nobody's place."""
    readable, at = items.condition()
    matched, asked = (_postgresql if connection.vendor == "postgresql" else _sqlite)(groups)
    best = f"""
        SELECT doc.id, {MAX_MATCHES} * COUNT(DISTINCT hit.part) + SUM(hit.points)
            + CASE doc.kind WHEN 'guide' THEN {GUIDE_BONUS} WHEN 'platform' THEN
                CASE MAX(hit.points) WHEN {POINTS["title"]} THEN {APP_BONUS} ELSE 0 END
                ELSE 0 END AS points
        FROM ({matched}) AS hit JOIN {TABLE} AS doc ON doc.id = hit.id
        WHERE doc.language = %s {only}
        GROUP BY doc.id, doc.kind, doc.object_id, doc.position HAVING {readable}
        ORDER BY points DESC, doc.position LIMIT %s
    """  # noqa: S608 (only our own names and numbers are inserted; what was typed goes in as parameters)
    sql = f"""
        SELECT doc.id, doc.kind, doc.object_id, doc.title, doc.text, best.points
        FROM ({best}) AS best JOIN {TABLE} AS doc ON doc.id = best.id ORDER BY best.points DESC, doc.position
    """  # noqa: S608
    return sql, [*asked, language, *parameters, *at, most]


def _sqlite(groups: list[Group]) -> tuple[str, list[str]]:
    """Return a SELECT for each group and column, and their match expressions."""
    one = f"SELECT rowid AS id, {{part}} AS part, {{points}} AS points FROM {FTS} WHERE {FTS} MATCH %s"  # noqa: S608
    selects, asked = [], []
    for part, group in enumerate(groups):
        any_of = " OR ".join(f"({_near_sqlite(roots)})" for roots in sorted(group.alternatives))
        for column, points in POINTS.items():
            selects.append(one.format(part=part, points=points))
            asked.append(f"{{{column}_stems}} : ({any_of})")
    return " UNION ALL ".join(selects), asked


def _postgresql(groups: list[Group]) -> tuple[str, list[str]]:
    one = (
        f"SELECT id, {{part}} AS part, {{points}} AS points FROM {TABLE} "  # noqa: S608
        "WHERE {column}_vector @@ to_tsquery('simple', %s)"
    )
    selects, asked = [], []
    for part, group in enumerate(groups):
        any_of = " | ".join(f"({_near_postgresql(roots)})" for roots in sorted(group.alternatives))
        for column, points in POINTS.items():
            selects.append(one.format(part=part, points=points, column=column))
            asked.append(any_of)
    return " UNION ALL ".join(selects), asked


def pairs(roots: Alternative) -> list[Alternative]:
    """Return the stems of a phrase in adjacent pairs, which must occur near each other; a single stem alone."""
    return list(pairwise(dict.fromkeys(roots))) or [roots[:1]]


def _near_sqlite(roots: Alternative) -> str:
    return " AND ".join(f"NEAR({' '.join(map(_quoted, pair))}, {MAX_DISTANCE})" for pair in pairs(roots))


def _near_postgresql(roots: Alternative) -> str:
    return " & ".join(f"({' | '.join(_in_any_order(pair))})" for pair in pairs(roots))


def _in_any_order(pair: Alternative) -> list[str]:
    orders = {pair, pair[::-1]}
    steps = range(1, MAX_DISTANCE + 2) if len(pair) > 1 else (1,)
    return [f" <{step}> ".join(order) for order in sorted(orders) for step in steps]


def _quoted(root: str) -> str:
    return f'"{root}"'


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


def _vector(name: str, column: str) -> tuple[str, str]:
    made = f"tsvector GENERATED ALWAYS AS (to_tsvector('simple', {column})) STORED"
    return (
        f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS {name} {made}",
        f"CREATE INDEX IF NOT EXISTS {TABLE}_{name} ON {TABLE} USING gin ({name})",
    )


POSTGRESQL = tuple(statement for name in POINTS for statement in _vector(f"{name}_vector", f"{name}_stems"))


def install(**_signal: Any) -> None:
    """Create the full-text index of the database in use, if its table exists. Safe to repeat."""
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in POSTGRESQL if connection.vendor == "postgresql" else SQLITE:
            cursor.execute(statement)
