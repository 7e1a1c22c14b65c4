"""What the desk says of a case: which of two clocks is meant, and no reason that cannot be so."""

from datetime import timedelta

import pytest

from reports.triage.forms import OpenForm
from tests.reports.triage.desk_pages import page_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("hours", "name"), [(0, "Tanggapan pertama"), (1, "Langkah berikutnya")])
def test_strip_names_the_clock_that_it_shows(filed, moderator, client, hours, name):
    case = filed.case
    case.next_action_at = case.due_at - timedelta(hours=hours)
    case.save()
    client.force_login(moderator)
    assert f">{name}<" in client.get(page_of(case)).text


def test_handler_does_not_open_a_file_as_the_second_person():
    offered = [{key for key, _label in OpenForm(by_handler=own).fields["reason"].choices} for own in (True, False)]
    assert offered == [{"", "assess", "answer"}, {"", "assess", "answer", "second"}]
