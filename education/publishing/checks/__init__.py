"""Publish checks: what blocks a text, or needs a confirmation, before publication. Each finding names its field."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from education.models.serialization import snapshot
from safetycenter.transitions import NotAllowed

from . import (
    external,
    fragments,
    help_texts,
    learning,
    losses,
    pictures,
    platforms,
    readers,
    sources,
    steps,
    structure,
    whole,
    wording,
)
from .finding import CONFIRM, ERROR, KNOWN, WARNING, Candidate, Finding

Known = dict[tuple[str, str], Finding]  # by the key of an error or a warning, all that it counts and the worst of it

__all__ = [
    "CONFIRM",
    "ERROR",
    "KNOWN",
    "WARNING",
    "Candidate",
    "Finding",
    "findings",
    "known_findings",
    "live_errors",
    "require",
    "require_unique",
]

CHECKS = (
    *whole.CHECKS,
    *sources.CHECKS,
    *structure.CHECKS,
    *fragments.CHECKS,
    *external.CHECKS,
    *losses.CHECKS,
    *wording.CHECKS,
    *learning.CHECKS,
    *help_texts.CHECKS,
    *pictures.CHECKS,
    *platforms.CHECKS,
    *steps.CHECKS,
    *readers.CHECKS,
)


def findings(candidate: Candidate, known: Known | None = None) -> list[Finding]:
    """Return all findings on ``candidate``: errors, losses to confirm, new warnings, then what is not new.

    ``known`` is the result of ``known_findings``, if the caller has it already.
    """
    known = known_findings(candidate) if known is None else known
    found = [
        replace(one, level=KNOWN, was=one.level) if _is_known(candidate, one, known) else one
        for one in _all_findings(candidate)
    ]
    order = (ERROR, CONFIRM, WARNING, KNOWN)
    return sorted(found, key=lambda finding: order.index(finding.level))


def _is_known(candidate: Candidate, one: Finding, known: Known) -> bool:
    before = known.get(one.key)
    if before is None or one.level != before.level or not one.about <= before.about or one.amount > before.amount:
        return False
    return one.level == WARNING or _is_old_error(candidate, one)


def _is_old_error(candidate: Candidate, one: Finding) -> bool:
    """Return whether readers have the error ``one`` now, and this change touches nothing that it rests on.

    Where nothing changes at all, as when somebody asks about a published text, an error is an error.
    """
    is_change = bool(candidate.live) and candidate.data != candidate.live
    return is_change and bool(one.field) and candidate.says_the_same({one.field, *one.parts})


def known_findings(candidate: Candidate) -> Known:
    """Return the errors and warnings on the text that readers saw last, the same for every choice of languages."""
    if not candidate.before:
        return {}
    found: Known = {}
    for one in _all_findings(_current_candidate(candidate)):
        if one.level in {ERROR, WARNING}:
            other = found.get(one.key, one)
            amount = max(one.amount, other.amount)
            found[one.key] = replace(one, about=one.about | other.about, amount=amount)
    return found


def live_errors(item: Any) -> list[Finding]:
    """Return the errors in what readers see of the published ``item`` now."""
    data = snapshot(item)
    return [one for one in _all_findings(Candidate(item, data, data)) if one.level == ERROR]


def _all_findings(candidate: Candidate) -> list[Finding]:
    return [finding for check in CHECKS for finding in check(candidate)]


def _current_candidate(candidate: Candidate) -> Candidate:
    return Candidate(candidate.row, candidate.before, candidate.before)


def require(candidate: Candidate, note: str, confirmed: Collection[str]) -> None:
    """Raise NotAllowed with a sentence unless ``candidate`` may be published.

    ``note`` is the publisher's answer to the warnings, ``confirmed`` the names of the losses that they confirmed.
    """
    for finding in findings(candidate):
        if finding.level == ERROR:
            raise NotAllowed(finding.text)
        if finding.level == CONFIRM and finding.name not in confirmed:
            raise NotAllowed(finding.reminder)
        if finding.level == WARNING and not note.strip():
            raise NotAllowed(finding.reminder)


def require_unique(candidate: Candidate) -> None:
    """Raise NotAllowed with a sentence if another item has the address, number or key of ``candidate``."""
    for finding in whole.check_unique(candidate):
        raise NotAllowed(finding.text)
