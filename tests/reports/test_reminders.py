"""Reminders by mail: asked for behind the code, confirmed by a first mail, sent without content, and ended (H20)."""

import smtplib
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from reports.cases import reminder_mail, reminders, retention, sending
from reports.cases.lifecycle import perform
from reports.models import Case, ReminderAddress
from reports.staffing import reminder_sender
from safetycenter import limits
from tests.reports.followup.visitor import open_with, opened, url
from tests.reports.reminders import CHOICES, MAILBOX, SENDER, asked, confirm_sender, mailed_code, switched_on

pytestmark = pytest.mark.django_db
OFFER = "Mau diingatkan"


@pytest.fixture(autouse=True)
def sender(settings):
    confirm_sender(settings)


@pytest.fixture
def on(filed, clock):
    """A case whose reporter has switched reminders on, a minute ago at noon in Jakarta."""
    noon = timezone.localtime().replace(hour=12, minute=0)
    clock(seconds=(noon - timezone.localtime()).total_seconds() + 24 * 3600)
    case = switched_on(filed.receipt.code)
    clock(minutes=1)
    return case


def answer(case, moderator, text="Kami sudah membacanya.") -> Case:
    """Answer the reporter; the message can be taken back for ten seconds."""
    case = Case.objects.get(pk=case.pk)
    if case.handler_id is None:
        case = perform(case, "claim", by=moderator)
    return sending.send(case, "reply", moderator, case.version, text)


def record(case) -> list:
    return [(event.action, event.facts) for event in case.events.filter(action__startswith="reminder")]


@pytest.mark.safety("H20")
@pytest.mark.sampled(2)
@pytest.mark.parametrize("readers", ["others", "unsure"])
def test_shared_mailbox_ends_the_offer_and_stores_nothing(filed, readers):
    visit = open_with(filed.receipt.code)
    page = visit.post(url("reminder"), {"readers": readers}).text
    assert "Orang lain bisa melihatnya" in page
    assert visit.post(url("reminder"), CHOICES | {"readers": readers}).status_code == 200
    assert not ReminderAddress.objects.exists()


@pytest.mark.safety("H20")
def test_address_is_sealed_and_nowhere_else(filed, caplog, client, moderator):
    case = perform(switched_on(filed.receipt.code), "claim", by=moderator)
    visit = open_with(filed.receipt.code)
    client.force_login(moderator)
    shown = [visit.get(url(name)).text for name in ("visit", "reminder", "own_data")]
    shown.append(client.get(reverse("admin:reports_case_page", args=[case.reference])).text)
    assert "Pelapor memastikan kotak email" in shown[-1]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            shown += [repr([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in cursor]
    assert not [text for text in [*shown, caplog.text] if "nabila" in text]
    assert reminders.opened(ReminderAddress.objects.get()).address == MAILBOX


@pytest.mark.slow
@pytest.mark.safety("H20")
def test_public_node_cannot_open_the_address(filed, settings):
    switched_on(filed.receipt.code)
    settings.HAS_DESK = False
    with pytest.raises(reminders.KeyMissingError):
        reminders.opened(ReminderAddress.objects.get())


@pytest.mark.safety("H20")
def test_nothing_is_sent_before_the_code_is_typed(filed, moderator, clock):
    asked(filed.receipt.code)
    mailed_code()
    answer(filed.case, moderator)
    clock(minutes=1)
    assert reminder_mail.send() == 0


@pytest.mark.safety("H20")
def test_mails_name_nobody_and_link_nowhere(on, moderator, clock):
    answer(on, moderator)
    clock(minutes=1)
    assert reminder_mail.send() == 1
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.from_email, sent.to) == ("Ada kabar", "Ada kabar.", SENDER, [MAILBOX])
    headers = sent.message().as_string()
    assert "@kotak-biru.id>" in sent.message()["Message-ID"]
    for word in ("http", "Pusat", "Safety", on.display_reference, on.reference, "lapor", "undung"):
        assert word not in headers


@pytest.mark.safety("H20")
def test_first_mail_holds_the_code_and_nothing_else(filed):
    asked(filed.receipt.code)
    assert reminder_mail.send() == 1
    digits, _blank, rest = mail.outbox[0].body.partition("\n\n")
    assert digits.isdigit()
    assert rest == "Kalau ini bukan untukmu, abaikan saja."
    assert digits not in open_with(filed.receipt.code).get(url("reminder")).text


def test_reminder_comes_once_for_a_message_and_once_a_day(on, moderator, clock):
    answer(on, moderator)
    clock(minutes=1)
    assert [reminder_mail.send(), reminder_mail.send()] == [1, 0]
    answer(on, moderator, "Satu hal lagi.")
    clock(minutes=1)
    assert reminder_mail.send() == 0
    clock(days=1)
    assert [reminder_mail.send(), reminder_mail.send()] == [1, 0]
    clock(days=1)
    assert reminder_mail.send() == 0


@pytest.mark.safety("H20")
@pytest.mark.sampled(2)
@pytest.mark.parametrize(("zone", "sent"), [("WIB", 0), ("WIT", 1)])
def test_reminder_comes_in_the_chosen_hours_only(filed, moderator, clock, zone, sent):
    early = timezone.localtime().replace(hour=6, minute=0)
    clock(seconds=(early - timezone.localtime()).total_seconds() + 24 * 3600)
    case = switched_on(filed.receipt.code, from_hour=8, to_hour=9, zone=zone)
    clock(seconds=30)
    answer(case, moderator)
    clock(minutes=1)
    assert reminder_mail.send() == sent
    clock(hours=2)
    assert reminder_mail.send() == 1 - sent


@pytest.mark.safety("H20")
def test_message_counts_when_it_is_visible_and_not_taken_back(on, moderator, clock):
    case = answer(on, moderator)
    assert reminder_mail.send() == 0
    perform(case, "undo", by=moderator)
    clock(minutes=5)
    assert reminder_mail.send() == 0


@pytest.mark.slow
def test_opened_message_needs_no_reminder(on, filed, moderator, clock):
    answer(on, moderator)
    clock(minutes=1)
    opened(open_with(filed.receipt.code))
    assert reminder_mail.send() == 0


@pytest.mark.safety("H20")
@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("name", "sent"), [("code_found", {}), ("new_code", {}), ("withdraw", {"coerced": "no"}), ("reminder_off", {})]
)
def test_new_code_withdrawal_and_off_erase_the_address(on, filed, name, sent):
    open_with(filed.receipt.code).post(url(name), sent)
    assert not ReminderAddress.objects.exists()
    facts = Case.objects.get().events.last().facts
    assert facts.get("reminder_erased") or facts["why"] == "switched_off"


