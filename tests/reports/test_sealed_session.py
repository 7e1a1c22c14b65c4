"""A session that moved on is never overwritten, and one that was dropped never comes back."""

import pytest

from reports.crypto.sealed_session import ConflictError, open_by_cookie
from reports.intake.draft import Draft
from reports.intake.submit import submit
from reports.models import Case, SealedSession
from tests.cast import BULLIED

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def twice(categories):
    """One draft as two requests have opened it."""
    draft = Draft.begin("id")
    draft.answers = dict(BULLIED)
    draft.save()
    return [Draft(open_by_cookie(draft.session.cookie)) for _request in range(2)]


def test_slower_request_does_not_overwrite_the_code(twice):
    quick, slow = twice
    submit(quick)
    slow.answers["words"] = "Terlambat."
    with pytest.raises(ConflictError):
        slow.save()
    assert open_by_cookie(quick.session.cookie).data["kind"] == "code"


def test_slower_request_does_not_bring_back_what_was_dropped(twice):
    quick, slow = twice
    quick.session.delete()
    slow.session.extend()
    with pytest.raises(ConflictError):
        slow.save()
    assert not SealedSession.objects.exists()


def test_draft_that_changed_meanwhile_is_not_filed(twice):
    quick, slow = twice
    quick.save()
    with pytest.raises(ConflictError):
        submit(slow)
    assert not Case.objects.exists()


def test_file_waits_for_no_answers_that_it_does_not_know(twice):
    quick, slow = twice
    quick.save()
    with pytest.raises(ConflictError), slow.session.locked():
        pass


def test_browser_is_redirected_to_the_current_step(client, twice, settings, monkeypatch):
    quick, slow = twice
    client.cookies[settings.SEALED_SESSION_COOKIE_NAME] = slow.session.cookie
    monkeypatch.setattr("reports.crypto.sealed_session.from_request", lambda request: slow.session)
    quick.save()
    address = "/id/lapor/2/"
    response = client.post(address, {"question": "about", "answer": "friend"})
    assert (response.status_code, response.url) == (303, "/id/lapor/info/")  # the help that is due
    assert open_by_cookie(quick.session.cookie).data["kind"] == "draft"
