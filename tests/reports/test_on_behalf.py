"""A report that came by phone or letter, entered by staff."""

import re
import shutil
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.models import Case, SealedSession
from reports.questions import before_sending
from safetycenter import memory
from tests.cast import BULLIED
from tests.reports.entered import FIRST, TOLD, enter
from tests.reports.evidence.uploads import on_disk, picture
from tests.reports.followup.visitor import open_with, url

pytestmark = pytest.mark.django_db
GROOMING = {"category": "grooming", "age": "13_15", "words": "Dia sering menulis."}


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("surat.jpg", picture(), "image/jpeg")


@pytest.fixture
def desk(client, moderator, categories):
    client.force_login(moderator)
    return client


def code_in(page: str) -> str:
    return re.search(r"<strong>((?:\w{4}-){5}\w{4})</strong>", page)[1]


def test_entered_report_is_a_sealed_case_whose_code_opens_it(desk, moderator):
    code = code_in(enter(desk).text)
    assert not SealedSession.objects.exists()
    case = Case.objects.get()
    assert not case.may_lack_code  # staff have read it aloud
    assert case.display_reference in open_with(code).get(url("visit")).text
    assert (case.category_id, case.age_band, case.tier) == (BULLIED["category"], "13_15", 2)
    event = case.events.get(action="entered")
    assert (event.by, event.facts["came_by"]) == (moderator, "phone")


def test_code_of_an_entered_report_is_shown_once(desk):
    page = enter(desk)
    assert "no-store" in page["Cache-Control"]
    assert code_in(page.text) not in desk.get(reverse("admin:reports_case_changelist")).text


def test_person_without_a_code_is_not_waited_for(desk):
    page = enter(desk, gets_code="no").text
    case = Case.objects.get()
    assert case.unreachable
    assert case.display_reference in page
    assert not re.search(r"(?:\w{4}-){5}\w{4}", page)


@pytest.mark.safety("H5")
def test_words_about_dying_raise_an_entered_report(desk):
    enter(desk, words="Katanya dia mau bunuh diri malam ini.")
    assert Case.objects.get().tier == 0


@pytest.mark.safety("H28")
def test_entered_sexual_matter_of_a_child_is_for_child_safety(desk, moderator):
    enter(desk, age="under_13", words="Dia minta foto telanjang.")
    assert Case.objects.get().restricted
    assert not Case.objects.visible_to(moderator).exists()


@pytest.mark.safety("H25")
@pytest.mark.parametrize("changed", [False, True])  # also by who entered the report, who has read the code
def test_outside_lead_decides_where_staff_had_the_code(desk, person, changed, clock):
    person("outside-lead")
    visit = open_with(code_in(enter(desk, staff_conflict="yes", age="adult").text))
    if changed:
        visit.post(url("new_code"))
        new = re.search(r'data-code="([^"]+)"', visit.get(url("new_code")).text)[1]
        visit.post(url("new_code"), {"written": "1"})
        clock(hours=73)
        visit = open_with(new)
    visit.post(url("withdraw"), {"coerced": "no"})
    case = Case.objects.get()
    assert (case.is_at_risk, case.erasure_needs_lead, case.state == "withdrawn") == (False, True, False)


@pytest.mark.safety("H25")
@pytest.mark.parametrize(("answer", "withheld"), [("yes", True), ("no", False), ("", False)])
def test_entered_report_about_staff_is_for_the_outside_lead(desk, moderator, person, answer, withheld):
    lead = person("outside-lead")
    assert 'name="staff_conflict"' in desk.get(reverse("admin:reports_new_report")).text
    enter(desk, staff_conflict=answer)
    assert Case.objects.get().withheld is withheld
    assert Case.objects.visible_to(moderator).exists() is not withheld
    assert Case.objects.visible_to(lead).exists() is withheld


@pytest.mark.safety("H25")
def test_entry_without_an_outside_lead_does_not_ask(desk):
    page = desk.get(reverse("admin:reports_new_report")).text
    assert 'name="staff_conflict"' not in page
    assert "juga laporan tentang rekan" in page


def test_incomplete_form_files_nothing_and_keeps_what_was_typed(desk):
    response = enter(desk, came_by="")
    assert response.status_code == 422
    assert "Mereka mengejek aku." in response.text
    assert not Case.objects.exists()


