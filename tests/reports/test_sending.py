"""A message can be taken back while the reporter cannot read it yet."""

import pytest
from django.urls import reverse

from reports.cases import sending
from reports.cases.lifecycle import NotAllowed, StaleError, perform
from reports.cases.verification import walk
from reports.crypto.vault.box import UnreadableError
from reports.models import Case
from reports.models.case import State
from tests.reports.followup.visitor import open_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(filed, moderator) -> Case:
    return perform(filed.case, "claim", by=moderator)


def sent(case, by, **how) -> Case:
    return sending.send(case, "reply", by, case.version, "Ini hasilnya.", **how)


def test_undo_leaves_no_trace_but_its_event(held, moderator):
    before = {field.attname: getattr(held, field.attname) for field in Case._meta.concrete_fields}
    case = sent(held, moderator, resolve=True)
    assert case.state == State.RESOLVED
    case = perform(case, "undo", by=moderator)
    changed = {name for name, value in before.items() if getattr(case, name) != value}
    assert changed <= {"version", "events_head", "events_count", "lease_until"}
    assert not case.messages.exists()
    assert [event.action for event in case.events.order_by("number")][-3:] == ["reply", "resolve", "undo"]
    assert walk.verify(case) is None


def test_message_is_not_taken_back_once_it_can_be_read(held, moderator, clock):
    case = sent(held, moderator)
    clock(seconds=10)
    with pytest.raises(NotAllowed):
        perform(case, "undo", by=moderator)


def test_nothing_is_undone_after_somebody_else_acted(held, moderator, person):
    case = sent(held, moderator)
    perform(case, "note", by=person("supervisor"), text="Sebentar.")
    with pytest.raises(NotAllowed):
        perform(case, "undo", by=moderator)


def test_message_is_taken_back_by_its_sender_only(held, moderator, person):
    with pytest.raises(NotAllowed):
        perform(sent(held, moderator), "undo", by=person("moderator", "other"))


def test_reporter_sees_neither_message_nor_end_before_its_time(filed, held, moderator, clock):
    sent(held, moderator, resolve=True)
    page = open_with(filed.receipt.code).get(reverse("reports:visit")).content.decode()
    assert "Ada petugas yang menangani." in page
    clock(seconds=10)
    page = open_with(filed.receipt.code).get(reverse("reports:visit")).content.decode()
    assert "Ada petugas yang menangani." not in page


@pytest.mark.safety("K4")
def test_undone_message_cannot_be_opened_from_a_copy(held, moderator):
    case = sent(held, moderator)
    copy = case.messages.get()
    assert copy.text(case.staff_keyring()) == "Ini hasilnya."
    case = perform(case, "undo", by=moderator)
    with pytest.raises(UnreadableError):
        copy.text(case.staff_keyring())


def test_note_of_a_colleague_does_not_refuse_a_reply(held, moderator, person):
    perform(held, "note", by=person("supervisor"), text="Sebentar.")
    assert sent(held, moderator).messages.count() == 1


@pytest.mark.parametrize("meanwhile", ["reply", "ask"])
def test_message_or_change_of_state_meanwhile_refuses_a_reply(held, moderator, meanwhile):
    perform(held, meanwhile, by=moderator, text="Halo.")
    with pytest.raises(StaleError):
        sent(held, moderator)
