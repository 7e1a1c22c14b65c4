"""Keys under a passphrase, and keys from the environment, open what the same keys in files open."""

import os
import pty
import runpy
import shutil
from base64 import b64decode
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.management import call_command
from django.core.management.base import CommandError
from nacl.pwhash import argon2id

from reports import checks
from reports.crypto.vault import key_files, keys, pairs, passphrase, signing
from reports.crypto.vault.box import new_key
from reports.management.commands import make_keys

WORDS = "empat kata yang tidak ada di disk"
EVERY_SECRET = {"record", "gate", "blind_index", "blind_index_restricted", "desk.private", "child_safety.private"}


@pytest.fixture(autouse=True)
def no_passphrase(monkeypatch):
    """This process has read no passphrase, and derives fast."""
    monkeypatch.setattr(passphrase, "_given", [])
    monkeypatch.setattr(passphrase, "OPERATIONS", argon2id.OPSLIMIT_MIN)
    monkeypatch.setattr(passphrase, "MEMORY", argon2id.MEMLIMIT_MIN)


@pytest.fixture
def locked(settings, tmp_path):
    """A desk whose keys are locked, as its operator locks them; returns their values."""
    settings.KEYS_DIR = tmp_path / "keys"
    keys.make(settings.KEYS_DIR)
    values = {path.name: path.read_text() for path in settings.KEYS_DIR.iterdir()}
    (tmp_path / "passphrase").write_text(f"{WORDS}\n")
    settings.KEYS_PASSPHRASE_FILE = str(tmp_path / "passphrase")
    call_command("make_keys", language="en", lock=True, stdout=StringIO())
    return values


def copied(tmp_path: Path, name: str) -> Path:
    """The same files in a place that nothing has read yet."""
    return Path(shutil.copytree(site.KEYS_DIR, tmp_path / name))


def test_locked_keys_open_with_the_passphrase_only(locked, settings, tmp_path, monkeypatch):
    stored = "".join(path.read_text() for path in settings.KEYS_DIR.iterdir())
    assert {name for name, value in locked.items() if value not in stored} >= EVERY_SECRET
    wrapped = keys.wrap_for(keys.DESK, b"k" * 32)
    assert keys.unwrap(keys.DESK, wrapped) == b"k" * 32
    assert keys.missing() == []
    assert signing.can_check()
    for words in ("", "another passphrase of some length"):
        monkeypatch.setattr(passphrase, "_given", [words.encode()])
        settings.KEYS_DIR = copied(tmp_path, f"copy{len(words)}")
        assert set(keys.missing()) >= EVERY_SECRET
        assert not signing.can_check()
        with pytest.raises(keys.KeyMissingError):
            keys.unwrap(keys.DESK, wrapped)


def test_pair_of_locked_keys_is_replaced_locked_and_unlocked(locked, settings):
    earlier = keys.wrap_for(keys.DESK, b"k" * 32)
    call_command("make_keys", language="en", replace_pair=keys.DESK, stdout=StringIO())
    call_command("make_keys", language="en", replace_record_key=True, stdout=StringIO())
    assert key_files.unlocked(settings.KEYS_DIR) == []
    assert keys.unwrap(keys.DESK, earlier) == b"k" * 32
    salts = {path.read_text().split(":")[3] for path in settings.KEYS_DIR.iterdir() if key_files.is_locked(path)}
    assert len(salts) == 1  # one slow derivation for all files
    call_command("make_keys", language="en", unlock=True, stdout=StringIO())
    assert (settings.KEYS_DIR / "gate").read_text() == locked["gate"]
    assert keys.unwrap(keys.DESK, earlier) == b"k" * 32
    assert checks.keys_are_locked(None)[0].id == "reports.W008"


