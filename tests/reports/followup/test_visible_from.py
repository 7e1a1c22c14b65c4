"""A message that becomes visible later: the reporter sees nothing of it until then, and staff see the time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.cases.lifecycle import perform
from tests.cast import PASSWORD
from tests.reports.followup.visitor import open_with, opened, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(filed, moderator, clock):
    """A case with a reply that its reporter can read in ten seconds."""
    soon = timezone.now() + timedelta(seconds=10)
    case = perform(filed.case, "claim", by=moderator)
    perform(case, "reply", by=moderator, text="Kami membantumu.", visible_from=soon)
    return filed


def test_reporter_sees_no_trace_of_a_message_before_its_time(later):
    visit = open_with(later.receipt.code)
    assert 'name="read"' not in visit.get(url("visit")).text
    assert "Kami membantumu." not in opened(visit)
    visit.post(url("show_older"))
    assert "Kami membantumu." not in visit.get(url("visit")).text
    assert later.case.messages.get().first_shown_at is None


def test_reporter_reads_a_message_from_its_time_on(later, clock):
    clock(seconds=10)
    assert "Kami membantumu." in opened(open_with(later.receipt.code))


@pytest.mark.slow
def test_desk_shows_from_when_a_message_is_visible(later, moderator, client, clock):
    client.login(username=moderator.username, password=PASSWORD)
    address = reverse("admin:reports_case_page", args=[later.case.reference])
    assert "visible to the reporter from" in client.get(address, headers={"Accept-Language": "en"}).text
    clock(seconds=10)
    assert "visible to the reporter from" not in client.get(address, headers={"Accept-Language": "en"}).text


def test_reply_is_visible_at_once(filed, moderator):
    perform(perform(filed.case, "claim", by=moderator), "reply", by=moderator, text="Halo.")
    message = filed.case.messages.get()
    assert message.visible_from == message.sent_at
