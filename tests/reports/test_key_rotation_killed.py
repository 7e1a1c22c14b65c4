"""A rotation that is killed, as by ``kill -9``, at each of its points: every report opens, and the next run goes on."""

import os
import shutil
import signal
import time
import traceback
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from reports.cases import fingerprints, key_rotation
from reports.cases.lifecycle import perform
from reports.crypto.vault import key_files, keys, pairs
from reports.models import Case
from reports.models.notes_key import NotesKey
from safetycenter.exclusive import exclusive
from tests.cast import BULLIED, GROOMED

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.both_databases]
MOST_POINTS = 200
WHILE_FILES_CHANGE = 12  # points of the replacement of the pair, at the most


def die_at(number: int) -> None:
    """Kill this process at its point ``number``: around each commit, each SQL statement and each change of a file."""
    left = [number]

    def point() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(act):
        def acted(*args, **options):
            point()
            done = act(*args, **options)
            point()
            return done

        return acted

    BaseDatabaseWrapper._commit = around(BaseDatabaseWrapper._commit)
    for name in ("_create", "remove"):
        setattr(key_files, name, around(getattr(key_files, name)))
    Path.replace = around(Path.replace)
    connections["default"].execute_wrappers.append(lambda execute, *args: (point(), execute(*args))[1])


def died_at(number: int, **options) -> bool:
    """Run the command in a process that dies at this point, if it gets there; return whether it died."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        ended = 1
        try:
            die_at(number)
            call_command("rotate_keys", stdout=StringIO(), **options)
            ended = 0
        except BaseException:
            traceback.print_exc()  # the process ends below, before anybody else can show it
        finally:
            os._exit(ended)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    if os.WIFSIGNALED(status):
        wait_until_released()
    return os.WIFSIGNALED(status)


def wait_until_released() -> None:
    """Wait until PostgreSQL has noticed that the killed process is gone: it holds its lock until then."""
    for _try in range(100):
        with exclusive("rotate_keys") as is_free:
            if is_free:
                return
        time.sleep(0.05)


def everything_opens() -> bool:
    for case in Case.objects.all():
        assert not fingerprints.replaced(case)
        assert case.staff_keyring().open("narrative", "case", "answers", case.answers)
    return bool(NotesKey.objects.get().open()) and keys.missing() == []


def test_reports_open_wherever_a_rotation_is_killed(file, settings, session_keys, tmp_path, moderator):
    settings.KEYS_DIR = Path(shutil.copytree(session_keys, tmp_path / "keys"))
    file(base=GROOMED)
    case = perform(file(base=BULLIED).case, "claim", by=moderator)
    perform(case, "note", by=moderator, text="Catatan tim.")
    for number in range(1, MOST_POINTS):
        died = died_at(number)
        if number <= WHILE_FILES_CHANGE:
            file()
        assert everything_opens(), f"killed at {number}"
        if not died:
            break
    assert not died
    assert number > WHILE_FILES_CHANGE
    (old,) = key_rotation.older(keys.DESK)
    assert key_rotation.needing(old.key_id) == {}
    options = {"retire": True, "by": moderator.username, "without_copy": True}
    assert any(not died_at(number, **options) and everything_opens() for number in range(1, MOST_POINTS))
    assert len(pairs.of(keys.DESK)) == 1
    call_command("verify_audit", stdout=StringIO())
