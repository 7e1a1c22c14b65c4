"""Count searches without a result, so that editors can add the words; never store what one person typed.

Words are stored from the third visitor of a day on. Until then the rate limit table holds fingerprints of them, with a
key that changes each day, deleted the next day. Long texts, account names, numbers and addresses are ignored, and so is
anything that may be about suicide or being hurt.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Sum
from django.utils import timezone

from education.models import ZeroResultSearch
from safetycenter.limits import Limit

from .stems import words

MIN_VISITORS = 3  # visitors on one day
MAX_WORDS = 4
MAX_LETTERS = 40
KEEP_FOR = timedelta(days=90)
MAX_LISTED = 10
_ONLY_WORDS = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")
_VISITOR_LIMIT = Limit("missed-by", 1, timedelta(days=1))
_THRESHOLD = Limit("missed", MIN_VISITORS - 1, timedelta(days=1))


@dataclass(frozen=True)
class ZeroResult:
    """Words without a result, and the number of visitors who searched for them, each counted once a day."""

    words: str
    language: str
    count: int


def record_search(text: str, language: str, visitor: str) -> None:
    """Record that ``visitor`` searched for ``text`` and found nothing."""
    plain = countable_words(text)
    if plain and _VISITOR_LIMIT.hit(f"{visitor} {language} {plain}") and not _THRESHOLD.hit(f"{language} {plain}"):
        ZeroResultSearch.objects.count_today(language=language, words=plain)


def countable_words(text: str) -> str:
    """Return the words of ``text`` if it is short and contains only words; else an empty string."""
    text = " ".join(text.split())
    found = words(text)
    is_short = len(text) <= MAX_LETTERS and len(found) <= MAX_WORDS
    return " ".join(found) if is_short and _ONLY_WORDS.fullmatch(text) else ""


def most_frequent() -> list[ZeroResult]:
    """Return the words that most visitors searched for in vain. The visitors below the threshold of a day count too."""
    rows = ZeroResultSearch.objects.values("words", "language").annotate(total=Sum("count"), days=Count("day"))
    found = [ZeroResult(row["words"], row["language"], row["total"] + row["days"] * (MIN_VISITORS - 1)) for row in rows]
    return sorted(found, key=lambda one: (-one.count, one.words))[:MAX_LISTED]


def delete_old() -> int:
    """Delete rows older than 90 days. Return the number of deleted rows."""
    return ZeroResultSearch.objects.filter(day__lt=timezone.localdate() - KEEP_FOR).delete()[0]
