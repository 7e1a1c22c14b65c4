"""Demands of authorities: two people decide, and only then a package is noted. No case is named."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.models import Demand, OnCallChannel, QuarterFigures, StaffedHours, StaffEvent
from reports.staffing import notices
from reports.statistics.published import PublishedQuarter
from reports.statistics.quarter import Quarter, compute
from tests.reports.referral.conftest import agency, approved, held, prepare  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db
ASKED = {
    "kind": "police",
    "authority": "Polres Contoh",
    "document_number": "B/1/Contoh",
    "legal_basis": "Contoh.",
    "asked_for": "Contoh.",
}
DECISION = {"decision": "part", "decision_reason": "Contoh."}


@pytest.fixture
def enter(client, supervisor):
    """``enter(**fields)``: the first supervisor makes or changes the only entry; the response."""

    def do(by=supervisor, **fields):
        client.force_login(by)
        demand = Demand.objects.first()
        address = reverse("admin:reports_demand_change", args=[demand.pk]) if demand else None
        data = {"received_on": f"{timezone.localdate():%Y-%m-%d}"} | ASKED | fields
        return client.post(address or reverse("admin:reports_demand_add"), data)

    return do


@pytest.fixture
def decisions_for(client):
    """``decisions_for(user)``: the links of what waits for them on their first page."""

    def found(user):
        client.force_login(user)
        panels = client.get(reverse("admin:index")).context["panels"]
        return [decision.address for panel in panels for decision in panel.get("second", [])]

    return found


@pytest.fixture
def decided(enter, person):
    """A demand that two people have decided to meet in part."""
    enter(**DECISION)
    enter(by=person("supervisor", "second"), **DECISION, confirm="on")
    return Demand.objects.get()


def steps() -> list[tuple]:
    return list(StaffEvent.objects.order_by("pk").values_list("by__username", "action"))


def test_demand_is_decided_by_two_people(decided):
    assert (decided.decided_by.username, decided.confirmed_by.username) == ("supervisor", "second")
    assert steps() == [("supervisor", "demand_decided"), ("second", "demand_confirmed")]


def test_first_person_cannot_confirm(enter):
    enter(**DECISION)
    enter(**DECISION, confirm="on")
    assert not Demand.objects.get().is_decided


@pytest.mark.slow
def test_changed_decision_waits_again_for_a_second_person(enter, person):
    enter(**DECISION)
    other = person("supervisor", "second")
    assert enter(by=other, decision="all", decision_reason="Lain.", confirm="on").status_code == 200
    enter(by=other, decision="all", decision_reason="Lain.")
    demand = Demand.objects.get()
    assert (demand.decided_by, demand.is_decided) == (other, False)


@pytest.mark.slow
def test_confirmed_decision_is_not_changed(enter, decided):
    enter(decision="nothing", decision_reason="Lain.")
    decided.refresh_from_db()
    assert (decided.decision, decided.is_decided) == ("part", True)


def test_package_is_noted_after_two_people_decided(enter, decided, held, moderator, agency):  # noqa: F811
    digest = approved(held, moderator, agency).manifest_digest
    out = {"handed_out_on": f"{timezone.localdate():%Y-%m-%d}"}
    assert enter(package_digest="0" * 64, **out).status_code == 200
    assert enter(package_digest=digest, **out).status_code == 302
    assert Demand.objects.get().package_digest == digest
    assert steps()[-1] == ("supervisor", "demand_handed_out")


@pytest.mark.slow
def test_package_is_refused_before_the_decision(enter, held, moderator, agency):  # noqa: F811
    enter(**DECISION)
    demand = Demand.objects.get()
    demand.package_digest = prepare(held, moderator, agency).manifest_digest
    with pytest.raises(Exception, match="package_digest"):
        demand.full_clean()


@pytest.mark.both_databases
def test_last_day_for_an_answer_pages_once_before_and_once_when_late(enter, clock):
    OnCallChannel.objects.create(name="piket", email="piket@contoh.id")
    enter(answer_by=f"{timezone.localdate() + timedelta(days=3):%Y-%m-%d}")
    sent = []
    for _day in range(6):
        OnCallChannel.objects.update(last_paged_at=None)
        sent.append(notices.page_on_call())
        clock(days=1)
    assert sent == [0, 0, 1, 0, 1, 0] or sent == [0, 0, 0, 1, 1, 0]  # from noon of the day before


def test_demand_that_is_late_pages_in_staffed_hours(enter, clock):
    """It is late at midnight; this day is read from eight."""
    OnCallChannel.objects.create(name="piket", email="piket@contoh.id")
    for weekday in range(7):
        StaffedHours.objects.create(weekday=weekday, opens=time(8), closes=time(16))
    afternoon = datetime.combine(timezone.localdate() + timedelta(days=1), time(13))
    clock(seconds=(timezone.make_aware(afternoon) - timezone.now()).total_seconds())
    enter(answer_by=f"{timezone.localdate():%Y-%m-%d}")
    sent = [notices.page_on_call()]
    for hours in (11.5, 7, 1):
        clock(hours=hours)
        sent.append(notices.page_on_call())
    assert sent == [1, 0, 0, 1]


def test_another_last_day_begins_the_clock_again(enter, clock):
    OnCallChannel.objects.create(name="piket", email="piket@contoh.id")
    for days in (0, 3):
        enter(answer_by=f"{timezone.localdate() + timedelta(days=days):%Y-%m-%d}")
        clock(days=1)
        assert notices.page_on_call() == (1 if days == 0 else 0)
    clock(days=2)
    assert (notices.page_on_call(), notices.page_on_call()) == (1, 0)


def test_answered_demand_has_no_clock_any_more(client, enter, person, supervisor):
    enter(**DECISION | {"decision": "nothing"}, answer_by=f"{timezone.localdate():%Y-%m-%d}")
    assert "permintaan belum dijawab" in client.get(reverse("admin:index")).text
    second = person("supervisor", "second")
    enter(by=second, **DECISION | {"decision": "nothing"}, confirm="on", answer_by=f"{timezone.localdate():%Y-%m-%d}")
    assert Demand.objects.get().is_decided
    assert "permintaan belum dijawab" not in client.get(reverse("admin:index")).text


@pytest.mark.slow
def test_silence_towards_the_reporter_needs_a_reason(enter):
    enter()
    answer = enter(reporter_told="no")
    assert "told_reason" in answer.context["adminform"].form.errors


def test_demands_are_counted_in_the_published_figures(enter):
    enter()
    entry, quarter = Demand.objects.get(), Quarter.of(timezone.localdate())
    for number in range(5):
        entry.pk, entry.document_number, entry.package_digest = None, str(number), "0" * 64 if number < 4 else ""
        entry.save()
    row = QuarterFigures.objects.create(year=quarter.year, quarter=quarter.number, figures=compute(quarter))
    assert row.figures["demands"] == {"demands": 5, "handed_out": None}
    assert "handed_out" in PublishedQuarter(row).as_csv()


def test_first_page_lists_a_decision_for_the_second_supervisor(decisions_for, enter, person, supervisor):
    second = person("supervisor", "second")
    enter(**DECISION)
    link = reverse("admin:reports_demand_change", args=[Demand.objects.get().pk])
    assert (decisions_for(supervisor), decisions_for(second)) == ([], [link])
    enter(by=second, **DECISION, confirm="on")
    assert decisions_for(second) == []
