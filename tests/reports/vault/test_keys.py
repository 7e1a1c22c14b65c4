"""Key files: made once, readable by the owner alone, and never opened on a public node."""

import stat

import pytest

from reports.vault import keys
from reports.vault.box import Unreadable, new_key


def test_a_key_wrapped_for_the_desk_opens_at_the_desk():
    key = new_key()
    assert keys.unwrap(keys.DESK, keys.wrap_for(keys.DESK, key)) == key


def test_child_safety_cannot_be_opened_with_the_desks_key():
    with pytest.raises(Unreadable):
        keys.unwrap(keys.DESK, keys.wrap_for(keys.CHILD_SAFETY, new_key()))


def test_a_public_node_cannot_open_even_with_the_file_on_its_disk(settings):
    wrapped = keys.wrap_for(keys.DESK, new_key())
    settings.HAS_DESK = False
    with pytest.raises(keys.KeyMissing):
        keys.unwrap(keys.DESK, wrapped)


def test_without_a_public_key_nothing_is_wrapped(settings, tmp_path):
    settings.KEYS_DIR = tmp_path
    with pytest.raises(keys.KeyMissing):
        keys.wrap_for(keys.DESK, new_key())
    assert "desk.public" in keys.missing()


def test_keys_are_made_once_and_for_their_owner_only(tmp_path):
    made = keys.make(tmp_path / "keys")
    before = {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()}
    assert keys.make(tmp_path / "keys") == []
    assert {path.name: path.read_bytes() for path in (tmp_path / "keys").iterdir()} == before
    assert set(made) == set(before)
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in (tmp_path / "keys").iterdir())


def test_a_lone_public_half_is_left_alone(tmp_path):
    (tmp_path / "desk.public").write_text("of a desk elsewhere")
    assert "desk.private" not in keys.make(tmp_path)
