"""Floods: of wrong codes, pages, drafts and bytes. None may shut out a reporter, a phone or the disk."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reports.cases.lifecycle import perform
from reports.crypto import receipts
from reports.crypto.work_queue import WorkQueue
from reports.deadlines import idle_timeout, max_lifetime
from reports.evidence import store
from reports.models import Case, OnCallChannel
from reports.staffing import notices
from safetycenter import limits
from tests.reports.followup.visitor import open_with, url
from tests.reports.intake.reporter import Reporter, landed, page_of, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def demo(in_demo, remembered):
    """The form is open."""


def enter(code: str, address: str = "127.0.0.7"):
    return Client(REMOTE_ADDR=address).post(url("check"), {"code": code})


def wrong(filed, number: int) -> str:
    return f"{filed.receipt.display_reference} {number:04d}-0000-0000-0000"


@pytest.mark.slow
def test_right_code_opens_after_sixty_wrong_ones(file):
    filed = file()
    answers = [enter(wrong(filed, number)).status_code for number in range(60)]
    assert (answers.count(200), answers.count(429)) == (20, 40)
    assert enter(filed.receipt.code).status_code == 303


@pytest.mark.slow
def test_wrong_codes_elsewhere_slow_nobody_down(file):
    filed, other = file(), file()
    for number in range(21):
        enter(wrong(filed, number))
    assert enter(wrong(other, 1)).status_code == 200
    assert enter(wrong(filed, 99), "127.0.0.8").status_code == 200


def test_network_that_tries_many_references_is_slowed_down(file, monkeypatch):
    monkeypatch.setattr(limits, "RECEIPT_TRY_ADDRESS", replace(limits.RECEIPT_TRY_ADDRESS, max_hits=3))
    codes = [f"{letter * 8} 0000-0000-0000-0000" for letter in "ABCDE"]
    assert [enter(code).status_code for code in codes] == [200, 200, 200, 429, 429]
    assert enter(file().receipt.code).status_code == 303


def test_slowed_down_answer_says_when_to_come_back(file):
    filed = file()
    for number in range(21):
        answer = enter(wrong(filed, number))
    assert answer.headers["Retry-After"] == "60"
    assert "Kode yang benar tetap membuka laporanmu." in answer.content.decode()


@pytest.mark.slow
def test_unknown_and_wrong_codes_are_slowed_down_alike(file):
    filed = file()
    known = [enter(wrong(filed, number)).status_code for number in range(22)]
    unknown = [enter(f"ZZZZZZZZ {number:04d}-0000-0000-0000").status_code for number in range(22)]
    assert known == unknown


@pytest.mark.logs_errors
def test_busy_server_does_not_call_a_code_wrong(filed, monkeypatch):
    busy = WorkQueue(1, 0.01)
    monkeypatch.setattr(receipts, "ENTRY_QUEUE", busy)
    with busy.slot():
        answer = enter(filed.receipt.code)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert enter(filed.receipt.code).status_code == 303


def test_code_guessing_delays_no_report(file):
    with receipts.ENTRY_QUEUE.slot(), receipts.ENTRY_QUEUE.slot(), receipts.SUSPECT_QUEUE.slot():
        assert file().receipt.code


@pytest.fixture
def channel():
    """A channel in use."""
    return OnCallChannel.objects.create(name="piket", email="piket@contoh.id")


def report_danger(address: str = "127.0.0.7") -> Reporter:
    """A P0 report, filed through the form."""
    reporter = Reporter()
    reporter.client = Client(REMOTE_ADDR=address)
    reporter.begin("danger")
    told(reporter).send()
    return reporter


def test_fifteen_urgent_reports_make_one_page(categories, channel, clock):
    for _ in range(15):
        report_danger()
    assert Case.objects.filter(tier=0).count() == 15
    assert notices.page_on_call() == 1
    assert notices.page_on_call() == 0
    assert len(mail.outbox) == 1


def test_on_call_page_is_bilingual_and_content_free(categories, channel):
    report_danger()
    notices.page_on_call()
    (page,) = mail.outbox
    assert page.subject == "Ada yang menunggu / Somebody is waiting"
    assert Case.objects.get().reference not in page.body


@pytest.mark.safety("H2")
def test_pages_go_on_until_somebody_has_looked_at_every_case(categories, channel, clock, moderator, child_safety):
    for _ in range(2):
        report_danger()
    notices.page_on_call()
    first, second = Case.objects.all()
    perform(first, "claim", by=moderator)
    clock(minutes=10)
    assert notices.page_on_call() == 1
    perform(second, "claim", by=moderator)
    clock(minutes=10)
    assert notices.page_on_call() == 0


def attach(reporter: Reporter, kib: int):
    sent = SimpleUploadedFile("x.txt", b"kata " * (kib * 205), "text/plain")
    number = reporter.draft.number_of("evidence")
    return reporter.client.post(
        reporter.url("step", number=number), {"question": "evidence", "add": "1", "files": sent}
    )


def scammed() -> Reporter:
    reporter = Reporter()
    reporter.begin()
    return reporter.tell(about="me", category="scam", age="adult", money_sent="no", words="Uangku hilang.")


@pytest.mark.slow
def test_network_stores_only_so_many_bytes_an_hour(categories, monkeypatch, clock):
    monkeypatch.setattr(limits, "UPLOAD_KIB", replace(limits.UPLOAD_KIB, max_hits=500))
    for _ in range(2):
        attach(scammed(), 200)
    third = scammed()
    assert "banyak sekali berkas masuk dari jaringanmu" in landed(third, attach(third, 200))
    assert len(store.all_ids()) == 2
    assert third.send().url == third.url("code"), "the report itself is taken"
    clock(hours=1)
    later = scammed()
    attach(later, 200)
    assert len(later.draft.files) == 1


def test_files_of_all_drafts_together_are_bounded(categories, settings):
    settings.UNSENT_FILES_MB = 1
    first, second = scammed(), scammed()
    attach(first, 600)
    assert "tidak bisa disimpan" in landed(second, attach(second, 600))
    first.send()
    attach(second, 600)
    assert len(second.draft.files) == 1, "what was sent is not counted any more"


def test_network_opens_only_so_many_forms_a_minute(categories, monkeypatch, clock):
    monkeypatch.setattr(limits, "DRAFT", replace(limits.DRAFT, max_hits=2))
    answers = [Client().post(url("ask_safety"), {"safety": "safe"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert answers[2].headers["Retry-After"] == "60"
    assert Client().post(url("ask_safety"), {"safety": "self_harm"}).status_code == 303, "who is in danger gets in"
    clock(minutes=1)
    assert Client().post(url("ask_safety"), {"safety": "safe"}).status_code == 303


def test_draft_ends_after_two_hours_however_often_it_is_used(categories, clock):
    reporter = scammed()
    for _ in range(7):
        clock(minutes=17)
        reporter.client.post(reporter.url("extend"), {"number": "2"})
        assert "Uangku hilang." in page_of(reporter, "words")
    clock(minutes=2)
    assert reporter.client.get(reporter.url("step", number=3)).status_code == 410


@pytest.mark.slow
def test_draft_end_is_announced_before(categories, clock):
    """The last page before the end is less than ``idle_timeout`` old, and says when it ends."""
    reporter = scammed()
    for _ in range(6):
        clock(minutes=15)
        reporter.client.post(reporter.url("extend"), {"number": "2"})
        page = page_of(reporter, "words")
    assert max_lifetime() - timedelta(minutes=90) < 2 * idle_timeout()
    assert "Formulir ini ditutup" in page


def test_words_sent_after_the_end_are_shown_once_more(categories, clock):
    reporter = scammed()
    number = reporter.draft.number_of("words")
    clock(hours=3)
    page = reporter.answer(number, question="words", answer="Dia tahu di mana aku tinggal.").content.decode()
    assert "Dia tahu di mana aku tinggal." in page
    assert "2 jam setelah kamu mulai" in page


@pytest.mark.slow
def test_code_of_a_late_report_is_shown_for_20_minutes(categories, clock):
    reporter = scammed()
    for _ in range(7):
        clock(minutes=17)
        reporter.client.post(reporter.url("extend"), {"number": "2"})
    reporter.send()
    clock(minutes=19)
    assert reporter.client.get(reporter.url("code")).status_code == 200


def test_visit_ends_after_two_hours(filed, clock):
    client = open_with(filed.receipt.code)
    for _ in range(7):
        clock(minutes=17)
        assert client.get(url("visit")).status_code == 200
    clock(minutes=2)
    assert client.get(url("visit")).status_code == 303
