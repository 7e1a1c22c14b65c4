"""``verify_audit`` finds what someone with write access to the database, but without a key file, does to the record."""

import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from reports.cases import audit
from reports.cases.lifecycle import perform
from reports.cases.verification import anchors, register, walk
from reports.crypto.vault import keys
from reports.models import Anchor, Case, Event, Installation, RecordAlarm, RegisterEntry
from tests.reports.verification import verdict
from tests.reports.verification_attacks import Attacker, sql

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def busy(filed, moderator) -> Case:
    """A case with four events, countersigned by housekeeping."""
    perform(filed.case, "claim", by=moderator)
    perform(filed.case, "note", by=moderator, text="x")
    perform(filed.case, "release", by=moderator)
    call_command("housekeeping", stdout=StringIO())
    return Case.objects.get(pk=filed.case.pk)


@pytest.fixture
def anchored(settings, tmp_path, busy):
    """The anchor of the day has left into a folder elsewhere."""
    settings.RECORD_ANCHOR_DIR = str(tmp_path)
    call_command("housekeeping", stdout=StringIO())
    return tmp_path / anchors.FILE_NAME


def test_untouched_record_is_whole(busy):
    assert verdict() == "whole"


@pytest.mark.slow
def test_forged_event_with_a_new_head_is_found(busy, child_safety):
    with Attacker() as attacker:
        attacker.append(busy, by=child_safety, action="file_opened")
    assert "event 5 was not sealed" in verdict()


@pytest.mark.logs_errors
def test_forged_event_is_never_countersigned_and_alarms(busy, child_safety, client):
    with Attacker() as attacker:
        attacker.append(busy, by=child_safety)
    call_command("housekeeping", stdout=StringIO())
    assert RegisterEntry.objects.count() == 4
    assert RecordAlarm.objects.get().kind == "event"
    assert client.get("/readyz").json()["events are countersigned"] is False


def test_removed_event_with_a_computed_chain_is_found(busy):
    with Attacker() as attacker:
        attacker.remove(busy, 3)
    assert "event 3 was not sealed" in verdict()


@pytest.mark.slow
def test_two_events_in_another_order_are_found(busy):
    with Attacker() as attacker:
        attacker.swap(busy, 2, 3)
    assert "event 2 was not sealed" in verdict()


@pytest.mark.slow
def test_cut_tail_is_found(busy):
    with Attacker() as attacker:
        attacker.cut(busy, 4)
    assert "event 4 was countersigned, but no longer exists" in verdict()


@pytest.mark.slow
def test_case_that_vanished_with_all_its_events_is_found(busy, file):
    file()
    with Attacker() as attacker:
        attacker.erase(busy)
    assert f"case {busy.pk}: event 1 was countersigned, but no longer exists" in verdict()


@pytest.mark.slow
def test_removed_register_entry_is_found(busy):
    with Attacker():
        sql("DELETE FROM reports_registerentry WHERE number = 2")
    assert "entry 2 of the register was changed, removed or inserted" in verdict()


@pytest.mark.slow
def test_forged_register_entry_is_found(busy, child_safety):
    with Attacker() as attacker:
        attacker.append(busy, by=child_safety)
        event, last = Event.objects.latest("pk"), RegisterEntry.objects.latest("number")
        last.number, last.event_id, last.event_number, last.event_digest = 5, event.pk, 5, event.digest
        last.save(force_insert=True)
    assert "entry 5 of the register" in verdict()


@pytest.mark.logs_errors
def test_cut_register_is_noticed_within_a_minute(busy):
    with Attacker() as attacker:
        attacker.cut_register(busy, 4)
        attacker.cut(busy, 4)
    assert "entry 4 of the register does not match an anchor" in verdict()
    call_command("housekeeping", stdout=StringIO())
    assert RecordAlarm.objects.get().kind == "register"


@pytest.mark.slow
def test_cut_older_than_the_anchor_is_found_elsewhere(anchored, busy, settings):
    line = anchored.read_text()
    with Attacker() as attacker:
        attacker.cut_register(busy, 4)
        attacker.cut(busy, 4)
        Anchor.objects.all().delete()
    settings.RECORD_HEAD.unlink()
    settings.RECORD_ANCHOR_DIR = ""
    assert verdict() == "whole"  # nothing on this machine knows
    anchored.with_name("mail.txt").write_text(f"Keep this line.\n\n{line}")
    assert "entry 4 of the register" in verdict("--anchors", str(anchored.with_name("mail.txt")))


