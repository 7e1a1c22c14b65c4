"""The whole desk with and without a case that somebody may not know of: every page and every answer is the same.

The addresses come from the URL configuration, so a new page of the desk is in this matrix on the day it is written.
"""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from reports.cases.lifecycle import STAFF_ACTIONS, perform
from reports.models import Case, Team
from reports.models.state import State
from reports.triage.saved_views import views_for
from tests.cast import GROOMED
from tests.reports.access_table import READS, SEES
from tests.reports.states import REACHED, bring_to

pytestmark = [
    pytest.mark.django_db,
    # Minutes for each role. Which cases a person may know of is the same query, and test_access_matrix runs on both.
    pytest.mark.skipif(connection.vendor != "sqlite", reason="what a page shows is the same on both databases"),
]
HIDDEN = {"restricted": {"base": GROOMED}, "withheld": {"staff_conflict": "yes"}}
KEEPERS = {"restricted": "child-safety", "withheld": "outside-lead"}
# Of a child none is quarantined, and a withdrawn report of one stays at work until it is erased.
STATES = [state for state in REACHED if state not in {State.QUARANTINED, State.WITHDRAWN}]
UNKNOWN = "ZZZZ9999"
TEAM = "barat"  # a team without cases, by which the queue can be filtered
SOME_ID = UUID(int=7)
GIVEN = {"file_id": SOME_ID, "number": 1, "pk": SOME_ID, "part": "json", "role": "moderator"}
RECORD = "reports_event"  # the auditor reads of every case that it exists: tests/reports/triage/test_audit_pages.py
# What differs between two answers to the same question: tokens, and the present time that a new row proposes.
CHANGING = re.compile(
    r'(csrfmiddlewaretoken" value=|nonce=|data-token=|data-lock-seconds=)"[^"]*"|value="\d\d[.:]\d\d[.:]\d\d"'
)


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    """Every address below ``resolver``."""
    for entry in resolver.url_patterns:
        yield from patterns(entry) if isinstance(entry, URLResolver) else [entry]


def of_the_desk() -> list[URLPattern]:
    """The addresses of the admin that belong to reports, without the record."""
    admin = next(entry for entry in get_resolver().url_patterns if getattr(entry, "namespace", "") == "admin")
    named = [entry for entry in patterns(admin) if (entry.name or "").startswith("reports_")]
    return [entry for entry in named if not entry.name.startswith(RECORD)]


def needed(entry: URLPattern) -> set[str]:
    """The names of the arguments of an address."""
    return set(entry.pattern.converters)


def pages(user) -> list[str]:
    """Every page of the desk that names no case, every view of the queue, and a search."""
    plain = [reverse(f"admin:{entry.name}") for entry in of_the_desk() if not needed(entry)]
    queue = reverse("admin:reports_case_changelist")
    views = [f"{queue}?show={name}" for name in views_for(user)]
    filters = [f"{queue}?show=all&tier=0", f"{queue}?show=all&category=grooming", f"{queue}?platform=instagram"]
    filters += [f"{queue}?show=all&language=id", f"{queue}?show=all&language=id&tier=2&category=cyberbullying"]
    filters += [f"{queue}?show=all&team=-", f"{queue}?show=all&team={TEAM}"]
    return [reverse("admin:index"), *plain, *views, *filters]


def addresses(reference: str) -> list[str]:
    """Every address of a case."""
    found = []
    for entry in of_the_desk():
        names = needed(entry)
        if "ref" in names:
            actions = STAFF_ACTIONS if "action" in names else [None]
            known = {name: value for name, value in GIVEN.items() if name in names}
            given = [known | {"ref": reference} | ({"action": action} if action else {}) for action in actions]
            found += [reverse(f"admin:{entry.name}", kwargs=one) for one in given]
    return found


def shown(answer, reference: str = UNKNOWN) -> tuple[int, str, str]:
    """The status, the text and the way on of an answer, without what changes from one to the next."""
    text = CHANGING.sub("", answer.content.decode(errors="replace")) if not answer.streaming else ""
    return answer.status_code, text.replace(reference, UNKNOWN), answer.get("Location", "").replace(reference, UNKNOWN)


def all_pages(client, user, case: Case | None) -> dict:
    """What a person sees at the desk: every page, and the search for a case by its number."""
    find = reverse("admin:reports_case_find")
    found = {page: shown(client.get(page)) for page in pages(user)}
    reference = case.reference if case else UNKNOWN
    return found | {"search": shown(client.post(find, {"reference": reference}, follow=True), reference)}


def keep_own_view(client) -> None:
    """Keep an own view with two filters, which each page of the queue then counts; a team makes that filter appear."""
    Team.objects.create(key=TEAM, name="Barat")
    query = f"show=all&tier=0&tier=1&team=-&team={TEAM}"
    words = {"name": "Mendesak", "query": query}
    client.post(reverse("admin:reports_own_view_save"), words, follow=True)  # the next page says that it was saved


def keepers_of(file, person, kind: str) -> list:
    """Two people who may know of hidden cases of this kind. They are at work: leads may know that of child safety."""
    keepers = [person(KEEPERS[kind], name) for name in ("keeper", "second-keeper")]
    for keeper in keepers if kind == "restricted" else ():
        perform(file().case, "note", by=keeper, text="Catatan.")
    return keepers


def hidden_from(table: dict) -> list[tuple[str, str]]:
    """Each role with each kind of case that it has no right to know of, or to read."""
    return [(role, kind) for role in table for kind in HIDDEN if kind not in table[role]]


@pytest.mark.slow
@pytest.mark.sampled(23)  # seconds each; whether a person may know of a case does not depend on its state
@pytest.mark.safety("H25")
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("role", "kind"), hidden_from(SEES))
def test_every_page_is_as_if_a_hidden_case_were_not_there(file, person, client, clock, remembered, role, kind, state):
    user, keepers = person(role), keepers_of(file, person, kind)
    client.force_login(user)
    keep_own_view(client)
    file()
    clock(minutes=5)  # 23 hours are left, for an hour
    before = all_pages(client, user, None)
    assert ("Mendesak" in before[reverse("admin:reports_case_changelist")][1]) == bool(SEES[role])
    hidden = bring_to(state, file(**HIDDEN[kind]).case, *keepers)
    after = all_pages(client, user, hidden)
    assert {page: answer for page, answer in after.items() if answer != before[page]} == {}


@pytest.mark.slow
@pytest.mark.sampled(23)
@pytest.mark.safety("H25")
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("role", "kind"), hidden_from(READS))
def test_every_address_of_a_hidden_case_is_as_an_unknown_one(
    file, person, client, clock, remembered, role, kind, state
):
    keepers = keepers_of(file, person, kind)
    client.force_login(person(role))
    hidden = bring_to(state, file(**HIDDEN[kind]).case, *keepers)
    for address, unknown in zip(addresses(hidden.reference), addresses(UNKNOWN), strict=True):
        for ask in (client.get, client.post):
            assert shown(ask(address), hidden.reference) == shown(ask(unknown)), address


@pytest.mark.slow
@pytest.mark.safety("H25")
@pytest.mark.parametrize("kind", HIDDEN)
@pytest.mark.parametrize("role", [role for role in SEES if "ordinary" in SEES[role]])
def test_body_that_names_a_hidden_case_is_answered_as_an_unknown_one(file, person, client, remembered, role, kind):
    if kind in SEES[role]:
        return
    client.force_login(person(role))
    own, hidden = file().case, file(**HIDDEN[kind]).case
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
    assert len(addresses(UNKNOWN)) > len(STAFF_ACTIONS) + 10
