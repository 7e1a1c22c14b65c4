"""The return with the code: what is new, never the story; and the reporter stays in control."""

import re
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.translation import gettext

from reports.cases.lifecycle import ACTIONS, perform
from reports.crypto import receipts
from reports.deadlines import FIRST_REVIEW
from reports.followup.forms import MISSING_HALF
from reports.models import Case, Evidence, Message, SealedSession, StaffedHours
from reports.staffing.hours import after_in_words, in_words
from safetycenter import limits
from tests.reports.actions import resolve
from tests.reports.evidence.uploads import picture
from tests.reports.followup.visitor import found_code, open_with, opened, url

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def answered(filed, moderator):
    """A case with one message from staff."""
    perform(filed.case, "claim", by=moderator)
    perform(filed.case, "ask", by=moderator, text="Apakah masih terjadi?")
    return filed


def test_code_opens_and_the_words_open_too(filed):
    words = " ".join(filed.receipt.words)
    for code in (filed.receipt.code, filed.receipt.code.lower(), f"{filed.receipt.display_reference} {words}"):
        assert open_with(code).get(url("visit")).status_code == 200


@pytest.mark.slow
@pytest.mark.logs_errors
@pytest.mark.parametrize("column", ["reporter_opener", "key_for_reporter"])
@pytest.mark.parametrize("put_in", [b"x", b"x" * 300, None])
def test_damaged_report_is_said_at_the_code(filed, column, put_in):
    Case.objects.update(**{column: put_in})
    with translation.override("en"):
        page = Client().post(url("check", "en"), {"code": filed.receipt.code})
    assert page.status_code == 200
    assert "damaged on our side" in page.text
    assert Case.objects.get().last_visit_at is None


def test_every_means_of_control_is_reached_from_the_page(answered):
    page = opened(open_with(answered.receipt.code))
    controls = ("pause", "other_person", "receipt", "own_data", "withdraw", "new_code", "code_found")
    assert [name for name in controls if f'href="{url(name)}"' not in page] == []
    assert "Pesan suara atau video?" in page
    assert f'href="{url("check_receipt")}"' in Client().get(url("check")).text


@pytest.mark.safety("H6")
def test_it_shows_what_is_new_and_never_the_story(answered):
    page = opened(open_with(answered.receipt.code))
    assert "Apakah masih terjadi?" in page
    assert "Mereka mengejek aku" not in page
    assert "undung" not in page
    assert "instagram" not in page.lower()


def test_new_messages_wait_for_a_tap_and_stay_new_until_it(answered):
    for _visit in range(2):  # somebody came in: nothing was opened
        client = open_with(answered.receipt.code)
        page = client.get(url("visit")).content.decode()
        assert "Apakah masih terjadi?" not in page
        assert ('name="read"' in page, 'name="older"' in page) == (True, False)
    assert "Apakah masih terjadi?" in opened(client)
    assert 'name="read"' not in client.get(url("visit")).content.decode()


@pytest.mark.slow
def test_message_that_arrives_does_not_open_those_of_before(answered, moderator):
    opened(open_with(answered.receipt.code))
    perform(Case.objects.get(), "reply", by=moderator, text="Kami sudah bertanya.")
    page = opened(open_with(answered.receipt.code))
    assert ("Kami sudah bertanya." in page, "Apakah masih terjadi?" in page) == (True, False)


@pytest.mark.safety("H6")
def test_read_messages_come_back_only_on_request(answered):
    opened(open_with(answered.receipt.code))
    second = open_with(answered.receipt.code)
    assert "Apakah masih terjadi?" not in opened(second)
    second.post(url("show_older"))
    assert "Apakah masih terjadi?" in second.get(url("visit")).content.decode()


@pytest.mark.safety("H6")
def test_visit_by_somebody_else_can_be_seen(filed, clock):
    clock(seconds=0)
    first = timezone.now()
    assert "Terakhir dibuka" not in open_with(filed.receipt.code).get(url("visit")).content.decode()
    clock(days=3)
    page = open_with(filed.receipt.code).get(url("visit")).content.decode()
    last = page.split("Terakhir dibuka: ")[1].split("</p>")[0]
    with translation.override("id"):
        assert last.startswith(f"{in_words(first)}.")
    assert url("code_found") in last


@pytest.mark.safety("H6")
def test_visit_page_shows_the_previous_visit(filed, clock):
    open_with(filed.receipt.code)
    first = timezone.now()
    clock(days=3)
    client = open_with(filed.receipt.code)
    open_with(filed.receipt.code)  # somebody else, meanwhile
    with translation.override("id"):
        shown = in_words(first)
    for _look in range(2):
        assert shown in client.get(url("visit")).content.decode()


