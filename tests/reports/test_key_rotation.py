"""Rotation of key pairs: real reports stay readable at every point, and an old pair goes only when nothing needs it."""

import errno
import os
import pty
import re
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from reports.audit import staff_log
from reports.cases import fingerprints, key_rotation, reminders, sending
from reports.cases.lifecycle import perform
from reports.crypto.vault import keys, pairs, passphrase
from reports.models import Case, OnCallChannel, Recusal, ReminderAddress
from reports.models.notes_key import NotesKey
from reports.models.staff_event import StaffEvent
from reports.staffing.channels import destination
from safetycenter import private_files
from tests.cast import BULLIED, GROOMED, PASSWORD
from tests.reports.followup.visitor import open_with, opened
from tests.reports.https_receiver import running
from tests.reports.reminders import MAILBOX, asked, confirm_sender

# Under the key of a case, or sealed and signed with other keys of the node.
SEALED_OTHERWISE = {"Checkpoint", "DataKey", "Event", "RegisterEntry", "StaffEvent"}
pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def desk(settings, session_keys, tmp_path):
    """A desk with separate keys; returns their folder."""
    settings.KEYS_DIR = Path(shutil.copytree(session_keys, tmp_path / "keys"))
    return settings.KEYS_DIR


def rotate(**options) -> str:
    """Run the command and return what it says."""
    call_command("rotate_keys", stdout=(out := StringIO()), **{"language": "en"} | options)
    return out.getvalue()


def words_of(case: Case) -> str:
    case = Case.objects.get(pk=case.pk)
    assert not fingerprints.replaced(case)
    return case.staff_keyring().open("narrative", "case", "answers", case.answers).decode()


def retire(old: str, desk: Path, tmp_path: Path, **options) -> str:
    copy = tmp_path / "copy"
    copy.mkdir(exist_ok=True)
    shutil.copy(desk / f"{old}.private", copy)
    return rotate(retire=True, copy=copy, **options)


def test_reports_open_with_the_new_pair_alone(file, desk, moderator, tmp_path):
    before = perform(file().case, "claim", by=moderator)
    perform(before, "note", by=moderator, text="Catatan tim.")
    perform(before, "withdraw", coerced="yes")
    version = Case.objects.get(pk=before.pk).version
    said = rotate()
    after = file().case
    (old,) = [pair.name for pair in key_rotation.older(keys.DESK)]
    assert f"Nothing needs {old} any more" in said
    assert f"{old} was removed" in retire(old, desk, tmp_path, by=moderator.username)
    assert [pair.is_current for pair in pairs.of(keys.DESK)] == [True]
    assert BULLIED["words"] in words_of(before)
    assert BULLIED["words"] in words_of(after)
    assert NotesKey.objects.get().open()
    case = Case.objects.get(pk=before.pk)
    assert keys.unwrap(keys.DESK, case.wrapped_coerced).strip() == b"yes"
    assert case.version == version  # pages that staff have open stay valid
    entry = StaffEvent.objects.get(action="key_retired")
    assert entry.facts == {"audience": "desk", "pair": old.removeprefix("desk-")}
    assert staff_log.broken() == []
    call_command("verify_audit", stdout=StringIO())


def test_code_opens_answers_after_a_rotation(file, desk, moderator, clock):
    filed = file()
    case = perform(filed.case, "claim", by=moderator)
    rotate()
    sending.send(case, "reply", moderator, case.version, "Kami sudah membacanya.")
    clock(minutes=1)
    assert "Kami sudah membacanya." in opened(open_with(filed.receipt.code))


def test_old_public_half_seals_readably_and_keeps_its_pair(file, desk, moderator, tmp_path):
    """A public node files with the old public half after the rotation: it opens, and its pair is not retired."""
    old_public = (desk / "desk.public").read_bytes()
    rotate()
    new_public = (desk / "desk.public").read_bytes()
    (desk / "desk.public").write_bytes(old_public)
    late = file().case
    (desk / "desk.public").write_bytes(new_public)
    assert BULLIED["words"] in words_of(late)
    (old,) = [pair.name for pair in key_rotation.older(keys.DESK)]
    with pytest.raises(CommandError, match=f"{old} masih diperlukan kunci kasus: 1"):
        retire(old, desk, tmp_path, by=moderator.username, language="id")
    assert "wrapped again: 1" in rotate()
    retire(old, desk, tmp_path, by=moderator.username)
    assert BULLIED["words"] in words_of(late)


