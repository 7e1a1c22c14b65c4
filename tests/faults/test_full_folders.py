"""Full disks under a site on SQLite, each of them real: of the database, the files of reports, the ledger, the backups.

What was acknowledged is stored, nothing is half written, and with room again everything goes on.
"""

from pathlib import Path

import pytest
from django.db import connection

from tests.faults.conftest import Cramped, files_in
from tests.faults.visitor import FILE, RETURN, Visitor, attempt, persist

pytestmark = [
    pytest.mark.xdist_group("faults"),
    pytest.mark.processes,
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="it starts the site itself"),
]
READ = ("/id/", "/en/", "/id/panduan/", "/id/bantuan/", "/id/lapor/", RETURN)
# Which no other test of this file opens, directly or on its way.
UNOPENED = ("/id/berita/", "/en/news/", "/id/aplikasi/", "/id/glosarium/", "/en/glossary/", "/id/rencana-ajar/")
SEARCH = "/id/cari/"
NUMBERS = ("112", "119")
REFUSED = "tidak bisa menyimpan"


def sent(site: Cramped) -> str:
    """The code of a report."""
    code = persist(Visitor(site.port))
    assert code
    return code


def test_full_disk_of_the_database_says_so_and_keeps_what_was_acknowledged(cramped):
    before, codes, refused = cramped.count("reports_case"), [sent(cramped)], []
    with cramped.full_database():
        for _person in range(4):
            visitor = Visitor(cramped.port)
            code = attempt(visitor)
            (codes if code else refused).append(code or visitor.last)
    assert [status for status, _page in refused] == [503] * 4
    assert all(REFUSED in page and 'lang="id"' in page for _status, page in refused)
    assert all(number in page for _status, page in refused for number in NUMBERS)
    assert all(Visitor(cramped.port).open(code) for code in codes)
    assert cramped.count("reports_case") - before == len(codes)
    assert sent(cramped), "with room again, reports are taken"


@pytest.mark.parametrize("path", READ)
def test_pages_that_were_read_before_are_read_while_the_disk_of_the_database_is_full(cramped, path):
    Visitor(cramped.port).get(path)
    with cramped.full_database():
        assert "<html" in Visitor(cramped.port).get(path)


def test_pages_that_nobody_opened_are_read_while_the_disk_of_the_database_is_full(cramped):
    with cramped.full_database():
        assert all("<html" in Visitor(cramped.port).get(path) for path in UNOPENED)


@pytest.mark.parametrize("words", ["penipuan", "klenik sakti", "mau mati"])
def test_search_answers_while_the_disk_of_the_database_is_full(cramped, words):
    visitor = Visitor(cramped.port)
    with cramped.full_database():
        status = visitor.press(SEARCH, {"q": words})
    assert (status, 'role="search"' in visitor.last[1]) == (200, True)


def test_report_is_sent_once_the_disk_of_the_database_has_room_again(cramped):
    visitor, before = Visitor(cramped.port), cramped.count("reports_case")
    path = visitor.fill_in("ending")
    form = visitor.form(path)
    with cramped.full_database():
        assert visitor.press(path, form) == 503
        assert REFUSED in visitor.last[1]
        assert visitor.code() is None
    assert visitor.send(path) == 303
    assert Visitor(cramped.port).open(visitor.code())
    assert cramped.count("reports_case") - before == 1


def test_full_disk_of_the_database_keeps_a_code_for_later(cramped):
    code, visitor = sent(cramped), Visitor(cramped.port)
    with cramped.full_database():
        assert not visitor.open(code)
        assert (visitor.last[0], REFUSED in visitor.last[1]) == (503, True)
    assert visitor.open(code)


def test_full_disk_of_files_keeps_the_message_and_leaves_no_half_file(cramped):
    visitor, evidence = Visitor(cramped.port), cramped.disks.seen("evidence")
    assert visitor.open(sent(cramped))
    form, before = visitor.write_form(), files_in(evidence)
    with cramped.disks.full("evidence", room=20_000):
        assert visitor.write(form, FILE) in (200, 503)
        assert "tidak bisa disimpan" in visitor.last[1]
        assert files_in(evidence) == before
        assert sent(cramped), "reports without files are taken"
    assert visitor.write(form, FILE) == 303
    assert files_in(evidence) == before + 1


def test_full_disk_of_the_ledger_cuts_no_line_and_is_written_later(cramped):
    ledger = cramped.disks.seen("ledger")
    for path in ledger.glob("*.jsonl"):
        path.unlink()  # of an earlier run of this test
    with cramped.disks.full("ledger"):
        done = cramped.run("housekeeping")
        assert "ledger of erasures kept" in done.stderr + done.stdout
        assert lines(ledger) == []
        assert sent(cramped), "reports are taken"
    assert cramped.run("housekeeping").stderr == ""
    assert lines(ledger)


def lines(ledger: Path) -> list[str]:
    """The lines of the ledger, each of them whole."""
    text = "".join(path.read_text() for path in ledger.glob("*.jsonl"))
    assert text.endswith("\n") or not text
    return text.splitlines()


def test_full_disk_of_backups_is_said_and_leaves_nothing_to_restore(cramped, tmp_path):
    said = cramped.run("backup", "--make-key", str(tmp_path / "key")).stdout
    key = dict([said.splitlines()[0].split("=", 1)])
    folder = cramped.disks.folder / "backups"
    with cramped.disks.full("backups", room=40_000):
        done = cramped.run("backup", str(folder), "--language", "en", **key)
        assert done.returncode == 1
        assert "cannot take the backup" in done.stderr
        assert [path.name for path in cramped.disks.seen("backups").iterdir()] == ["ballast"]
    assert cramped.run("backup", str(folder), **key).returncode == 0
    [made] = cramped.disks.seen("backups").glob("*.backup")
    assert made.stat().st_size > 40_000
