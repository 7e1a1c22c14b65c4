"""The commands of the handbook page on keys, run in their order, as an operator runs them; and those of other pages."""

import re
import shlex
import shutil
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.management import call_command
from nacl.pwhash import argon2id

from reports.crypto.vault import key_files, keys, pairs, passphrase
from reports.models import Case

PAGES = site.BASE_DIR / "docs" / "operators"


def commands(page: str) -> list[str]:
    """The lines of all blocks of a page."""
    blocks = re.findall(r"^```\n(.*?)^```", (PAGES / page).read_text(), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


@pytest.mark.django_db
def test_commands_of_the_page_on_keys_work(file, moderator, settings, session_keys, tmp_path, monkeypatch):
    english = commands("en/keys.md")
    assert [line.replace("NAMA", "NAME") for line in commands("id/kunci.md")] == english
    settings.VAR = tmp_path
    settings.KEYS_DIR = Path(shutil.copytree(session_keys, tmp_path / "keys"))
    for name, value in (("_given", []), ("OPERATIONS", argon2id.OPSLIMIT_MIN), ("MEMORY", argon2id.MEMLIMIT_MIN)):
        monkeypatch.setattr(passphrase, name, value)
    (tmp_path / "saved").mkdir()
    (tmp_path / "passphrase").write_text("enam kata acak dari kamus yang tebal")
    places = {"/mnt/keys": tmp_path / "saved", "/dev/shm/passphrase": tmp_path / "passphrase", "NAME": moderator}
    case, former = file().case, pairs.of(keys.DESK)[0]
    for line in english:
        for there, here in places.items():
            line = line.replace(there, str(here))
        run(line, settings)
    assert [pair.key_id == former.key_id for pair in pairs.of(keys.DESK)] == [False]
    assert key_files.unlocked(settings.KEYS_DIR) == []
    case = Case.objects.get(pk=case.pk)
    assert case.staff_keyring().open("narrative", "case", "answers", case.answers)
    assert keys.missing() == []


def test_pages_of_both_languages_name_the_same_commands():
    pages = re.findall(r"^\| \[.*?\]\((.*?)\) \| \[.*?\]\((.*?)\) \|$", (PAGES / "README.md").read_text(), re.MULTILINE)
    for english, indonesian in pages:
        names = [
            set(re.findall(r"manage\.py [a-z_]+|--[a-z-]+", (PAGES / page).read_text()))
            for page in (english, indonesian)
        ]
        assert names[0] == names[1], english
    assert len(pages) == 9


def run(line: str, settings) -> None:
    """Run one line: a command of the site in this process, with the settings before it, or else in a shell."""
    before, _is_ours, rest = line.partition("manage.py ")
    if not rest:
        subprocess.run(["/bin/sh", "-c", line], env={"KEYS_DIR": str(settings.KEYS_DIR)}, check=True)
        return
    for assignment in before.split():
        setattr(settings, *assignment.split("=", 1))
    call_command(*shlex.split(rest), stdout=StringIO())
