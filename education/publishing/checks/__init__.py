"""Publish checks: what blocks a text, or needs a confirmation, before publication. Each finding names its field."""

from dataclasses import replace

from safetycenter.transitions import NotAllowed

from . import fragments, learning, losses, structure, whole, wording
from .finding import CONFIRM, ERROR, KNOWN, WARNING, Candidate, Finding

__all__ = ["CONFIRM", "ERROR", "KNOWN", "WARNING", "Candidate", "Finding", "findings", "require"]

CHECKS = (*whole.CHECKS, *structure.CHECKS, *fragments.CHECKS, *losses.CHECKS, *wording.CHECKS, *learning.CHECKS)


def findings(said: Candidate) -> list[Finding]:
    """Return all findings on ``said``: errors, losses to confirm, new warnings, then warnings that are not new."""
    known = {finding.text for finding in _found(_as_it_is(said)) if finding.level == WARNING} if said.before else ()
    found = [replace(one, level=KNOWN) if one.text in known else one for one in _found(said)]
    order = (ERROR, CONFIRM, WARNING, KNOWN)
    return sorted(found, key=lambda finding: order.index(finding.level))


def _found(said: Candidate) -> list[Finding]:
    return [finding for check in CHECKS for finding in check(said)]


def _as_it_is(said: Candidate) -> Candidate:
    return Candidate(said.row, said.before, said.before)


def require(said: Candidate, note: str, agreed: set[str]) -> None:
    """Raise NotAllowed with a sentence unless ``said`` may be published.

    ``note`` is the publisher's answer to the warnings, ``agreed`` the names of the losses that they confirmed.
    """
    for finding in findings(said):
        if finding.level == ERROR:
            raise NotAllowed(finding.text)
        if finding.level == CONFIRM and finding.name not in agreed:
            raise NotAllowed(finding.asks)
        if finding.level == WARNING and not note.strip():
            raise NotAllowed(finding.asks)
