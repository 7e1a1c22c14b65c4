"""For every action of a case: a kind of report, and what people do before the action is possible.

Written by hand, not read from the table of actions: an action that can never happen has no way here that works.
"""

from collections.abc import Callable

from django.utils import timezone

from reports.cases import audit, custody
from reports.cases.police_guards import TAKEN
from reports.cases.verification import register
from reports.models import Case, Team
from reports.scheduled_tasks import index_identifiers
from tests.cast import GROOMED, file_report
from tests.reports.actions import URGENT
from tests.reports.triage.conftest import through_the_form
from tests.reports.triage.linked import GROOMING, SAME, SCAM

KINDS = {
    "ordinary": {},
    "restricted": {"base": GROOMED},
    "urgent": {"safety": "danger"},
    "withheld": {"staff_conflict": "yes", "age": "adult"},
    "adult": {"age": "adult", "category": "scam", "money_sent": "no"},
    "threatened": {"base": URGENT},
    "quarantined": {"age": "adult", "category": "scam", "money_sent": "no", "suspicious": True},
}


def new_case(kind: str) -> Case:
    """Return a new case of one of KINDS, one with a file, or one whose file another report keeps closed."""
    if kind == "picture":
        return through_the_form(SCAM | {"account_or_link": ""}).case
    if kind == "closed file":
        file_report(base=GROOMING | {"account_or_link": SAME, "safety": "safe"})
        case = through_the_form(SCAM | {"account_or_link": SAME}).case
        index_identifiers()
        return Case.objects.get(pk=case.pk)
    return file_report(**KINDS[kind]).case


def another_report(desk) -> None:
    """Somebody else reports; the desk can link the two cases."""
    file_report()


def index(desk) -> None:
    """Housekeeping enters what the cases name."""
    index_identifiers()


def a_team(desk) -> None:
    """A supervisor adds a team."""
    Team.objects.get_or_create(key="barat", defaults={"name": "Barat"})


def name_a_lead(desk) -> None:
    """An administrator names the lead for locked files."""
    of_role = {role: user for user, role in desk.role_of.items()}
    custody.name(of_role["child-safety"], of_role["administrator"], for_withheld=False)


def take_out(desk) -> None:
    """The named lead takes a sealed file out."""
    audit.record(desk.case, TAKEN, custody.current_lead(False).person)
    desk.actions += 1


def link_ends(desk) -> None:
    """The other case is erased, so that this one leads and follows none."""
    Case.objects.filter(pk=desk.case.pk).update(lead_case=None)


def wait(**by: int) -> Callable:
    """Time passes."""

    def let_pass(desk) -> None:
        register.countersign()  # as housekeeping does every minute
        desk.clock(**by)

    return let_pass


def past_the_time_to_refer(desk) -> None:
    """Nobody has decided within the time to refer."""
    left = Case.objects.get(pk=desk.case.pk).refer_due_at - timezone.now()
    wait(seconds=left.total_seconds() + 60)(desk)