@pytest.mark.safety("H20")
def test_address_is_erased_thirty_days_after_closing(on, moderator, clock):
    case = perform(Case.objects.get(pk=on.pk), "claim", by=moderator)
    perform(case, "close", by=moderator, outcome="no_rule")
    clock(days=29)
    retention.run_schedule()
    assert ReminderAddress.objects.exists()
    assert "address" in [row.what for row in retention.planned(timezone.now() + timedelta(days=2))]
    clock(days=1)
    assert retention.run_schedule() == 1
    assert not ReminderAddress.objects.exists()
    assert record(on)[-1] == ("reminder_erased", {"why": "closed"})


def test_wrong_codes_end_the_try_and_the_right_one_comes_too_late(filed):
    visit = asked(filed.receipt.code)
    right = mailed_code()
    for _try in range(limits.REMINDER_CODE.max_hits):
        page = visit.post(url("reminder_code"), {"code": "1"}).text
    assert "tidak berlaku lagi" in page
    visit.post(url("reminder_code"), {"code": right})
    assert not ReminderAddress.objects.exists()


@pytest.mark.slow
def test_code_expires_after_a_day(filed, clock):
    asked(filed.receipt.code)
    right = mailed_code()
    clock(hours=24, minutes=1)
    page = open_with(filed.receipt.code).post(url("reminder_code"), {"code": right}).text
    assert "tidak berlaku lagi" in page
    reminder_mail.send()
    assert record(filed.case)[-1] == ("reminder_erased", {"why": "not_confirmed"})


@pytest.mark.slow
def test_first_mails_are_limited(filed):
    for _time in range(limits.REMINDER_ASK.max_hits):
        visit = asked(filed.receipt.code)
        visit.post(url("reminder_off"))
    page = visit.post(url("reminder"), CHOICES).text
    assert "terlalu banyak kode" in page
    assert not ReminderAddress.objects.exists()


class Refusing(locmem.EmailBackend):
    """A mail server that answers each mail with ``error``."""

    error: Exception = OSError()

    def send_messages(self, messages):
        raise self.error


@pytest.fixture
def failing(settings, monkeypatch):
    """``failing(error)``: from now on each mail fails. The settings of the server stay those that were tested."""

    def fail(error):
        monkeypatch.setattr(Refusing, "error", error)
        monkeypatch.setattr(locmem, "EmailBackend", Refusing)

    return fail


REFUSED = smtplib.SMTPRecipientsRefused({MAILBOX: (550, b"no such user nabila")})
LATER = smtplib.SMTPRecipientsRefused({MAILBOX: (450, b"try later")})


@pytest.mark.safety("H20")
def test_refused_mail_erases_the_address_and_logs_none(on, moderator, clock, failing, caplog):
    answer(on, moderator)
    clock(minutes=1)
    failing(REFUSED)
    assert reminder_mail.send() == 0
    assert not ReminderAddress.objects.exists()
    assert record(on)[-1] == ("reminder_erased", {"why": "refused"})
    assert "nabila" not in caplog.text


FULL = smtplib.SMTPDataError(552, b"mailbox full")


@pytest.mark.parametrize(("error", "leaves"), [(LATER, True), (FULL, True), (ValueError(), False)])
def test_refusal_of_one_mailbox_is_no_alarm(on, moderator, clock, failing, error, leaves):
    answer(on, moderator)
    clock(minutes=1)
    failing(error)
    reminder_mail.send()
    assert reminder_sender.mails_leave() is leaves


