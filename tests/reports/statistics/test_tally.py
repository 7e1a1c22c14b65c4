"""The counters equal a recount, whatever happens at the desk."""

from collections import Counter

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.cases import sending
from reports.cases.lifecycle import perform
from reports.models import Case, Event, Tally, TallyCheck
from reports.models.case import State
from reports.statistics import counting, recount, upkeep
from reports.statistics.flows import M
from tests.cast import BULLIED, GROOMED
from tests.reports.actions import URGENT
from tests.reports.statistics.random_work import Desk

pytestmark = [pytest.mark.django_db]


def total(measure: str, **where) -> int:
    return Tally.objects.filter(measure=measure, **where).aggregate(n=Sum("number"))["n"] or 0


def sums() -> dict:
    rows = Tally.objects.values_list("measure", "value").annotate(n=Sum("number"))
    return {(measure, value): n for measure, value, n in rows if n}


@pytest.fixture
def desk(file, person, clock):
    """Five people and their work."""
    staff = [person(role) for role in ("moderator", "child-safety", "supervisor")]
    staff += [person("moderator", "second"), person("child-safety", "another")]
    return Desk(file, staff, clock)


@pytest.mark.both_databases
@pytest.mark.parametrize("steps", [100, pytest.param(600, marks=pytest.mark.slow)])
def test_tally_equals_a_recount(desk, steps):
    for _number in range(5):
        desk.report()
    for _number in range(steps):
        desk.step()
    desk.erase_one()
    assert len(set(desk.done)) > 7
    assert recount.differences() == {}
    upkeep.fold()
    assert recount.differences() == {}
    upkeep.keep()
    desk.clock(minutes=1)
    desk.erase_one()
    assert recount.differences() == {}


def from_events_and_cases() -> Counter:
    """Arrivals and promises of cases looked at once or never, by day and tier: not from what the counter recorded."""
    found = Counter()
    for case in Case.objects.all():
        looked = Event.objects.filter(case=case, action="claim").first()
        due = timezone.localtime(case.due_at).date()
        found[M.RECEIVED, timezone.localtime(case.received_at).date(), case.tier] += 1
        found[M.PROMISED, due, case.tier] += 1
        if looked:
            found[M.KEPT if looked.at <= case.due_at else M.LATE, due, case.tier] += 1
    return found


def test_arrivals_and_promises_equal_events_and_cases(file, child_safety, moderator, clock):
    for base, by in ((BULLIED, moderator), (GROOMED, child_safety), (URGENT, moderator)):
        for days in (0, 30, None):
            case = file(base=base).case
            if days is not None:
                clock(days=days, minutes=1)
                perform(case, "claim", by=by)
    expected = from_events_and_cases()
    assert {measure for measure, _day, _tier in expected} == {M.RECEIVED, M.PROMISED, M.KEPT, M.LATE}
    assert len({tier for _measure, _day, tier in expected}) > 1
    rows = Tally.objects.filter(measure__in=(M.RECEIVED, M.PROMISED, M.KEPT, M.LATE))
    sums = rows.values_list("measure", "day", "tier").annotate(n=Sum("number")).order_by()
    assert {(measure, day, tier): n for measure, day, tier, n in sums if n} == expected


def test_recount_finds_a_wrong_counter(filed):
    upkeep.keep()
    Tally.objects.filter(measure=M.RECEIVED).update(number=2)
    Tally.objects.filter(measure=M.STOCK).update(number=0)
    TallyCheck.objects.update(counting_since="2020-01-01T00:00+07:00")
    assert recount.check_now() > 0
    assert not recount.agrees()


@pytest.mark.parametrize("wrong", [{"tier": 4}, {"age_band": "adult"}, {"category": "scam"}])
def test_recount_finds_an_arrival_counted_elsewhere(filed, moderator, wrong):
    """The sum of each day and measure stays as the events say, so only the case itself shows it."""
    perform(filed.case, "claim", by=moderator)
    assert recount.differences() == {}
    Tally.objects.filter(measure=M.RECEIVED).update(**wrong)
    [(key, found)] = recount.differences().items()
    assert (key[0], key[4:7], found) == (M.RECEIVED, (2, "16_17", "cyberbullying"), (0, 1))


def test_recount_finds_a_late_look_counted_as_kept(filed, moderator, monkeypatch, clock):
    def forgiving(columns):
        return Counter({(M.KEPT if key[0] == M.LATE else key[0], *key[1:]): n for key, n in real(columns).items()})

    real = counting.promise_of
    clock(days=2)
    monkeypatch.setattr(counting, "promise_of", forgiving)
    perform(filed.case, "claim", by=moderator)
    assert [key[0] for key in recount.differences()] == [M.LATE]


