"""On-call pages: content-free, sent until somebody looks, and never lost in a mail outage."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation

from reports.cases.lifecycle import perform
from reports.models import OnCallChannel
from reports.staffing import notices
from reports.staffing.channels import mail as mail_channel
from reports.staffing.channels import testing
from tests.cast import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def at_the_desk(client, supervisor):
    """The supervisor, signed in."""
    client.login(username=supervisor.username, password=PASSWORD)
    return client


@pytest.fixture
def channel():
    """A channel in use."""
    return OnCallChannel.objects.create(name="piket", email="piket@contoh.id")


@pytest.mark.safety("H2")
def test_child_in_danger_pages_on_call_without_content(file, channel):
    case = file(safety="danger").case
    assert notices.page_on_call() == 1
    (page,) = mail.outbox
    assert page.to == ["piket@contoh.id"]
    for secret in (case.reference, case.display_reference, "undung", "Mereka"):
        assert secret not in page.subject + page.body


def test_ordinary_case_pages_nobody(filed, channel):
    assert notices.page_on_call() == 0


def test_withheld_case_pages_only_the_outside_lead(file, channel):
    file(safety="danger", staff_conflict="yes")
    assert notices.page_on_call() == 0
    OnCallChannel.objects.create(name="luar", email="luar@contoh.id", for_withheld=True)
    assert notices.page_on_call() == 1
    assert [page.to for page in mail.outbox] == [["luar@contoh.id"]]


def test_desk_case_does_not_page_the_outside_lead(file, channel):
    channel.for_withheld = True
    channel.save()
    file(safety="danger")
    assert notices.page_on_call() == 0


@pytest.mark.safety("H2")
def test_on_call_page_says_the_time_and_nothing_else(file, channel, settings):
    settings.DESK_URL = settings.PUBLIC_URL = "https://meja.contoh.id"
    file(safety="danger")
    notices.page_on_call()
    (page,) = mail.outbox
    both = "Ada yang menunggu / Somebody is waiting"
    assert re.fullmatch(rf"{both}\n\n\d\d\.\d\d WIB\n", page.body)
    assert "meja" not in str(page.message())


@pytest.mark.safety("H2")
def test_page_is_repeated_until_a_review(file, channel, moderator):
    case = file(safety="danger").case
    notices.page_on_call()
    assert notices.page_on_call() == 0, "not twice within ten minutes"
    OnCallChannel.objects.update(last_paged_at=timezone.now() - timedelta(minutes=11))
    assert notices.page_on_call() == 1
    perform(case, "claim", by=moderator)
    OnCallChannel.objects.update(last_paged_at=timezone.now() - timedelta(minutes=11))
    assert notices.page_on_call() == 0


def test_mail_outage_loses_nothing(file, channel, monkeypatch):
    file(safety="danger")
    monkeypatch.setattr(
        mail_channel.mail, "connection", lambda _sender: (_ for _ in ()).throw(ConnectionRefusedError())
    )
    assert notices.page_on_call() == 0
    monkeypatch.undo()
    assert notices.page_on_call() == 1


def test_channel_counts_only_when_its_digits_came_back(channel):
    testing.send(channel)
    digits = mail.outbox[0].body.split()[-1]
    assert not testing.confirm(channel, "000000" if digits != "000000" else "111111")
    assert channel.tested_at is None
    assert testing.confirm(channel, digits)
    assert channel.tested_at
    assert not testing.confirm(channel, digits), "once"


@pytest.mark.parametrize(("language", "subject"), [("en", "Test code"), ("", "Kode tes / Test code")])
def test_test_mail_is_in_the_language_of_the_channel(channel, language, subject):
    channel.language = language
    with translation.override("id"):
        testing.send(channel)
    (sent,) = mail.outbox
    assert sent.subject == subject
    assert re.fullmatch(rf"{subject}\n\n\d{{6}}\n", sent.body)


@pytest.mark.parametrize(("email", "still_tested"), [("piket@contoh.id", True), ("lain@contoh.id", False)])
def test_another_address_has_to_be_tested_again(at_the_desk, channel, email, still_tested):
    OnCallChannel.objects.update(tested_at=timezone.now(), test_token="123456")
    data = {"name": "piket malam", "email": email, "active": "on"}
    at_the_desk.post(reverse("admin:reports_oncallchannel_change", args=[channel.pk]), data)
    channel.refresh_from_db()
    assert channel.email == email
    assert bool(channel.tested_at) is bool(channel.test_token) is still_tested
