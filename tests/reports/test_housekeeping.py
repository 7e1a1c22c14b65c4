"""Housekeeping: an error in one task does not stop the loop that alerts people."""

import re
import shutil
import socket
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, connection
from django.urls import reverse
from django.utils import timezone

from reports import scheduled_tasks
from reports.cases.lifecycle import perform
from reports.evidence import file_gate
from reports.evidence.file_gate import answers_to_index
from reports.management.commands import housekeeping
from reports.models import Case, Notice, OnCallChannel
from reports.staffing.channels import mail as mail_channel
from safetycenter import heartbeat
from safetycenter.models import Heartbeat
from tests.database import at_once, on_postgresql

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
RUNS = "housekeeping runs"


@pytest.mark.slow
@pytest.mark.logs_errors
@pytest.mark.parametrize("name", housekeeping.TASKS)
def test_task_that_fails_stops_no_other(monkeypatch, name):
    done = []
    for task in housekeeping.TASKS:
        monkeypatch.setitem(housekeeping.TASKS, task, lambda task=task: done.append(task))
    monkeypatch.setitem(housekeeping.TASKS, name, lambda: 1 / 0)
    call_command("housekeeping")
    assert done == [task for task in housekeeping.TASKS if task != name]


def test_wal_is_truncated_last():
    assert list(housekeeping.TASKS)[-1] == "freed database pages"


@pytest.mark.slow
def test_housekeeping_can_be_repeated(filed):
    call_command("housekeeping")
    call_command("housekeeping")


@pytest.fixture
def channel():
    """An on-call channel in use."""
    return OnCallChannel.objects.create(name="piket", email="piket@contoh.id")


@pytest.mark.logs_errors
def test_readyz_fails_while_no_housekeeping_runs(client, monkeypatch):
    call_command("housekeeping")
    assert client.get("/readyz").json()[RUNS] is True
    later = timezone.now() + timedelta(minutes=6)
    monkeypatch.setattr(timezone, "now", lambda: later)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()[RUNS]) == (503, False)


@pytest.mark.slow
@pytest.mark.logs_errors
def test_readyz_fails_while_one_task_fails(client, monkeypatch):
    call_command("housekeeping")
    monkeypatch.setitem(housekeeping.TASKS, "leases ended", lambda: 1 / 0)
    later = timezone.now() + timedelta(minutes=6)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("housekeeping")
    assert heartbeat.status().late == ["leases ended"]
    assert client.get("/readyz").status_code == 503


def fails_for(bad, work):
    """``work``, but with an error for the case ``bad``."""

    def do(case, *args, **details):
        if getattr(case, "pk", case) == bad.pk:
            raise ValueError
        return work(case, *args, **details)

    return do


@pytest.mark.logs_errors
def test_one_bad_case_shows_and_stops_no_other_marking(file, client, monkeypatch, clock):
    good, bad, last = (file(account_or_link="@akun").case for _number in range(3))
    monkeypatch.setattr(file_gate, "answers_to_index", fails_for(bad, answers_to_index))
    call_command("housekeeping")
    assert set(Case.objects.filter(indexed=True)) == {good, last}
    clock(minutes=6)
    call_command("housekeeping")
    assert heartbeat.status().late == ["identifiers indexed"]
    assert client.get("/readyz").status_code == 503
    monkeypatch.setattr(file_gate, "answers_to_index", answers_to_index)
    call_command("housekeeping")
    assert heartbeat.status().late == []


@pytest.mark.slow
@pytest.mark.logs_errors
def test_one_bad_case_shows_and_stops_no_other_lease_end(file, moderator, monkeypatch, clock):
    bad, good = (perform(file().case, "claim", by=moderator) for _number in range(2))
    monkeypatch.setattr(scheduled_tasks.lifecycle, "perform", fails_for(bad, perform))
    call_command("housekeeping")
    clock(minutes=21)
    call_command("housekeeping")
    assert Case.objects.get(state="triage") == good
    assert heartbeat.status().late == ["leases ended"]


@pytest.mark.slow
def test_missing_key_fails_no_task(restricted, settings, tmp_path, session_keys, clock):
    settings.KEYS_DIR = tmp_path / "desk"
    shutil.copytree(session_keys, settings.KEYS_DIR)
    (settings.KEYS_DIR / "child_safety.private").unlink()
    call_command("housekeeping")
    clock(minutes=6)
    call_command("housekeeping")
    assert not Case.objects.get().indexed
    assert heartbeat.status().late == []


def test_heartbeat_records_when_a_task_last_began(db, clock):
    heartbeat.started("files swept")
    clock(minutes=1)
    heartbeat.started("files swept")
    beat = Heartbeat.objects.get()
    assert beat.started_at - beat.first_at == timedelta(minutes=1)


@pytest.mark.logs_errors
def test_readyz_fails_where_housekeeping_never_ran(client):
    assert client.get("/readyz").json()[RUNS] is False


@pytest.mark.slow
def test_task_of_an_older_version_is_forgotten(client):
    heartbeat.started("a task that is gone")
    call_command("housekeeping")
    assert heartbeat.status().late == []


