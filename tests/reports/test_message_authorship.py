"""Side, author and time of a message or note cannot be changed in the database without its text becoming unreadable."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.cases.lifecycle import perform
from reports.crypto.vault.box import UnreadableError
from reports.models import Message, Note
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(filed, moderator):
    """A case with one message and one note of the desk."""
    perform(filed.case, "claim", by=moderator)
    perform(filed.case, "reply", by=moderator, text="Kami membantumu.")
    perform(filed.case, "note", by=moderator, text="Sudah dicek.")
    return filed.case


def test_message_opens_as_it_was_written(answered):
    assert Message.objects.get().text(answered.staff_keyring()) == "Kami membantumu."
    assert Note.objects.get().text() == "Sudah dicek."


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "change",
    [
        {"side": "reporter"},
        {"by": None},
        {"is_question": True},
        {"sent_at": timezone.now() - timedelta(days=1)},
        {"visible_from": timezone.now() + timedelta(days=1)},
    ],
)
def test_message_with_a_changed_row_does_not_open(answered, change):
    Message.objects.update(**change)
    with pytest.raises(UnreadableError):
        Message.objects.get().text(answered.staff_keyring())


@pytest.mark.sampled(2)
@pytest.mark.parametrize("column", ["by", "written_at"])
def test_note_with_a_changed_row_does_not_open(answered, supervisor, column):
    Note.objects.update(**{"by": {"by": supervisor}, "written_at": {"written_at": timezone.now()}}[column])
    with pytest.raises(UnreadableError):
        Note.objects.get().text()


def test_desk_does_not_show_a_message_of_another_side(answered, moderator, client):
    Message.objects.update(side="reporter")
    client.login(username=moderator.username, password=PASSWORD)
    page = client.get(reverse("admin:reports_case_page", args=[answered.reference]), {"words": "1"}).content.decode()
    assert "Kami membantumu." not in page