def test_recount_leaves_out_the_arrival_of_a_changed_case(filed, moderator):
    case = perform(filed.case, "claim", by=moderator)
    perform(case, "set_tier", by=moderator, tier=1, reason="Alasan.")
    assert recount.differences() == {}


def test_recount_runs_once_a_day(filed, clock):
    upkeep.keep()
    assert recount.check_daily() == 0
    clock(hours=23)
    assert recount.check_daily() is None
    clock(hours=2)
    assert recount.check_daily() == 0


def test_fold_leaves_one_row_a_counter(filed, moderator):
    upkeep.keep()
    for action in ("claim", "release", "claim", "release"):
        perform(Case.objects.get(), action, by=moderator, **({"reason": "x"} if action == "release" else {}))
    before = sums()
    upkeep.fold()
    assert sums() == before
    assert not Tally.objects.filter(stage=Tally.Stage.NEW).exists()
    assert Tally.objects.filter(measure=M.STOCK, value=State.TRIAGE).count() == 1


def test_tally_starts_with_the_cases_before_it(desk):
    desk.report()
    desk.step()
    Tally.objects.all().delete()
    upkeep.keep()
    assert total(M.STOCK) == 1
    assert total(M.RECEIVED) == 1
    assert total(M.PROMISED) >= 1
    assert recount.differences() == {}


def test_tally_changes_in_the_transaction_of_the_case(filed, moderator, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    before = Tally.objects.count()
    monkeypatch.setattr("reports.cases.lifecycle._page_if_needed", fail)
    with pytest.raises(RuntimeError):
        perform(filed.case, "claim", by=moderator)
    assert Tally.objects.count() == before


def test_waiting_cases_fold_by_day_after_two_days(filed, clock):
    upkeep.keep()
    clock(days=4)
    upkeep.keep()
    upkeep.keep()
    assert list(Tally.objects.filter(measure=M.WAITING).values_list("slot", "number")) == [(None, 1)]
    assert recount.differences() == {}


def test_what_staff_open_is_counted_by_person(filed, moderator, client, clock):
    upkeep.keep()
    client.force_login(moderator)
    client.get(f"/admin/reports/case/{filed.case.reference}/")
    upkeep.keep()
    assert total(M.OPENED) == 0
    clock(minutes=3)
    upkeep.keep()
    upkeep.keep()
    assert total(M.OPENED, person=moderator, value="case") == 1


def test_counting_only_adds_rows(filed, moderator):
    """So no reporter and no moderator waits for the row of another."""
    with CaptureQueriesContext(connection) as asked:
        perform(filed.case, "claim", by=moderator)
    touched = [query["sql"] for query in asked if "reports_tally" in query["sql"]]
    assert len(touched) == 1
    assert touched[0].startswith("INSERT")


def test_first_look_is_counted_once_a_case(filed, file, moderator, person, clock):
    quarantined = file(suspicious=True, age="adult").case
    clock(minutes=50)
    case = perform(perform(filed.case, "claim", by=moderator), "recuse", by=moderator)
    perform(case, "claim", by=person("moderator", "second"))
    perform(quarantined, "close", by=moderator, outcome="spam")
    assert list(Tally.objects.filter(measure=M.FIRST_LOOK).values_list("slot", flat=True)) == [6, 6]  # up to an hour
    assert recount.differences() == {}
    upkeep.recount_from_scratch()
    assert total(M.FIRST_LOOK, slot=6) == total(M.FIRST_LOOK) == 2


def test_self_report_sheet_is_the_first_word(filed, moderator, clock):
    case = perform(filed.case, "claim", by=moderator)
    before = sums()
    case = sending.send(case, "gave_self_report_sheet", moderator, case.version, "Begini caranya.")
    assert total(M.FIRST_WORD) == 1
    clock(seconds=5)
    case = perform(case, "undo", by=moderator)
    assert sums() == before
    case = sending.send(case, "gave_self_report_sheet", moderator, case.version, "Begini caranya.")
    perform(case, "reply", by=moderator, text="Terima kasih.")
    assert total(M.FIRST_WORD) == 1
    assert recount.differences() == {}
    upkeep.recount_from_scratch()
    assert total(M.FIRST_WORD) == 1


@pytest.mark.sampled(2)
@pytest.mark.parametrize("resolve", [True, False])
def test_undone_message_leaves_no_trace_in_the_counters(filed, moderator, clock, resolve):
    case = perform(filed.case, "claim", by=moderator)
    before = sums()
    case = sending.send(case, "reply", moderator, case.version, "Terima kasih.", resolve=resolve)
    assert total(M.FIRST_WORD) == 1
    assert total(M.RESOLVED) == total(M.DONE) == resolve
    clock(seconds=5)
    case = perform(case, "undo", by=moderator)
    assert sums() == before
    assert recount.differences() == {}
    sending.send(case, "reply", moderator, case.version, "Terima kasih.")
    assert total(M.FIRST_WORD) == 1
