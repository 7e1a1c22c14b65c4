"""A reminder that comes back as undeliverable erases its address; delays and answers of people do not (H20)."""

import io
import re
import sys
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.management import call_command

from reports.cases import reminder_mail
from reports.models import ReminderAddress, ReminderSender
from safetycenter import memory
from tests.reports.reminders import SENDER, asked, confirm_sender, switched_on

pytestmark = [pytest.mark.django_db, pytest.mark.safety("H20")]
STATUS = """\
From: MAILER-DAEMON@kotak-biru.id
To: {to}
Content-Type: {kind}; boundary="x"

--x
Content-Type: text/plain

<nabila@contoh.id>: mailbox does not exist
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.kotak-biru.id

Final-Recipient: rfc822; nabila@contoh.id
Action: {action}
Status: {status}
--x--
"""
REPORT = "multipart/report; report-type=delivery-status"


@pytest.fixture(autouse=True)
def sender(settings, in_demo):
    """A tested sender whose bounces are read."""
    settings.REMINDER_BOUNCES = True
    confirm_sender(settings)


def come_back(monkeypatch, to: str, action: str = "failed", status: str = "5.1.1", kind: str = REPORT) -> None:
    content = STATUS.format(to=to, action=action, status=status, kind=kind).encode()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    call_command("reminder_bounced")


def return_address() -> str:
    (sent,) = mail.outbox
    return sent.from_email


def test_mail_leaves_with_a_mark_in_the_return_address_only(filed):
    asked(filed.receipt.code)
    reminder_mail.send()
    (sent,) = mail.outbox
    assert re.fullmatch(r"catatan\+[0-9a-f]{16}@kotak-biru\.id", sent.from_email)
    assert sent.message()["From"] == SENDER
    assert filed.case.reference not in sent.message().as_string()


def test_undeliverable_mail_erases_the_address(filed, monkeypatch):
    asked(filed.receipt.code)
    reminder_mail.send()
    come_back(monkeypatch, return_address())
    assert not ReminderAddress.objects.exists()
    assert filed.case.events.latest("number").facts == {"why": "refused"}


@pytest.mark.parametrize(
    "answer",
    [
        {"action": "delayed", "status": "4.4.1"},
        {"status": "5.2.2"},
        {"status": "5.7.1"},
        {"kind": "multipart/mixed"},
    ],
    ids=["delay", "full-mailbox", "policy", "note-of-absence"],
)
def test_mail_that_may_still_arrive_changes_nothing(filed, monkeypatch, answer):
    asked(filed.receipt.code)
    reminder_mail.send()
    come_back(monkeypatch, return_address(), **answer)
    assert ReminderAddress.objects.exists()


@pytest.mark.parametrize("to", [SENDER, "catatan+0123456789abcdef@kotak-biru.id", "catatan+@kotak-biru.id"])
def test_unknown_mark_changes_nothing(filed, monkeypatch, to):
    switched_on(filed.receipt.code)
    come_back(monkeypatch, to)
    assert ReminderAddress.objects.exists()


def test_new_address_has_another_mark(filed, monkeypatch):
    asked(filed.receipt.code)
    reminder_mail.send()
    old = return_address()
    asked(filed.receipt.code, address="lain@contoh.id")
    come_back(monkeypatch, old)
    assert ReminderAddress.objects.exists()


def test_reading_bounces_needs_another_test_of_the_sender(settings):
    settings.REMINDER_BOUNCES = False
    memory.clear()
    reminder_mail.send()
    assert not ReminderSender.objects.filter(ended_at=None).exists()


def test_whatever_arrives_ends_without_an_error(monkeypatch):
    for content in (b"", b"\xff\x00garbage", b"Content-Type: multipart/report; report-type=delivery-status\n\n"):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
        call_command("reminder_bounced")
