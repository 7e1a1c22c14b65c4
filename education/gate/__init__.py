"""The publish gate: what stands between a text and its readers, in plain words, each with the field to go to."""

from safetycenter.transitions import NotAllowed

from . import fragments, learning, losses, structure, whole, wording
from .finding import ERROR, LOSS, WARNING, Finding, Said

__all__ = ["ERROR", "LOSS", "WARNING", "Finding", "Said", "findings", "require"]

CHECKS = (*whole.CHECKS, *structure.CHECKS, *fragments.CHECKS, *losses.CHECKS, *wording.CHECKS, *learning.CHECKS)


def findings(said: Said) -> list[Finding]:
    """Everything that the checks find in ``said``: errors first, then what would be lost, then warnings."""
    found = [finding for check in CHECKS for finding in check(said)]
    order = (ERROR, LOSS, WARNING)
    return sorted(found, key=lambda finding: order.index(finding.level))


def require(said: Said, note: str, agreed: set[str]) -> None:
    """Raise NotAllowed with a sentence unless ``said`` may go before readers.

    ``note`` is what the publisher says to the warnings, ``agreed`` the names of the losses that they ticked.
    """
    for finding in findings(said):
        if finding.level == ERROR:
            raise NotAllowed(finding.text)
        if finding.level == LOSS and finding.name not in agreed:
            raise NotAllowed(finding.asks)
        if finding.level == WARNING and not note.strip():
            raise NotAllowed(finding.asks)