def test_retirement_asks_for_copy_person_and_nodes(file, desk, moderator, tmp_path):
    rotate()
    (old,) = [pair.name for pair in key_rotation.older(keys.DESK)]
    with pytest.raises(CommandError, match="--by"):
        rotate(retire=True)
    with pytest.raises(CommandError, match="--copy"):
        rotate(retire=True, by=moderator.username, copy=desk)  # the folder itself is no copy
    shutil.copy(desk / "record", desk / "node-web1.public")
    with pytest.raises(CommandError, match=r"node-web1\.public"):
        retire(old, desk, tmp_path, by=moderator.username)
    retire(old, desk, tmp_path, by=moderator.username, nodes_updated=True)
    assert not list(desk.glob("desk-*"))


def test_forged_key_is_not_made_genuine(file, desk, moderator, tmp_path):
    forged, case = file().case, file().case
    key_id, wrapped = keys.wrap_for(keys.DESK, b"f" * 32)
    Case.objects.filter(pk=forged.pk).update(staff_key_id=key_id, key_for_staff=wrapped)
    assert "not as the log says: 1" in rotate()
    assert "key_for_staff" in fingerprints.replaced(Case.objects.get(pk=forged.pk))
    assert BULLIED["words"] in words_of(case)
    with pytest.raises(CommandError, match=r"is needed by keys of cases: 1"):
        retire(f"desk-{key_id}", desk, tmp_path, by=moderator.username)


def test_reasons_and_addresses_are_rotated_too(file, desk, moderator, person, settings):
    person("moderator", "colleague")
    confirm_sender(settings)
    filed = file()
    perform(perform(filed.case, "claim", by=moderator), "request_other", reason="known")
    asked(filed.receipt.code)
    rotate()
    (old,) = key_rotation.older(keys.DESK)
    assert key_rotation.needing(old.key_id) == {}
    assert keys.unwrap(keys.DESK, Recusal.objects.get().wrapped_reason).strip() == b"known"
    assert reminders.opened(ReminderAddress.objects.get()).address == MAILBOX


@pytest.fixture
def topic(client, moderator, settings, tmp_path, monkeypatch):
    """Where pages go that are sent through the channels of a moderator, who is signed in."""
    settings.ON_CALL_PRIVATE_NETWORKS = ["127.0.0.0/8"]
    client.login(username=moderator.username, password=PASSWORD)
    with running(tmp_path) as receiver:
        monkeypatch.setenv("SSL_CERT_FILE", receiver.certificate)
        yield receiver


def channel_added(client, topic) -> OnCallChannel:
    where = {"add": "ntfy", "language": "id", "url": f"{topic.url}/topik-9f3k", "token": "tk_rahasia"}
    client.post(reverse("admin:reports_own_channels"), where)
    return OnCallChannel.objects.get()


def test_channels_work_after_the_retirement(client, topic, desk, moderator, tmp_path):
    channel = channel_added(client, topic)
    where = destination.opened(channel)
    call_command("make_keys", replace_pair=keys.DESK, stdout=StringIO())
    (old,) = key_rotation.older(keys.DESK)
    assert (channel.key_id, channel.sender_key_id) == (old.key_id, old.key_id)
    with pytest.raises(CommandError, match=r"is needed by destinations of on-call channels: 1"):
        retire(old.name, desk, tmp_path, by=moderator.username)
    said = rotate()
    assert "wrapped again: 1" in said
    assert "Opened as a sample: 1" in said
    assert "was removed" in retire(old.name, desk, tmp_path, by=moderator.username)
    channel.refresh_from_db()
    assert destination.opened(channel) == where
    client.post(reverse("admin:reports_own_channel_change", args=[channel.pk]), {"test": "1"})
    assert topic.got[-1].headers["Authorization"] == "Bearer tk_rahasia"


def test_channel_that_no_desk_wrote_keeps_the_old_pair(client, topic, desk, moderator, tmp_path):
    channel = channel_added(client, topic)
    OnCallChannel.objects.filter(pk=channel.pk).update(sealed=b"x" * 64)
    assert "unreadable: 1" in rotate()
    (old,) = key_rotation.older(keys.DESK)
    with pytest.raises(CommandError, match="An unreadable on-call channel can be removed"):
        retire(old.name, desk, tmp_path, by=moderator.username)
    client.post(reverse("admin:reports_own_channel_change", args=[channel.pk]), {"remove": "1"})
    assert "was removed" in retire(old.name, desk, tmp_path, by=moderator.username)


