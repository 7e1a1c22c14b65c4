"""SQLite's write lock is held by somebody else: who reports is answered soon, with the words; reading takes no lock."""

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import OperationalError, connection, transaction

from reports.cases import retention
from reports.models import TallyCheck
from reports.statistics import recount
from safetycenter import sqlite_lock
from tests.reports.followup.visitor import open_with, url
from tests.reports.intake.reporter import Reporter, told

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.logs_errors,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the lock is SQLite's"),
]
WORDS = "Mereka mengejek aku tiap hari di grup kelas."
WAIT = 0.2


@contextmanager
def locked():
    """Hold the write lock from another connection, as a stalled writer does."""
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def waits():
    """Give the list of what each statement that the lock refused was allowed to wait, in milliseconds."""
    refused = []

    def note(execute, *statement):
        try:
            return execute(*statement)
        except OperationalError:
            refused.append(_patience())
            raise

    with connection.execute_wrapper(note):
        yield refused


@pytest.fixture(autouse=True)
def short(settings):
    settings.SQLITE_WAIT = WAIT


def test_answer_of_the_form_is_given_back_soon(in_demo, categories):
    reporter = Reporter()
    reporter.begin()
    told(reporter)
    number = reporter.draft.number_of("words")
    with locked(), waits() as refused:
        answer = reporter.answer(number, question="words", answer=WORDS)
    assert (answer.status_code, WORDS in answer.text, "Traceback" in answer.text) == (503, True, False)
    assert refused
    assert sum(refused) <= WAIT * 1000


def test_message_behind_the_code_is_given_back_soon(file):
    client = open_with(file(age="adult").receipt.code)
    with locked(), waits() as refused:
        page = client.post(url("write"), {"text": WORDS}).text
    assert WORDS in page
    assert "Terkirim. Sudah kami terima." not in page
    assert len(refused) > 1
    assert sum(refused) <= WAIT * 1000


def test_search_is_answered_soon(client, in_demo):
    client.get("/id/cari/", {"q": "ditipu"})  # the version of the site's pages has its row then
    with locked(), waits() as refused:
        answer = client.get("/id/cari/", {"q": "ditipu"})
    assert answer.status_code == 200
    assert refused
    assert sum(refused) <= WAIT * 1000


def test_desk_waits_as_long_as_its_connection_after_a_reader(client):
    client.get("/id/cari/", {"q": "ditipu"})
    client.get("/admin/account/login/")
    assert _patience() == connection.settings_dict["OPTIONS"]["timeout"] * 1000


def _patience() -> int:
    return connection.connection.execute("PRAGMA busy_timeout").fetchone()[0]


def test_emptying_the_log_holds_the_lock_for_a_second_at_most():
    patience = []

    def note(execute, *statement):
        try:
            return execute(*statement)
        finally:
            patience.append(_patience())

    with connection.execute_wrapper(note):
        retention.truncate_wal()
    assert len(patience) == 2
    assert max(patience) <= retention.LONGEST_HOLD * 1000 < _patience()


def test_emptied_log_is_empty(client, in_demo):
    client.get("/id/cari/", {"q": "ditipu"})
    retention.truncate_wal()
    assert Path(f"{connection.settings_dict['NAME']}-wal").stat().st_size == 0


def test_reading_takes_no_write_lock():
    with locked(), sqlite_lock.reading():
        assert list(TallyCheck.objects.all()) == []


def test_recount_reads_while_somebody_writes():
    with locked():
        assert recount.differences() == {}


def test_transaction_after_reading_takes_the_lock_at_once():
    with sqlite_lock.reading():
        pass
    with transaction.atomic(), pytest.raises(sqlite3.OperationalError), locked():
        pass
