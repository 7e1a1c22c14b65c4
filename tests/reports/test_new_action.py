"""A made-up action that gives a case to a colleague: what every action gets from ``perform``."""

import pytest
from django.utils import timezone

from reports.cases.actions import ACTIONS
from reports.cases.case_action import SealedParts, StaffAction
from reports.cases.lease import LEASE
from reports.cases.lifecycle import perform
from reports.models.state import WORKED_ON

pytestmark = pytest.mark.django_db


def give(case, by, to) -> dict:
    case.handler = to
    return {}


@pytest.fixture
def colleague(monkeypatch, person):
    monkeypatch.setitem(ACTIONS, "give", StaffAction("Give", WORKED_ON, effect=give, sealed_parts=SealedParts.UNUSED))
    return person("moderator", "colleague")


def test_new_handler_gets_a_whole_lease(filed, moderator, colleague, clock):
    perform(filed.case, "claim", by=moderator)
    clock(minutes=15)
    case = perform(filed.case, "give", by=moderator, to=colleague)
    assert (case.handler, case.lease_until) == (colleague, timezone.now() + LEASE)


def test_new_handler_cannot_review_their_own_case(filed, moderator, colleague):
    perform(filed.case, "claim", by=moderator)
    assert perform(filed.case, "give", by=moderator, to=colleague).last_handler == colleague
