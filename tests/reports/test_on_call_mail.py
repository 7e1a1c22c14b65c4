"""Mail to people on call, sent to an SMTP server of the tests that wants STARTTLS and a sign-in (rules H1, H2)."""

import re
import socket
import time
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
from django.core.management import call_command

from reports.cases.verification import anchors, register
from reports.models import Case, Notice, OnCallChannel
from reports.staffing.channels import mail as channel_mail
from reports.staffing.channels import testing
from safetycenter.doctor import network
from safetycenter.doctor.finding import FAULT, OK
from safetycenter.mail import SMTP
from tests import mail_server
from tests.certificates import Authority

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SENDER = "pesan@kotak-biru.id"
NAMES_OF_THE_SITE = ("aman", "safety", "lapor", "report", "desk")


@pytest.fixture
def server(tmp_path, settings, monkeypatch):
    """A mail server that this site is set up for."""
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    settings.EMAIL_BACKEND, settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = SMTP, True, 1
    settings.EMAIL_HOST, settings.EMAIL_HOST_USER = "127.0.0.1", mail_server.USER
    settings.EMAIL_HOST_PASSWORD, settings.DEFAULT_FROM_EMAIL = mail_server.PASSWORD, SENDER
    settings.PUBLIC_URL, settings.DESK_URL = "https://aman.example.org", "https://desk.example.org"
    with mail_server.running(authority.issue("127.0.0.1")) as server:
        settings.EMAIL_PORT = server.port
        server.authority = authority
        yield server


@pytest.fixture
def channels():
    """Two shared addresses."""
    addresses = ("piket@contoh.id", "cadangan@contoh.id")
    return [OnCallChannel.objects.create(name=address, email=address) for address in addresses]


@pytest.mark.safety("H1", "H2")
def test_mail_server_gets_a_page_that_names_nothing(server, channels, file):
    file(safety="danger")
    call_command("housekeeping")
    assert {sent.recipient for sent in server.mails} == {"piket@contoh.id", "cadangan@contoh.id"}
    mail = server.mails[0]
    subject = str(make_header(decode_header(mail.content["Subject"])))
    assert "Ada yang menunggu" in subject
    assert mail.sender == parseaddr(mail.content["From"])[1] == SENDER
    assert re.fullmatch(r"<[\w.]+@kotak-biru\.id>", mail.content["Message-ID"])
    body = mail.content.get_payload(decode=True).decode()
    whole = " ".join([subject, body, *map(str, mail.content.values())]).lower()
    for name in (*NAMES_OF_THE_SITE, Case.objects.get().reference.lower(), socket.gethostname().lower()):
        assert name not in whole
    assert re.sub(re.escape(subject), "", body).strip().count(" ") == 1, "a time and its zone, and nothing else"
    assert not re.search(r"\bp[0-4]\b", whole)


def test_password_is_sent_encrypted_and_no_name_of_the_machine(server, channels):
    assert testing.send(channels[0]) == ""
    assert server.spoken[:4] == ["EHLO", "STARTTLS", "EHLO", "AUTH"]
    assert set(server.greetings) == {"kotak-biru.id"}


@pytest.mark.safety("H2")
def test_anchor_names_neither_machine_nor_site_to_the_mail_server(server, settings, filed):
    settings.RECORD_ANCHOR_MAIL = "auditor@contoh.id"
    register.countersign()
    assert anchors.send() == 1
    assert [sent.recipient for sent in server.mails] == ["auditor@contoh.id"]
    assert set(server.greetings) == {"kotak-biru.id"}
    assert re.fullmatch(r"<[\w.]+@kotak-biru\.id>", server.mails[0].content["Message-ID"])


def test_doctor_asks_the_mail_server_as_a_page_does(server):
    assert network._mail().level == OK
    assert set(server.greetings) == {"kotak-biru.id"}
    assert server.spoken[4:] == ["MAIL", "RSET", "QUIT"]
    assert server.mails == []


def test_doctor_names_a_sender_that_the_mail_server_refuses(server, settings):
    settings.DEFAULT_FROM_EMAIL = "refused@kotak-biru.id"
    finding = network._mail()
    assert (finding.level, finding.detail) == (FAULT, "550")
    assert "DEFAULT_FROM_EMAIL" in str(finding.advice)


def test_refused_recipient_holds_up_no_other(server, channels, file):
    OnCallChannel.objects.filter(pk=channels[0].pk).update(email="refused@contoh.id")
    file(safety="danger")
    call_command("housekeeping")
    assert [sent.recipient for sent in server.mails] == ["cadangan@contoh.id"]
    failures = dict(OnCallChannel.objects.values_list("email", "failure"))
    assert failures == {"refused@contoh.id": "refused", "cadangan@contoh.id": ""}


def test_silent_server_is_asked_once_for_all(server, channels, file):
    server.silent = True
    file(safety="danger")
    begun = time.monotonic()
    call_command("housekeeping")
    assert time.monotonic() - begun < 2 * 1.9, "one wait of EMAIL_TIMEOUT, not one for each address"
    assert set(OnCallChannel.objects.values_list("failure", flat=True)) == {"unreachable"}
    assert Notice.objects.get().last_sent_at is None
    server.silent = False
    call_command("housekeeping")
    assert len(server.mails) == 2


def test_slow_server_gets_no_further_mail_after_a_while(server, channels, monkeypatch):
    monkeypatch.setattr(channel_mail, "MOST_SECONDS", 0.3)
    server.seconds = 0.5
    OnCallChannel.objects.create(name="lain", email="lain@contoh.id")
    found = channel_mail.send({c.pk: (c.email, testing.message.test("id", "123456")) for c in channels})
    assert list(found.values()) == ["", "unreachable"]


def test_server_with_a_false_certificate_gets_no_password(server, channels, tmp_path, monkeypatch):
    (tmp_path / "another").mkdir()
    monkeypatch.setenv("SSL_CERT_FILE", str(Authority(tmp_path / "another").file))
    assert testing.send(channels[0]) == "unreachable"
    assert "AUTH" not in server.spoken
