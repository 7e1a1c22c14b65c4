"""Whether anybody waits longer than this site promised: one word for ``/metrics``, which gets no number."""

from ..models.case import Case


def nobody_waits_too_long() -> bool:
    """Return whether no open case is past its time."""
    return not Case.objects.late().exists()