def test_everyone_at_the_desk_reads_that_housekeeping_is_late(admin_client, settings):
    settings.STAFF_SECOND_FACTOR = False
    assert "manage.py housekeeping" in admin_client.get(reverse("admin:index")).content.decode()
    call_command("housekeeping")
    assert "manage.py housekeeping" not in admin_client.get(reverse("admin:index")).content.decode()


@pytest.mark.slow
@pytest.mark.logs_errors
@pytest.mark.parametrize(("task", "nobody_paged"), [("leases ended", False), (heartbeat.PAGING_TASK, True)])
def test_desk_reads_whether_people_are_still_paged(admin_client, settings, monkeypatch, task, nobody_paged):
    settings.STAFF_SECOND_FACTOR = False
    call_command("housekeeping")
    monkeypatch.setitem(housekeeping.TASKS, task, lambda: 1 / 0)
    Heartbeat.objects.filter(task=task).update(succeeded_at=timezone.now() - timedelta(minutes=6))
    call_command("housekeeping")
    page = admin_client.get(reverse("admin:index"), headers={"Accept-Language": "en"}).text
    assert ("The on-call person is not alerted" in page) is nobody_paged
    assert task in page


@pytest.mark.slow
@pytest.mark.logs_errors
@pytest.mark.parametrize("stopped", [True, False])
def test_desk_reads_what_to_ask_for(admin_client, settings, monkeypatch, stopped):
    settings.STAFF_SECOND_FACTOR = False
    call_command("housekeeping")
    monkeypatch.setitem(housekeeping.TASKS, "leases ended", lambda: 1 / 0)
    later = timezone.now() + timedelta(minutes=6)
    monkeypatch.setattr(timezone, "now", lambda: later)
    if not stopped:
        call_command("housekeeping")
    page = admin_client.get(reverse("admin:index"), headers={"Accept-Language": "en"}).text
    assert ("must run every minute" in page, "look for the cause in the log" in page) == (stopped, not stopped)


@pytest.mark.logs_errors
@pytest.mark.parametrize("error", [DatabaseError, InterfaceError])
def test_round_without_a_database_ends_quietly(monkeypatch, error):
    def fails(_name):
        raise error

    monkeypatch.setattr(housekeeping, "exclusive", fails)
    call_command("housekeeping")


@on_postgresql
@pytest.mark.logs_errors
@pytest.mark.django_db(transaction=True)
def test_round_after_a_lost_connection_works(monkeypatch):
    def lose():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    done = []
    monkeypatch.setattr(housekeeping, "TASKS", {"lost": lose, "later": lambda: done.append(1)})
    call_command("housekeeping")
    assert done == [], "without its lock, another process may be at work"
    monkeypatch.setattr(housekeeping, "TASKS", {"later": lambda: done.append(1)})
    call_command("housekeeping")
    assert done == [1]


@pytest.mark.parametrize("setting", ["RECORD_ANCHOR_DIR", "LEDGER_DIR"])
def test_unit_may_write_what_leaves_the_machine(setting):
    deploy = Path(settings.BASE_DIR, "deploy")
    anchors = re.search(rf"{setting}=(\S+)", (deploy / "env.example").read_text())[1]
    (paths,) = re.findall(r"^ReadWritePaths=(.+)$", (deploy / "housekeeping.service").read_text(), re.MULTILINE)
    assert f"-{anchors}" in paths.split()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_housekeepers_at_once_page_once(file, channel, monkeypatch):
    send = mail_channel.send
    monkeypatch.setattr(mail_channel, "send", lambda pages: time.sleep(0.5) or send(pages))
    file(safety="danger")
    at_once(call_command, "housekeeping", "housekeeping")
    assert len(mail.outbox) == 1


@pytest.mark.slow
@pytest.mark.logs_errors
@pytest.mark.parametrize("backend", ["console", "dummy", "filebased"])
def test_page_is_never_sent_to_a_console(file, channel, settings, backend):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    file(safety="danger")
    call_command("housekeeping")
    assert Notice.objects.get().last_sent_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("housekeeping")
    assert len(mail.outbox) == 1


@pytest.mark.slow
def test_silent_mail_server_does_not_hang_housekeeping(file, channel, settings):
    assert 0 < settings.EMAIL_TIMEOUT <= 30
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT = 0.2
        file(safety="danger")
        call_command("housekeeping")
    assert heartbeat.status().late == []
    assert Notice.objects.get().last_sent_at is None


def test_node_can_leave_housekeeping_to_others(settings, file, channel, capsys):
    settings.HOUSEKEEPING = False
    file(safety="danger")
    call_command("housekeeping", "--every", "60")
    assert mail.outbox == []
    assert "HOUSEKEEPING" in capsys.readouterr().out


def test_housekeeping_log_does_not_show_a_report(file, channel, caplog):
    file(safety="danger")
    with caplog.at_level("DEBUG", "reports.housekeeping"):
        call_command("housekeeping")
    assert len(mail.outbox) == 1
    assert not [record for record in caplog.records if record.name == "reports.housekeeping"]