@pytest.mark.logs_errors
def test_report_that_cannot_be_sealed_is_not_lost(desk, settings, tmp_path):
    settings.KEYS_DIR = Path(shutil.copytree(settings.KEYS_DIR, tmp_path / "keys"))
    (settings.KEYS_DIR / "desk.public").unlink()
    memory.clear()
    response = enter(desk)
    assert (response.status_code, "Mereka mengejek aku." in response.text) == (503, True)
    assert not Case.objects.exists()


@pytest.mark.parametrize("role", ["triage", "auditor", "editor"])
def test_only_staff_who_handle_cases_enter_reports(client, person, role):
    client.force_login(person(role))
    assert client.get(reverse("admin:reports_new_report")).status_code == 403


@pytest.mark.safety("K1")
def test_answers_that_decide_are_asked_before_the_report_is_filed(desk):
    page = desk.post(reverse("admin:reports_new_report"), TOLD | GROOMING).text
    assert not Case.objects.exists()
    assert not SealedSession.objects.exists()
    shown = re.search(r'name="asked_also" value="([^"]*)"', page)[1].split()
    in_the_form = {question.key for question in before_sending({"safety": "safe", "about": "me"} | GROOMING)}
    assert set(shown) == in_the_form - {*FIRST}
    assert all(f'name="{key}"' in page for key in shown)


@pytest.mark.safety("K1")
@pytest.mark.parametrize(("answer", "tier"), [("yes", 0), ("no", 1), ("", 1)])
def test_answer_of_a_caller_decides_the_tier_as_in_the_form(desk, answer, tier):
    enter(desk, **GROOMING, still_contact=answer)
    case = Case.objects.get()
    assert (case.tier, case.restricted) == (tier, True)


def test_answer_that_makes_one_more_question_decisive_is_followed_by_it(desk):
    address = reverse("admin:reports_new_report")
    told = TOLD | {"category": "scam"}
    page = desk.post(address, told | {"asked_also": "money_sent picture_threat"})
    assert page.status_code == 200
    assert Case.objects.exists()
    again = desk.post(address, told | GROOMING | {"asked_also": "money_sent picture_threat"})
    assert 'name="still_contact"' in again.text
    assert Case.objects.count() == 1


def test_letter_is_sealed_with_the_report(desk, settings):
    page = enter(desk, came_by="letter", own_image="no", evidence_sexual_check="no", files=scan())
    assert code_in(page.text)
    assert Case.objects.get().evidence.count() == len(on_disk(settings)) == 1


@pytest.mark.parametrize(("category", "said"), [("scam", "Pilih lagi di sini"), ("ncii", "tidak ada berkas")])
def test_page_that_is_shown_again_says_that_files_must_be_chosen_again(desk, settings, category, said):
    told = TOLD | {"came_by": "letter", "category": category, "asked_also": "own_image evidence_sexual_check files"}
    page = desk.post(reverse("admin:reports_new_report"), told | {"files": scan()})
    assert (page.status_code, said in page.text) == (200, True)
    assert not Case.objects.exists()
    assert not on_disk(settings)
    assert "Berkas yang Anda pilih" not in desk.post(reverse("admin:reports_new_report"), told).text


@pytest.mark.safety("H14")
@pytest.mark.parametrize(
    "told",
    [
        {"evidence_sexual_check": "yes"},
        {"evidence_sexual_check": ""},  # not asked, so it may be one
        {"own_image": "yes"},
        {"category": "ncii"},
        {"category": "csam", "words": "", "account_or_link": "@contoh"},
    ],
)
def test_file_that_the_form_would_refuse_is_refused_with_the_report(desk, settings, told):
    page = enter(desk, **{"came_by": "letter", "own_image": "no", "files": scan()} | told)
    assert page.status_code == 422
    assert not Case.objects.exists()
    assert not on_disk(settings)


@pytest.mark.safety("H14")
def test_no_file_is_asked_for_where_none_may_be_kept(desk):
    page = desk.post(reverse("admin:reports_new_report"), TOLD | {"came_by": "letter", "category": "ncii"}).text
    assert 'type="file"' not in page
    page = desk.post(reverse("admin:reports_new_report"), TOLD | {"came_by": "letter"}).text
    assert 'type="file"' in page
