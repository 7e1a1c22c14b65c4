"""Counts that stop soon after a limit: above it, the exact number is of no use at the desk."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model

from safetycenter.roles import Account

from ..models.bounded_count import MAX_COUNT, CountUpTo

__all__ = ["MAX_COUNT", "CountUpTo", "count_all", "in_words"]


def count_all(counted: Mapping[str, Any], user: Account) -> dict[str, Any]:
    """Return all ``counted``, querysets or expressions by name, in one query. ``user`` is the row that it reads."""
    wanted = {f"n_{name}": rows if hasattr(rows, "as_sql") else CountUpTo(rows) for name, rows in counted.items()}
    found: Any = get_user_model().objects.filter(pk=user.pk).values(**wanted).get()  # type: ignore[misc]
    return {name.removeprefix("n_"): count for name, count in found.items()}


def in_words(count: int) -> str:
    """Return the count as displayed: ``18``, or ``200+`` above the limit."""
    return f"{MAX_COUNT}+" if count > MAX_COUNT else str(count)
