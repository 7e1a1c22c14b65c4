"""Cases that somebody may not know of, with all that a page of the desk could show or count of them.

Each names the account that the case of ``ordinary`` names, has a picture, a message, a note and, once somebody took it,
a package for an agency; those of one kind are linked with each other.
"""

from django.core.files.uploadedfile import SimpleUploadedFile

from reports.cases.lifecycle import perform
from reports.models import Agency, Case, Referral
from reports.models.state import State
from reports.scheduled_tasks import index_identifiers
from tests.cast import Filed, file_report
from tests.reports import tasks
from tests.reports.actions import resolve
from tests.reports.evidence.uploads import picture
from tests.reports.followup.visitor import open_with, url

SAME = "@akun.sama"
KINDS = {
    "restricted": {"age": "13_15", "account_or_link": SAME},  # and later words about nudity
    "withheld": {"age": "adult", "staff_conflict": "yes", "account_or_link": SAME},
}
KEEPERS = {"restricted": "child-safety", "withheld": "outside-lead"}
HARM = {"text": "Dia minta aku kirim foto telanjang."}
PACKED = ("prepare_referral", "approve_referral")
# What is done in each state, in order. No case of a child is quarantined, and none that is withheld.
WAYS = {
    State.RECEIVED: (),
    State.TRIAGE: ("claim", *PACKED, "release"),
    State.IN_PROGRESS: ("claim", *PACKED, "reply"),
    State.WAITING_REPORTER: ("claim", *PACKED, "ask"),
    State.ESCALATED: ("claim", *PACKED, "request_review"),
    State.REFERRED: ("claim", *PACKED, "refer"),
    State.RESOLVED: ("claim", *PACKED, "reply", "resolve"),
    State.CLOSED: ("claim", *PACKED, "reply", "resolve", "close"),
    State.WITHDRAWN: ("withdraw",),  # the case of a child keeps its state, and waits for the lead who decides
}
BY_REPORTER = {"request_review", "withdraw"}
BY_SECOND = {"approve_referral", "close"}
TYPED = {"reply": {"text": "Ini hasilnya."}, "ask": {"text": "Kapan?"}, "close": {"outcome": "helped"}}
TYPED |= {"withdraw": {"coerced": "no"}, "approve_referral": {}, "refer": {"receipt": "R-1", "text": "Sudah."}}


def ordinary() -> Case:
    """A case that handlers may know of; it names the same account as those that they may not know of."""
    return file_report(age="adult", account_or_link=SAME).case


def hidden(kind: str, state: str, first, second, from_start: bool = False) -> Case:
    """The case of this kind in ``state``, one of WAYS; ``first`` handles it, ``second`` is the second person.

    ``from_start``: a restricted one is so before anybody can count it. Then it has no picture, as the form takes none.
    """
    is_early = from_start and kind == "restricted"
    filed = file_report(**KINDS[kind] | ({"category": "grooming"} if is_early else {}))
    if not is_early:
        _with_picture(filed, kind)
    case = perform(Case.objects.get(pk=filed.case.pk), "note", by=first, text="Catatan.")
    for name in WAYS[state]:
        by = None if name in BY_REPORTER else second if name in BY_SECOND else first
        case = resolve(case, by) if name == "resolve" else perform(case, name, by=by, **_details(name, case))
    assert case.state == state or case.withdraw_at
    assert getattr(case, kind)
    return case


def _with_picture(filed: Filed, kind: str) -> None:
    """Let the reporter add a picture; of a child, words follow that restrict the case, which keeps its files."""
    reporter, photo = open_with(filed.receipt.code), SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    reporter.post(url("write"), {"text": "Ini.", "files": photo, "sexual": "no"})
    if kind == "restricted":
        reporter.post(url("write"), HARM)
        tasks.run("keys renewed")


def _details(name: str, case: Case) -> dict:
    if name == "prepare_referral":
        keys = ["reference", "category"]
        return {"agency": Agency.objects.get(), "basis": "vital", "keys": keys, "reason": "Alasan."}
    package = {"referral": Referral.objects.get(case=case)} if name in ("approve_referral", "refer") else {}
    return TYPED.get(name, {}) | package


def all_hidden(
    kind: str, first, second, states: tuple = tuple(WAYS), from_start: bool = False, known: Case | None = None
) -> list[Case]:
    """A case of this kind in each of ``states``, linked with each other and entered in the index of accounts.

    Restricted ones are also linked to the case ``known``, of which others may know.
    """
    cases = [hidden(kind, state, first, second, from_start) for state in states]
    lead = known if known and kind == "restricted" else cases[0]
    for case in cases:
        if case != lead and case.state not in (State.CLOSED, State.WITHDRAWN):
            perform(case, "link", by=first, reference=lead.reference)
    index_identifiers()
    return cases


def ids_of(case: Case) -> dict:
    """The ids of the file and the package of ``case``, as its addresses have them; ids of none where it has none."""
    package = case.referrals.first()
    return {"file_id": case.evidence.get().pk, "number": 1, "pk": package.pk if package else None, "part": "json"}
