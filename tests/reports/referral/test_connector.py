"""A made-up connector takes a package end to end, as the recipe in CONTRIBUTING.md says: one class, and one row."""

import pytest
from django.urls import reverse

from reports.cases.lifecycle import NotAllowed, perform
from reports.models import Agency, Case, Referral
from reports.models.case import State
from reports.referral import connectors, package
from reports.referral.fields import REFERABLE
from reports.scheduled_tasks import alarm_late_referrals
from reports.triage.agency_form import AgencyForm
from tests.reports.referral.conftest import LINK, approved

pytestmark = pytest.mark.django_db
MESSAGE = "Laporanmu sudah diteruskan."


class Tipline:
    """Translates the facts into the names of another system, and returns the number that the system answers."""

    label = "Contoh Tipline"

    def __init__(self) -> None:
        self.is_down, self.received = False, []

    def deliver(self, referral: Referral) -> str:
        if self.is_down:
            raise connectors.DeliveryError("Contoh Tipline tidak menjawab.")
        facts = package.report(referral.package())["facts"]
        self.received.append({REFERABLE[fact["key"]].ncmec: fact["value"]["en"] for fact in facts})
        return f"T-{len(self.received)}"


@pytest.fixture
def tipline(monkeypatch, agency) -> Tipline:
    """The agency uses the connector."""
    made_up = Tipline()
    monkeypatch.setitem(connectors.CONNECTORS, "tipline", made_up)
    Agency.objects.update(connector="tipline")
    return made_up


def test_connector_delivers_and_its_receipt_is_stored(held, moderator, agency, tipline):
    referral = approved(held, moderator, agency)
    perform(held, "send_referral", by=moderator, referral=referral)
    referral.refresh_from_db()
    assert (referral.state, referral.receipt, referral.attempts) == (Referral.State.SENT, "T-1", 1)
    assert LINK in str(tipline.received[0])
    case = perform(held, "refer", by=moderator, referral=referral, receipt=referral.receipt, text=MESSAGE)
    assert (case.state, case.refer_decision) == (State.REFERRED, "referred")


def test_receipt_of_a_connector_is_filled_in(held, moderator, agency, tipline, client):
    perform(held, "send_referral", by=moderator, referral=approved(held, moderator, agency))
    client.force_login(moderator)
    page = client.get(reverse("admin:reports_case_refer", args=[held.reference]))
    receipt = next(form for form in page.context["cards"][0].forms if form["name"] == "refer")["form"]["receipt"]
    assert receipt.value() == "T-1"


def test_failed_delivery_changes_nothing_and_can_be_tried_again(held, moderator, agency, tipline):
    referral, tipline.is_down = approved(held, moderator, agency), True
    with pytest.raises(NotAllowed, match="tidak menjawab"):
        perform(held, "send_referral", by=moderator, referral=referral)
    referral.refresh_from_db()
    assert (referral.state, referral.sent_at, referral.attempts) == (Referral.State.APPROVED, None, 0)
    tipline.is_down = False
    perform(held, "send_referral", by=moderator, referral=referral)
    assert Referral.objects.get().receipt == "T-1"


def test_delivery_that_nobody_acknowledges_raises_the_alarm(held, moderator, agency, tipline, clock):
    perform(held, "send_referral", by=moderator, referral=approved(held, moderator, agency))
    assert alarm_late_referrals() == 0
    clock(hours=agency.hours_to_acknowledge + 1)
    alarm_late_referrals()
    assert Referral.objects.get().alarmed_at
    assert "referral_unacknowledged" in [event.action for event in Case.objects.get().events.all()]


def test_supervisor_can_choose_the_connector(tipline, agency):
    assert ("tipline", "Contoh Tipline") in list(AgencyForm(instance=agency).fields["connector"].choices)
