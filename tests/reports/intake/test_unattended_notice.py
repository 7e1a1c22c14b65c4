"""The last page before "Send" says when nobody is there any more; a story can be sent all the same (H1, H2)."""

from datetime import time

import pytest
from django.utils import timezone

from reports.intake import check_step
from reports.models import StaffedHours
from reports.staffing.hours import Roster
from reports.staffing.intake_status import IntakeStatus

from .reporter import check_page, told

pytestmark = pytest.mark.django_db


class Silent(IntakeStatus):
    """The form is open, but no report has been reviewed for too long."""

    is_unattended = True


@pytest.fixture
def meanwhile(monkeypatch):
    """``meanwhile(Silent)``: what has become of the form since it was begun."""

    def become(kind=IntakeStatus, missing=()):
        state = kind(missing, timezone.now(), Roster.now())
        monkeypatch.setattr(check_step, "cached_intake_status", lambda: state)

    return become


@pytest.mark.sampled(2)
@pytest.mark.safety("H1")
@pytest.mark.parametrize("what", [{"missing": ("on_call",)}, {"kind": Silent}], ids=["closed", "silent"])
def test_unattended_intake_is_said_before_submit(reporter, meanwhile, what):
    told(reporter)
    assert "notice danger" not in check_page(reporter)
    meanwhile(**what)
    page = check_page(reporter)
    assert (
        page.index("notice danger") < page.index("wa.me/628111129129", page.index("<main")) < page.index('name="send"')
    )
    assert reporter.send().url == reporter.url("code")


@pytest.mark.safety("H2")
def test_at_night_it_says_when_someone_reads_again(reporter, meanwhile):
    told(reporter)
    tomorrow = (timezone.localtime().weekday() + 1) % 7
    StaffedHours.objects.create(weekday=tomorrow, opens=time(8), closes=time(17))
    meanwhile()
    page = check_page(reporter)
    assert page.index("08.00\xa0WIB (09.00\xa0WITA, 10.00\xa0WIT)") < page.index('name="send"')
    assert reporter.send().url == reporter.url("code")