def test_reporter_reply_reopens_the_case(answered):
    open_with(answered.receipt.code).post(url("write"), {"text": "Ya, setiap hari."})
    case = Case.objects.get()
    message = Message.objects.get(side="reporter")
    assert (case.state, case.unread_reply) == ("triage", True)
    assert message.text(case.staff_keyring()) == "Ya, setiap hari."


def test_empty_message_is_said_and_a_long_one_kept(filed):
    client = open_with(filed.receipt.code)
    assert "error-summary" in client.post(url("write"), {"text": ""}).content.decode()
    assert "kata kata" in client.post(url("write"), {"text": "kata " * 500}).content.decode()
    assert not Message.objects.exists()


@pytest.mark.sampled(3)
@pytest.mark.parametrize("code", ["AAAA-AAAA-0000-0000-0000-0000", "not any code", "", "K7QF"])
def test_failing_codes_get_one_message(filed, code):
    wrong = filed.receipt.reference + "0" * 16
    client = Client()
    texts = {
        client.post(url("check"), {"code": attempt}).content.decode().split('class="error"')[-1].split("</p>")[0][-80:]
        for attempt in (code or "x", wrong)
    }
    assert len(texts) == 1
    assert client.get(url("visit")).status_code == 303


def test_wrong_code_is_said_once(client, filed):
    page = client.post(url("check"), {"code": filed.receipt.reference + "0" * 16}).text
    assert page.count("Kode ini tidak cocok") == 1
    said = page.split('class="error" id="')[1].split('"')[0]
    assert f'aria-describedby="{said}' in page or f' {said}"' in page  # it is read with the field


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["right", "wrong", "unknown", "erased", "nonsense"])
def test_every_code_costs_the_same_hash_work(filed, monkeypatch, kind):
    """One slow hash with the same parameters, whether or not there is such a case: the clock tells nothing."""
    from reports.cases.retention import erase

    codes = {"right": filed.receipt.code, "unknown": "ZZZZZZZZ" + "0" * 16, "nonsense": "x"}
    code = codes.get(kind, filed.receipt.reference + "0" * 16)
    if kind == "erased":
        erase(filed.case, "withdrawn")
    work, derive = [], receipts.derive

    def counted(secret, salt, at=None, turns=receipts.ENTRY_QUEUE):
        work.append((len(secret), len(salt), at or receipts.cost()))
        return derive(secret, salt, at, turns)

    monkeypatch.setattr(receipts, "derive", counted)
    Client().post(url("check"), {"code": code})
    assert work == [(16, 16, receipts.cost())]


def test_wrong_code_of_a_report_reads_no_more_than_one_of_none(filed):
    """To make a case of its many columns takes a third of a millisecond, which `make bench P=codes` has seen."""
    asked = []
    for reference in (filed.receipt.reference, "ZZZZZZZZ"):
        Client().post(url("check"), {"code": reference + "0" * 16})  # the first try makes the row of the count
        with CaptureQueriesContext(connection) as found:
            Client().post(url("check"), {"code": reference + "0" * 16})
        asked.append([re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in found.captured_queries])
    assert asked[0] == asked[1]
    assert not any('"answers"' in sql for sql in asked[0])


def test_code_guessing_is_rate_limited(filed, monkeypatch):
    monkeypatch.setattr(limits, "RECEIPT_TRY", replace(limits.RECEIPT_TRY, max_hits=3))
    client = Client()
    assert [client.post(url("check"), {"code": "x"}).status_code for _guess in range(4)] == [200, 200, 200, 429]
    client.post(url("check"), {"code": filed.receipt.code})
    assert client.get(url("visit")).status_code == 200


def test_very_long_code_never_reaches_the_slow_hash(filed, monkeypatch):
    monkeypatch.setattr(receipts, "derive", lambda *args: pytest.fail("derived"))
    assert Client().post(url("check"), {"code": "A" * 10_000}).status_code == 200


@pytest.mark.safety("H6")
def test_changed_code_invalidates_the_old_one(filed):
    client = open_with(filed.receipt.code)
    client.post(url("new_code"))
    assert open_with(filed.receipt.code).get(url("visit")).status_code == 303
    client.post(url("new_code"), {"written": "1"})
    assert client.get(url("visit")).status_code == 200


