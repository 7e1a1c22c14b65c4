"""A file whose case names an account of a child sexual matter stays closed (safety rules H14, J1).

Every case with a file is filed through the form; the gate index is made by housekeeping or its task for that.
"""

from pathlib import Path
from shutil import copytree

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from reports.cases.lifecycle import NotAllowed, allowed, perform
from reports.cases.retention import run_withdrawals
from reports.crypto.vault import keys
from reports.crypto.vault.box import KeyMissingError
from reports.evidence import file_gate
from reports.models import Case, Event, GateEntry
from reports.scheduled_tasks import index_identifiers
from reports.triage.files import CLOSED
from tests.database import undone
from tests.reports.followup.visitor import open_with, url
from tests.reports.triage.linked import GROOMING, SCAM, is_open, open_file, photo

pytestmark = pytest.mark.django_db
SPELLINGS = (
    *("predator99", "IG: predator99", "ig Predator99", "FB : predator99", "tele @predator99", "t.me/predator99"),
    *("instagram.com/predator99", "facebook.com/predator99/", "https://www.tiktok.com/@predator99"),
)


@pytest.mark.sampled(2)
@pytest.mark.safety("H14", "J1")
@pytest.mark.parametrize("first", ["child", "ordinary"])
def test_file_linked_to_a_grooming_case_stays_closed(report, moderator, first):
    if first == "child":
        report(GROOMING)
    ordinary = report(SCAM, with_picture=True)
    if first == "ordinary":
        report(GROOMING)
    call_command("housekeeping")
    open_file(ordinary, moderator)
    assert not is_open(ordinary)


@pytest.fixture
def linked(report) -> tuple[Case, Case]:
    """A grooming case and an ordinary case with a picture that name the same account."""
    child, ordinary = report(GROOMING), report(SCAM, with_picture=True)
    index_identifiers()
    return child, ordinary


@pytest.mark.slow
@pytest.mark.safety("H14")
def test_withheld_grooming_case_closes_linked_file(report, person, moderator):
    person("outside-lead")
    report(GROOMING | {"staff_conflict": "yes"})
    ordinary = report(SCAM, with_picture=True)
    index_identifiers()
    assert Case.objects.filter(withheld=True).exists()
    open_file(ordinary, moderator)
    assert not is_open(ordinary)


def test_other_account_leaves_the_file_open(report, moderator):
    report(GROOMING)
    ordinary = report(SCAM, account="@somebody_else", with_picture=True)
    index_identifiers()
    open_file(ordinary, moderator)
    assert is_open(ordinary)


@pytest.mark.slow
@pytest.mark.safety("H14")
def test_other_spelling_of_an_account_closes_the_file(report, moderator):
    ordinary = report(SCAM, with_picture=True)
    for spelling in SPELLINGS:
        with undone():
            report(GROOMING, account=spelling)
            index_identifiers()
            open_file(ordinary, moderator)
            assert not is_open(ordinary), spelling


@pytest.mark.safety("H14")
def test_file_of_a_case_with_another_spelling_is_closed(report, moderator):
    report(GROOMING)
    for spelling in SPELLINGS:
        with undone():
            ordinary = report(SCAM, account=spelling, with_picture=True)
            index_identifiers()
            open_file(ordinary, moderator)
            assert not is_open(ordinary), spelling


@pytest.mark.sampled(2)
@pytest.mark.safety("H14")
@pytest.mark.logs_errors
@pytest.mark.parametrize("error", [KeyMissingError, ValueError])
def test_file_stays_closed_while_its_case_is_in_no_index(report, moderator, monkeypatch, error):
    def fails(*args):
        raise error

    ordinary = report(SCAM, with_picture=True)
    monkeypatch.setattr(file_gate, "index", fails)
    assert open_file(ordinary, moderator) == (302, [str(CLOSED)])
    assert not is_open(ordinary)


@pytest.mark.slow
def test_malformed_link_does_not_stop_indexing(report):
    links = ("http://[abc", "https://[x]", "http://a℀b.com", "hxxps://example[.]com/x")
    cases = {report(SCAM), *(report(SCAM, account=link) for link in links)}
    index_identifiers()
    assert set(Case.objects.filter(indexed=True)) == cases


@pytest.mark.slow
@pytest.mark.logs_errors
def test_unindexable_case_stops_no_other(report, monkeypatch):
    older, newer = report(SCAM), report(SCAM)
    index = file_gate.index
    monkeypatch.setattr(file_gate, "index", lambda case, text: 1 / 0 if case == newer else index(case, text))
    call_command("housekeeping")
    assert list(Case.objects.filter(indexed=True)) == [older]


@pytest.mark.slow
def test_address_of_a_whole_platform_links_nothing(report, moderator):
    report(GROOMING, account="https://www.instagram.com/")
    ordinary = report(SCAM, account="https://instagram.com", with_picture=True)
    index_identifiers()
    open_file(ordinary, moderator)
    assert is_open(ordinary)


@pytest.mark.slow
def test_case_that_just_arrived_is_indexed_before_its_file_opens(report, moderator):
    report(GROOMING)
    index_identifiers()
    ordinary = report(SCAM, with_picture=True)
    open_file(ordinary, moderator)
    assert not is_open(ordinary)


def test_review_by_child_safety_opens_unconfirmed_link(linked, child_safety, moderator):
    _child, ordinary = linked
    perform(ordinary, "allow_files", by=child_safety, reason="Hanya penipuan.")
    open_file(ordinary, moderator)
    assert is_open(ordinary)
    assert ordinary.events.filter(action="allow_files", by=child_safety).exists()


