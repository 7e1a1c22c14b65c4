"""The dashboard of leads: who may open it, what each of them sees, how many queries it takes."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports.cases.lifecycle import perform
from reports.models import Tally, TallyCheck
from reports.scheduled_tasks import mark_overdue
from reports.statistics import recount, upkeep
from reports.statistics.counting import local_day, quarter_hour
from reports.statistics.figures import Desk, may_open
from reports.statistics.flows import M
from reports.statistics.words import duration
from safetycenter.roles import ROLE_NAMES
from tests.cast import BULLIED, GROOMED

pytestmark = pytest.mark.django_db
LEADS = {"supervisor", "child-safety", "outside-lead"}


@pytest.fixture
def page(client):
    """``page(user)``: the dashboard as this person sees it."""

    def show(user):
        client.force_login(user)
        return client.get(reverse("admin:reports_dashboard"))

    return show


def test_dashboard_is_for_leads(person, page):
    assert {role for role in ROLE_NAMES if page(person(role)).status_code == 200} == LEADS


def test_dashboard_is_closed_to_a_superuser(person):
    assert not may_open(person("superuser"))


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("role", "waiting"), [("supervisor", 1), ("child-safety", 2), ("outside-lead", 0)])
def test_dashboard_counts_only_known_kinds(file, person, role, waiting):
    file()
    file(base=GROOMED)
    desk = Desk(person(role))
    assert desk.waiting_for["desk"] == waiting
    assert sum(tier.total for tier in desk.backlog) == waiting
    assert sum(came for _day, came, _done in desk.per_day) == waiting


def test_supervisor_sees_no_trace_of_a_restricted_case(file, supervisor, child_safety, page, clock):
    nothing = page(supervisor).content
    case = file(base=GROOMED).case
    perform(perform(case, "claim", by=child_safety), "reply", by=child_safety, text="Terima kasih.")
    upkeep.keep()
    assert strip(page(supervisor).content) == strip(nothing)


def strip(content: bytes) -> str:
    """The page without what differs from one request to the next."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|\d\d\.\d\d WIB', "", content.decode())


def test_load_is_sorted_by_name(filed, file, person):
    for name, times in (("Wulan", 5), ("adi", 1), ("Bagas", 3)):
        who = person("moderator", name)
        Tally.objects.create(
            measure=M.OPENED, value="case", number=times, kind=Tally.Kind.ORDINARY, person=who, day=Desk(who).today
        )
    assert [row.name for row in Desk(person("supervisor")).load] == ["adi", "Bagas", "Wulan"]


def test_backlog_has_ages_and_late_cases(filed, supervisor, clock):
    clock(hours=30)
    mark_overdue()
    tier = Desk(supervisor).backlog[filed.case.tier]
    assert (tier.total, tier.late) == (1, 1)
    assert tier.classes == [0, 0, 0, 1, 0]


def arrive(row: Tally, number: int) -> None:
    now = timezone.now()
    row.pk, row.number, row.day, row.slot = None, number, local_day(now), quarter_hour(now)
    row.save()


def test_backlog_has_median_and_p90_from_twenty_cases_on(filed, supervisor, page, clock):
    Tally.objects.filter(measure=M.WAITING).update(number=4)
    clock(hours=10)
    arrive(Tally.objects.get(measure=M.WAITING), 15)
    clock(hours=2)
    few = Desk(supervisor).backlog[filed.case.tier]
    assert (few.total, few.median, few.p90) == (19, None, None)
    arrive(Tally.objects.filter(measure=M.WAITING).first(), 1)
    enough = Desk(supervisor).backlog[filed.case.tier]
    assert [round(age / timedelta(hours=1)) for age in (enough.median, enough.p90)] == [2, 12]
    row = page(supervisor).context["backlog"]["rows"][filed.case.tier]
    assert row["cells"][-3:] == [duration(age) for age in (enough.median, enough.p90, enough.oldest)]


def test_promises_leave_out_those_due_today(filed, moderator, supervisor, clock):
    perform(filed.case, "claim", by=moderator)
    share = {tier: share for tier, share, _late in Desk(supervisor).promises}[filed.case.tier]
    assert share.whole == 0
    clock(days=5)
    share = {tier: share for tier, share, _late in Desk(supervisor).promises}[filed.case.tier]
    assert (share.part, share.whole) == (1, 1)


def test_page_says_when_counters_do_not_agree(filed, supervisor, page):
    TallyCheck.objects.create(differences=3)
    assert "manage.py recount" in page(supervisor).text
    assert not recount.agrees()


def test_few_first_looks_and_words_are_single_cases(filed, moderator, supervisor, clock, page):
    perform(filed.case, "claim", by=moderator)
    clock(minutes=50)
    perform(filed.case, "reply", by=moderator, text="Terima kasih.")
    upkeep.keep()
    shown = page(supervisor)
    for name, time in (("first_looks", "≤ 5 menit"), ("first_words", "≤ 1 jam")):
        row = next(row for row in shown.context[name]["rows"] if row["n"])
        assert (row["shown"], len(row["singles"]), row["cells"]) == (False, 1, [1, time, "–"])
    assert "Waktu sampai dilihat pertama kali" in shown.text


@pytest.mark.safety("K1")
def test_lead_finds_each_decision_not_to_pass_a_case_on(file, person, supervisor, child_safety, page):
    decided = {}
    cases = [("urgent", {"safety": "danger"}, person("moderator")), ("hidden", {"base": GROOMED}, child_safety)]
    for kind, answers, by in cases:
        case = perform(file(**answers).case, "claim", by=by)
        decided[kind] = perform(case, "not_to_refer", by=by, reason="Tidak ada lembaga.").display_reference
    shown = page(supervisor).text
    assert (decided["urgent"] in shown, decided["hidden"] in shown) == (True, False)
    assert "Tidak ada lembaga." not in shown
    shown = page(child_safety).text
    assert (decided["urgent"] in shown, decided["hidden"] in shown) == (False, True)


def test_dashboard_takes_at_most_twelve_queries(file, person, client):
    for number in range(6):
        case = file(base=GROOMED if number % 2 else BULLIED).case
        perform(case, "claim", by=person("child-safety", f"cs{number}"))
    client.force_login(person("child-safety"))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("admin:reports_dashboard"))
    assert len(asked) <= 12
