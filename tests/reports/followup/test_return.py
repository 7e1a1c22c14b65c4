"""The return with the code: what is new, never the story; and the reporter stays in control."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from reports import receipts
from reports.lifecycle import perform
from reports.models import Case, Message

pytestmark = pytest.mark.django_db


def url(name, language="id"):
    with translation.override(language):
        return reverse(f"reports:{name}")


def open_with(code: str) -> Client:
    client = Client()
    client.post(url("check"), {"code": code})
    return client


@pytest.fixture
def answered(filed, moderator):
    """A case with one message from staff."""
    perform(filed.case, "claim", by=moderator)
    perform(filed.case, "ask", by=moderator, text="Apakah masih terjadi?")
    return filed


def test_the_code_opens_and_the_words_open_too(filed):
    words = " ".join(filed.receipt.words)
    for code in (filed.receipt.code, filed.receipt.code.lower(), f"{filed.receipt.shown_reference} {words}"):
        assert open_with(code).get(url("visit")).status_code == 200


def test_it_shows_what_is_new_and_never_the_story(answered):
    page = open_with(answered.receipt.code).get(url("visit")).content.decode()
    assert "Apakah masih terjadi?" in page
    assert "Mereka mengejek aku" not in page
    assert "undung" not in page
    assert "instagram" not in page.lower()


def test_read_messages_come_back_only_on_request(answered):
    open_with(answered.receipt.code).get(url("visit"))
    second = open_with(answered.receipt.code)
    assert "Apakah masih terjadi?" not in second.get(url("visit")).content.decode()
    second.post(url("older"))
    assert "Apakah masih terjadi?" in second.get(url("visit")).content.decode()


def test_a_visit_by_somebody_else_can_be_seen(filed):
    open_with(filed.receipt.code)
    page = open_with(filed.receipt.code).get(url("visit")).content.decode()
    assert url("found") in page


def test_an_answer_opens_the_case_again(answered):
    open_with(answered.receipt.code).post(url("write"), {"text": "Ya, setiap hari."})
    case = Case.objects.get()
    message = Message.objects.get(side="reporter")
    assert (case.state, case.unread_reply) == ("triage", True)
    assert message.text(case.staff_keyring()) == "Ya, setiap hari."


def test_an_empty_message_is_said_and_a_long_one_kept(filed):
    client = open_with(filed.receipt.code)
    assert "error-summary" in client.post(url("write"), {"text": ""}).content.decode()
    assert "kata kata" in client.post(url("write"), {"text": "kata " * 500}).content.decode()
    assert not Message.objects.exists()


@pytest.mark.parametrize("code", ["AAAA-AAAA-0000-0000-0000-0000", "nonsense", "", "K7QF"])
def test_what_does_not_open_says_one_thing(filed, code):
    wrong = filed.receipt.reference + "0" * 16
    client = Client()
    texts = {
        client.post(url("check"), {"code": attempt}).content.decode().split('class="error"')[-1].split("</p>")[0][-80:]
        for attempt in (code or "x", wrong)
    }
    assert len(texts) == 1
    assert client.get(url("visit")).status_code == 303


@pytest.mark.parametrize("kind", ["right", "wrong", "unknown", "erased", "nonsense"])
def test_every_code_costs_the_same_work(filed, monkeypatch, kind):
    """One slow hash with the same parameters, whether or not there is such a case: the clock tells nothing."""
    from reports.retention import erase

    codes = {"right": filed.receipt.code, "unknown": "ZZZZZZZZ" + "0" * 16, "nonsense": "x"}
    code = codes.get(kind, filed.receipt.reference + "0" * 16)
    if kind == "erased":
        erase(filed.case, "withdrawn")
    work, derive = [], receipts.derive

    def counted(secret, salt, operations=receipts.OPERATIONS, memory=receipts.MEMORY):
        work.append((len(secret), len(salt), operations, memory))
        return derive(secret, salt, operations, memory)

    monkeypatch.setattr(receipts, "derive", counted)
    Client().post(url("check"), {"code": code})
    assert work == [(16, 16, receipts.OPERATIONS, receipts.MEMORY)]


def test_guessing_is_slowed_down(filed):
    client = Client()
    pages = [client.post(url("check"), {"code": "x"}).content.decode() for _ in range(22)]
    assert pages[0] != pages[-1]
    client.post(url("check"), {"code": filed.receipt.code})
    assert client.get(url("visit")).status_code == 303


def test_a_very_long_code_never_reaches_the_slow_hash(filed, monkeypatch):
    monkeypatch.setattr(receipts, "derive", lambda *args: pytest.fail("derived"))
    assert Client().post(url("check"), {"code": "A" * 10_000}).status_code == 200


def test_a_changed_code_kills_the_old_one(filed):
    client = open_with(filed.receipt.code)
    client.post(url("new_code"))
    assert open_with(filed.receipt.code).get(url("visit")).status_code == 303
    assert client.get(url("visit")).status_code == 200


def test_someone_found_my_code_stops_reading_and_lets_writing_through(answered):
    client = open_with(answered.receipt.code)
    client.post(url("found"))
    page = open_with(answered.receipt.code).get(url("visit")).content.decode()
    assert "Apakah masih terjadi?" not in page
    client.post(url("write"), {"text": "Ini aku."})
    assert Message.objects.filter(side="reporter").exists()
    client.post(url("new_code"))
    assert open_with(answered.receipt.code).get(url("visit")).status_code == 200


def test_withdrawing_takes_72_hours_and_can_be_undone(filed):
    client = open_with(filed.receipt.code)
    client.post(url("withdraw"), {"pressed": "yes"})
    case = Case.objects.get()
    assert case.state == "withdrawn"
    assert 71 < (case.withdraw_at - timezone.now()).total_seconds() / 3600 < 73
    client.post(url("keep"))
    assert Case.objects.get().state == "triage"


def test_whether_somebody_pressed_is_never_shown_again(filed):
    client = open_with(filed.receipt.code)
    client.post(url("withdraw"), {"pressed": "yes"})
    pressed = client.get(url("visit")).content.decode()
    other = client.get(url("withdraw")).content.decode()
    assert "checked" not in pressed + other


def test_asking_for_another_person_is_promised_with_a_time(filed):
    client = open_with(filed.receipt.code)
    client.post(url("object"))
    assert Case.objects.get().state == "escalated"
    assert "WIB" in client.get(url("visit")).content.decode()


def test_a_late_promise_is_admitted(filed):
    Case.objects.update(due_at=timezone.now() - timezone.timedelta(hours=1))
    page = open_with(filed.receipt.code).get(url("visit")).content.decode()
    assert 'class="status late"' in page


def test_an_erased_case_is_like_no_case(filed):
    from reports.retention import erase

    erase(filed.case, "withdrawn")
    assert open_with(filed.receipt.code).get(url("visit")).status_code == 303
