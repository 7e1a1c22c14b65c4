"""A pocket that moved on is never overwritten, and one that was dropped never comes back."""

import pytest

from reports.intake.draft import Draft
from reports.intake.submit import submit
from reports.models import Case, Pocket
from reports.pocket import Moved, opened_by
from tests.cast import BULLIED

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice(categories):
    """One draft as two requests have opened it."""
    draft = Draft.begin("id")
    draft.answers = dict(BULLIED)
    draft.save()
    return [Draft(opened_by(draft.pocket.cookie)) for _request in range(2)]


def test_a_slower_request_does_not_overwrite_the_code(twice):
    quick, slow = twice
    submit(quick)
    slow.answers["words"] = "Terlambat."
    with pytest.raises(Moved):
        slow.save()
    assert opened_by(quick.pocket.cookie).facts["kind"] == "code"


def test_a_slower_request_does_not_bring_back_what_was_dropped(twice):
    quick, slow = twice
    quick.pocket.drop()
    slow.pocket.touch()
    with pytest.raises(Moved):
        slow.save()
    assert not Pocket.objects.exists()


def test_a_draft_that_changed_meanwhile_is_not_filed(twice):
    quick, slow = twice
    quick.save()
    with pytest.raises(Moved):
        submit(slow)
    assert not Case.objects.exists()


def test_a_file_waits_for_no_answers_that_it_does_not_know(twice):
    quick, slow = twice
    quick.save()
    with pytest.raises(Moved), slow.pocket.locked():
        pass


def test_the_browser_is_sent_to_where_the_draft_is_now(client, twice, settings, monkeypatch):
    quick, slow = twice
    client.cookies[settings.POCKET_COOKIE_NAME] = slow.pocket.cookie
    monkeypatch.setattr("reports.pocket.of", lambda request: slow.pocket)
    quick.save()
    address = "/id/lapor/2/"
    response = client.post(address, {"question": "about", "answer": "friend"})
    assert (response.status_code, response.url) == (303, address)
    assert opened_by(quick.pocket.cookie).facts["kind"] == "draft"
