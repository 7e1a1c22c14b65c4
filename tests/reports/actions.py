"""Actions on cases: the details that each one needs, and the sentence that refuses it."""

from datetime import date

from django.utils import timezone

from reports.cases import colleagues
from reports.cases.case_effects.clock import next_clock
from reports.cases.lifecycle import NotAllowed, perform
from reports.models import Case, Category, ChecklistItem, DataRequest, Team
from safetycenter import memory

# What the named lead records about locked files that went to the police (K7).
HANDED = {
    "agency": "Unit Contoh",
    "receipt_number": "B/1/Contoh",
    "handed_on": timezone.localdate(),
    "decision": "Penasihat, 24 November.",
}
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
    "copy_hotline_link": {"reason": "Alasan."},
    "destroy_files": {"reason": "Alasan."},
    "ask_take_out": {"reason": "Alasan."},
    "agree_take_out": {"reason": "Alasan."},
    "refuse_take_out": {"reason": "Alasan."},
    "revoke_take_out": {"reason": "Alasan."},
    "set_tier": {"tier": 0, "reason": "Alasan."},
    "note_misuse": {"reason": "Alasan."},
    "confirm_misuse": {"reason": "Alasan."},
    "ask_lift": {"reason": "Alasan."},
    "lift_restriction": {"reason": "Alasan."},
    "confirm_child": {"reason": "Alasan."},
    "allow_files": {"reason": "Alasan."},
    "withdraw": {"coerced": "no"},
    "data_request": {"kind": "stop"},
    "request_other": {"reason": "tone"},
    "after_restore": {"decided": ["restrict"], "people": set(), "lines": ["1"]},
    "wind_down_told": {"last_day": date(2099, 1, 1)},
    "escalate": {"reason": "Alasan."},
    "quarantine": {"reason": "Alasan."},
    "mark_fact": {"fact": "age", "degree": "seen"},
    "not_to_refer": {"reason": "Alasan."},
    "gave_self_report_sheet": {"text": "Begini caranya."},
}


def _other_reference(case: Case) -> str:
    return Case.objects.exclude(pk=case.pk).values_list("reference", flat=True).first() or "-"


def _open_request(case: Case) -> DataRequest:
    return case.data_requests.filter(answered_at=None).first() or DataRequest()


OF_CASE = {
    "hand_to_police": lambda _case: HANDED | {"handed_on": timezone.localdate()},
    "correct_hand_over": lambda _case: HANDED | {"handed_on": timezone.localdate()},
    "link": lambda case: {"reference": _other_reference(case)},
    "answer_data_request": lambda case: {"request": _open_request(case), "answer": "done"},
}


def details_of(name: str, case: Case, by) -> dict:
    """The details with which ``by`` may take the action ``name`` on ``case``, also those that depend on the moment."""
    if name == "offer":
        return {"to": colleagues.who_may_take(case).first() or by}
    if name == "route":
        return {"team": Team.objects.exclude(pk=case.team_id or "").first()}
    if name == "exclude":
        return {
            "person": colleagues.without_conflict(case).first() or case.recusals.first().person,
            "reason": "Alasan.",
        }
    if name == "look_again":
        return {"at": timezone.now() + (next_clock(case) - timezone.now()) / 2}
    if name == "change_category":
        return {"category": Category.objects.exclude(pk=case.category_id).first(), "reason": "Alasan."}
    if name in OF_CASE:
        return OF_CASE[name](case)
    if name == "tick":
        item, _made = ChecklistItem.objects.get_or_create(key="contoh", defaults={"title": "Contoh"})
        memory.clear()
        return {"item": item.key, "done": True}
    return DETAILS.get(name, {})


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
        perform(case, name, by=by, **details_of(name, case, by))
    except NotAllowed as refusal:
        return str(refusal)
    return None


def resolve(case: Case, by, name: str = "resolve", **details) -> Case:
    """The case as its handler ``by`` resolved it; one with a time to refer is first decided on (safety rule K1).

    ``name`` is the action: ``resolve`` or ``resolve_without_message``.
    """
    now = Case.objects.get(pk=case.pk)
    if now.refer_due_at and not now.refer_decided_at:
        perform(case, "not_to_refer", by=by, **DETAILS["not_to_refer"])
    return perform(case, name, by=by, **details)
