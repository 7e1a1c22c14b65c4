"""The whole desk with and without cases that somebody may not know of: every page and every answer is the same.

The addresses come from the URL configuration, so a new page of the desk is in this matrix on the day it is written. The
hidden cases have all that a page could show of them (``hidden_cases``), and are asked for with ids that exist.
"""

from uuid import UUID

import pytest
from django.db import connection
from django.urls import reverse

from reports.cases.lifecycle import STAFF_ACTIONS, perform
from reports.cases.referral_actions import REFERRAL_ACTIONS
from reports.models import Case
from reports.models.state import State
from reports.scheduled_tasks import index_identifiers
from tests.database import undone
from tests.reports import hidden_cases
from tests.reports.access_table import READS, SEES
from tests.reports.desk_matrix import (
    UNKNOWN,
    Asker,
    addresses,
    all_pages,
    changed,
    keep_own_view,
    of_the_record,
    shown,
)
from tests.reports.hidden_cases import KINDS

pytestmark = [
    pytest.mark.django_db,
    # Which cases a person may know of is the same query on PostgreSQL, and test_access_matrix runs on both.
    pytest.mark.skipif(connection.vendor != "sqlite", reason="what a page shows is the same on both databases"),
]


def hidden_from(role: str) -> list[str]:
    """The kinds of case that a role has no right to know of."""
    return [kind for kind in KINDS if kind not in SEES[role]]


GROUPS = [  # roles that may know of neither kind together, the others each by itself
    ("supervisor",),  # who has the pages of a moderator, and the dashboard
    pytest.param(("moderator",), marks=pytest.mark.slow),
    pytest.param(("triage", "auditor", "administrator", "editor", "superuser"), marks=pytest.mark.slow),
    pytest.param(("child-safety",), marks=pytest.mark.slow),
    pytest.param(("outside-lead",), marks=pytest.mark.slow),
]


@pytest.mark.safety("H25")
@pytest.mark.parametrize("roles", GROUPS, ids=lambda roles: roles[0])
def test_every_page_is_as_if_hidden_cases_were_not_there(keepers, person, client, clock, roles):
    """Every page of the desk, before and after cases of each hidden kind in every state are there."""
    staff, kinds = {role: person(role) for role in roles}, hidden_from(roles[0])
    of_kind = {kind: keepers(kind) for kind in kinds}
    own = hidden_cases.ordinary()
    for keeper in of_kind.get("restricted", ()):
        perform(hidden_cases.ordinary(), "note", by=keeper, text="Catatan.")
    index_identifiers()  # those that anybody may know of are linked with each other
    for user in staff.values():
        keep_own_view(client, user)
        client.get(reverse("admin:reports_case_page", args=[own.reference]))  # from now on they are on duty
    clock(minutes=5)  # 23 hours are left, for an hour
    before = {role: all_pages(client, user, own) for role, user in staff.items()}
    queue = reverse("admin:reports_case_changelist")
    assert {role for role, found in before.items() if "Mendesak" in found[queue][1]} == {*filter(SEES.get, staff)}
    for kind in kinds:
        case, *_others = hidden_cases.all_hidden(kind, *of_kind[kind], from_start=True, known=own)
    after = {role: all_pages(client, user, own, case.reference) for role, user in staff.items()}
    assert {role: changes for role in staff if (changes := changed(before[role], after[role]))} == {}


def reads_none_of() -> list[tuple[str, str]]:
    """Each role with each kind of case that it has no right to read."""
    return [(role, kind) for role in READS for kind in KINDS if kind not in READS[role]]


@pytest.mark.safety("H25")
@pytest.mark.parametrize(
    ("role", "kind", "state"),
    [
        ("moderator", "restricted", State.IN_PROGRESS),
        pytest.param("supervisor", "withheld", State.REFERRED, marks=pytest.mark.slow),
        pytest.param("child-safety", "withheld", State.RESOLVED, marks=pytest.mark.slow),
    ],
)
def test_address_of_a_hidden_case_is_as_an_unknown_one(keepers, person, client, role, kind, state):
    case = hidden_cases.hidden(kind, state, *keepers(kind))
    assert Asker(client, person(role)).differing(case) == []