def test_short_passphrase_locks_nothing(settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "keys"
    keys.make(settings.KEYS_DIR)
    settings.KEYS_PASSPHRASE_FILE = str(settings.KEYS_DIR / "passphrase")
    (settings.KEYS_DIR / "passphrase").write_text("pendek")
    assert checks.keys_are_locked(None)[0].id == "reports.W009"
    with pytest.raises(CommandError, match="fewer than 16"):
        call_command("make_keys", language="en", lock=True, stdout=StringIO())
    assert len(b64decode((settings.KEYS_DIR / "desk.private").read_text())) == 32


def contents() -> dict[str, str]:
    return {path.name: path.read_text() for path in site.KEYS_DIR.iterdir()}


def test_another_passphrase_locks_nothing_more(locked, settings, tmp_path, monkeypatch):
    (settings.KEYS_DIR / "custody.private").write_text(locked["custody.private"])
    before = contents()
    (tmp_path / "mistyped").write_text(WORDS.replace("kata", "kaat"))
    settings.KEYS_PASSPHRASE_FILE = str(tmp_path / "mistyped")
    monkeypatch.setattr(passphrase, "_given", [])
    with pytest.raises(CommandError, match=r"not under this passphrase: .*desk\.private.* Nothing was changed"):
        call_command("make_keys", language="en", lock=True, stdout=StringIO())
    assert contents() == before
    settings.KEYS_PASSPHRASE_FILE = str(tmp_path / "passphrase")
    monkeypatch.setattr(passphrase, "_given", [])
    call_command("make_keys", language="en", lock=True, stdout=(out := StringIO()))
    assert "locked: custody.private\n" in out.getvalue()
    assert keys.missing() == []


def test_mistyped_passphrase_locks_no_new_key(locked, settings, monkeypatch):
    (settings.KEYS_DIR / "gate").unlink()
    monkeypatch.setattr(passphrase, "_given", [b"another passphrase of some length"])
    with pytest.raises(CommandError, match="do not open with this passphrase"):
        call_command("make_keys", language="en", stdout=StringIO())
    assert not (settings.KEYS_DIR / "gate").exists()


@pytest.fixture
def terminal(settings, tmp_path, monkeypatch):
    """A function that types lines at a terminal, where the passphrase for new keys is asked for."""
    settings.KEYS_DIR = tmp_path / "keys"
    keys.make(settings.KEYS_DIR)
    ours, theirs = pty.openpty()
    settings.KEYS_PASSPHRASE_FILE, settings.KEYS_PASSPHRASE_FD = "", str(theirs)
    typed: list[str] = []
    monkeypatch.setattr(make_keys, "getpass", lambda _prompt: typed.pop(0))
    yield typed.extend
    assert typed == []
    os.close(ours)
    os.close(theirs)


def test_typed_passphrase_is_asked_for_twice(settings, terminal, monkeypatch):
    before = contents()
    terminal([WORDS, f"{WORDS}s"])
    with pytest.raises(CommandError, match="two different passphrases"):
        call_command("make_keys", language="en", lock=True, stdout=StringIO())
    assert contents() == before
    terminal([WORDS, WORDS])
    call_command("make_keys", language="en", lock=True, stdout=StringIO())
    assert key_files.unlocked(settings.KEYS_DIR) == []
    monkeypatch.setattr(passphrase, "_given", [])  # as in the next process
    terminal([WORDS])
    call_command("make_keys", language="en", unlock=True, stdout=StringIO())
    assert contents() == before


def test_gunicorn_reads_the_passphrase_before_it_makes_workers(locked, settings, tmp_path, monkeypatch):
    settings.KEYS_PASSPHRASE_FILE = ""
    settings.KEYS_DIR = copied(tmp_path, "copy")
    monkeypatch.setattr(passphrase, "_given", [])
    ours, theirs = os.pipe()
    os.write(theirs, f"{WORDS}\n".encode())
    os.close(theirs)
    monkeypatch.setenv("KEYS_PASSPHRASE_FD", str(ours))
    runpy.run_path(str(site.BASE_DIR / "deploy" / "gunicorn.conf.py"))["on_starting"](None)
    assert keys.missing() == []
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(ours)


def test_key_from_the_environment_opens_and_stays_there(settings, tmp_path, monkeypatch):
    settings.KEYS_DIR = tmp_path / "keys"
    keys.make(settings.KEYS_DIR)
    earlier = keys.wrap_for(keys.DESK, b"k" * 32)
    old, new = f"desk-{earlier.key_id}", tmp_path / "made-elsewhere"
    keys.make(new)
    for half in ("private", "public"):  # as an operator does who rotates such a pair
        value = (settings.KEYS_DIR / f"desk.{half}").read_text()
        monkeypatch.setenv(f"KEY_DESK_{earlier.key_id.upper()}_{half.upper()}", value)
        (settings.KEYS_DIR / f"desk.{half}").unlink()
    monkeypatch.setenv("KEY_DESK_PRIVATE", (new / "desk.private").read_text())
    shutil.copy(new / "desk.public", settings.KEYS_DIR)
    assert keys.unwrap(keys.DESK, earlier) == b"k" * 32
    assert [pair.name for pair in pairs.of(keys.DESK)] == ["desk", old]
    assert keys.unwrap(keys.DESK, keys.wrap_for(keys.DESK, new_key()))
    assert keys.missing() == []
    assert keys.make(settings.KEYS_DIR) == []
    assert not pairs.has_copy(pairs.of(keys.DESK)[1], tmp_path)  # the environment is no copy
    with pytest.raises(CommandError, match=r"desk.private comes from the environment"):
        call_command("make_keys", language="en", replace_pair=keys.DESK, stdout=StringIO())
    settings.HAS_DESK = False
    assert "KEY_DESK_PRIVATE" in checks.no_private_key_on_a_public_node(None)[0].msg
