"""The comparison of first and second decisions, for the dashboard of leads: shares by category of the last year."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from ..models.category import Category
from ..models.second_look import SecondLookFigure
from . import words
from .rates import Share

DAYS = 365
COLUMNS = ("looked", "other_category", "other_tier", "other_outcome", "no_outcome")


def by_category(kinds: Sequence[str], today: date) -> list[dict[str, Any]]:
    """Return a row for each category of which somebody made a second look, and one for all; none without any look.

    Shares that come from few looks are not given. Two queries, one without any look.
    """
    figures = SecondLookFigure.objects.filter(kind__in=kinds, month__gt=today - timedelta(days=DAYS))
    sums: Any = {column: Sum(column) for column in COLUMNS}
    found = {key: numbers for key, *numbers in figures.order_by().values_list("category").annotate(**sums)}
    categories = Category.objects.filter(pk__in=found) if found else ()
    rows = [(category.name, found[category.pk]) for category in categories]
    if len(rows) > 1:
        rows.append((_("All"), [sum(column) for column in zip(*(numbers for _name, numbers in rows), strict=True)]))
    return [{"name": label, "cells": _cells(*numbers)} for label, numbers in rows]


def _cells(looked: int, category: int, tier: int, outcome: int, unclear: int) -> list[Any]:
    shares = [Share(category, looked), Share(tier, looked), Share(outcome, looked - unclear)]
    return [looked, *(f"{share.part} ({words.percent(share)})" if share.is_shown else share.part for share in shares)]