def test_channel_that_the_child_safety_desk_sealed_is_wrapped_with_its_pair(client, topic, desk, moderator, tmp_path):
    (desk / "desk.private").rename(tmp_path / "desk.private")
    channel = channel_added(client, topic)
    rotate(audience=keys.CHILD_SAFETY)
    (old,) = key_rotation.older(keys.CHILD_SAFETY)
    assert channel.sender_key_id == old.key_id
    retire(old.name, desk, tmp_path, audience=keys.CHILD_SAFETY, by=moderator.username)
    shutil.copy(tmp_path / "desk.private", desk)
    channel.refresh_from_db()
    assert destination.opened(channel)["token"] == "tk_rahasia"


def test_child_safety_has_a_rotation_of_its_own(file, desk):
    case = file(base=GROOMED).case
    ordinary = Case.objects.get(pk=file().case.pk).staff_key_id
    rotate(audience=keys.CHILD_SAFETY)
    assert GROOMED["words"] in words_of(case)
    assert Case.objects.get(pk=case.pk).staff_key_id == pairs.of(keys.CHILD_SAFETY)[0].key_id
    assert Case.objects.exclude(pk=case.pk).get().staff_key_id == ordinary
    assert len(pairs.of(keys.DESK)) == 1


def test_desk_rotates_what_it_sealed_for_a_desk_elsewhere(file, desk, moderator, tmp_path):
    """A desk without child safety's key sealed a notes key for it, and can replace its own pair nevertheless."""
    whole = Path(shutil.copytree(desk, tmp_path / "whole"))
    (desk / "child_safety.private").unlink()
    case = perform(file().case, "claim", by=moderator)
    perform(perform(case, "note", by=moderator, text="Catatan tim."), "restrict", by=moderator, reason="Soal anak.")
    rotate()
    (old,) = key_rotation.older(keys.DESK)
    retire(old.name, desk, tmp_path, by=moderator.username)
    shutil.copy(desk / "desk.public", whole)  # as the operator does
    (whole / "desk.private").unlink()
    for path in whole.iterdir():
        shutil.copy(path, desk)
    (desk / "desk.private").unlink()
    assert NotesKey.objects.get().open()


def test_every_column_that_names_a_pair_is_rotated():
    """A new wrap for staff has to be in PLACES; the others name keys of a case, of its reporter, or of a signature."""
    others = {"key_id", "reporter_key_id"}
    named = {
        (model, field.name) for model in apps.get_app_config("reports").get_models() for field in model._meta.fields
    }
    wraps = {(model, name) for model, name in named if name.endswith("key_id")}
    places = {(place.model, name) for place in key_rotation.PLACES for name in place.ids}
    assert {name for _model, name in wraps - places} == others
    assert {model.__name__ for model, name in wraps - places if name == "key_id"} == SEALED_OTHERWISE


@pytest.mark.parametrize("command", [("make_keys", "--replace-pair", "desk"), ("rotate_keys",)])
def test_keys_that_cannot_be_written_are_named_in_a_sentence(desk, monkeypatch, command):
    def refused(path):
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    monkeypatch.setattr(private_files, "create", refused)
    with pytest.raises(CommandError, match=r"desk\S+ cannot be read or written: Read-only file system"):
        call_command(*command, "--language", "en")


def test_keys_without_their_passphrase_are_named_in_a_sentence(desk, settings, monkeypatch):
    monkeypatch.setattr(passphrase, "_given", [])
    settings.KEYS_PASSPHRASE_FILE = "/nowhere/passphrase"
    with pytest.raises(CommandError, match="/nowhere/passphrase cannot be read or written"):
        call_command("make_keys", "--language", "en")


def test_progress_is_drawn_on_a_terminal(file, desk):
    for _number in range(3):
        file()
    shown, drawn = pty.openpty()
    with os.fdopen(shown, "rb", buffering=0) as screen, os.fdopen(drawn, "w") as terminal:
        call_command("rotate_keys", stdout=terminal, language="en")
        terminal.flush()
        steps = re.findall(r"\r\[([# ]{40})\] (\d+)/(\d+)", screen.read(65536).decode())
    assert len(steps) > 2
    assert [int(number) for _bar, number, _total in steps] == list(range(1, len(steps) + 1))
    assert steps[-1][0] == "#" * 40
    assert steps[0][0].count("#") == 40 * int(steps[0][1]) // int(steps[0][2])
    assert "\r[" not in rotate()  # into a file or a pipe
