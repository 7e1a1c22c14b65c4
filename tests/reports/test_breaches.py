"""A data breach: entered by a supervisor, with a clock, and read by everyone who comes back with a code (J5)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from reports.intake.first_aid import LIFE
from reports.models import OnCallChannel
from reports.models.breach import Breach
from reports.staffing import notices
from tests.reports.followup.visitor import open_with

pytestmark = [pytest.mark.django_db, pytest.mark.safety("J5")]
NOTICE = {"notice_ind": "Pada hari Senin data terbaca.", "notice_en": "On Monday data were read."}
WHEN = ("known_at", "told_authority_at", "notice_from", "notice_until")


@pytest.fixture
def desk(client, person):
    client.force_login(person("supervisor"))
    return client


def enter(desk, breach=None, **what):
    """Enter a breach through the admin, or correct this one; return the response."""
    entered = NOTICE | {"known_at": timezone.now(), "what": "Contoh."} | what
    data = {name: value for name, value in entered.items() if name not in WHEN}
    for name in WHEN:
        at = timezone.localtime(entered[name]) if entered.get(name) else None
        data |= {f"{name}_0": f"{at:%Y-%m-%d}" if at else "", f"{name}_1": f"{at:%H:%M:%S}" if at else ""}
    address = "admin:reports_breach_change" if breach else "admin:reports_breach_add"
    return desk.post(reverse(address, args=[breach.pk] if breach else []), data)


def test_everyone_with_a_code_reads_the_notice_in_their_language(desk, file):
    enter(desk, notice_from=timezone.now())
    for language, column in (("id", "notice_ind"), ("en", "notice_en")):
        visit = open_with(file(language=language).receipt.code)
        with translation.override(language):
            assert NOTICE[column] in visit.get(reverse("reports:visit")).text


def test_notice_is_not_shown_before_and_after_its_time(desk, filed, clock):
    enter(desk, notice_from=timezone.now() + timedelta(hours=1), notice_until=timezone.now() + timedelta(hours=2))
    for hours, shown in ((0, False), (1.5, True), (1, False)):
        clock(hours=hours)
        page = open_with(filed.receipt.code).get(reverse("reports:visit"))
        assert (NOTICE["notice_ind"] in page.text) == shown


def test_notice_with_a_gap_is_kept_and_not_shown(desk):
    gap = {"notice_en": "On [day] data were read."}
    response = enter(desk, notice_from=timezone.now(), **gap)
    assert "[day]" in response.context["adminform"].form.errors["notice_en"][0]
    assert enter(desk, **gap).status_code == 302
    assert Breach.objects.get().notice_from is None


def test_new_notice_begins_with_a_template_in_each_language(desk):
    page = desk.get(reverse("admin:reports_breach_add")).text
    assert "[which data]" in page
    assert "[data apa]" in page


def test_first_page_shows_the_clock_until_everyone_is_told(desk, person, clock):
    enter(desk)
    assert "3×24 jam" in desk.get(reverse("admin:index")).text
    clock(hours=73)
    desk.force_login(person("supervisor", "other"))
    page = desk.get(reverse("admin:index")).text
    assert "Batas 3×24 jam sudah lewat" in page
    Breach.objects.update(told_authority_at=timezone.now(), notice_from=timezone.now())
    assert "3×24 jam" not in desk.get(reverse("admin:index")).text


def pages_sent() -> int:
    """Run a minute of paging, ten minutes after the last one; return how many mails left."""
    before = len(mail.outbox)
    OnCallChannel.objects.update(last_paged_at=None)
    notices.page_on_call()
    return len(mail.outbox) - before


@pytest.mark.both_databases
def test_clock_pages_once_before_its_end_and_once_when_late(desk, clock):
    OnCallChannel.objects.create(name="piket", email="piket@contoh.id")
    enter(desk)
    assert pages_sent() == 0
    for hours, sent in ((47, 0), (1, 1), (1, 0), (24, 1), (1, 0)):
        clock(hours=hours)
        assert pages_sent() == sent, hours
    assert "data" not in mail.outbox[0].body


def test_clock_that_is_met_pages_nobody(desk, clock):
    OnCallChannel.objects.create(name="piket", email="piket@contoh.id")
    enter(desk, told_authority_at=timezone.now(), notice_from=timezone.now())
    clock(hours=80)
    assert pages_sent() == 0


def channel_of(person) -> OnCallChannel:
    return OnCallChannel.objects.create(name=person.username, email=f"{person.username}@contoh.id", person=person)


@pytest.mark.both_databases
def test_clock_pages_those_who_keep_the_register(desk, person, clock):
    channel_of(person("moderator"))
    channel_of(person("supervisor", "second"))
    enter(desk)
    clock(hours=48)
    assert notices.page_on_call() == 1
    assert mail.outbox[0].to == ["second@contoh.id"]


def test_clock_pages_the_others_if_nobody_who_keeps_the_register_is_reached(desk, person, clock):
    channel_of(person("moderator"))
    late = channel_of(person("supervisor", "second"))
    OnCallChannel.objects.filter(pk=late.pk).update(active=False)
    enter(desk)
    clock(hours=48)
    notices.page_on_call()
    assert [page.to for page in mail.outbox] == [["moderator@contoh.id"]]


@pytest.mark.safety("H2")
def test_clock_keeps_no_page_for_a_child_in_danger_waiting(desk, person, file, clock):
    channel_of(person("supervisor", "second"))
    enter(desk)
    clock(hours=48)
    assert notices.page_on_call() == 1
    file(safety="danger")
    assert notices.page_on_call() == 1


def test_corrected_time_begins_the_clock_again(desk, person, clock):
    OnCallChannel.objects.create(name="piket", email="piket@contoh.id")
    enter(desk)
    clock(hours=73)
    assert (pages_sent(), pages_sent()) == (1, 0)
    entered = Breach.objects.get()
    desk.force_login(person("supervisor", "other"))
    enter(desk, entered, known_at=entered.known_at + timedelta(hours=24))
    assert (pages_sent(), pages_sent()) == (1, 0)
    clock(hours=24)
    assert (pages_sent(), pages_sent()) == (1, 0)


def test_planned_notice_has_told_nobody_yet(desk, person, clock):
    OnCallChannel.objects.create(name="piket", email="piket@contoh.id")
    enter(desk, told_authority_at=timezone.now(), notice_from=timezone.now() + timedelta(hours=90))
    clock(hours=50)
    assert pages_sent() == 1
    desk.force_login(person("supervisor", "other"))
    assert "belum diberi tahu" in desk.get(reverse("admin:index")).text


@pytest.mark.parametrize(("language", "column"), [("id", "notice_ind"), ("en", "notice_en")])
def test_notice_has_a_public_page_that_reporters_are_shown(desk, categories, in_demo, client, language, column, clock):
    with translation.override(language):
        addresses = {name: reverse(f"reports:{name}") for name in ("notice", "start", "check")}
    link = f'href="{addresses["notice"]}"'
    assert [link in Client().get(addresses[name]).text for name in ("start", "check")] == [False, False]
    enter(desk, notice_from=timezone.now(), notice_until=timezone.now() + timedelta(days=30))
    assert [link in Client().get(addresses[name]).text for name in ("start", "check")] == [True, True]
    assert NOTICE[column] in Client().get(addresses["notice"]).text
    clock(days=31)
    assert NOTICE[column] not in Client().get(addresses["notice"]).text


@pytest.mark.parametrize("is_open", [True, False])
def test_notice_is_linked_from_first_aid_and_where_the_form_is_closed(desk, categories, request, is_open):
    if is_open:
        request.getfixturevalue("in_demo")
    enter(desk, notice_from=timezone.now())
    for address in (reverse("reports:start"), reverse("reports:first_aid", args=[LIFE.number])):
        page = Client().get(address)
        assert page.context["intake_status"].is_open is is_open
        assert f'href="{reverse("reports:notice")}"' in page.text


@pytest.mark.sampled(3)
@pytest.mark.parametrize("role", ["moderator", "child-safety", "auditor", "editor"])
def test_only_supervisors_keep_the_register(client, person, role):
    client.force_login(person(role))
    assert client.get(reverse("admin:reports_breach_changelist")).status_code == 403


def test_entry_of_the_register_is_never_deleted(desk):
    enter(desk)
    assert desk.post(reverse("admin:reports_breach_delete", args=[Breach.objects.get().pk])).status_code == 403
