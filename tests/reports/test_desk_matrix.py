"""The whole desk with and without a case that somebody may not know of: every page and every answer is the same.

The addresses come from the URL configuration, so a new page of the desk is in this matrix on the day it is written.
"""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from reports.cases.lifecycle import STAFF_ACTIONS
from reports.models import Case
from reports.models.state import State
from reports.triage.saved_views import views_for
from tests.cast import GROOMED
from tests.database import undone
from tests.reports.access_table import READS, SEES

pytestmark = pytest.mark.django_db
HIDDEN = {"restricted": {"base": GROOMED}, "withheld": {"staff_conflict": "yes"}}
UNKNOWN = "ZZZZ9999"
SOME_ID = UUID(int=7)
GIVEN = {"file_id": SOME_ID, "number": 1, "pk": SOME_ID, "part": "json", "role": "moderator"}
RECORD = "reports_event"  # the auditor reads of every case that it exists: tests/reports/triage/test_audit_pages.py
# What differs between two answers to the same question: tokens, and the present time that a new row proposes.
CHANGING = re.compile(r'(csrfmiddlewaretoken" value=|nonce=|data-token=)"[^"]*"|value="\d\d[.:]\d\d[.:]\d\d"')


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


def in_some_states(case: Case, role: str) -> Iterator[Case]:
    """The same case in every fourth state, as far as lists and rights are concerned; all roles together meet each."""
    for state in State.values[list(SEES).index(role) % 4 :: 4]:
        with undone():
            Case.objects.filter(pk=case.pk).update(state=state)
            case.refresh_from_db()
            yield case


@pytest.mark.slow
@pytest.mark.safety("H25")
@pytest.mark.parametrize("kind", HIDDEN)
@pytest.mark.parametrize("role", SEES)
def test_every_page_is_as_if_a_hidden_case_were_not_there(file, person, client, clock, remembered, role, kind):
    if kind in SEES[role]:
        return
    user = person(role)
    client.force_login(user)
    file()
    before = all_pages(client, user, None)
    case = file(**HIDDEN[kind]).case
    for hidden in in_some_states(case, role):
        after = all_pages(client, user, hidden)
        assert {page: answer for page, answer in after.items() if answer != before[page]} == {}, hidden.state


@pytest.mark.slow
@pytest.mark.safety("H25")
@pytest.mark.parametrize("kind", HIDDEN)
@pytest.mark.parametrize("role", READS)
def test_every_address_of_a_hidden_case_answers_as_an_unknown_one(file, person, client, clock, remembered, role, kind):
    if kind in READS[role]:
        return
    client.force_login(person(role))
    case = file(**HIDDEN[kind]).case
    asked = (client.get, client.post)
    unknown = [[shown(ask(address)) for ask in asked] for address in addresses(UNKNOWN)]
    for hidden in in_some_states(case, role):
        for address, expected in zip(addresses(hidden.reference), unknown, strict=True):
            assert [shown(ask(address), hidden.reference) for ask in asked] == expected, (hidden.state, address)


def test_matrix_has_every_address_of_a_case():
    assert len(addresses(UNKNOWN)) > len(STAFF_ACTIONS) + 10
