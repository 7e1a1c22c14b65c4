"""The sender of reminders: offered only after a person has confirmed a test of it, with these settings (H20)."""

from contextlib import suppress
from io import StringIO
from unittest.mock import Mock

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.module_loading import import_string

from reports.cases import reminder_mail
from reports.checks import sender_of_reminders_is_tested
from reports.models import ReminderAddress, ReminderSender
from reports.staffing import reminder_sender
from safetycenter import mail as site_mail
from safetycenter import memory
from tests.reports.followup.visitor import open_with, url
from tests.reports.intake.reporter import Reporter, told
from tests.reports.reminders import CHOICES, MAILBOX, asked, confirm_sender

pytestmark = pytest.mark.django_db
OFFER = "Mau diingatkan"


def command(*words) -> str:
    out = StringIO()
    call_command("reminder_sender", *words, stdout=out)
    return out.getvalue()


def visit_page(filed) -> str:
    return open_with(filed.receipt.code).get(url("visit")).text


@pytest.mark.safety("H20")
def test_unconfirm_sender_offers_nothing_and_is_reported(filed, settings):
    settings.REMINDER_FROM = "catatan@kotak-biru.id"
    command("--send-to", "operator@contoh.id")
    visit = open_with(filed.receipt.code)
    assert OFFER not in visit.get(url("visit")).text
    visit.post(url("reminder"), CHOICES)
    assert not ReminderAddress.objects.exists()
    assert [found.id for found in sender_of_reminders_is_tested(None)] == ["reports.W007"]
    assert not import_string(settings.READINESS_CHECKS["sender of reminders is tested"])()


def test_without_a_sender_nothing_is_missing(filed, settings):
    assert OFFER not in visit_page(filed)
    assert "Kami tidak mengirim pengingat" in visit_page(filed)
    assert sender_of_reminders_is_tested(None) == []
    assert reminder_sender.is_unset_or_tested()


@pytest.mark.safety("H20")
def test_confirmed_test_offers_reminders_and_records_who(filed, settings):
    confirm_sender(settings)
    assert OFFER in visit_page(filed)
    assert "confirmed by Sari" in command()
    assert sender_of_reminders_is_tested(None) == []


@pytest.mark.safety("H20")
@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    "address",
    ["info@pusat-aman.or.id", "a@surat.pusat-aman.or.id", "lapor@kotak.id", "a@pusat-aman.id", "A <a@kotak.id>"],
)
def test_sender_that_names_the_site_is_refused(settings, address):
    settings.PUBLIC_URL, settings.REMINDER_FROM = "https://www.pusat-aman.or.id", address
    with pytest.raises(CommandError, match="names this site"):
        command("--send-to", "operator@contoh.id")
    assert [found.id for found in sender_of_reminders_is_tested(None)] == ["reports.E010"]
    assert not mail.outbox


@pytest.mark.safety("H20")
def test_other_mail_server_ends_the_test_and_sends_nothing(filed, settings):
    confirm_sender(settings)
    asked(filed.receipt.code)
    settings.EMAIL_HOST = "smtp.lain.id"
    assert reminder_mail.send() == 0
    memory.clear()
    assert not mail.outbox
    assert ReminderSender.objects.get().ended_at
    assert not reminder_sender.is_unset_or_tested()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "reason"),
    [(("--confirm", "1", "--by", "Sari"), "not the digits"), (("--confirm", "1"), "Say who")],
)
def test_test_is_confirmed_with_its_digits_and_a_name(settings, words, reason):
    settings.REMINDER_FROM = "catatan@kotak-biru.id"
    command("--send-to", "operator@contoh.id")
    with pytest.raises(CommandError, match=reason):
        command(*words)


@pytest.mark.slow
def test_server_is_greeted_with_the_domain_of_the_sender(settings, monkeypatch):
    settings.REMINDER_FROM = "catatan@kotak-biru.id"
    seen = {}
    monkeypatch.setattr("smtplib.SMTP", lambda *where, **options: seen.update(options))
    settings.EMAIL_BACKEND = site_mail.SMTP
    connection = site_mail.connection(settings.REMINDER_FROM)
    connection.connection_class("localhost", 25, local_hostname="desk.pusat.id")
    assert seen["local_hostname"] == "kotak-biru.id"


@pytest.fixture
def stuck(filed, settings, monkeypatch):
    """A reporter waits for the first mail, and the mail server does not answer."""
    confirm_sender(settings)
    asked(filed.receipt.code)
    with monkeypatch.context() as down:
        down.setattr(locmem.EmailBackend, "open", Mock(side_effect=OSError(MAILBOX)))
        assert reminder_mail.send() == 0
    return filed.case


@pytest.mark.safety("H20")
@pytest.mark.parametrize("role", ["administrator", "supervisor"])
def test_first_page_says_that_reminders_cannot_leave_and_names_nobody(stuck, client, person, role):
    client.force_login(person(role))
    _before, title, panel = client.get(reverse("admin:index")).text.partition("Pengingat lewat email")
    panel = panel.partition("</section>")[0]
    assert title
    assert "manage.py doctor" in panel
    assert not any(told in panel for told in (MAILBOX, "kotak-biru", stuck.reference, stuck.display_reference))
    assert reminder_mail.send() == 1
    assert "Pengingat lewat email" not in client.get(reverse("admin:index")).text


def test_first_page_of_a_moderator_says_nothing_of_reminders(stuck, client, person):
    client.force_login(person("moderator"))
    assert "Pengingat lewat email" not in client.get(reverse("admin:index")).text


def test_doctor_says_that_reminders_cannot_leave_until_a_test_leaves(stuck):
    said = "wrong   Reminders: the last mail left"
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", "--offline", "--language", "en", stdout=out)
    assert said in out.getvalue()
    command("--send-to", "operator@contoh.id")
    with suppress(CommandError):
        call_command("doctor", "--offline", "--language", "en", stdout=(later := StringIO()))
    assert said not in later.getvalue()


def test_page_after_a_report_offers_reminders(categories, settings, in_demo):
    confirm_sender(settings)
    reporter = Reporter()
    reporter.begin()
    told(reporter).send()
    reporter.client.post(reporter.url("code"), {})
    assert OFFER in reporter.client.get(reverse("reports:done")).text
    assert reporter.client.post(reporter.url("reminder"), CHOICES).status_code == 303
    assert ReminderAddress.objects.exists()
