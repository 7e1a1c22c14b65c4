"""Each kind of decision of two people on "My work": the second person alone finds it there, until it is decided."""

import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.cases import custody, second_look
from reports.cases.lifecycle import perform
from reports.models import Agency, Case
from reports.scheduled_tasks import index_identifiers
from reports.triage.second_person import KINDS, LISTED
from tests.cast import BULLIED
from tests.reports.referral.conftest import agency, details_of, prepare  # noqa: F401  (fixture)
from tests.reports.triage.desk_pages import act
from tests.reports.triage.linked import GROOMING, SAME, SCAM
from tests.reports.triage.stage import LOST_MONEY, WHY

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
MOST = 12  # queries of a page of the desk
WORDS = (
    *(answers["words"] for answers in (GROOMING, SCAM, LOST_MONEY, BULLIED)),
    SAME,
    WHY["reason"],
    "Anak dalam bahaya.",
)
# The role of both people. Each could take the decision, had the other one prepared it.
ROLES = {
    "approve": "moderator",
    "files": "child-safety",
    "lift": "child-safety",
    "misuse": "supervisor",
    "second_looks": "moderator",
}

REPORTS = {"approve": LOST_MONEY, "lift": GROOMING, "second_looks": BULLIED}


@pytest.fixture
def first_step(report, agency, monkeypatch):  # noqa: F811
    """``first_step(kind, by)``: the case on which ``by`` has done the first step of a decision of that kind."""
    monkeypatch.setattr(second_look, "ONE_IN", 1)

    def do(kind: str, by) -> Case:
        case = report(REPORTS.get(kind, SCAM), with_picture=kind == "files")
        if kind == "lift":
            index_identifiers()  # the restriction ends only after the accounts of the case are indexed
            case.refresh_from_db()
            return perform(case, "ask_lift", by=by, **WHY)
        perform(case, "claim", by=by)
        STEPS[kind](case, by)
        return Case.objects.get(pk=case.pk)

    return do


STEPS = {
    "approve": lambda case, by: prepare(case, by, Agency.objects.get()),
    "files": lambda case, by: perform(case, "lock", by=by, **WHY),
    "misuse": lambda case, by: perform(case, "note_misuse", by=by, **WHY),
    "second_looks": lambda case, by: perform(case, "close", by=by, outcome="spam"),
}


def decide(kind: str, client, case: Case) -> None:
    """Take the decision as the person who is signed in, on its page."""
    if kind == "approve":
        sent = {"version": case.version, "referral": case.referrals.get().pk}
        client.post(reverse("admin:reports_case_refer_act", args=[case.reference, "approve_referral"]), sent)
    elif kind == "second_looks":
        look = client.post(reverse("admin:reports_case_second_looks")).url
        client.post(look, {"category": case.category_id, "tier": case.tier, "outcome": "unclear"})
    else:
        act(
            client,
            case,
            {"files": "destroy_files", "lift": "lift_restriction", "misuse": "confirm_misuse"}[kind],
            **WHY,
        )


def first_page(client, user):
    client.force_login(user)
    return client.get(reverse("admin:index"))


def panel(client, user) -> dict:
    """The panel of the first page of ``user`` that lists decisions."""
    return next(panel for panel in first_page(client, user).context["panels"] if "second" in panel)


def listed(client, user) -> list:
    """What waits for ``user`` as the second person, as the first page lists it."""
    return panel(client, user)["second"]


@pytest.mark.safety("H23", "H24", "H28", "K7")
@pytest.mark.parametrize("kind", ROLES)
def test_decision_is_listed_for_the_second_person_alone(kind, first_step, person, client):
    first, second = person(ROLES[kind], "first"), person(ROLES[kind], "second")
    case = first_step(kind, first)
    assert listed(client, first) == []
    [decision] = listed(client, second)
    known = None if kind == "second_looks" else (case.reference, case.tier)
    assert decision.label == KINDS[kind].label
    assert (decision.case and (decision.case.reference, decision.case.tier)) == known
    text = first_page(client, second).text
    assert f'href="{decision.address}"' in text
    assert not [words for words in (*WORDS, *([] if known else [case.display_reference])) if words in text]
    assert client.get(decision.address).status_code == 200
    decide(kind, client, case)
    assert listed(client, second) == []


@pytest.mark.parametrize(("action", "details"), [("release", {}), ("data_request", {"kind": "stop"})])
def test_package_that_nobody_may_approve_is_not_listed(action, details, first_step, moderator, supervisor, client):
    case = first_step("approve", moderator)
    assert len(listed(client, supervisor)) == 1
    perform(case, action, by=moderator if action == "release" else None, **details)
    assert listed(client, supervisor) == []


@pytest.mark.safety("K7")
def test_locked_files_wait_for_the_named_lead_alone(first_step, child_safety, person, client):
    second, lead = person("child-safety", "second"), person("child-safety", "lead")
    custody.name(lead, person("administrator"), for_withheld=False)
    first_step("files", child_safety)
    assert [len(listed(client, user)) for user in (second, lead)] == [0, 1]
    lead.groups.clear()  # then nobody is named
    assert [len(listed(client, user)) for user in (second, child_safety)] == [1, 0]


@pytest.mark.safety("K7")
def test_locked_files_wait_for_the_successor_of_a_lead_who_left(first_step, child_safety, person, client):
    second, administrator = person("child-safety", "second"), person("administrator")
    custody.name(child_safety, administrator, for_withheld=False)
    case = first_step("files", child_safety)
    assert len(listed(client, second)) == 1  # the named lead has locked them
    perform(case, "exclude", by=second, person=child_safety, reason="Saudara.")
    assert listed(client, second) == []
    custody.name(second, administrator, for_withheld=False)
    assert len(listed(client, second)) == 1


def test_more_decisions_than_are_listed_lead_to_all(first_step, agency, moderator, supervisor, client):  # noqa: F811
    case = first_step("approve", moderator)
    others = [Agency.objects.create(**details_of(agency, key=f"lain{number}")) for number in range(LISTED)]
    for other in others[:-1]:
        prepare(case, moderator, other)
    assert (len(listed(client, supervisor)), panel(client, supervisor)["longer"]) == (LISTED, [])
    prepare(case, moderator, others[-1])
    [(label, address, shown)] = panel(client, supervisor)["longer"]
    assert (len(listed(client, supervisor)), label, shown) == (LISTED, KINDS["approve"].label, str(LISTED + 1))
    assert f'href="{address}"' in first_page(client, supervisor).text
    assert client.get(address).text.count(reverse("admin:reports_case_refer", args=[case.reference])) == LISTED + 1


def test_first_page_with_decisions_of_every_kind_makes_few_queries(first_step, person, client):
    first, second = person("supervisor", "first"), person("supervisor", "second")
    for user in (first, second):
        user.groups.add(Group.objects.get(name="child-safety"))
    for kind in ROLES:
        first_step(kind, first)
    client.force_login(second)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("admin:index"))
    assert sum(not re.match("BEGIN|COMMIT|SAVEPOINT|RELEASE", query["sql"]) for query in asked) <= MOST
    [decisions] = [panel["second"] for panel in page.context["panels"] if "second" in panel]
    assert {str(decision.label) for decision in decisions} == {str(KINDS[kind].label) for kind in ROLES}
