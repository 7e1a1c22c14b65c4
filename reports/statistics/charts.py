"""Where the parts of each chart are: x in percent and y in pixels, so that text keeps its size at every width.

Everything is text, because a template would write a number with the comma of its language.
"""

from collections.abc import Iterable
from datetime import timedelta
from math import ceil, log
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..deadlines import FIRST_REVIEW
from ..models.bounded_count import MAX_COUNT
from . import words
from .figures import Desk
from .parts import Backlog, Times
from .rates import Share

BAR_STEP, ROW_STEP = 47, 39
IN_WORDS = 2  # times of single cases that have room beside the chart
LEFT, RIGHT, RIGHT_OF_TIMES = 12.0, 76.0, 62.0  # the part of the width that a scale takes, in percent
WIDE_ENOUGH = 4.0  # percent of the width in which a number fits
PLOT_HEIGHT, BASE = 120, 144


def _x(value: float) -> str:
    return f"{value:.2f}%"


def backlog(tiers: list[Backlog]) -> dict[str, Any]:
    """Return one bar a tier, as long as its number of waiting cases, in classes of age."""
    most = max((tier.total for tier in tiers), default=0) or 1
    rows = [_bar(number, tier, most) for number, tier in enumerate(tiers)]
    return {"height": BAR_STEP * len(tiers) - 4, "rows": rows}


def _bar(number: int, tier: Backlog, most: int) -> dict[str, Any]:
    top, begin, parts = number * BAR_STEP, 0.0, []
    for place, n in enumerate(tier.classes):
        width = 100 * n / most
        if n:
            text = str(n) if width >= WIDE_ENOUGH else ""
            parts.append({"x": _x(begin), "width": _x(width), "css": f"a{place + 1}", "text": text})
        begin += width
    late = f"{MAX_COUNT}+" if tier.late > MAX_COUNT else str(tier.late)
    return {
        "name": f"P{tier.tier}",
        "label": _("%(n)d waiting") % {"n": tier.total},
        "late": _("%(n)s late") % {"n": late} if tier.late else "",
        "half": _("half wait under %(time)s") % {"time": words.duration(tier.median)} if tier.median else "",
        "oldest": _("oldest %(time)s") % {"time": words.duration(tier.oldest)} if tier.total else "",
        "y_text": str(top + 12),
        "y_bar": str(top + 18),
        "parts": parts,
        "cells": [
            *(*tier.classes, tier.total, late),
            *map(words.duration, (tier.median, tier.p90, tier.oldest)),
        ],
    }


