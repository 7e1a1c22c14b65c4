"""Key files: made once, readable by the owner alone, and never opened on a public node."""

import re
import shutil
import stat
from base64 import b64encode
from io import StringIO

import pytest
from django.core.management import call_command

from reports import checks
from reports.crypto.vault import keys, pairs, signing
from reports.crypto.vault.box import UnreadableError, new_key


def test_key_wrapped_for_the_desk_opens_at_the_desk():
    key = new_key()
    assert keys.unwrap(keys.DESK, keys.wrap_for(keys.DESK, key)) == key


def test_child_safety_cannot_be_opened_with_the_desks_key():
    wrapped, desk = keys.wrap_for(keys.CHILD_SAFETY, new_key()), keys.wrap_for(keys.DESK, new_key())
    with pytest.raises(UnreadableError):
        keys.unwrap(keys.DESK, wrapped._replace(key_id=desk.key_id))


@pytest.fixture
def replaced(settings, tmp_path):
    """A desk whose pair was replaced, and a key that was wrapped for the old pair."""
    settings.KEYS_DIR = tmp_path
    keys.make(tmp_path)
    earlier = keys.wrap_for(keys.DESK, b"k" * 32)
    call_command("make_keys", replace_pair=keys.DESK, stdout=StringIO())
    return earlier


def test_wrap_for_a_replaced_pair_still_opens(replaced):
    now = keys.wrap_for(keys.DESK, b"n" * 32)
    assert now.key_id != replaced.key_id
    assert (keys.unwrap(keys.DESK, replaced), keys.unwrap(keys.DESK, now)) == (b"k" * 32, b"n" * 32)


def test_missing_pair_is_named(replaced, tmp_path):
    (tmp_path / f"desk-{replaced.key_id}.private").unlink()
    with pytest.raises(keys.KeyMissingError, match=f"desk-{replaced.key_id}.private"):
        keys.unwrap(keys.DESK, replaced)


def test_wrap_from_a_desk_with_a_replaced_pair_still_opens(settings, tmp_path):
    settings.KEYS_DIR = tmp_path
    keys.make(tmp_path)
    wrapped = keys.wrap_from_desk(keys.CHILD_SAFETY, b"k" * 32, "place")
    pairs.replace(tmp_path, keys.CHILD_SAFETY)
    assert keys.unwrap_from_desk(keys.CHILD_SAFETY, wrapped, "place") == b"k" * 32
    with pytest.raises(UnreadableError):
        keys.unwrap_from_desk(keys.CHILD_SAFETY, wrapped, "other place")


def test_key_for_locked_files_is_replaced_and_missed(settings, tmp_path):
    settings.KEYS_DIR = tmp_path
    keys.make(tmp_path)
    wrapped = keys.wrap_from_desk(keys.CUSTODY, b"k" * 32, "place")
    call_command("make_keys", replace_pair=keys.CUSTODY, stdout=StringIO())
    assert keys.unwrap_from_desk(keys.CUSTODY, wrapped, "place") == b"k" * 32
    assert checks.key_of_locked_files_in_place(None) == []
    (tmp_path / "custody.private").unlink()
    assert "custody.private" in checks.key_of_locked_files_in_place(None)[0].msg


def test_replaced_private_key_is_refused_on_a_public_node(replaced, settings):
    settings.HAS_DESK = False
    for name in keys.DESK_ONLY:
        (settings.KEYS_DIR / name).unlink(missing_ok=True)
    (problem,) = checks.no_private_key_on_a_public_node(None)
    assert f"desk-{replaced.key_id}.private" in problem.msg


@pytest.mark.parametrize(
    "name", ["CUSTODY_PRIVATE", "REFERRAL_PRIVATE", "DESK_0123456789AB_PRIVATE", "GATE", "RECORD_0123456789AB"]
)
def test_private_key_in_the_environment_is_refused_on_a_public_node(settings, tmp_path, monkeypatch, name):
    settings.HAS_DESK, settings.KEYS_DIR = False, tmp_path
    for allowed in ("DESK_PUBLIC", "DESK_0123456789AB_PUBLIC", "RECEIPT_PRIVATE", "NODE_PRIVATE"):
        monkeypatch.setenv(f"KEY_{allowed}", "a key")
    assert checks.no_private_key_on_a_public_node(None) == []
    monkeypatch.setenv(f"KEY_{name}", "a key")
    (problem,) = checks.no_private_key_on_a_public_node(None)
    assert f"holds KEY_{name}." in problem.msg


def test_public_node_never_loads_a_private_key_file(settings):
    wrapped = keys.wrap_for(keys.DESK, new_key())
    settings.HAS_DESK = False
    with pytest.raises(keys.KeyMissingError):
        keys.unwrap(keys.DESK, wrapped)


