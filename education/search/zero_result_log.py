"""Searches that found nothing, counted for editors so that they can teach the words; never what one person typed.

Words are written down only from the third visitor of one day on. Until then the table of limits holds fingerprints of
them, keyed anew each day and gone the next. Long texts, names of accounts, numbers and addresses are left alone, and so
is whatever may be about a life or about being hurt.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Sum
from django.utils import timezone

from education.models import ZeroResultSearch
from safetycenter.limits import Limit

from .stems import words

FEWEST = 3  # visitors of one day
MOST_WORDS = 4
MOST_LETTERS = 40
KEPT = timedelta(days=90)
SHOWN = 10
_ONLY_WORDS = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")
_ONCE_A_VISITOR = Limit("missed-by", 1, timedelta(days=1))
_TOO_FEW = Limit("missed", FEWEST - 1, timedelta(days=1))


@dataclass(frozen=True)
class ZeroResult:
    """Words that found nothing, and how many visitors of one day each looked for them."""

    words: str
    language: str
    count: int


def note(text: str, language: str, visitor: str) -> None:
    """``visitor`` looked for ``text`` and found nothing."""
    plain = worth_keeping(text)
    if plain and _ONCE_A_VISITOR.hit(f"{visitor} {language} {plain}") and not _TOO_FEW.hit(f"{language} {plain}"):
        ZeroResultSearch.objects.add_one(language=language, words=plain)


def worth_keeping(text: str) -> str:
    """The words of a short ``text`` that holds nothing but words; else nothing."""
    text = " ".join(text.split())
    found = words(text)
    is_short = len(text) <= MOST_LETTERS and len(found) <= MOST_WORDS
    return " ".join(found) if is_short and _ONLY_WORDS.fullmatch(text) else ""


def most_missed() -> list[ZeroResult]:
    """What most visitors looked for in vain; the first ones of each day count too."""
    rows = ZeroResultSearch.objects.values("words", "language").annotate(told=Sum("count"), days=Count("day"))
    found = [ZeroResult(row["words"], row["language"], row["told"] + row["days"] * (FEWEST - 1)) for row in rows]
    return sorted(found, key=lambda one: (-one.count, one.words))[:SHOWN]


def delete_old() -> int:
    """Erase what is older than 90 days; returns how many rows."""
    return ZeroResultSearch.objects.filter(day__lt=timezone.localdate() - KEPT).delete()[0]
