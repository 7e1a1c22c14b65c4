"""The rows of the queue and the parts that a script fetches: clocks, linked reports, facts, what is new."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from reports.cases.lifecycle import perform
from reports.cases.linked import linked_counts
from reports.models import Case, Event
from reports.scheduled_tasks import index_identifiers
from reports.triage.clocks import Clock
from reports.triage.rows import Row
from tests.cast import GROOMED
from tests.reports.triage.linked import SAME, SCAM

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NEWS = reverse("admin:reports_case_news")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0.2, "1 min"),
        (31, "31 min"),
        (65, "1 h 05"),
        (60, "1 h"),
        (5 * 60 + 7, "5 h"),
        (47 * 60, "47 h"),
        (51 * 60, "2 d 3 h"),
        (72 * 60, "3 d"),
        (-6.5, "late 6 min"),
    ],
)
def test_clock_says_how_long_is_left(minutes, words):
    now = timezone.now()
    clock = Clock.of(Case(tier=3, next_action_at=now + timedelta(minutes=minutes)), now)
    with translation.override("en"):
        assert clock.words == words


@pytest.mark.parametrize(("minutes", "state", "arc"), [(45, "", "28.3"), (15, "soon", "9.4"), (-1, "late", "37.7")])
def test_clock_empties_within_the_promise(minutes, state, arc):
    now = timezone.now()
    clock = Clock.of(Case(tier=0, next_action_at=now + timedelta(minutes=minutes)), now)
    assert (clock.state, clock.arc) == (state, arc)


def test_linked_reports_are_counted_as_far_as_visible(file, moderator, child_safety):
    lead, other, hidden = file().case, file().case, file(base=GROOMED).case
    for case in (other, hidden):
        perform(case, "link", by=child_safety, reference=lead.reference)
    cases = Case.objects.filter(pk__in=[lead.pk, other.pk])
    assert set(linked_counts(cases, moderator).values()) == {2}
    assert set(linked_counts(cases, child_safety).values()) == {3}


def test_case_without_a_link_counts_itself(filed, moderator):
    assert linked_counts([filed.case], moderator) == {filed.case.pk: 1}


def test_reports_of_the_same_account_are_counted_once(report, moderator, person):
    lead, other = (report(SCAM, account=SAME) for _ in range(2))
    report(SCAM, account="@lain")
    index_identifiers()
    assert linked_counts([lead], moderator) == {lead.pk: 2}
    perform(other, "link", by=person("child-safety"), reference=lead.reference)
    assert linked_counts([lead], moderator) == {lead.pk: 2}


@pytest.mark.safety("H25")
def test_hidden_report_of_the_same_account_is_not_counted(report, moderator, person):
    lead = person("outside-lead")
    open_case, hidden = report(SCAM, account=SAME), report(SCAM | {"staff_conflict": "yes"}, account=SAME)
    index_identifiers()
    assert hidden.identifier_digests.get().digest == open_case.identifier_digests.get().digest
    assert linked_counts([open_case], moderator) == {open_case.pk: 1}
    assert linked_counts([hidden], lead) == {hidden.pk: 1}


def test_paused_report_of_the_same_account_is_not_counted(report, moderator):
    cases = [report(SCAM | {"category": "scam"}, account=SAME) for _ in range(3)]
    index_identifiers()
    perform(cases[0], "data_request", kind="stop")
    assert linked_counts(cases, moderator) == {cases[0].pk: 1, cases[1].pk: 2, cases[2].pk: 2}


def test_clock_of_a_paused_report_is_not_shown(file, desk, clock):
    case = file(category="scam", age="adult", money_sent="no").case
    assert 'class="clock' in facts_of(desk, case).text
    perform(case, "data_request", kind="stop")
    clock(days=30)
    assert 'class="clock' not in facts_of(desk, case).text
    assert 'class="clock late' not in desk.get(reverse("admin:reports_case_changelist")).text


def test_row_counts_linked_reports_up_to_nine(filed, moderator):
    badges = [Row(filed.case, moderator, linked).badges[0] for linked in (9, 10)]
    assert [badge.text for badge in badges] == ["×9", "×9+"]
    assert badges[1].sentence == "9+ laporan terkait"


def facts_of(client, case):
    return client.get(reverse("admin:reports_case_facts", args=[case.reference]))


@pytest.mark.safety("H24")
@pytest.mark.parametrize("role", ["triage", "moderator"])
def test_facts_have_no_story_and_leave_no_event(filed, client, person, role):
    client.force_login(person(role))
    events = Event.objects.count()
    answer = facts_of(client, filed.case)
    assert "+25" in answer.content.decode()
    assert "Mereka mengejek" not in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert Event.objects.count() == events


def test_facts_offer_triage_no_way_to_the_story(filed, client, person):
    client.force_login(person("triage"))
    assert "href" not in facts_of(client, filed.case).content.decode()


def test_facts_of_a_restricted_case_do_not_exist(restricted, client, moderator):
    client.force_login(moderator)
    missing = client.get(reverse("admin:reports_case_facts", args=["00000000"]))
    assert facts_of(client, restricted.case).status_code == missing.status_code == 404


def test_news_says_what_came_above_the_last_row(file, client, moderator, monkeypatch):
    monkeypatch.setattr("reports.triage.paging.PAGE", 1)
    client.force_login(moderator)
    shown = file(age="adult", category="account_abuse").case
    file(age="adult", category="account_abuse", words="Di bawah.")
    end = client.get(reverse("admin:reports_case_changelist")).context["next"]
    assert client.post(NEWS, {"known": shown.reference, "until": end}).json()["line"] == ""
    file(safety="danger"), file(base=GROOMED)
    answer = client.post(NEWS, {"known": shown.reference, "until": end})
    assert answer.json()["line"] == "1 baru di atas"
    assert "no-store" in answer.headers["Cache-Control"]


def test_news_names_who_holds_a_row_now(file, client, moderator, supervisor):
    theirs, own = file().case, file().case
    perform(theirs, "claim", by=supervisor)
    perform(own, "claim", by=moderator)
    client.force_login(moderator)
    held = client.post(NEWS, {"known": f"{theirs.reference},{own.reference}"}).json()["held"]
    assert list(held) == [theirs.reference]
    assert held[theirs.reference].startswith("supervisor, sampai ")


def test_news_tells_nothing_of_a_restricted_case(restricted, client, moderator, child_safety):
    perform(restricted.case, "claim", by=child_safety)
    client.force_login(moderator)
    assert client.post(NEWS, {"known": restricted.case.reference}).json() == {"line": "", "held": {}}
