"""Two desks of one installation with different gate keys: the second one notices it, and opens nothing."""

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command

from reports.crypto.vault import keys
from reports.evidence import file_gate
from reports.models import Case, GateEntry
from tests.reports.triage.linked import SCAM, open_file

pytestmark = [pytest.mark.django_db, pytest.mark.logs_errors]
FITS = "gate key is the one of this installation"


@pytest.fixture
def second_desk(settings, tmp_path):
    """``second_desk()``: this process is another desk, with the other keys copied and a different gate key."""

    def move() -> None:
        shutil.copytree(settings.KEYS_DIR, tmp_path / "keys")
        (tmp_path / "keys" / "gate").unlink()
        settings.KEYS_DIR = tmp_path / "keys"
        keys.make(Path(settings.KEYS_DIR))

    return move


def test_readyz_says_that_the_gate_key_is_another(report, second_desk, client):
    report(SCAM)
    call_command("housekeeping")
    assert client.get("/readyz").json()[FITS] is True
    second_desk()
    assert client.get("/readyz").json()[FITS] is False


def test_desk_with_another_gate_key_opens_no_file(report, second_desk, person):
    case = report(SCAM, with_picture=True)
    call_command("housekeeping")
    assert Case.objects.get(pk=case.pk).indexed
    assert open_file(case, person("moderator", "first"))[0] == 302
    second_desk()
    case = report(SCAM, with_picture=True)
    Case.objects.update(indexed=True)  # as the first desk would
    assert "tidak bisa dibuka" in str(open_file(case, person("moderator", "second"))[1])


@pytest.mark.slow
def test_desk_with_another_gate_key_makes_no_entry(report, second_desk):
    report(SCAM)
    call_command("housekeeping")
    second_desk()
    case = report(SCAM)
    call_command("housekeeping")
    assert not Case.objects.get(pk=case.pk).indexed
    assert not GateEntry.objects.filter(case=case).exists()


def test_installation_without_an_index_takes_any_key(second_desk, db):
    second_desk()
    assert file_gate.is_bound_key()