def test_new_code_stays_on_its_page_until_it_is_written_down(filed):
    client = open_with(filed.receipt.code)
    assert client.post(url("new_code")).url == url("new_code")
    pages = [client.get(url("new_code")).content.decode() for _ in range(2)]
    secrets = [re.search(r"<output[^>]*>(\w{4}(?:-\w{4}){3})</output>", page)[1] for page in pages]
    assert client.get(url("visit")).url == url("new_code")
    client.post(url("new_code"))  # a second tap makes no other
    client.post(url("new_code"), {"written": "1"})
    assert secrets[0] not in client.get(url("new_code")).content.decode()
    assert open_with(filed.receipt.reference + secrets[1]).get(url("visit")).status_code == 200


def test_changed_code_ends_every_other_visit(filed):
    mine, other = open_with(filed.receipt.code), open_with(filed.receipt.code)
    mine.post(url("new_code"))
    assert other.get(url("visit")).url == url("check")
    assert other.post(url("write"), {"text": "Aku bukan dia."}).status_code == 410
    assert not Message.objects.exists()
    assert mine.get(url("new_code")).status_code == 200


def test_words_written_after_the_visit_ended_are_given_back(filed):
    client = open_with(filed.receipt.code)
    SealedSession.objects.all().delete()
    response = client.post(url("write"), {"text": "Dia datang lagi kemarin."})
    page = response.content.decode()
    assert response.status_code == 410
    assert "Dia datang lagi kemarin." in page
    assert "IGD rumah sakit" not in page
    assert "IGD rumah sakit" in client.post(url("write"), {"text": "aku mau mati"}).content.decode()


@pytest.mark.slow
def test_more_time_keeps_what_was_typed_and_sends_nothing(filed):
    client = open_with(filed.receipt.code)
    assert client.post(url("write"), {"text": "Dia datang", "stay": "1"}).url == url("visit") + "#kept"
    assert ">\nDia datang</textarea>" in client.get(url("visit")).content.decode()
    assert not Message.objects.exists()
    client.post(url("write"), {"text": "Dia datang lagi."})
    assert "Dia datang" not in client.get(url("visit")).content.decode()


@pytest.mark.slow
def test_more_time_answers_words_about_dying_once(filed):
    client = open_with(filed.receipt.code)
    client.post(url("write"), {"text": "aku mau mati", "stay": "1"})
    pages = [client.get(url("visit")).content.decode() for _ in range(2)]
    assert ["IGD rumah sakit" in page for page in pages] == [True, False]


def test_second_tap_sends_nothing_and_a_new_page_does(filed):
    client = open_with(filed.receipt.code)
    for message in ("Satu.", "Dua."):
        token = re.search(r'name="send" value="([^"]+)"', client.get(url("visit")).content.decode())[1]
        for _tap in range(2):
            assert client.post(url("write"), {"text": message, "send": token}).status_code == 303
    assert Message.objects.count() == 2


@pytest.mark.slow
def test_files_of_one_message_count_together(file, settings):
    filed = file(category="scam", age="adult", money_sent="no")
    client = open_with(filed.receipt.code)
    for count, stored in ((3, 3), (3, 3), (2, 5)):
        photos = [SimpleUploadedFile(f"{n}.jpg", picture(), "image/jpeg") for n in range(count)]
        client.post(url("write"), {"text": "", "files": photos})
        assert Evidence.objects.filter(case=filed.case).count() == stored
    assert len([path for path in Path(settings.EVIDENCE_DIR).rglob("*") if path.is_file()]) == 5


def test_refused_message_leaves_no_file(file, settings, monkeypatch):
    filed = file(category="scam", age="adult", money_sent="no")
    client = open_with(filed.receipt.code)
    monkeypatch.setitem(ACTIONS, "reporter_reply", replace(ACTIONS["reporter_reply"], condition=lambda *_: "Tidak."))
    photo = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    assert client.post(url("write"), {"text": "Ini.", "files": photo}).status_code == 200
    assert not Evidence.objects.exists()
    assert [path for path in Path(settings.EVIDENCE_DIR).rglob("*") if path.is_file()] == []


@pytest.mark.safety("H5")
def test_suicide_words_in_a_message_show_help_and_raise_case(filed):
    client = open_with(filed.receipt.code)
    client.post(url("write"), {"text": "aku mau mati aja"})
    assert "IGD" in client.get(url("visit")).content.decode()
    assert Case.objects.get().tier == 0


@pytest.mark.slow
def test_damaged_message_is_said_and_hides_no_other(answered, moderator):
    Message.objects.update(sealed=b"x" * 300)
    perform(answered.case, "reply", by=moderator, text="Masih terbaca.")
    with translation.override("id"):
        page = opened(open_with(answered.receipt.code))
        assert gettext("This message cannot be opened.") in page
    assert "Masih terbaca." in page


