"""The anchor of the day really leaves the machine, and everybody can see when one last did."""

import pytest
from django.core import mail

from reports import checks
from reports.cases.verification import anchors, register
from reports.models import Anchor

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def mailed(settings, filed):
    settings.RECORD_ANCHOR_MAIL = "auditor@example.org"
    register.countersign()


@pytest.mark.logs_errors
def test_anchor_is_mailed_once_a_day_without_a_word_of_a_case(mailed, filed, client):
    assert (anchors.send(), anchors.send()) == (1, 0)
    (letter,) = mail.outbox
    assert "entries=1 cases=1" in letter.body
    assert filed.case.reference not in letter.body + letter.subject
    assert client.get("/readyz").json()["last anchor of the record left"]


def test_anchor_that_is_only_printed_has_not_left(mailed, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert anchors.send() == 0
    assert Anchor.objects.get().sent_at is None


def test_anchor_that_could_not_leave_is_tried_again(settings, filed, tmp_path):
    settings.RECORD_ANCHOR_DIR = str(tmp_path / "not-mounted")
    assert anchors.send() == 0
    (tmp_path / "not-mounted").mkdir()
    Anchor.objects.update(tried_at=None)
    assert anchors.send() == 1


@pytest.mark.parametrize(("folder", "found"), [("", "reports.W003"), ("inside", "reports.E003"), ("outside", "")])
def test_place_of_the_anchors_is_checked(settings, tmp_path, folder, found):
    settings.RECORD_ANCHOR_DIR = {"": "", "inside": str(settings.VAR / "x"), "outside": str(tmp_path)}[folder]
    assert [problem.id for problem in checks.anchors_leave_this_machine(None)] == ([found] if found else [])
