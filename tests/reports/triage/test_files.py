"""A file at the desk: each page can be viewed once, also of a text file."""

import shutil

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.cases.lifecycle import NotAllowed, perform
from reports.models import Case, DeskSettings, Event, Evidence
from reports.staffing.exposure import Exposure, OwnDay, of_today
from reports.triage import looks
from reports.triage.taking import claim_most_urgent
from tests.cast import PASSWORD
from tests.reports.actions import resolve
from tests.reports.evidence.uploads import pdf_of, picture
from tests.reports.intake.reporter import Reporter

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(categories, in_demo, remembered, client, moderator):
    """``opened(name, data)``: a moderator has opened this file of a case; the client, and what names the file."""

    def do(name: str, data: bytes):
        reporter = Reporter()
        reporter.begin()
        reporter.tell(about="me", category="threats_stalking", age="adult", own_image="no", words="Dia mengancam.")
        number = reporter.draft.number_of("evidence")
        file = {"question": "evidence", "files": SimpleUploadedFile(name, data)}
        reporter.client.post(reporter.url("step", number=number), file)
        reporter.send()
        case = Case.objects.get()
        names = {"ref": case.reference, "file_id": case.evidence.get().pk}
        perform(case, "claim", by=moderator)
        client.login(username=moderator.username, password=PASSWORD)
        client.post(reverse("admin:reports_case_open_file", kwargs=names), {"reason": "assess"})
        return client, names

    return do


@pytest.mark.safety("H24")
def test_text_is_seen_once(opened):
    desk, names = opened("x.txt", b"Chat: besok jam tujuh.")
    page = reverse("admin:reports_case_file", kwargs=names)
    assert "besok jam tujuh" in desk.get(page).content.decode()
    assert desk.get(page).status_code == 302
    assert desk.get(reverse("admin:reports_case_file_page", kwargs=names | {"number": 1})).status_code == 404


@pytest.mark.slow
def test_simultaneous_requests_share_one_look(opened):
    desk, names = opened("x.jpg", picture())
    address = reverse("admin:reports_case_file_page", kwargs=names | {"number": 1})
    as_before = dict(desk.session.items())
    assert desk.get(address).status_code == 200
    session = desk.session  # the second request read its session before the first one saved
    session.update(as_before)
    session.save()
    assert desk.get(address).status_code == 404


@pytest.mark.slow
def test_opening_again_with_a_reason_gives_another_look(opened):
    desk, names = opened("x.jpg", picture())
    address = reverse("admin:reports_case_file_page", kwargs=names | {"number": 1})
    for _ in range(2):
        assert desk.get(address).status_code == 200
        desk.post(reverse("admin:reports_case_open_file", kwargs=names), {"reason": "assess"})
    assert looks.LOOK.max_hits == 1


@pytest.mark.slow
@pytest.mark.sampled(3)
@pytest.mark.parametrize(("name", "data"), [("x.txt", b"Chat."), ("x.jpg", picture())])
@pytest.mark.parametrize("was_drawn", [True, False])
def test_file_missing_on_the_disk_says_so(opened, settings, name, data, was_drawn):
    desk, names = opened(name, data)
    shutil.rmtree(settings.EVIDENCE_DIR)
    Evidence.objects.update(copies=int(was_drawn))
    answer = desk.post(reverse("admin:reports_case_open_file", kwargs=names), {"reason": "assess"}, follow=True)
    assert ("Berkas ini tidak bisa ditampilkan" in answer.text) == (not was_drawn or name == "x.txt")
    assert desk.get(reverse("admin:reports_case_file_page", kwargs=names | {"number": 1})).status_code == 404


def of_page(name, names):
    return reverse(f"admin:reports_case_file_{name}", kwargs=names | {"number": 1})


def test_uncovering_is_recorded_each_time(opened, moderator):
    desk, names = opened("x.jpg", picture())
    for _ in range(2):
        answer = desk.post(of_page("uncover", names), headers={"x-requested-with": "fetch"})
        assert answer.status_code == 204
    events = Event.objects.filter(action="revealed", by=moderator)
    assert [event.facts["page"] for event in events] == [1, 1]


@pytest.mark.safety("H24")
@pytest.mark.both_databases
def test_each_uncovered_page_counts_once_in_the_exposure(opened, moderator):
    desk, names = opened("x.pdf", pdf_of(40, pages=3))
    assert of_today() == {moderator.pk: Exposure(pictures=1)}  # opened: the first page, grey and blurred
    for number in (1, 2, 2, 3):
        address = reverse("admin:reports_case_file_uncover", kwargs=names | {"number": number})
        assert desk.post(address, headers={"x-requested-with": "fetch"}).status_code == 204
    assert of_today() == {moderator.pk: Exposure(pictures=3)}
    assert OwnDay.of(moderator).exposure.pictures == 3