def promises(rows: list[tuple[int, Share, int]]) -> dict[str, Any]:
    """Return a point with its interval for each tier that has enough cases."""
    lows = [share.interval[0] for _tier, share, _late in rows if share.is_shown]
    floor = 10 * int(min([*lows, 70]) // 10)
    steps = range(floor, 101, 10 if floor >= 50 else 25 if floor % 25 == 0 else 20)

    def place(value: float) -> str:
        return _x(LEFT + (RIGHT - LEFT) * (value - floor) / (100 - floor))

    grid = [{"x": place(step), "text": f"{step} %"} for step in steps]
    return {
        "height": ROW_STEP * len(rows) + 27,
        "bottom": str(ROW_STEP * len(rows) + 1),
        "grid": grid,
        "y_scale": str(ROW_STEP * len(rows) + 19),
        "rows": [_promise_row(number, *row, place) for number, row in enumerate(rows)],
    }


def _promise_row(number: int, tier: int, share: Share, late: int, place: Any) -> dict[str, Any]:
    y = number * ROW_STEP + 22
    low, high = share.interval
    return {
        "name": f"P{tier}",
        "limit": words.duration(FIRST_REVIEW[tier]),
        "y": str(y),
        "y_text": str(y + 4),
        "y_limit": str(y + 15),
        "shown": share.is_shown,
        "x": place(share.percent),
        "low": place(low),
        "high": place(high),
        "percent": words.percent(share),
        "of": words.of_number(share),
        "cells": [
            share.whole,
            share.part,
            late,
            max(0, share.whole - share.part - late),
            words.percent(share),
            words.interval(share),
        ],
    }


def flow(desk: Desk) -> dict[str, Any]:
    """Return two bars a day: how many cases came, and how many were done."""
    days = desk.per_day
    most = max(1, *(max(came, done) for _day, came, done in days))
    step = _round_step(most)
    top = step * ceil(most / step)
    width = 100 / len(days)

    def bar(place: float, n: int, css: str) -> dict[str, str]:
        height = PLOT_HEIGHT * max(0, n) / top
        size = {"y": f"{BASE - height:.1f}", "height": f"{height:.1f}"}
        return {"x": _x(place), "width": _x(width * 0.38), "css": css, **size}

    bars, labels, rows = [], [], []
    for number, (day, came, done) in enumerate(days):
        part = " part" if day == desk.today else ""
        bars += [bar(width * (number + 0.08), came, "came" + part), bar(width * (number + 0.5), done, "done" + part)]
        if number % 5 == 4:
            place = 100 if number == len(days) - 1 else width * (number + 0.5)
            labels.append({"x": _x(place), "text": date_format(day, "j M"), "wide": number % 10 != 9})
        name = _("%(day)s, so far") % {"day": _day(day)} if part else _day(day)
        rows.append({"name": name, "cells": [came, done]})
    lines = [{"y": f"{BASE - PLOT_HEIGHT * n / top:.1f}", "text": str(n)} for n in range(0, top + 1, step)]
    return {
        "height": BASE + 26,
        "bars": bars,
        "labels": labels,
        "lines": lines,
        "y_label": str(BASE + 18),
        "rows": rows,
    }


def _day(day: Any) -> str:
    return date_format(day, "D j M")


def _round_step(most: int) -> int:
    """Return the distance of the lines of a scale up to ``most``: 1, 2 or 5 with zeros, for at most five lines."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if most <= 4 * step:
                return step
        size *= 10


SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=14)
_MARKS = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4), timedelta(days=1), timedelta(days=7))


def _log_place(value: timedelta) -> str:
    inside = min(max(value, SHORTEST), LONGEST)
    return _x(LEFT + (RIGHT_OF_TIMES - LEFT) * log(inside / SHORTEST) / log(LONGEST / SHORTEST))


def times(rows: list[Times]) -> dict[str, Any]:
    """Return median and nine in ten of each tier on a logarithmic scale."""
    grid = [{"x": _log_place(mark), "text": words.duration(mark)} for mark in _MARKS]
    return {
        "height": ROW_STEP * len(rows) + 27,
        "bottom": str(ROW_STEP * len(rows) + 1),
        "grid": grid,
        "y_scale": str(ROW_STEP * len(rows) + 19),
        "rows": [_times_row(number, row) for number, row in enumerate(rows)],
    }


def _times_row(number: int, row: Times) -> dict[str, Any]:
    y, limit = number * ROW_STEP + 22, FIRST_REVIEW[row.tier]
    median, p90 = row.median or timedelta(), row.p90 or timedelta()
    shown = row.is_shown
    return {
        "name": f"P{row.tier}",
        "y": str(y),
        "y_text": str(y + 4),
        "y_above": str(y - 1),
        "y_below": str(y + 14),
        "y_top": str(y - 10),
        "y_bottom": str(y + 10),
        "shown": shown,
        "singles": [] if shown else [_log_place(time) for time, _number in row.singles],
        "in_words": words.singles(row.singles) if not shown and 0 < len(row.singles) <= IN_WORDS else "",
        "x": _log_place(median),
        "x90": _log_place(p90),
        "x_limit": _log_place(limit),
        "is_over": p90 > limit,
        "median": words.duration(median),
        "p90": words.duration(p90),
        "n": row.n,
        "cells": [row.n, *_cells(row)],
    }


def _cells(row: Times) -> tuple[str, str]:
    """Return median and nine in ten of a tier, or its single cases if they are too few."""
    if row.is_shown:
        return words.duration(row.median), words.duration(row.p90)
    return words.singles(row.singles), "–"


def openings(people: Iterable[Any]) -> list[tuple[str, list[int]]]:
    """Return what each person has and opened, in the order of the columns."""
    return [
        (
            person.name,
            [
                person.now,
                person.today["case"],
                person.week["case"],
                person.today["file"],
                person.week["file"],
                person.today["picture"],
                person.week["picture"],
            ],
        )
        for person in people
    ]