def test_anchors_that_cannot_be_read_are_named(busy):
    assert verdict("--anchors", "/nowhere/mail.txt") == (
        "/nowhere/mail.txt tidak bisa dibaca: No such file or directory. Tidak ada yang diperiksa."
    )


@pytest.mark.slow
def test_vanished_case_older_than_the_anchor_is_found(anchored, busy, settings):
    with Attacker() as attacker:
        attacker.cut_register(busy)
        attacker.erase(busy)
        Anchor.objects.all().delete()
    settings.RECORD_HEAD.unlink()
    assert "does not match an anchor" in verdict()


@pytest.mark.slow
def test_forged_anchor_is_found(anchored):
    anchored.write_text(anchored.read_text().replace("entries=4", "entries=3"))
    assert "entry 0" in verdict()


def test_event_outside_the_register_is_late_after_five_minutes(filed):
    assert register.is_countersigned()
    later = timezone.now() + timedelta(minutes=6)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later)
        assert not register.is_countersigned()
        assert walk.verify(filed.case).why == "not countersigned"


@pytest.mark.slow
def test_record_is_whole_after_a_change_of_key(busy, moderator, session_keys, settings, tmp_path):
    folder = tmp_path / "keys"
    folder.mkdir()
    for path in session_keys.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    settings.KEYS_DIR = folder
    call_command("make_keys", "--replace-record-key", stdout=StringIO())
    perform(busy, "claim", by=moderator)
    call_command("housekeeping", stdout=StringIO())
    assert Event.objects.values("key_id").distinct().count() == 2
    assert verdict() == "whole"


@pytest.mark.slow
def test_register_of_another_installation_is_refused(anchored, busy):
    assert "whole" in verdict()
    Installation.objects.update(uid=uuid.uuid4())
    assert {item.why for page in walk.verify_all() for item in page.broken} == {"register", "anchor"}


def test_walk_asks_as_often_for_many_cases_as_for_few(file, django_assert_max_num_queries):
    for _number in range(5):
        file()
    register.countersign()
    with django_assert_max_num_queries(9):
        assert not any(page.broken for page in walk.verify_all())


def test_walk_goes_on_where_it_stopped(file, monkeypatch):
    monkeypatch.setattr(walk, "CASES_PER_PAGE", 2)
    for _number in range(3):
        file()
    register.countersign()
    first = walk.verify_for(0)
    rest = walk.verify_for(60, first.last)
    assert (first.count, rest.count, rest.entries, rest.last) == (2, 1, 3, None)


def test_desk_countersigns_what_a_public_node_signed(two_nodes, file):
    two_nodes("public")
    file()
    call_command("housekeeping", stdout=StringIO())
    assert not RegisterEntry.objects.exists()
    two_nodes("desk")
    call_command("housekeeping", stdout=StringIO())
    assert RegisterEntry.objects.count() == 1
    assert verdict() == "whole"


@pytest.mark.logs_errors
def test_public_node_cannot_sign_what_staff_did(two_nodes, file, moderator):
    two_nodes("public")
    case = file().case
    audit.record(case, "viewed", moderator, own=True)
    two_nodes("desk")
    call_command("housekeeping", stdout=StringIO())
    assert RegisterEntry.objects.count() == 1
    assert "event 2 was not sealed" in verdict()


@pytest.mark.slow
@pytest.mark.logs_errors
def test_unknown_public_node_is_not_countersigned(two_nodes, file, settings):
    two_nodes("public")
    file()
    two_nodes("desk")
    (settings.KEYS_DIR / "node-web1.public").unlink()
    call_command("housekeeping", stdout=StringIO())
    assert RecordAlarm.objects.get().kind == "event"


def test_public_node_without_its_key_keeps_no_report(two_nodes, file, settings):
    two_nodes("public")
    (settings.KEYS_DIR / "node.private").unlink()
    with pytest.raises(keys.KeyMissingError):
        file()
    assert not Case.objects.exists()
    assert keys.missing() == ["node.private"]
