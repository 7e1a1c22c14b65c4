"""A backup is what the desk sealed: no member twice, nothing exchanged between the check and the restore."""

from pathlib import Path

import pytest
from django.conf import settings as site
from django.utils import translation

from reports.backup import archive, databases, restoring
from tests.reports.backup.servers import backed_up
from tests.reports.intake.reporter import Reporter, add_files


def written(path: Path, *members: tuple[str, bytes]) -> Path:
    with path.open("wb") as file:
        writer = archive.Writer(file, archive.public_key(site.BACKUP_PUBLIC_KEY))
        for name, content in members:
            writer.add(name, content)
        writer.close({})
    return path


@pytest.mark.django_db
@translation.override("en")
def test_backup_with_a_repeated_member_is_refused(operator, tmp_path):
    twice = written(tmp_path / "x", ("head.json", b"{}"), ("database/00000000", b"a"), ("database/00000000", b"b"))
    with pytest.raises(archive.BackupError, match="repeated or out of order"):
        archive.check(twice, archive.private_key(operator))


@pytest.mark.django_db
@translation.override("en")
def test_backup_exchanged_after_the_check_loads_nothing(operator, tmp_path, monkeypatch):
    private = archive.private_key(operator)
    path = written(tmp_path / "x", ("head.json", b'{"bytes": 0}'), ("database/00000000", b"ours"))
    backup = restoring.Backup(path, private, *archive.check(path, private))
    written(path, ("head.json", b'{"bytes": 0}'), ("database/00000000", b"theirs"))
    monkeypatch.setattr(restoring, "require_empty_place", lambda _backup: None)
    monkeypatch.setattr(databases, "load", lambda _dump: pytest.fail("loaded"))
    with pytest.raises(archive.BackupError, match="not those of its manifest"):
        restoring.restore(backup)


@pytest.mark.django_db(transaction=True)
@pytest.mark.safety("K12")
def test_backup_has_no_file_of_a_draft(operator, categories, tmp_path, in_demo):
    add_files(Reporter())
    assert list(Path(site.EVIDENCE_DIR).glob("??/*"))
    names = [name for name, _file in archive.members(backed_up(tmp_path), archive.private_key(operator))]
    assert not [name for name in names if name.startswith("evidence/") and name != "evidence/installation"]
