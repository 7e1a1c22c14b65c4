"""The loss drill: what each key opens, and whether the copy that was saved elsewhere opens it too."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from reports.cases.lifecycle import perform
from reports.crypto.vault import keys
from safetycenter import heartbeat_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(settings, session_keys, tmp_path):
    """A desk with separate keys; returns their folder."""
    settings.VAR = tmp_path  # where the last try is noted
    settings.KEYS_DIR = Path(shutil.copytree(session_keys, tmp_path / "keys"))
    return settings.KEYS_DIR


def check(**options) -> str:
    call_command("check_keys", language="en", stdout=(out := StringIO()), **options)
    return out.getvalue()


def test_drill_says_what_each_loss_means(desk, file, moderator):
    perform(perform(file().case, "claim", by=moderator), "note", by=moderator, text="Catatan tim.")
    call_command("rotate_keys", stdout=StringIO())
    file()
    said = check(drill=True)
    assert "desk: 2 pairs" in said
    lost = {line.split(" were lost")[0].removeprefix("If "): line for line in said.splitlines() if "lost" in line}
    assert "keys of cases: 2, keys of notes and packages: 1" in lost["desk.private"]
    assert "Nothing is sealed for it now" in lost["child_safety.private"]
    assert lost.keys() >= {
        path.name for path in desk.iterdir() if not path.name.startswith(("desk", "child", "custody"))
    }
    values = [path.read_text().strip() for path in desk.iterdir()]
    assert not [value for value in values if value in said]


def test_copy_is_tried_on_a_real_report(desk, file, tmp_path):
    file()
    copy = Path(shutil.copytree(desk, tmp_path / "copy"))
    assert "The copy opened 4 samples; not opened: 0" in check(copy=copy)  # of each pair, and the report
    tried = heartbeat_files.last(heartbeat_files.LAST_KEY_CHECK)
    call_command("rotate_keys", stdout=StringIO())
    with pytest.raises(CommandError, match=r"The copy lacks: desk-\w+\.private, desk-\w+\.public, desk\.private"):
        check(copy=copy)
    keys.make(tmp_path / "other")
    shutil.copy(tmp_path / "other" / "desk.private", copy)
    with pytest.raises(CommandError, match="does not open"):
        check(copy=copy)
    with pytest.raises(CommandError, match="is no copy"):
        check(copy=desk)
    assert tried == heartbeat_files.last(heartbeat_files.LAST_KEY_CHECK) is not None


def test_public_node_lists_public_halves_only(two_nodes):
    two_nodes("public")
    assert "private half here" not in check()
    assert "public half only" in check()