WAY_BACK = "buat laporan baru dan sebutkan nomor"


@pytest.mark.safety("H6")
def test_frozen_case_blocks_reading_and_allows_writing(answered):
    client = open_with(answered.receipt.code)
    code = found_code(client)
    for visitor in (client, open_with(code)):
        assert "Apakah masih terjadi?" not in opened(visitor)
    client.post(url("write"), {"text": "Ini aku."})
    assert Message.objects.filter(side="reporter").exists()


@pytest.mark.safety("H30")
def test_found_code_is_dead_and_so_is_what_it_had_opened(answered):
    finder = open_with(answered.receipt.code)
    found_code(open_with(answered.receipt.code))
    assert finder.get(url("visit")).url == url("check")
    assert open_with(answered.receipt.code).get(url("visit")).url == url("check")
    assert finder.get(url("new_code")).url == url("check")


@pytest.mark.safety("H30")
def test_new_code_opens_messages_after_unfreeze(answered, moderator):
    code = found_code(open_with(answered.receipt.code))
    perform(Case.objects.get(), "unfreeze", by=moderator)
    assert "Apakah masih terjadi?" in opened(open_with(code))


@pytest.mark.safety("H30")
def test_every_page_of_a_frozen_case_says_the_way_back(answered):
    client = open_with(answered.receipt.code)
    pages = [client.get(url("code_found")), client.post(url("code_found"), follow=True)]
    client.post(url("new_code"), {"written": "1"})
    pages += [client.get(url("visit")), client.get(url("code_found"))]
    for page in pages:
        text = " ".join(page.content.decode().split())
        assert f"{WAY_BACK} {answered.receipt.display_reference}" in text


@pytest.mark.safety("H30")
def test_finder_of_a_code_reads_and_deletes_nothing(answered, moderator):
    code = found_code(open_with(answered.receipt.code))
    abuser = open_with(code)
    assert "Apakah masih terjadi?" not in opened(abuser)
    abuser.post(url("withdraw"), {"coerced": "no"})
    perform(Case.objects.get(), "unfreeze", by=moderator)
    abuser.post(url("withdraw"), {"coerced": "no"})
    assert Case.objects.get().withdraw_at is None


@pytest.mark.safety("H30")
def test_dead_code_is_told_to_report_again_with_its_number(answered):
    found_code(open_with(answered.receipt.code))
    page = Client().post(url("check"), {"code": answered.receipt.code}).content.decode()
    assert "Buat laporan baru dan sebutkan nomor lama" in page


@pytest.mark.slow
def test_second_tap_on_found_makes_no_second_code(answered):
    client = open_with(answered.receipt.code)
    client.post(url("code_found"))
    first = client.get(url("new_code")).content.decode()
    client.post(url("code_found"))
    code = re.search(r'data-code="([^"]+)"', first)[1]
    assert code in client.get(url("new_code")).content.decode()
    assert Case.objects.get().events.filter(action="freeze").count() == 1


@pytest.mark.slow
def test_new_code_that_is_found_at_once_is_replaced_and_frozen(answered):
    client = open_with(answered.receipt.code)
    client.post(url("new_code"))
    code = found_code(client)
    assert Case.objects.get().frozen_at
    assert open_with(code).get(url("visit")).status_code == 200


def test_asking_for_another_person_is_promised_with_a_time(answered):
    client = open_with(answered.receipt.code)
    assert url("request_review") in client.get(url("visit")).content.decode()
    client.post(url("request_review"))
    page = client.get(url("visit")).content.decode()
    case = Case.objects.get()
    assert case.state == "escalated"
    with translation.override("id"):
        assert gettext("You asked for it: %(when)s.") % {"when": in_words(case.events.last().at)} in page
        assert in_words(case.promised_again_at) in page


@pytest.mark.slow
def test_another_person_is_asked_for_once(answered):
    client = open_with(answered.receipt.code)
    client.post(url("request_review"))
    promised = Case.objects.get().promised_again_at
    assert url("request_review") not in client.get(url("visit")).content.decode()
    client.post(url("request_review"))
    assert Case.objects.get().promised_again_at == promised


@pytest.mark.slow
def test_late_second_look_is_admitted(answered):
    client = open_with(answered.receipt.code)
    client.post(url("request_review"))
    Case.objects.update(promised_again_at=timezone.now() - timezone.timedelta(hours=1))
    assert 'class="status late"' in client.get(url("visit")).content.decode()


def test_late_promise_is_admitted(filed):
    Case.objects.update(due_at=timezone.now() - timezone.timedelta(hours=1))
    page = open_with(filed.receipt.code).get(url("visit")).content.decode()
    assert 'class="status late"' in page


