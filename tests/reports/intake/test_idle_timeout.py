"""An unfinished form is deleted after DRAFT_MINUTES and leaves no trace (H8)."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from reports.models import Evidence, SealedSession
from tests.reports import every_page
from tests.reports.evidence.uploads import on_disk, picture
from tests.reports.html import where_buttons_lead

from .reporter import Reporter, check_page, page_of, press, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
LEFT = re.compile('data-left="([0-9]+)"')
EMPTY = "Halaman ini kosong"
IDLE = site.DRAFT_MINUTES


@pytest.fixture
def later(monkeypatch):
    """``later(minutes=5)``: so much time passes."""
    passed, now = timedelta(), timezone.now

    def go_on(**time):
        nonlocal passed
        passed += timedelta(**time)

    monkeypatch.setattr("django.utils.timezone.now", lambda: now() + passed)
    return go_on


@pytest.mark.safety("H8")
def test_every_page_of_a_draft_has_a_button_that_deletes_it():
    pages = every_page.of_the_form()
    pages = {name: page for name, page in pages.items() if not name.startswith(("start", "ask safety", "first aid"))}
    leads = {name: where_buttons_lead(page).get("Hapus dan keluar") for name, page in pages.items()}
    assert {name for name, address in leads.items() if address != Reporter().url("leave")} == set()
    assert len(pages) > 30


@pytest.mark.safety("H8")
def test_step_is_empty_after_20_idle_minutes(reporter, later):
    told(reporter)
    later(minutes=IDLE - 1)
    assert "Mereka mengejek aku." in check_page(reporter)
    steps = [reporter.url("step", number=number) for number in range(reporter.draft.check_number + 1)]
    later(minutes=IDLE, seconds=1)
    for address in [*steps, reporter.url("help_page")]:
        answer = reporter.client.get(address)
        assert (answer.status_code, EMPTY in answer.content.decode()) == (410, True)


def test_expired_step_deletes_cookie_and_reveals_no_form(reporter, later):
    told(reporter)
    later(minutes=IDLE + 1)
    answer = reporter.client.get(reporter.url("step", number=3))
    assert answer.cookies["session"]["max-age"] == 0
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    assert not {"laporan", "jawaban", "formulir", "menit"} & set(main.lower().split())


@pytest.mark.safety("H8")
def test_housekeeping_deletes_a_draft_after_20_minutes(reporter, later, settings):
    reporter.tell(about="me", category="scam", age="adult", money_sent="no")
    photo = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    number = reporter.draft.number_of("evidence")
    reporter.client.post(reporter.url("step", number=number), {"question": "evidence", "files": photo})
    assert on_disk(settings)
    later(hours=25)  # files that nobody keeps are left to lie for a while
    call_command("housekeeping")
    assert (SealedSession.objects.exists(), Evidence.objects.exists(), on_disk(settings)) == (False, False, [])


@pytest.mark.safety("H8")
def test_one_tap_gives_twenty_more_minutes(reporter, later):
    told(reporter)
    for _tap in range(3):
        later(minutes=IDLE * 3 / 4)
        assert reporter.client.post(reporter.url("extend"), {"number": "2"}).status_code == 303
    assert "Mereka mengejek aku." in check_page(reporter)


@pytest.mark.safety("H8")
def test_get_requests_do_not_extend_the_draft(reporter, later):
    told(reporter)
    for _page in range(3):
        later(minutes=IDLE * 3 / 10)
        assert "Mereka mengejek aku." in check_page(reporter)
    later(minutes=IDLE / 10, seconds=1)
    assert reporter.client.get(reporter.url("step", number=2)).status_code == 410


@pytest.mark.slow
def test_more_time_starts_at_the_button(reporter, later):
    told(reporter)
    later(minutes=IDLE - 1)
    press(reporter, "words", "Mereka mengejek aku lagi.", stay="1")
    later(minutes=IDLE - 1)
    assert "Mereka mengejek aku lagi." in page_of(reporter, "words")
    later(minutes=1, seconds=1)
    assert reporter.client.get(reporter.url("step", number=2)).status_code == 410


def test_page_says_the_time_left_also_after_a_reload(reporter, later):
    fresh = page_of(told(reporter), "words")
    assert LEFT.search(fresh)[1] in (f"{IDLE * 60 - 1}", f"{IDLE * 60}")
    assert "sisa waktunya" not in fresh
    later(minutes=IDLE - 8)
    again = page_of(reporter, "words")
    assert 478 <= int(LEFT.search(again)[1]) <= 480
    assert "sisa waktunya 7 menit" in again or "sisa waktunya 8 menit" in again
    assert f"Waktumu sekarang {IDLE} menit lagi" not in again


@pytest.mark.safety("H8")
@pytest.mark.parametrize("door", ["ask_safety", "check"])
def test_cookie_is_gone_with_the_window_and_tells_nothing(filed, door):
    given = {"ask_safety": {"safety": "safe"}, "check": {"code": filed.receipt.code}}[door]
    reporter = Reporter()
    cookie = reporter.client.post(reporter.url(door), given).cookies["session"]
    assert not any(cookie[lifetime] for lifetime in ("max-age", "expires"))
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert filed.receipt.reference not in cookie.value


def test_form_that_nobody_began_is_not_begun_by_looking(reporter):
    stranger = Client()
    for address in (
        reporter.url("start"),
        reporter.url("step", number=2),
        reporter.url("help_page"),
        reporter.url("code"),
    ):
        assert not stranger.get(address).cookies.get("session")
    assert SealedSession.objects.count() == 1  # the reporter's


def test_step_that_nobody_began_is_the_same_empty_page(reporter, later):
    never_begun = Client().get(reporter.url("step", number=4)).content
    later(minutes=IDLE + 1)
    assert reporter.client.get(reporter.url("step", number=4)).content == never_begun


@pytest.mark.safety("H8")
def test_start_page_never_reveals_a_draft(reporter, later):
    def shown(client) -> str:
        page = client.get(reporter.url("start")).content.decode()
        return "".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)

    without = shown(Client())
    assert shown(told(reporter).client) == without
    later(minutes=IDLE + 1)
    assert shown(reporter.client) == without
