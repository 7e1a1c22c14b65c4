"""While programs flood the form, its last page asks for a proof of work. It refuses no report."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from re import search

import pytest
from django.urls import reverse

from reports.intake import puzzle
from reports.models import Case, Flood
from reports.staffing import floods
from safetycenter import limits
from tests.reports.intake.reporter import Reporter, check_page

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
HUMAN = timedelta(seconds=10)


@pytest.fixture(autouse=True)
def low_limits(in_demo, categories, monkeypatch):
    """Four suspect reports, or seven of any kind, are a flood."""
    monkeypatch.setattr(limits, "SUSPECT_REPORTS", replace(limits.SUSPECT_REPORTS, max_hits=3))
    monkeypatch.setattr(limits, "REPORTS", replace(limits.REPORTS, max_hits=6))


@pytest.fixture
def flood(clock):
    """A flood that is running."""
    for _report in range(4):
        floods.count(suspicious=True)


def adult(clock=None, **answers) -> Reporter:
    """An adult at the last page, after a time in which a person can have written."""
    reporter = Reporter()
    reporter.begin()
    told = {"about": "me", "category": "scam", "age": "adult", "money_sent": "no", "words": "Aku ditipu."}
    reporter.tell(**told | answers)
    if clock:
        clock(seconds=HUMAN.seconds)
    return reporter


def solve(reporter: Reporter) -> str:
    """What the script of the page finds."""
    page = check_page(reporter)
    salt, challenge, most = (search(f'data-{name}="([^"]+)"', page)[1] for name in ("salt", "challenge", "most"))
    hashes = (sha256(f"{salt}{number}".encode()).hexdigest() for number in range(int(most)))
    return f"{salt.split('.')[0]}.{next(number for number, found in enumerate(hashes) if found == challenge)}"


def send(reporter: Reporter, **fields) -> str:
    """Send the report; return the state of its case."""
    answer = reporter.client.post(reporter.url("step", number=reporter.draft.check_number), fields)
    assert answer.url == reporter.url("code"), "no report is refused"
    return reporter.filed().case.state


def test_page_asks_for_nothing_in_ordinary_times(clock):
    page = check_page(adult(clock))
    assert "puzzle" not in page


def test_many_suspect_reports_are_a_flood(clock):
    for _report in range(3):
        send(adult(), website="http://spam")
    assert not floods.is_running()
    send(adult(), website="http://spam")
    assert floods.is_running()
    assert "js/puzzle" in check_page(adult(clock))


def test_many_reports_without_a_sign_are_a_flood(clock):
    states = [send(adult(clock)) for _report in range(8)]
    assert states == ["received"] * 7 + ["quarantined"]


def test_solved_puzzle_leads_to_the_ordinary_queue(flood, clock):
    reporter = adult(clock)
    assert send(reporter, puzzle=solve(reporter)) == "received"


def test_report_over_the_limit_of_an_address_is_lifted_by_the_puzzle(flood, clock, monkeypatch):
    monkeypatch.setattr(limits, "SUBMIT", replace(limits.SUBMIT, max_hits=0))
    reporter = adult(clock)
    assert send(reporter, puzzle=solve(reporter)) == "received"


@pytest.mark.safety("H19")
def test_phone_without_script_is_told_and_its_report_waits(flood, clock):
    reporter = adult(clock)
    page = check_page(reporter)
    assert "Laporanmu tetap kami terima" in page
    assert send(reporter) == "quarantined"
    assert Case.objects.get().due_at - Case.objects.get().received_at <= timedelta(hours=24)


@pytest.mark.safety("H19")
@pytest.mark.parametrize("answers", [{"age": "13_15"}, {"words": "aku mau mati aja"}])
def test_minor_or_life_at_risk_is_asked_nothing(flood, clock, answers):
    reporter = adult(clock, **answers)
    assert "puzzle" not in check_page(reporter)
    assert send(reporter) == "received"


def test_puzzle_of_another_draft_is_refused(flood, clock):
    first, second = adult(clock), adult(clock)
    answer = solve(first)
    assert send(first, puzzle=answer) == "received"
    assert send(second, puzzle=answer) == "quarantined"


def test_puzzle_expires(flood, clock):
    reporter = adult(clock)
    answer = solve(reporter)
    clock(minutes=15)
    check_page(reporter.tell(words="Aku ditipu lagi."))  # the draft goes on
    clock(minutes=6)
    for _report in range(4):
        floods.count(suspicious=True)
    assert send(reporter, puzzle=answer) == "quarantined"


def test_puzzle_of_a_page_from_before_a_new_secret_key_is_solved(flood, clock, settings):
    reporter = adult(clock)
    answer = solve(reporter)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new one " * 5, [settings.SECRET_KEY]
    assert puzzle.is_solved(reporter.draft, answer)
    settings.SECRET_KEY_FALLBACKS = []
    assert not puzzle.is_solved(reporter.draft, answer)


@pytest.mark.slow
@pytest.mark.parametrize("answer", ["", "x", ".", "9999999999.0", "99999999999999999999.1", "²³.1", "\x00.\x00"])
def test_anything_else_as_an_answer_is_no_solution(flood, clock, answer):
    assert send(adult(clock), puzzle=answer) == "quarantined"


def test_machine_with_the_right_answer_is_still_set_aside(flood, clock):
    reporter = adult(clock)
    assert send(reporter, puzzle=solve(reporter), website="http://spam") == "quarantined"


def test_flood_ends_half_an_hour_after_it_ebbs(flood, clock):
    clock(minutes=29)
    for _report in range(2):  # more than a third of the limit
        floods.count(suspicious=True)
    clock(minutes=29)
    assert floods.is_running()
    floods.count(suspicious=True)  # a third of the limit prolongs nothing
    clock(minutes=2)
    assert not floods.is_running()


def test_second_flood_begins_with_new_counts(flood, clock):
    send(adult(clock))
    clock(hours=2)
    for _report in range(4):
        floods.count(suspicious=True)
    assert (Flood.objects.count(), floods.running().reports) == (1, 0)


def test_help_and_return_pages_are_never_guarded(flood, client):
    for name in ("start", "ask_safety", "check"):
        assert "puzzle" not in client.get(reverse(f"reports:{name}")).text


def test_supervisor_reads_when_the_flood_began_and_its_counts(flood, clock, client, person):
    send(adult(clock))
    reporter = adult(clock)
    send(reporter, puzzle=solve(reporter))
    client.force_login(person("supervisor"))
    page = client.get(reverse("admin:index")).text
    assert "Laporan: 2. Dengan hitungan: 1. Masuk karantina: 1." in page