def test_without_a_public_key_nothing_is_wrapped(settings, tmp_path):
    settings.KEYS_DIR = tmp_path
    with pytest.raises(keys.KeyMissingError):
        keys.wrap_for(keys.DESK, new_key())
    assert "desk.public" in keys.missing()


def test_keys_are_made_once_and_for_their_owner_only(tmp_path):
    made = keys.make(tmp_path / "keys")
    before = {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    assert keys.make(tmp_path / "keys") == []
    assert {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()} == before
    assert set(made) == set(before)
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in (tmp_path / "keys").iterdir())


@pytest.mark.parametrize(("there", "other"), [("desk.public", "desk.private"), ("desk.private", "desk.public")])
def test_lone_half_never_gets_a_foreign_half(tmp_path, there, other):
    (tmp_path / there).write_text("of a desk elsewhere")
    assert other not in keys.make(tmp_path)
    assert (tmp_path / there).read_text() == "of a desk elsewhere"


def test_public_node_makes_only_its_signing_keys(settings, tmp_path):
    settings.HAS_DESK, settings.NODE, settings.KEYS_DIR = False, "public", tmp_path / "keys"
    call_command("make_keys", stdout=(out := StringIO()))
    assert keys.missing() == ["desk.public", "child_safety.public"]
    assert "desk.public, child_safety.public" in out.getvalue()
    assert {path.name for path in settings.KEYS_DIR.iterdir()} == {"node.private", "node.public"}
    assert keys.make(settings.KEYS_DIR) == []


def test_key_of_a_node_that_is_written_over_counts_at_once(settings, tmp_path):
    settings.HAS_DESK, settings.KEYS_DIR = False, tmp_path
    keys.make(tmp_path)
    before = signing.seal(b"x").key_id
    (tmp_path / "node.private").write_text(b64encode(b"K" * 32).decode())  # in place: the folder's own time stays
    assert signing.seal(b"x").key_id != before


@pytest.mark.parametrize("content", ["", "AAAA", "A" * 44, "not base64 at all", "QUFB" * 11])
def test_file_that_holds_no_key_counts_as_missing(settings, tmp_path, content):
    keys.make(tmp_path)
    settings.KEYS_DIR = tmp_path
    assert keys.missing() == []
    (tmp_path / "desk.public").write_text(content)
    assert keys.missing() == ["desk.public"]
    with pytest.raises(keys.KeyMissingError):
        keys.wrap_for(keys.DESK, new_key())


def test_pair_is_replaced_while_another_process_seals(replaced, tmp_path):
    """The private half is on the disk before its public half, and what is cached does not outlive a change."""
    assert not list(tmp_path.glob("*.new"))
    assert [pair.is_current for pair in pairs.of(keys.DESK)] == [True, False]
    (old,) = tmp_path.glob("desk-*.public")
    (tmp_path / "desk.public").write_bytes(old.read_bytes())  # where the process died: private new, public old
    assert keys.wrap_for(keys.DESK, b"k" * 32).key_id == replaced.key_id
    assert keys.missing() == []
    newest = (tmp_path / "desk.private").read_bytes()
    pairs.replace(tmp_path, keys.DESK)
    assert (tmp_path / "desk.private").read_bytes() == newest
    assert keys.unwrap(keys.DESK, keys.wrap_for(keys.DESK, b"n" * 32)) == b"n" * 32


def test_public_half_without_its_private_half_is_missed(settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "desk"
    keys.make(settings.KEYS_DIR)
    keys.make(tmp_path / "other")
    shutil.copy(tmp_path / "other" / "desk.public", settings.KEYS_DIR)
    (named,) = keys.missing()
    assert re.fullmatch(r"desk-[0-9a-f]{12}.private", named)
    with pytest.raises(keys.KeyMissingError):
        pairs.replace(settings.KEYS_DIR, keys.DESK)


def test_check_says_which_of_two_pairs_is_current(replaced):
    (said,) = checks.pairs_are_in_use(None)
    now = keys.wrap_for(keys.DESK, b"n" * 32)
    assert "desk: 2" in said.msg
    assert now.key_id in said.msg


def test_desk_without_child_safety_needs_its_keys_only(settings, tmp_path):
    settings.KEYS_DIR, settings.DESK_AUDIENCES = tmp_path, ["desk"]
    keys.make(tmp_path)
    for name in ("child_safety.private", "blind_index_restricted"):
        (tmp_path / name).unlink()
    assert keys.missing() == []
    settings.DESK_AUDIENCES = ["desk", "child_safety"]
    assert keys.missing() == ["child_safety.private", "blind_index_restricted"]