@pytest.mark.slow
@pytest.mark.safety("H14")
def test_review_does_not_cover_later_files(linked, codes, child_safety, moderator):
    _child, ordinary = linked
    perform(ordinary, "allow_files", by=child_safety, reason="Hanya penipuan.")
    open_with(codes[ordinary.reference]).post(url("write"), {"text": "Satu lagi.", "files": photo()})
    earlier, later = ordinary.evidence.all()
    for item in (earlier, later):
        open_file(ordinary, moderator, item)
    assert [item.copies > 0 for item in ordinary.evidence.all()] == [True, False]


@pytest.mark.sampled(2)
@pytest.mark.safety("H14")
@pytest.mark.parametrize("first", ["confirm", "review"])
def test_confirmed_case_closes_linked_files_for_good(linked, child_safety, moderator, first):
    child, ordinary = linked
    if first == "review":
        perform(ordinary, "allow_files", by=child_safety, reason="Hanya penipuan.")
    perform(child, "confirm_child", by=child_safety, reason="Benar.")
    with pytest.raises(NotAllowed):
        perform(ordinary, "allow_files", by=child_safety, reason="Hanya penipuan.")
    open_file(ordinary, moderator)
    assert not is_open(ordinary)


def test_moderator_can_neither_allow_files_nor_confirm(linked, moderator):
    _child, ordinary = linked
    assert not {"allow_files", "confirm_child"} & set(allowed(ordinary, moderator))


@pytest.mark.slow
@pytest.mark.safety("H14")
def test_every_refusal_to_open_a_file_is_the_same(linked, report, moderator, child_safety):
    _child, by_link = linked
    locked = report(SCAM, account="@elsewhere", with_picture=True)
    own = report(SCAM, account="@somewhere", with_picture=True)
    perform(perform(own, "claim", by=moderator), "restrict", by=moderator, reason="Soal anak.")
    perform(perform(locked, "claim", by=child_safety), "lock", by=child_safety, reason="Berkas pertama.")
    refusals = {case.pk: open_file(case, child_safety) for case in (by_link, locked, own)}
    assert len({(status, *said) for status, said in refusals.values()}) == 1
    events = Event.objects.filter(action="file_refused")
    assert {event.case_id for event in events} == set(refusals)
    assert {tuple(sorted(event.facts)) for event in events} == {("file", "reason")}


def test_only_child_safety_reads_why_a_file_is_closed(linked, moderator, child_safety):
    child, ordinary = linked
    pages = {}
    for user in (moderator, child_safety):
        desk = Client()
        desk.force_login(user)
        pages[user] = desk.get(reverse("admin:reports_case_page", args=[ordinary.reference])).content.decode()
    cause = "Laporan yang belum dipastikan"
    assert [cause in pages[user] for user in (moderator, child_safety)] == [False, True]
    assert child.display_reference not in "".join(pages.values())


@pytest.mark.slow
def test_look_that_was_granted_ends_when_a_linked_case_arrives(report, moderator):
    ordinary = perform(report(SCAM, with_picture=True), "claim", by=moderator)
    desk, file = Client(), {"ref": ordinary.reference, "file_id": ordinary.evidence.get().pk}
    desk.force_login(moderator)
    desk.post(reverse("admin:reports_case_open_file", kwargs=file), {"reason": "assess"})
    report(GROOMING)
    index_identifiers()
    assert desk.get(reverse("admin:reports_case_file", kwargs=file)).status_code == 404


@pytest.mark.safety("H14")
def test_restricting_an_ordinary_case_closes_linked_files(report, moderator):
    child, ordinary = report(SCAM), report(SCAM, with_picture=True)
    index_identifiers()
    perform(perform(child, "claim", by=moderator), "restrict", by=moderator, reason="Soal anak.")
    open_file(ordinary, moderator)
    assert not is_open(ordinary)


@pytest.mark.slow
def test_restricting_closes_linked_files_before_housekeeping(report, moderator, settings, tmp_path, session_keys):
    """Of two desks, the one with the ordinary keys only can index the case no later than when it restricts it."""
    child, ordinary = report(SCAM), report(SCAM, with_picture=True)
    settings.KEYS_DIR = Path(copytree(session_keys, tmp_path / "desk"))
    (settings.KEYS_DIR / "child_safety.private").unlink()
    perform(perform(child, "claim", by=moderator), "restrict", by=moderator, reason="Soal anak.")
    open_file(ordinary, moderator)
    assert not is_open(ordinary)


def test_two_desks_index_all_cases_and_close_linked_files(report, moderator, settings, tmp_path, session_keys):
    """Child safety has a separate desk: each desk indexes what it can open, under keys that both have."""
    report(GROOMING)
    ordinary = report(SCAM, with_picture=True)
    for audience, other in (("child_safety", "desk"), ("desk", "child_safety")):
        settings.KEYS_DIR = Path(copytree(session_keys, tmp_path / audience))
        (settings.KEYS_DIR / f"{other}.private").unlink()
        settings.DESK_AUDIENCES = [audience]
        assert keys.missing() == []
        index_identifiers()
    assert not Case.objects.filter(indexed=False).exists()
    open_file(ordinary, moderator)
    assert not is_open(ordinary)


@pytest.mark.slow
def test_grooming_report_closes_linked_files_before_housekeeping(report, moderator):
    ordinary = report(SCAM, with_picture=True)
    index_identifiers()
    report(GROOMING)
    open_file(ordinary, moderator)
    assert not is_open(ordinary)


@pytest.mark.slow
def test_gate_index_goes_with_its_case(clock, linked, child_safety, moderator):
    child, ordinary = linked
    perform(child, "withdraw", coerced="skip")
    perform(child, "approve_erasure", by=child_safety)
    clock(hours=72)
    assert run_withdrawals() == 1
    assert not GateEntry.objects.filter(case=child).exists()
    open_file(ordinary, moderator)
    assert is_open(ordinary)
