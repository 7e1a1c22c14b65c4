"""Backup, restore and drill speak both languages, and the drill keeps only what names no case in either."""

import io

import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.utils import translation

from reports.backup import drill, words
from reports.cases import ledger
from reports.cases.lifecycle import perform
from tests.reports.backup.servers import backed_up, new_server

LANGUAGES = [code for code, _name in site.LANGUAGES]
SAID = {
    "id": ("Ditulis: ", "Kuncinya tidak ada di dalamnya.", "utuh.", "Log tindakan utuh.", "Berhasil dipulihkan."),
    "en": ("Written: ", "The keys are not in it.", "is whole.", "The audit log is intact.", "Restored."),
}


def said_by(command: str, *arguments: object, language: str | None) -> str:
    chosen = ["--language", language] if language else []
    call_command(command, *map(str, arguments), *chosen, stdout=(out := io.StringIO()))
    return out.getvalue()


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", LANGUAGES)
def test_backup_and_restore_speak_the_chosen_language(
    language, monkeypatch, operator, session_keys, settings, tmp_path, filed
):
    said = said_by("backup", tmp_path / "backups", language=language)
    [path] = (tmp_path / "backups").glob("*.backup")
    perform(filed.case, "freeze")
    ledger.keep()
    live = settings.LEDGER_DIR
    with new_server(monkeypatch, session_keys, tmp_path):
        said += said_by("restore", path, "--key", operator, "--ledger", live, language=language)
    assert [words for words in SAID[language] if words not in said] == []
    [other] = set(LANGUAGES) - {language}
    assert [words for words in SAID[other] if words in said] == []


@pytest.mark.django_db
def test_backup_speaks_the_first_language_unless_told(operator):
    with pytest.raises(CommandError, match="Sebutkan folder untuk cadangan"):
        said_by("backup", language=None)
    with pytest.raises(CommandError, match="Sebutkan cadangan dan kunci pribadinya"):
        said_by("restore", language=None)
    with pytest.raises(CommandError, match="Name the backup and the private key"):
        said_by("restore", language="en")


@pytest.mark.both_databases
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_drill_speaks_the_chosen_language(operator, tmp_path, filed):
    path = backed_up(tmp_path)
    said = said_by("restore", path, "--key", operator, "--drill", "--without-ledger", language="id")
    assert "Log tindakan utuh." in said
    assert "Latihan berhasil" in said
    assert "The " not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_drill_knows_the_words_of_a_restore(language):
    with translation.override(language):
        assert all(len(beginning) >= 5 for beginning in words.safe_beginnings())  # an empty one would keep every line
        kept = [words.WHOLE % {"moment": "2026"}, words.FROM_LEDGER % {"done": "x"}, words.line(True, "x")]
        said = "\n".join([*kept, words.line(False, "y"), "  ABCD-1234  hold", "ABCD-1234"])
        assert drill._without_cases(said).splitlines()[:4] == [*kept, words.line(False, "y")]
        assert "ABCD" not in drill._without_cases(said)