@pytest.mark.slow
@pytest.mark.parametrize("half", ["number", "secret"])
def test_half_a_code_reveals_no_existing_report(filed, half):
    unknown = receipts.issue()
    parts = {"number": lambda r: " ".join(r.words), "secret": lambda r: r.display_reference}
    pages = [Client().post(url("check"), {"code": parts[half](r)}) for r in (filed.receipt, unknown)]
    with translation.override("id"):
        assert all(str(MISSING_HALF[half]) in page.content.decode() for page in pages)


@pytest.mark.slow
def test_new_code_is_kept_as_the_first_one_was(filed):
    client = open_with(filed.receipt.code)
    client.post(url("new_code"))
    page = client.get(url("new_code")).content.decode()
    assert page.index("Tulis di kertas") < page.index('class="code-card') < page.index('id="code-tools"')
    assert "js/code" in page


@pytest.mark.sampled(3)
@pytest.mark.safety("H20")
@pytest.mark.parametrize(
    "steps",
    [
        {"claim": {}},
        {"claim": {}, "release": {}},
        {"claim": {}, "ask": {"text": "Kapan?"}},
        {"claim": {}, "escalate": {"reason": "Soal sekolah."}},
    ],
    ids=["in_progress", "triage", "waiting_reporter", "escalated"],
)
def test_it_says_when_to_look_again(filed, moderator, steps):
    days = [StaffedHours(weekday=day, opens=time(8), closes=time(17)) for day in range(7)]
    StaffedHours.objects.bulk_create(days)
    for action, details in steps.items():
        perform(filed.case, action, by=moderator, **details)
    page = open_with(filed.receipt.code).get(url("visit")).content.decode()
    assert "Lihat lagi besok setelah pukul 08.00\xa0WIB" in page


def test_promise_that_stands_says_when_to_look_again(filed):
    with translation.override("id"):
        again = after_in_words(Case.objects.get().due_at)
    assert f"Lihat lagi {again}." in open_with(filed.receipt.code).get(url("visit")).content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("state", ["resolved", "closed", "withdrawn"])
def test_finished_case_shows_no_return_time(filed, state, in_demo, moderator):
    if state == "withdrawn":
        perform(filed.case, "withdraw", coerced="no")
    else:
        case = perform(filed.case, "claim", by=moderator)
        perform(case, "reply", by=moderator, text="Ini hasilnya.")
        resolve(case, moderator)
    if state == "closed":
        perform(filed.case, "close", by=moderator, outcome="helped")
    assert "Lihat lagi" not in open_with(filed.receipt.code).get(url("visit")).content.decode()


def test_case_resolved_without_a_word_promises_no_message(filed, moderator):
    case = perform(filed.case, "claim", by=moderator)
    resolve(case, moderator, "resolve_without_message", reason="Pesan bisa membahayakan.")
    page = open_with(filed.receipt.code).get(url("visit")).content.decode()
    assert "Bagian kami sudah selesai." in page
    assert "Hasilnya ada di pesan" not in page


def test_risk_case_shows_no_return_time_tomorrow(file, moderator):
    filed = file(safety="danger")
    case = perform(filed.case, "claim", by=moderator)
    perform(case, "reply", by=moderator, text="Kami di sini.")
    page = open_with(filed.receipt.code).get(url("visit")).content.decode()
    soon = after_in_words(timezone.now() + FIRST_REVIEW[0])
    assert soon[:20] in page


def test_required_fields_are_not_called_optional(filed):
    page = open_with(filed.receipt.code).get(url("visit")).content.decode()
    assert gettext("(optional)") not in page


def test_title_says_that_something_is_wrong(filed):
    wrong = Client().post(url("check"), {"code": "K7QF"}).content.decode()
    empty = open_with(filed.receipt.code).post(url("write"), {"text": ""}).content.decode()
    assert [page.split("<title>")[1].startswith(gettext("Error:")) for page in (wrong, empty)] == [True, True]


@pytest.mark.parametrize("code", ["", "K7QF"])
def test_label_of_the_code_stands_inside_its_heading(client, db, code):
    page = client.post(url("check"), {"code": code}).content.decode()
    assert re.search(r"<h1>\s*<label[^>]*>[^<]+</label>\s*</h1>", page)
    assert not re.search(r"<label[^>]*>\s*<h1", page)


def test_operator_is_inside_a_landmark(filed):
    page = open_with(filed.receipt.code).get(url("visit")).content.decode()
    assert re.search(r"<aside[^>]*aria-label=[^>]*>\s*<p class=\"site-footer-who\"", page)
