"""The day on which each shipped text was last changed: "Last change" on its page, never the day of the installation.

``text_dates.toml`` names the day beside a digest of the text. ``python -m tools.text_dates`` writes both, and
``make check-content`` finds a text that changed since.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from education.starter import files

FILE = "text_dates.toml"
# The kinds whose pages say when they were changed last, and what identifies an item in its file.
KEYS = {"guides": "number", "quizzes": "number", "lessons": "key", "platforms": "key", "pages": "key", "news": "key"}


def read(folder: Path = files.FOLDER) -> dict[str, dict[str, Any]]:
    """Return day (``changed_on``) and digest (``text``) of each text by its name, such as ``guides:6``."""
    return files.read(folder / FILE)


def day_of(kind: str, key: object) -> date | None:
    """Return the day on which the text was changed last; ``None`` for kinds that show no day, and unknown texts."""
    known = _shipped().get(f"{kind}:{key}")
    return known["changed_on"] if known else None


def named(items: Callable[[str], list[dict]]) -> dict[str, str]:
    """Return the digest of each text by its name; ``items`` returns the items of a kind."""
    return {f"{kind}:{item[key]}": digest(item) for kind, key in KEYS.items() for item in items(kind)}


def digest(item: dict) -> str:
    """Return a digest of all texts of a starter file's item. Its facts, such as helplines and reviews, do not count."""
    return hashlib.sha256(json.dumps(list(_texts(item, False))).encode()).hexdigest()[:16]


@cache
def _shipped() -> dict[str, dict[str, Any]]:
    return read()


def _texts(part: object, is_text: bool) -> Iterator[str]:
    """Yield what is written below the tables of the languages, anywhere in ``part``."""
    if isinstance(part, dict):
        codes = dict(settings.LANGUAGES)
        for name, value in sorted(part.items()):
            yield from _texts(value, is_text or name in codes)
    elif isinstance(part, list):
        for value in part:
            yield from _texts(value, is_text)
    elif is_text:
        yield str(part).strip()
