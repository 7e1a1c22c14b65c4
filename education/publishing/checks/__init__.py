"""Publish checks: what blocks a text, or needs a confirmation, before publication. Each finding names its field."""

from dataclasses import replace

from safetycenter.transitions import NotAllowed

from . import fragments, help_texts, learning, losses, structure, whole, wording
from .finding import CONFIRM, ERROR, KNOWN, WARNING, Candidate, Finding

__all__ = ["CONFIRM", "ERROR", "KNOWN", "WARNING", "Candidate", "Finding", "findings", "require"]

CHECKS = (
    *whole.CHECKS,
    *structure.CHECKS,
    *fragments.CHECKS,
    *losses.CHECKS,
    *wording.CHECKS,
    *learning.CHECKS,
    *help_texts.CHECKS,
)


def findings(candidate: Candidate) -> list[Finding]:
    """Return all findings on ``candidate``: errors, losses to confirm, new warnings, then warnings that are not new."""
    known = (
        {finding.text for finding in _all_findings(_current_candidate(candidate)) if finding.level == WARNING}
        if candidate.before
        else ()
    )
    found = [replace(one, level=KNOWN) if one.text in known else one for one in _all_findings(candidate)]
    order = (ERROR, CONFIRM, WARNING, KNOWN)
    return sorted(found, key=lambda finding: order.index(finding.level))


def _all_findings(candidate: Candidate) -> list[Finding]:
    return [finding for check in CHECKS for finding in check(candidate)]


def _current_candidate(candidate: Candidate) -> Candidate:
    return Candidate(candidate.row, candidate.before, candidate.before)


def require(candidate: Candidate, note: str, confirmed: set[str]) -> None:
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
