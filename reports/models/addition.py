"""Answers that a reporter added after sending (intake/more.py): sealed apart from the answers that were sent.

Each is stored with its separate key (``DataKey.sealed``): who reads the keys of a case has read them, and a key that is
erased takes its answer along.
"""

import json
import uuid
from contextlib import suppress
from datetime import datetime
from functools import reduce
from typing import Any, NamedTuple

from django.utils import timezone

from ..crypto.vault.appender import Appender
from ..crypto.vault.box import UnreadableError, new_key
from ..crypto.vault.keyring import NARRATIVE, ErasedError, Keyring
from .case import Case
from .data_key import DataKey
from .message import moment

ADDITION = "addition:"  # the names of their keys begin with it


def add(case: Case, ring: Appender, answers: dict) -> None:
    """Store ``answers`` with what their words raised, sealed for the pair of ``ring``."""
    name, now = f"{ADDITION}{uuid.uuid4()}", timezone.now()
    ring.add(name, new_key())
    row = DataKey.of(case, name, ring.wrapped[name])
    row.added_at, row.sealed = now, seal(ring, name, now, answers)
    row.save(force_insert=True)


def seal(ring: Keyring | Appender, name: str, added_at: datetime, answers: dict) -> bytes:
    """Return ``answers`` sealed under the key ``name`` of ``ring``. The time is authenticated."""
    return ring.seal(name, f"{name}:{moment(added_at)}", "answers", json.dumps(answers).encode())


class Added(NamedTuple):
    """One addition: the name of its key, its time, and its answers by question."""

    name: str
    added_at: datetime
    answers: dict


def opened(case: Case, ring: Keyring, strict: bool = False) -> list[Added]:
    """Return the additions to ``case``, in order. What cannot be opened is left out.

    If ``strict``, raises ErasedError or UnreadableError for it.
    """
    if not any(name.startswith(ADDITION) for name in ring.wrapped):
        return []
    found = []
    for row in case.data_keys.all():
        if row.sealed is None or row.added_at is None:
            continue
        with suppress(*(() if strict else (ErasedError, UnreadableError))):
            text = ring.open(row.name, f"{row.name}:{moment(row.added_at)}", "answers", row.sealed)
            found.append(Added(row.name, row.added_at, json.loads(text)))
    return sorted(found, key=lambda added: added.added_at)


def all_answers(case: Case, ring: Keyring) -> dict:
    """Return the answers that were sent, and those that were added later.

    Raises ErasedError, UnreadableError, or TypeError if there are no answers any more.
    """
    added = (added.answers for added in opened(case, ring, strict=True))
    return reduce(merged, added, sent_answers(case, ring))


def sent_answers(case: Case, ring: Keyring) -> dict:
    """Return only the answers that were sent; see ``all_answers``."""
    return json.loads(ring.open(NARRATIVE, "case", "answers", case.answers))


def merged(answers: dict, added: dict) -> dict:
    """Return ``answers`` with ``added``. What words have raised is never lost, nor is an answer replaced."""
    in_words: Any = sorted({*answers.get("in_words", ()), *added.get("in_words", ())})
    return added | answers | ({"in_words": in_words} if in_words else {})