@pytest.mark.slow
@pytest.mark.sampled(5)
@pytest.mark.safety("H25")
@pytest.mark.parametrize(("role", "kind"), reads_none_of())
def test_address_of_a_hidden_case_in_any_state_is_as_an_unknown_one(keepers, person, client, role, kind):
    cases, asker = hidden_cases.all_hidden(kind, *keepers(kind)), Asker(client, person(role))
    assert {case.state: found for case in cases if (found := asker.differing(case))} == {}


@pytest.mark.parametrize("kind", ["withheld", pytest.param("restricted", marks=pytest.mark.slow)])
def test_handler_finds_the_addresses_that_others_do_not(keepers, client, kind):
    """What others are asked for exists: their 404 comes from the guard."""
    first, second = keepers(kind)
    case = hidden_cases.hidden(kind, "in_progress", first, second)
    client.force_login(first)
    given = hidden_cases.ids_of(case)
    opening = reverse("admin:reports_case_open_file", kwargs={"ref": case.reference, "file_id": given["file_id"]})
    client.post(opening, {"reason": "assess"})
    found = addresses(case.reference, given)
    asked = {name: address for name, address in found.items() if has_a_page(*name)}
    assert [name for name, address in asked.items() if not is_found(client, address)] == []
    assert {name for name, _action in asked} == {name for name, _action in found}


def has_a_page(name: str, action: str | None) -> bool:
    """Return whether the address is one of its action: packages have another one, and so have the ticks."""
    if name == "reports_case_refer_act":
        return action in REFERRAL_ACTIONS
    return action is None or not STAFF_ACTIONS[action].own_page


def is_found(client, address: str) -> bool:
    """Return whether the address answers a question or a form."""
    with undone():
        return client.get(address).status_code != 404 or client.post(address).status_code != 404


@pytest.mark.safety("H25")
def test_auditor_reads_that_hidden_cases_exist_and_nothing_of_them(keepers, person, client):
    words = {"Mereka mengejek", "akun.sama", "telanjang", "Catatan.", "Ini hasilnya.", "Kapan?", "R-1", "x.jpg"}
    cases = hidden_cases.all_hidden("restricted", *keepers("restricted"))
    client.force_login(person("auditor"))
    answers = {page: shown(client.get(page)) for page in of_the_record()}
    assert {page: sorted(word for word in words if word in found[1]) for page, found in answers.items()} == {
        page: [] for page in answers
    }
    assert any(case.display_reference in found[1] for case in cases for found in answers.values())


@pytest.mark.slow
@pytest.mark.safety("H25")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", [role for role in SEES if "ordinary" in SEES[role]])
def test_body_that_names_a_hidden_case_is_answered_as_an_unknown_one(file, person, client, remembered, role, kind):
    if kind in SEES[role]:
        return
    client.force_login(person(role))
    own = file().case
    hidden = file(**(KINDS[kind] | ({"category": "grooming"} if kind == "restricted" else {}))).case
    answers = [said(client, own, reference) for reference in (UNKNOWN, hidden.reference)]
    assert answers[0] == answers[1]
    assert Case.objects.get(pk=hidden.pk).events_count == hidden.events_count


def said(client, own: Case, reference: str) -> list:
    """The answers to every request of the desk that names a case in its body, here the case with ``reference``."""
    link = reverse("admin:reports_case_act", args=[own.reference, "link"])
    bodies = {
        reverse("admin:reports_case_check_several"): {"do": "release", "case": f"{reference}:1"},
        reverse("admin:reports_case_find"): {"reference": reference},
        reverse("admin:reports_case_news"): {"known": reference},
        link: {"version": own.version, "reference": reference},
    }
    return [shown(client.post(address, body, follow=True), reference) for address, body in bodies.items()]


def test_matrix_has_every_address_of_a_case():
    given = {"file_id": UUID(int=7), "number": 1, "pk": UUID(int=7), "part": "json"}
    assert len(addresses(UNKNOWN, given)) > len(STAFF_ACTIONS) + 10
