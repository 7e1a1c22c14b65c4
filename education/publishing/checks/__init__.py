"""Publish checks: what blocks a text, or needs a confirmation, before publication. Each finding names its field."""

from collections.abc import Collection
from dataclasses import replace

from safetycenter.transitions import NotAllowed

from . import (
    external,
    fragments,
    help_texts,
    learning,
    losses,
    pictures,
    platforms,
    sources,
    steps,
    structure,
    whole,
    wording,
)
from .finding import CONFIRM, ERROR, KNOWN, WARNING, Candidate, Finding

Known = dict[tuple[str, str], frozenset[str]]  # by the key of a warning, what it counts

__all__ = [
    "CONFIRM",
    "ERROR",
    "KNOWN",
    "WARNING",
    "Candidate",
    "Finding",
    "findings",
    "known_warnings",
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
)


def findings(candidate: Candidate, known: Known | None = None) -> list[Finding]:
    """Return all findings on ``candidate``: errors, losses to confirm, new warnings, then warnings that are not new.

    ``known`` is the result of ``known_warnings``, if the caller has it already.
    """
    known = known_warnings(candidate) if known is None else known
    found = [replace(one, level=KNOWN) if _is_known(one, known) else one for one in _all_findings(candidate)]
    order = (ERROR, CONFIRM, WARNING, KNOWN)
    return sorted(found, key=lambda finding: order.index(finding.level))


def _is_known(one: Finding, known: Known) -> bool:
    return one.level == WARNING and one.key in known and one.about <= known[one.key]


def known_warnings(candidate: Candidate) -> Known:
    """Return the warnings on the text that readers saw last. They are the same for every choice of languages."""
    if not candidate.before:
        return {}
    found: Known = {}
    for one in _all_findings(_current_candidate(candidate)):
        if one.level == WARNING:
            found[one.key] = found.get(one.key, frozenset()) | one.about
    return found


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
