"""Actions on cases: the details that each one needs, and the sentence that refuses it."""

from reports.cases.lifecycle import NotAllowed, perform
from reports.models import Case

DETAILS = {
    "reply": {"text": "Terima kasih."},
    "ask": {"text": "Kapan?"},
    "note": {"text": "Catatan."},
    "close": {"outcome": "spam"},
    "hold": {"reason": "Alasan."},
    "restrict": {"reason": "Alasan."},
    "lift_hold": {"reason": "Alasan."},
    "resolve_without_message": {"reason": "Alasan."},
    "lock": {"reason": "Alasan."},
    "destroy_files": {"reason": "Alasan."},
    "set_tier": {"tier": 0, "reason": "Alasan."},
    "ask_lift": {"reason": "Alasan."},
    "lift_restriction": {"reason": "Alasan."},
    "confirm_child": {"reason": "Alasan."},
    "allow_files": {"reason": "Alasan."},
    "withdraw": {"coerced": "no"},
}

URGENT = {
    "safety": "safe",
    "about": "me",
    "category": "threats_stalking",
    "age": "adult",
    "threatened_with": ["nothing"],
    "knows_place": "yes",
}


def refused(case: Case, name: str, by) -> str | None:
    """The sentence that refuses an action; None when it happened."""
    try:
        perform(case, name, by=by, **DETAILS.get(name, {}))
    except NotAllowed as refusal:
        return str(refusal)
    return None
