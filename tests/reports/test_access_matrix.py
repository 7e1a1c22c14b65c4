"""Every role on every URL of every kind of case: a case that a role may not see answers 404 on all its URLs."""

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from reports.cases.lifecycle import perform
from reports.models import Case, Event, OnCallChannel
from tests.reports import tasks
from tests.reports.access_table import READS, SEES
from tests.reports.evidence.uploads import picture
from tests.reports.followup.visitor import open_with, url

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
# What the reporter answers in each kind of case. A restricted one became so by later words, and keeps its files.
KINDS = {"ordinary": {"age": "adult"}, "restricted": {"age": "13_15"}, "withheld": {"age": "adult"}}
KINDS["withheld"] |= {"staff_conflict": "yes"}
HARM = {"text": "Dia minta aku kirim foto telanjang."}
HIDDEN_BY = ("nothing", "words", "restrict", "lock")
CHANNELS = {"supervisor", "superuser"}  # a superuser sets up the site and sees no case
TAKE = {"moderator", "supervisor", "child-safety", "outside-lead"}
HOLDS = {"page": 200, "refer": 200, "act": 200, "open": 302, "file": 200, "drawn": 200}
READS_ONLY = HOLDS | {"file": 404, "drawn": 404}


@pytest.fixture(params=KINDS)
def kind(request) -> str:
    """Each kind of case."""
    return request.param


@pytest.fixture
def case(kind, file) -> Case:
    """A case of this kind, with a picture that anyone who may know of it may open."""
    reporter = with_picture(file(**KINDS[kind]))
    if kind == "restricted":
        reporter.post(url("write"), HARM)
        tasks.run("keys renewed")
    case = Case.objects.get()
    assert {name for name in ("restricted", "withheld") if getattr(case, name)} == {kind} - {"ordinary"}
    return case


def with_picture(filed) -> Client:
    """The browser of the reporter, who has added a picture to their case."""
    reporter, photo = open_with(filed.receipt.code), SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    reporter.post(url("write"), {"text": "Ini.", "files": photo, "sexual": "no"})
    return reporter


@pytest.fixture
def desks(person, remembered) -> dict[str, Client]:
    """A browser at the desk for each role."""
    browsers = {role: Client() for role in SEES}
    for role, browser in browsers.items():
        browser.force_login(person(role))
    return browsers


def names_of_its_file(case) -> dict:
    return {"ref": case.reference, "file_id": case.evidence.get().pk}


def statuses(desk, case) -> dict[str, int]:
    """What each address of a case and its file answers, in the order in which a file is opened."""
    file = names_of_its_file(case)
    note = reverse("admin:reports_case_act", args=[case.reference, "note"])
    return {
        "page": desk.get(reverse("admin:reports_case_page", args=[case.reference])).status_code,
        "refer": desk.get(reverse("admin:reports_case_refer", args=[case.reference])).status_code,
        "act": desk.post(note, {"fill": "1", "text": "Catatan."}).status_code,
        "open": desk.post(reverse("admin:reports_case_open_file", kwargs=file), {"reason": "assess"}).status_code,
        "file": desk.get(reverse("admin:reports_case_file", kwargs=file)).status_code,
        "drawn": desk.get(reverse("admin:reports_case_file_page", kwargs=file | {"number": 1})).status_code,
    }


def of(role: str) -> User:
    """The person with this role."""
    return User.objects.get(username=role)


@pytest.mark.slow
@pytest.mark.sampled(2)
def test_case_addresses_answer_readers(desks, kind, case):
    found = {role: statuses(desks[role], case) for role in SEES if kind in READS[role]}
    assert found == dict.fromkeys(found, READS_ONLY) != {}


@pytest.mark.sampled(2)
def test_others_find_no_address_and_change_nothing(desks, kind, case):
    found = {role: statuses(desks[role], case) for role in SEES if kind not in READS[role]}
    assert found == dict.fromkeys(found, dict.fromkeys(HOLDS, 404)) != {}
    assert not Event.objects.filter(by__isnull=False).exists()
    assert case.evidence.get().copies == 0


@pytest.mark.sampled(3)
def test_files_open_for_the_handler_only(desks, kind, case):
    found = {}
    for role in [role for role in SEES if kind in READS[role]]:
        perform(case, "claim", by=of(role))
        found[role] = statuses(desks[role], case)
        perform(case, "release", by=of(role))
    assert found == dict.fromkeys(found, HOLDS) != {}


@pytest.mark.sampled(3)
def test_forged_handler_finds_no_address_of_a_case(desks, kind, case):
    """Play somebody who can write the database and makes a handler of those who may not know of the case."""
    found = {}
    for role in [role for role in SEES if kind not in READS[role]]:
        Case.objects.update(handler=of(role))
        found[role] = statuses(desks[role], case)
    assert found == dict.fromkeys(found, dict.fromkeys(HOLDS, 404)) != {}


@pytest.mark.slow
@pytest.mark.parametrize("hidden_by", HIDDEN_BY)
def test_look_that_was_granted_ends_when_the_case_is_hidden(desks, file, hidden_by):
    reporter, desk = with_picture(file(age="13_15")), desks["moderator"]
    case = perform(Case.objects.get(), "claim", by=of("moderator"))
    file = names_of_its_file(case)
    desk.post(reverse("admin:reports_case_open_file", kwargs=file), {"reason": "assess"})
    if hidden_by == "words":
        reporter.post(url("write"), HARM)
    elif hidden_by != "nothing":
        perform(case, hidden_by, by=of("moderator"), reason="Soal anak.")
    drawn = desk.get(reverse("admin:reports_case_file_page", kwargs=file | {"number": 1}))
    assert drawn.status_code == (200 if hidden_by == "nothing" else 404)


@pytest.mark.slow
@pytest.mark.sampled(2)
def test_take_next_takes_only_what_each_role_may_know_of(desks, kind, case):
    took = set()
    for role, desk in desks.items():
        desk.post(reverse("admin:reports_case_next"))
        for taken in Case.objects.exclude(handler=None):
            took.add(role)
            perform(taken, "release", by=of(role))
    assert took == {role for role in TAKE if kind in SEES[role]}


def test_only_the_auditor_reads_the_record(desks, filed):
    doors = [reverse(f"admin:reports_event_{name}") for name in ("changelist", "people")]
    check = reverse("admin:reports_event_verify")
    found = {
        role: {*(desk.get(d).status_code for d in doors), desk.post(check).status_code} for role, desk in desks.items()
    }
    assert found == {role: {200} if role == "auditor" else {403} for role in SEES}


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("name", "sent"), [("test", 1), ("confirm", 0)])
def test_channel_test_is_for_supervisors(desks, name, sent, mailoutbox):
    channel = OnCallChannel.objects.create(name="piket", email="piket@contoh.id")
    address = reverse(f"admin:reports_oncallchannel_{name}", args=[channel.pk])
    found = {role: desk.post(address, {"digits": "000000"}).status_code for role, desk in desks.items()}
    assert found == {role: 302 if role in CHANNELS else 403 for role in SEES}
    assert len(mailoutbox) == sent * len(CHANNELS)
