"""The form is open only when somebody reads the reports (H1, H2, K3)."""

import re
from datetime import time, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from education.models import Helpline
from reports.cases.lifecycle import perform
from reports.models import OnCallChannel, StaffedHours
from reports.staffing import intake_status
from reports.staffing.intake_status import PRECONDITIONS, cached_intake_status
from reports.staffing.intake_status import intake_status as opening
from safetycenter import memory
from tests import launch_content
from tests.reports.actions import resolve

pytestmark = pytest.mark.django_db
MOST_SECONDS_LATE = memory.CACHE_SECONDS  # before the fixture of all tests sets it to 0
DESCRIPTION = re.compile('<meta name="description" content="([^"]+)">')


@pytest.fixture
def staffed(settings, person, monkeypatch):
    """A site that may open: every precondition stands."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.OPENING_PAPERS = {"impact_assessment": "2026-01-02", "legal_note": "2026-01-03"}
    settings.OPERATOR = {"name": "Yayasan Contoh", "contact": "a@b.id", "data_protection_contact": "c@b.id"}
    settings.EMERGENCY_NUMBERS_VERIFIED = "tests.reports.intake.test_intake_status.verified"
    for day in range(7):
        StaffedHours.objects.create(weekday=day, opens=time(0), closes=time(23, 59))
    OnCallChannel.objects.create(name="piket", email="piket@contoh.id", tested_at=timezone.now())
    for name in ("one", "two"):
        user = person("child-safety", name)
        user.last_login = timezone.now()
        user.save()
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})


def verified():
    return True


def start_page(client, language="id"):
    with translation.override(language):
        return client.get(reverse("reports:start"), secure=True).content.decode()


@pytest.mark.safety("H1")
def test_unattended_site_takes_no_report(client, categories):
    assert set(opening().missing) == set(PRECONDITIONS) - {"keys"}
    page = start_page(client)
    assert '/lapor/mulai/"' not in page
    assert "110" in page


def test_staffed_site_opens_intake(staffed, client):
    assert opening().missing == ()
    assert '/lapor/mulai/"' in start_page(client)


def test_form_has_a_description_in_both_languages(staffed, settings, client):
    said = {page: DESCRIPTION.search(start_page(client, page))[1] for page in ("id", "en")}
    assert said["id"] != said["en"]
    assert said["id"] not in client.get("/id/", secure=True).text
    for code, path in (("id", "/id/lapor/"), ("en", "/en/report/")):
        assert f'hreflang="{code}" href="{settings.PUBLIC_URL}{path}"' in start_page(client)
    assert f'rel="canonical" href="{settings.PUBLIC_URL}/id/lapor/"' in start_page(client)


def test_closed_form_does_not_promise_to_take_a_report(settings, client, categories, staffed):
    opened = DESCRIPTION.search(start_page(client))[1]
    OnCallChannel.objects.all().delete()
    assert DESCRIPTION.search(start_page(client))[1] not in ("", opened)


@pytest.fixture
def process_clock(monkeypatch):
    """A clock of the process in a list, as ``memory`` reads it; results are remembered as on a running site."""
    seconds = [1000.0]
    monkeypatch.setattr(memory, "monotonic", lambda: seconds[0])
    monkeypatch.setattr(memory, "CACHE_SECONDS", MOST_SECONDS_LATE)
    return seconds


@pytest.mark.safety("H1")
def test_closing_reaches_every_process_within_seconds(staffed, client, process_clock):
    assert '/lapor/mulai/"' in start_page(client)
    OnCallChannel.objects.all().delete()
    process_clock[0] += MOST_SECONDS_LATE - 0.1
    assert '/lapor/mulai/"' in start_page(client)
    process_clock[0] += 0.1
    assert MOST_SECONDS_LATE <= 5
    assert '/lapor/mulai/"' not in start_page(client)
    assert opening().missing == ("on_call",)


def test_remembered_opening_speaks_the_language_of_each_page(staffed, client, process_clock, monkeypatch):
    StaffedHours.objects.update(opens=time(8), closes=time(17))
    noon = timezone.localtime().replace(hour=12, minute=0)
    monkeypatch.setattr(intake_status.timezone, "now", lambda: noon)
    said = {cached_intake_status().shift_end for language in ("id", "en") if not translation.activate(language)}
    assert len(said) == 2


def test_start_page_asks_nothing_of_the_database_again(staffed, client, process_clock):
    start_page(client)
    with CaptureQueriesContext(connection) as queries:
        start_page(client)
    assert len(queries) == 0, queries.captured_queries


@pytest.mark.safety("H1")
@pytest.mark.parametrize(
    ("spoil", "missing"),
    [
        (lambda: StaffedHours.objects.all().delete(), "hours"),
        (lambda: StaffedHours.objects.update(urgent_only=True), "hours"),
        (lambda: StaffedHours.objects.update(opens=time(8), closes=time(9)), "hours"),
        (lambda: OnCallChannel.objects.update(tested_at=timezone.now() - timedelta(days=31)), "on_call"),
        (lambda: OnCallChannel.objects.update(active=False), "on_call"),
        (lambda: OnCallChannel.objects.update(failed_at=timezone.now() - timedelta(minutes=31)), "on_call"),
    ],
)
def test_each_missing_precondition_closes_intake(staffed, spoil, missing):
    spoil()
    assert opening().missing == (missing,)


@pytest.fixture
def numbers(staffed, settings):
    """The emergency numbers as they come with this software; whether they were checked is asked for real."""
    settings.EMERGENCY_NUMBERS_VERIFIED = "education.helplines.selection.emergency_set_verified"
    launch_content.load(for_search=False)
    return Helpline.objects.filter(emergency=True)


@pytest.mark.safety("K3")
def test_emergency_numbers_that_no_operator_has_checked_close_it(numbers, client):
    assert numbers.count() >= 4
    assert opening().missing == ("emergency",)
    assert '/lapor/mulai/"' not in start_page(client)


@pytest.mark.slow
@pytest.mark.safety("K3")
def test_one_unchecked_emergency_number_closes_intake(numbers, client):
    numbers.update(verified_on=timezone.localdate())
    assert opening().missing == ()
    for number in numbers:
        numbers.filter(pk=number.pk).update(verified_on=None)
        assert opening().missing == ("emergency",)
        numbers.filter(pk=number.pk).update(verified_on=timezone.localdate())
    assert '/lapor/mulai/"' in start_page(client)


def test_without_any_emergency_number_it_is_closed(numbers):
    numbers.update(emergency=False)
    assert opening().missing == ("emergency",)


def test_check_of_other_helplines_does_not_open_intake(numbers):
    Helpline.objects.filter(emergency=False).update(verified_on=timezone.localdate())
    assert opening().missing == ("emergency",)


@pytest.mark.safety("J4")
@pytest.mark.parametrize("paper", ["impact_assessment", "legal_note"])
@pytest.mark.parametrize("day", ["", "2 Januari 2026", "2999-01-01"])
def test_intake_waits_for_the_papers_of_the_operator(staffed, settings, client, paper, day):
    settings.OPENING_PAPERS = settings.OPENING_PAPERS | {paper: day}
    assert opening().missing == (paper,)
    assert '/lapor/mulai/"' not in start_page(client)


def test_one_child_safety_account_is_not_enough(staffed, django_user_model):
    django_user_model.objects.filter(username="two").update(is_active=False)
    assert opening().missing == ("child_safety",)


def test_outside_lead_is_not_a_child_safety_account(staffed, django_user_model, person):
    OnCallChannel.objects.create(name="luar", email="luar@contoh.id", for_withheld=True, tested_at=timezone.now())
    django_user_model.objects.filter(username="two").update(is_active=False)
    person("outside-lead")
    assert opening().missing == ("child_safety",)


def test_lead_outside_the_desk_needs_a_channel_of_their_own(staffed, person):
    person("outside-lead")
    assert opening().missing == ("on_call",)
    OnCallChannel.objects.create(name="luar", email="luar@contoh.id", for_withheld=True, tested_at=timezone.now())
    assert opening().is_open


@pytest.mark.parametrize("backend", ["console", "dummy", "filebased", "locmem"])
def test_mail_that_reaches_nobody_is_no_channel(staffed, settings, backend):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    assert opening().missing == ("on_call",)


def test_without_keys_nothing_is_taken(staffed, settings, tmp_path, client):
    settings.KEYS_DIR = tmp_path
    assert opening().missing == ("keys",)
    assert '/lapor/mulai/"' not in start_page(client)


@pytest.mark.safety("H1")
def test_unreviewed_child_case_shows_warning_at_start(staffed, file, client, clock):
    file(safety="danger")
    assert not opening().is_unattended
    clock(hours=3)
    assert opening().is_unattended
    page = start_page(client)
    assert page.index("notice danger") < page.index('/lapor/mulai/"')


@pytest.mark.slow
def test_unreviewed_withheld_child_case_shows_warning(staffed, file, moderator, clock):
    case = perform(file(safety="danger").case, "claim", by=moderator)
    perform(case, "reply", by=moderator, text="Kami di sini.")
    resolve(case, moderator)
    assert perform(case, "request_review").state == "escalated"
    assert not opening().is_unattended
    clock(hours=3)
    assert opening().is_unattended


def test_outside_lead_does_not_count_as_present(staffed, person, django_user_model):
    OnCallChannel.objects.create(name="luar", email="luar@contoh.id", for_withheld=True, tested_at=timezone.now())
    outside = person("outside-lead")
    django_user_model.objects.update(last_login=timezone.now() - timedelta(hours=13))
    django_user_model.objects.filter(pk=outside.pk).update(last_login=timezone.now())
    assert opening().is_unattended


@pytest.mark.safety("H1")
def test_absent_staff_show_the_warning(staffed, django_user_model):
    django_user_model.objects.update(last_login=timezone.now() - timedelta(hours=13))
    assert opening().is_unattended


def test_only_those_who_handle_cases_count_as_being_there(staffed, person, django_user_model):
    django_user_model.objects.update(last_login=timezone.now() - timedelta(hours=13))
    editor = person("editor")
    editor.last_login = timezone.now()
    editor.save()
    assert opening().is_unattended


def test_three_days_are_silence_whatever_the_hours(staffed, django_user_model):
    yesterday = (timezone.localdate() - timedelta(days=1)).weekday()
    StaffedHours.objects.exclude(weekday=yesterday).delete()
    StaffedHours.objects.update(opens=time(8), closes=time(19))
    for days, silent in ((2, False), (3, True)):
        django_user_model.objects.update(last_login=timezone.now() - timedelta(days=days))
        assert opening().is_unattended is silent


@pytest.mark.safety("H2")
def test_at_night_the_page_says_when_someone_reads_again(staffed, client, monkeypatch):
    StaffedHours.objects.update(opens=time(8), closes=time(17))
    night = timezone.localtime().replace(hour=2, minute=0)
    monkeypatch.setattr(intake_status.timezone, "now", lambda: night)
    page = start_page(client)
    assert "08.00\xa0WIB (09.00\xa0WITA, 10.00\xa0WIT)" in page


def test_where_nobody_is_there_at_night_the_page_says_so_by_day(staffed, client, monkeypatch):
    StaffedHours.objects.update(opens=time(8), closes=time(17))
    day = timezone.localtime().replace(hour=16, minute=50)
    monkeypatch.setattr(intake_status.timezone, "now", lambda: day)
    page = start_page(client)
    assert "Kami bukan layanan darurat" in page
    assert page.index("17.00\xa0WIB") < page.index("08.00\xa0WIB")


def test_around_the_clock_the_page_speaks_of_no_hours(staffed, client):
    assert "Kami bukan layanan darurat" not in start_page(client)


def test_demo_says_that_nobody_reads_it(in_demo, client, categories):
    assert "Contoh saja. Tidak ada yang membaca laporan di sini." in start_page(client)
