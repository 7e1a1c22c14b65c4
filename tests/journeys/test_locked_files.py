"""Locked files go to the police in a browser: the lead asks, a second person decides, file and key leave apart (K7)."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from reports.cases import custody
from reports.cases.lifecycle import perform
from reports.evidence.files import original_bytes
from tests.journeys.desk_pages import faults_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.safety("K7"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="what a browser shows is the same on both databases"),
]
ON_A_PHONE = {"viewport": {"width": 360, "height": 800}, "java_script_enabled": False}
AT_A_DESK = {"viewport": {"width": 1280, "height": 900}}
WHY = "Penasihat hukum, 24 November, surat 12."


@pytest.fixture
def locked(site, person, with_picture, moderator):
    """A locked case, its named lead, a second lead, and what the file was."""
    lead, second = person("child-safety", "lead"), person("child-safety", "second")
    custody.name(lead, person("administrator"), for_withheld=False)
    case = perform(with_picture, "claim", by=moderator)
    content = original_bytes(case.evidence.get(), case.staff_keyring())
    return perform(case, "lock", by=moderator, reason="Berkas kedua."), lead, second, content


@pytest.fixture
def as_person(visits, sign_in):
    """``as_person(user, **browser)``: the desk, as this person."""
    return lambda user, **options: sign_in(visits.page(**options), user)


def page_of(case, action: str = "") -> str:
    if action:
        return reverse("admin:reports_case_act", args=[case.reference, action])
    return reverse("admin:reports_case_page", args=[case.reference])


def decide(page, case, action: str) -> None:
    """Give the reason and send the form of this action, which is open."""
    page.fill(f"form[action='{page_of(case, action)}'] [name=reason]", WHY)
    page.click(f"form[action='{page_of(case, action)}'] button")


def choose(page, case, action: str) -> None:
    """Open the page of the action from the menu of the case."""
    page.goto(page_of(case))
    page.click("summary:visible:has-text('Lainnya')")
    page.click(f"a:visible[href='{page_of(case, action)}']")


@pytest.mark.parametrize("browser_of", [ON_A_PHONE, AT_A_DESK], ids=["phone without script", "desk"])
def test_locked_file_and_its_key_leave_after_two_people(locked, as_person, tmp_path, browser_of):
    case, lead, second, content = locked
    page = as_person(lead, **browser_of)
    choose(page, case, "ask_take_out")
    decide(page, case, "ask_take_out")
    other = as_person(second, **browser_of)
    other.click(f"a[href='{page_of(case, 'agree_take_out')}']")  # on My work
    decide(other, case, "agree_take_out")
    choose(page, case, "hand_to_police")
    page.fill(".panel form:has(button[formaction]) [name=reason]", WHY)
    sealed, program = tmp_path / "sealed.bin", tmp_path / "open_locked_file.py"
    with page.expect_download() as download:
        page.click("text=Unduh berkas yang tersegel")
    download.value.save_as(sealed)
    page.fill(".panel form:has(button[formaction]) [name=reason]", WHY)
    page.click("text=Tampilkan kuncinya")
    key, name = page.inner_text(".code strong"), page.inner_text(".panel p > span[translate=no]")
    with page.expect_download() as download:
        page.click("text=Unduh programnya")
    download.value.save_as(program)
    subprocess.run([sys.executable, program, sealed, key, name, tmp_path / "result"], check=True)
    assert Path(tmp_path / "result").read_bytes() == content


def test_refusal_reaches_who_asked(locked, as_person):
    case, lead, second, _content = locked
    perform(case, "ask_take_out", by=lead, reason=WHY)
    other = as_person(second, **ON_A_PHONE)
    other.click(f"a[href='{page_of(case, 'agree_take_out')}']")
    other.click(f"a[href='{page_of(case, 'refuse_take_out')}']")  # on the page to agree
    decide(other, case, "refuse_take_out")
    other.goto(reverse("admin:index"))
    assert not other.locator(f"a[href='{page_of(case, 'agree_take_out')}']").count()
    page = as_person(lead, **ON_A_PHONE)
    page.goto(page_of(case))
    assert "ditolak oleh second" in page.inner_text("section[aria-labelledby=police]")
    assert WHY in page.inner_text("main")
    page.goto(reverse("admin:reports_case_handover"))
    assert "Tolak" in page.inner_text("main")


def test_second_person_decides_by_keyboard_alone(locked, as_person):
    case, lead, second, _content = locked
    perform(case, "ask_take_out", by=lead, reason=WHY)
    page = as_person(second, **AT_A_DESK)
    with page.expect_navigation():
        page.keyboard.press("2")
    page.keyboard.type(WHY)  # the first field has the focus
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert case.police_hand_overs.get().agreed_by == second


def test_pages_of_a_hand_over_can_be_used_by_everyone(locked, as_person):
    case, lead, second, _content = locked
    page, other, faults = as_person(lead), as_person(second), []
    choose(page, case, "ask_take_out")
    faults += faults_of(page)
    decide(page, case, "ask_take_out")
    for action in ("refuse_take_out", "agree_take_out"):
        choose(other, case, action)
        faults += faults_of(other)
    decide(other, case, "agree_take_out")
    choose(page, case, "hand_to_police")
    faults += faults_of(page)
    page.fill(".panel form:has(button[formaction]) [name=reason]", WHY)
    page.click("text=Tampilkan kuncinya")
    faults += faults_of(page)
    choose(page, case, "hand_to_police")
    for name, value in {"agency": "Unit Contoh", "receipt_number": "B/1", "handed_on": "2026-11-24"}.items():
        page.fill(f"[name={name}]", value)
    page.goto(page_of(case))
    faults += faults_of(page)
    assert not faults, "\n".join(faults)