@pytest.mark.sampled(4)
@pytest.mark.parametrize("error", [LATER, OSError("down"), smtplib.SMTPServerDisconnected(), ValueError()])
def test_failure_is_tried_again_thrice_and_then_given_up(on, moderator, clock, failing, error):
    tries = []
    answer(on, moderator)
    clock(minutes=1)
    failing(error)
    for _round in range(12):
        before = ReminderAddress.objects.get().tries, ReminderAddress.objects.get().try_again_at
        assert reminder_mail.send() == 0
        row = ReminderAddress.objects.get()
        tries.append((row.tries, row.try_again_at) != before)
        clock(minutes=10)
    assert sum(tries) == reminder_mail.MAX_TRIES
    assert ReminderAddress.objects.get().covered_until


@pytest.mark.slow
def test_server_that_does_not_answer_costs_no_try(on, moderator, clock, monkeypatch):
    answer(on, moderator)
    clock(minutes=1)
    with monkeypatch.context() as down:
        down.setattr(locmem.EmailBackend, "open", Mock(side_effect=OSError("down")))
        assert reminder_mail.send() == 0
    assert reminder_mail.send() == 1


@pytest.mark.safety("H20")
def test_restricted_case_seals_the_address_for_child_safety(on, moderator, clock):
    case = perform(Case.objects.get(pk=on.pk), "claim", by=moderator)
    perform(case, "restrict", by=moderator, reason="Anak.")
    row = ReminderAddress.objects.get()
    assert row.audience == "child_safety"
    assert reminders.opened(row).address == MAILBOX


@pytest.mark.slow
def test_erased_case_keeps_no_address(on):
    assert retention.erase(on, retention.SCHEDULE)
    assert not ReminderAddress.objects.exists()


@pytest.mark.slow
def test_paused_case_sends_no_reminder(file, moderator, clock):
    filed = file(age="adult")
    Case.objects.update(tier=3)
    case = switched_on(filed.receipt.code)
    clock(seconds=1)
    answer(case, moderator)
    open_with(filed.receipt.code).post(url("pause"))
    clock(minutes=1)
    assert Case.objects.get().is_stopped
    assert reminder_mail.send() == 0


def test_reporter_sees_that_it_is_on_and_what_is_held(on, filed):
    visit = open_with(filed.receipt.code)
    assert "Pengingat lewat email menyala" in visit.get(url("visit")).text
    assert "Alamat email yang kamu berikan" in visit.get(url("own_data")).text
    assert "alamatnya sudah dihapus" in visit.post(url("reminder_off"), follow=True).text
    assert OFFER in visit.get(url("visit")).text


@pytest.mark.slow
def test_hidden_and_unreachable_reports_are_offered_nothing(file):
    frozen, unreachable = file(), file()
    perform(unreachable.case, "mark_unreachable")
    visit = open_with(frozen.receipt.code)
    assert OFFER in visit.get(url("visit")).text
    visit.post(url("code_found"))
    for case in Case.objects.all():
        assert reminders.status(case) == reminders.Status(is_ready=True)
        reminders.ask(case, reminders.Choices(MAILBOX, "note", 8, 20, "WIB", "id"))
    assert not ReminderAddress.objects.exists()


@pytest.mark.slow
def test_reminders_of_a_closed_report_can_be_switched_off(on, filed, moderator):
    case = perform(Case.objects.get(pk=on.pk), "claim", by=moderator)
    perform(case, "close", by=moderator, outcome="no_rule")
    visit = open_with(filed.receipt.code)
    assert "Pengingat menyala" in visit.get(url("reminder")).text
    visit.post(url("reminder_off"))
    assert "Sekarang tidak ada pengingat" in visit.get(url("reminder")).text


@pytest.mark.logs_errors
@pytest.mark.safety("H20")
def test_address_moved_to_another_case_is_erased_unsent(file):
    mine, other = file(), file()
    for filed in (mine, other):
        asked(filed.receipt.code)
    moved = ReminderAddress.objects.get(case=other.case)
    ReminderAddress.objects.filter(case=mine.case).update(sealed=moved.sealed, sealed_key_id=moved.sealed_key_id)
    assert reminder_mail.send() == 1
    assert record(mine.case)[-1] == ("reminder_erased", {"why": "damaged"})


@pytest.mark.slow
def test_sealed_choices_have_the_same_length(file):
    for address in ("a@contoh.id", f"{'a' * 60}@{'b' * 60}.{'c' * 60}.id"):
        asked(file().receipt.code, address=address)
    assert len({len(row.sealed) for row in ReminderAddress.objects.all()}) == 1


def test_new_code_says_that_reminders_ended(on, filed):
    visit = open_with(filed.receipt.code)
    assert "Pengingat lewat email sekarang mati" in visit.post(url("new_code"), follow=True).content.decode()


def test_parent_is_addressed_as_in_the_report(file):
    visit = open_with(file(about="my_child", age="13_15").receipt.code)
    page = visit.post(url("reminder"), {"readers": "me"}).text
    assert ("Alamat email Anda" in page, "emailmu" in page) == (True, False)