@pytest.mark.safety("H24")
def test_uncovered_pages_of_one_case_reach_the_limit_of_the_day(opened, moderator, file):
    DeskSettings.objects.update_or_create(pk=1, defaults={"pictures": 2})
    desk, names = opened("x.pdf", pdf_of(40, pages=2))
    file()
    assert OwnDay.of(moderator).is_within_limits
    desk.post(reverse("admin:reports_case_file_uncover", kwargs=names | {"number": 2}))
    with pytest.raises(NotAllowed, match="cukup"):
        claim_most_urgent(moderator)


@pytest.mark.slow
def test_picture_that_was_seen_says_so(opened):
    desk, names = opened("x.jpg", picture())
    address = reverse("admin:reports_case_file", kwargs=names)
    assert of_page("page", names) in desk.get(address).content.decode()
    desk.get(of_page("page", names))
    page = desk.get(address).content.decode()
    assert "sudah melihatnya" in page
    assert of_page("page", names) not in page


@pytest.mark.slow
def test_uncovering_without_script_shows_it_once(opened):
    desk, names = opened("x.jpg", picture())
    desk.get(of_page("page", names))
    page = desk.post(of_page("uncover", names), follow=True).content.decode()
    assert 'class="evidence clear"' in page
    assert [desk.get(of_page("page", names)).status_code for _ in range(2)] == [200, 404]
    assert 'class="evidence clear"' not in desk.get(reverse("admin:reports_case_file", kwargs=names)).content.decode()


@pytest.mark.slow
def test_uncovering_ends_with_the_hold(opened, moderator):
    desk, names = opened("x.jpg", picture())
    perform(Case.objects.get(reference=names["ref"]), "release", by=moderator)
    assert desk.post(of_page("uncover", names), headers={"x-requested-with": "fetch"}).status_code == 404
    assert not Event.objects.filter(action="revealed").exists()


@pytest.mark.slow
def test_uncovering_needs_an_open_file(opened):
    desk, names = opened("x.jpg", picture())
    session = desk.session
    del session["files"]
    session.save()
    assert desk.post(of_page("uncover", names), headers={"x-requested-with": "fetch"}).status_code == 409
    assert not Event.objects.filter(action="revealed").exists()


def test_hovering_does_not_uncover_a_picture():
    style = (settings.BASE_DIR / "static/css/desk.css").read_text()
    rules = [rule for rule in style.split("}") if ".evidence" in rule and "filter" in rule]
    assert len(rules) == 2
    assert all("grayscale(1)" in rule for rule in rules)
    assert not [rule for rule in rules if "hover" in rule or "focus" in rule]


def test_file_stays_closed_without_holding_the_case(with_picture, client, supervisor):
    client.force_login(supervisor)
    names = {"ref": with_picture.reference, "file_id": with_picture.evidence.get().pk}
    client.post(reverse("admin:reports_case_open_file", kwargs=names), {"reason": "second"})
    assert client.get(reverse("admin:reports_case_file_page", kwargs=names | {"number": 1})).status_code == 404
    assert with_picture.evidence.get().copies == 0


def test_granted_look_ends_with_the_hold(opened, moderator):
    desk, names = opened("x.jpg", picture())
    perform(Case.objects.get(reference=names["ref"]), "release", by=moderator)
    assert desk.get(reverse("admin:reports_case_file_page", kwargs=names | {"number": 1})).status_code == 404


@pytest.mark.slow
@pytest.mark.sampled(3)
@pytest.mark.parametrize("hold", [False, True])
def test_second_person_opens_files_of_a_resolved_case(opened, client, moderator, child_safety, supervisor, hold):
    _desk, names = opened("x.jpg", picture())
    case = perform(Case.objects.get(reference=names["ref"]), "reply", by=moderator, text="Hasilnya.")
    Case.objects.update(tier=0)
    resolve(case, moderator)
    if hold:
        perform(case, "hold", by=child_safety, reason="Permintaan penyidik.")
    found = {}
    for user in (moderator, supervisor):
        client.force_login(user)
        client.post(reverse("admin:reports_case_open_file", kwargs=names), {"reason": "second"})
        found[user] = client.get(reverse("admin:reports_case_file_page", kwargs=names | {"number": 1})).status_code
    assert found == {moderator: 404, supervisor: 200}