RESOLVED = ("claim", "reply", "resolve")
PREPARED = ("claim", "prepare_referral")
APPROVED = (*PREPARED, "approve_referral")
HANDED_OVER = (*APPROVED, "send_referral")
LOCKED = ("claim", "lock")
AGREED = ("ask_take_out", "agree_take_out")
# The kind of case, and the steps: an action by somebody who may take it, or a function of this module.
WAYS: dict[str, tuple] = {
    "claim": ("ordinary",),
    "reply": ("ordinary", "claim"),
    "ask": ("ordinary", "claim"),
    "mark_fact": ("ordinary", "claim"),
    "tick": ("ordinary", "claim"),
    "note": ("ordinary",),
    "undo": ("ordinary", "claim", "sent"),
    "resolve": ("ordinary", "claim", "reply"),
    "resolve_without_message": ("ordinary", "claim"),
    "close": ("ordinary", *RESOLVED),
    "reopen": ("ordinary", *RESOLVED),
    "unfreeze": ("ordinary", "freeze"),
    "accept": ("ordinary", "claim", "offer"),
    "decline": ("ordinary", "claim", "offer"),
    "offer": ("ordinary", "claim"),
    "look_again": ("ordinary", "claim"),
    "change_category": ("ordinary", "claim"),
    "link": ("ordinary", another_report),
    "confirm_link": ("ordinary", another_report, "link"),
    "unlink": ("ordinary", another_report, "link"),
    "escalate": ("ordinary",),
    "route": ("ordinary", a_team),
    "recuse": ("ordinary",),
    "exclude": ("ordinary",),
    "quarantine": ("adult",),
    "set_tier": ("ordinary",),
    "restrict": ("ordinary", "claim"),
    "ask_lift": ("restricted",),
    "lift_restriction": ("restricted", index, "ask_lift"),
    "confirm_child": ("restricted",),
    "allow_files": ("closed file",),
    "copy_hotline_link": ("restricted", "claim"),
    "lock": ("picture", "claim"),
    "ask_take_out": ("picture", name_a_lead, *LOCKED),
    "agree_take_out": ("picture", name_a_lead, *LOCKED, "ask_take_out"),
    "refuse_take_out": ("picture", name_a_lead, *LOCKED, "ask_take_out"),
    "revoke_take_out": ("picture", name_a_lead, *LOCKED, *AGREED),
    "hand_to_police": ("picture", name_a_lead, *LOCKED, *AGREED, take_out),
    "correct_hand_over": ("picture", name_a_lead, *LOCKED, *AGREED, take_out, "hand_to_police"),
    "destroy_files": ("picture", *LOCKED),
    "prepare_referral": ("ordinary", "claim"),
    "approve_referral": ("ordinary", *PREPARED),
    "send_referral": ("ordinary", *APPROVED),
    "refer": ("ordinary", *HANDED_OVER),
    "referral_failed": ("ordinary", *HANDED_OVER),
    "gave_self_report_sheet": ("ordinary", "claim"),
    "not_to_refer": ("urgent", "claim"),
    "late_to_refer": ("urgent", past_the_time_to_refer),
    "referral_unacknowledged": ("ordinary", *HANDED_OVER, wait(days=30)),
    "answer_data_request": ("ordinary", "data_request"),
    "data_request": ("ordinary",),
    "allow_use_again": ("adult", "data_request"),
    "data_request_late": ("ordinary", "data_request", wait(days=4)),
    "note_misuse": ("ordinary", "claim"),
    "confirm_misuse": ("ordinary", "claim", "note_misuse"),
    "take_back_misuse": ("ordinary", "claim", "note_misuse"),
    "release": ("ordinary", "claim"),
    "release_from_quarantine": ("quarantined",),
    "approve_erasure": ("ordinary", "withdraw"),
    "hold": ("ordinary",),
    "lift_hold": ("ordinary", "hold"),
    "reporter_reply": ("ordinary", *RESOLVED),
    "reporter_added": ("ordinary", "claim"),
    "withdraw": ("ordinary",),
    "cancel_withdrawal": ("adult", "withdraw"),
    "freeze": ("ordinary",),
    "new_code": ("ordinary",),
    "request_review": ("ordinary", "claim", "reply"),
    "mark_unreachable": ("ordinary",),
    "request_other": ("ordinary", "claim"),
    "cancel_other": ("ordinary", "claim", "request_other"),
    "agree": ("ordinary", *RESOLVED),
    "keep_open": ("ordinary", *RESOLVED, "agree"),
    "lease_ended": ("ordinary", "claim", wait(minutes=30)),
    "no_answer": ("ordinary", "claim", "ask", wait(days=15)),
    "nobody_available": ("urgent",),
    "duty_unmet": ("urgent",),
    "route_by_region": ("ordinary",),
    "renew_keys": ("ordinary", "after_restore"),
    "wind_down_told": ("ordinary",),
    "move_custody": ("picture", *LOCKED, name_a_lead),
    "after_restore": ("ordinary",),
    "code_lost": ("ordinary",),
    "left_alone": ("ordinary", another_report, "link", "confirm_link", link_ends),
    "closed_by_time": ("ordinary", *RESOLVED, wait(days=15)),
    "left_open": ("threatened", *RESOLVED, wait(days=15)),
}
