"""``manage.py doctor`` says what is wrong and what to do; ``/metrics`` and Sentry get no content."""

import ast
import io
import logging
import re
import threading
from contextlib import contextmanager
from datetime import date, timedelta
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.error import HTTPError

import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from reports.models import Category, OnCallChannel
from reports.staffing import form_finding
from reports.staffing.hours import Roster
from reports.staffing.intake_status import IntakeStatus
from safetycenter import error_reports, heartbeat_files, schema
from safetycenter.doctor import machine, network, on_call, words
from safetycenter.doctor.finding import ADVICE, FAULT, OK

CASE_WORDS = "Mereka mengejek aku tiap hari."


def doctor(*arguments: str) -> tuple[str, bool]:
    """What it prints, and whether it succeeds."""
    out = io.StringIO()
    try:
        call_command("doctor", *arguments, stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error}", False
    return out.getvalue(), True


def test_doctor_knows_every_check():
    files = (site.BASE_DIR / app / "checks.py" for app in ("safetycenter", "reports"))
    ids = {found for file in files for found in re.findall(r'id="([a-z]+\.[EWI]\d+)"', file.read_text())}
    assert words.SETTINGS.keys() == ids
    assert words.READINESS.keys() == site.READINESS_CHECKS.keys()


@pytest.mark.django_db
def test_doctor_says_what_to_do_in_both_languages(settings, monkeypatch):
    settings.READINESS_CHECKS = {"housekeeping runs": "safetycenter.heartbeat.housekeeping_runs"}
    said, succeeded = doctor("--offline", "--language", "en")
    assert not succeeded
    assert "wrong   Housekeeping runs\n        → Start safetycenter-housekeeping." in said
    assert "Things that are wrong: " in said
    said, succeeded = doctor("--offline", "--language", "id")
    assert not succeeded
    assert "salah   Housekeeping berjalan\n        → Jalankan safetycenter-housekeeping" in said


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "said"), [("id", "tidak diawali"), ("en", "does not start with")])
def test_doctor_translates_what_a_check_found(settings, language, said):
    settings.PUBLIC_URL = "http://aman.test"
    assert f"(safetycenter.E004: PUBLIC_URL {said} https://.)" in doctor("--offline", "--language", language)[0]


def test_every_check_has_a_sentence_in_both_languages():
    """A check that is given plain words would be English in the Indonesian doctor."""
    for file in (site.BASE_DIR / app / "checks.py" for app in ("safetycenter", "reports")):
        for call in ast.walk(ast.parse(file.read_text())):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in {"Error", "Warning", "Info"}:
                assert not isinstance(call.args[0], ast.Constant | ast.JoinedStr), ast.unparse(call)


@pytest.mark.django_db
def test_doctor_asks_what_readyz_asks(settings):
    settings.READINESS_CHECKS = {"disk has room": "reports.evidence.store.has_free_space"}
    assert "→ Free some space" not in doctor("--offline", "--language", "en")[0]
    settings.LOW_DISK_MB = 10**12
    assert "→ Free some space" in doctor("--offline", "--language", "en")[0]


@contextmanager
def web_server(status: int, content_type: str):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.end_headers()

        def log_message(self, *args):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "content_type", "level", "advice"),
    [
        (200, "text/css", OK, ""),
        (200, "text/html", FAULT, "nginx.conf"),
        (403, "text/html", FAULT, "chmod 755"),
        (404, "text/html", FAULT, "collectstatic"),
    ],
)
def test_doctor_sees_styles_as_nginx_sends_them(settings, status, content_type, level, advice):
    settings.HOUSEKEEPING = False
    with web_server(status, content_type) as settings.PUBLIC_URL:
        _site, _form, finding = network.findings()
    assert finding.level == level
    assert advice in str(finding.advice)


@pytest.mark.parametrize(
    ("node", "status", "level", "advice"),
    [
        ("desk", 403, ADVICE, "allow"),
        ("desk", 404, FAULT, "collectstatic"),
        ("public", 403, FAULT, "chmod 755"),
        ("all", 403, FAULT, "chmod 755"),
    ],
)
def test_doctor_knows_what_a_refusal_means_at_each_node(settings, node, status, level, advice):
    settings.HOUSEKEEPING, settings.NODE = False, node
    with web_server(status, "text/html") as address:
        settings.PUBLIC_URL = settings.DESK_URL = address
        _site, _form, finding = network.findings()
    assert finding.level == level
    assert advice in str(finding.advice)
    assert ("chmod" in str(finding.advice)) == (advice == "chmod 755")


def test_doctor_names_a_mail_server_that_is_away(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    finding = network._mail()
    assert (finding.level, finding.detail) == (FAULT, "ConnectionRefusedError")
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert network._mail().level == FAULT


def test_doctor_counts_the_days_of_a_certificate():
    assert [network.certificate_finding(days).level for days in (90, 21, 20, 7, 6, -1)] == [
        *(OK, OK, ADVICE, ADVICE, FAULT, FAULT)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("program", "sign", "advice"),
    [
        ("echo yes", "fine    Clock is kept right by a time server\n", ""),
        ("echo no", "better  Clock is kept right by a time server\n", "→ Correct the clock"),
        (
            "exit 1",
            "better  Clock is kept right by a time server (not known)\n",
            "for a container its host: timedatectl",
        ),
        (None, "better  Clock is kept right by a time server (not known)\n", "for a container its host: timedatectl"),
    ],
)
def test_doctor_says_what_systemd_says_of_the_clock(tmp_path, monkeypatch, program, sign, advice):
    if program:
        (tmp_path / "timedatectl").write_text(f"#!/bin/sh\n{program}\n")
        (tmp_path / "timedatectl").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    said, _succeeded = doctor("--offline", "--language", "en")
    assert sign in said
    assert advice in said


@pytest.mark.django_db
def test_doctor_misses_a_backup(settings, tmp_path):
    settings.VAR = tmp_path
    assert [finding.level for finding in machine._backups()] == [ADVICE, ADVICE, ADVICE, ADVICE]
    heartbeat_files.note(heartbeat_files.LAST_BACKUP)
    last, _drill, _keys, missing = machine._backups()
    assert last.level == OK
    assert "LEDGER_DIR tidak ada" in str(missing.advice)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "is_reported", "level"),
    [(None, False, ADVICE), (None, True, FAULT), (4, False, ADVICE), (4, True, FAULT), (2, True, ADVICE)],
)
def test_backups_that_stopped_are_wrong_with_reports(settings, tmp_path, monkeypatch, file, days, is_reported, level):
    settings.VAR = tmp_path
    if is_reported:
        file()
    if days:
        heartbeat_files.note(heartbeat_files.LAST_BACKUP)
        later = timezone.now() + timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda: later)
    assert next(machine._backups()).level == level


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "sign", "is_well"), [(None, "wrong", False), (15, "wrong", False), (13, "fine", True)]
)
def test_doctor_of_a_test_machine_misses_a_drill(settings, tmp_path, monkeypatch, days, sign, is_well):
    settings.VAR, settings.EVIDENCE_DIR, settings.SNAPSHOT_DIR, settings.DRILLS_ONLY = tmp_path, tmp_path, "", True
    if days:
        heartbeat_files.note(heartbeat_files.LAST_DRILL)
        later = timezone.now() + timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda: later)
    said, succeeded = doctor("--language", "en")
    assert re.search(rf"^{sign} +Last drill of a restore", said, re.MULTILINE)
    assert succeeded == is_well
    assert "Database" not in said


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["housekeeping", "backup"])
def test_doctor_of_a_desk_with_drills_only_asks_everything(settings, tmp_path, sign):
    settings.VAR, settings.DRILLS_ONLY = tmp_path, True
    heartbeat_files.note(heartbeat_files.LAST_DRILL)
    if sign == "housekeeping":
        call_command("housekeeping")
    else:
        heartbeat_files.note(heartbeat_files.LAST_BACKUP)
    said, succeeded = doctor("--offline", "--language", "en")
    assert not succeeded
    assert re.search(r"^wrong +Settings and keys \(safetycenter\.E010: DRILLS_ONLY", said, re.MULTILINE)
    assert "Database answers" in said
    assert "Last backup" in said


@pytest.mark.django_db
def test_doctor_before_opening_asks_mail_and_not_the_web_server(settings):
    settings.HOUSEKEEPING, settings.EMAIL_BACKEND = True, "django.core.mail.backends.console.EmailBackend"
    said, _succeeded = doctor("--closed", "--language", "en")
    assert "Mail server" in said
    assert "Styles and scripts" not in said
    assert "Styles and scripts" in doctor("--language", "en")[0]


@pytest.mark.django_db
def test_doctor_looks_at_the_categories_in_the_database(categories):
    assert "reports.E006" not in doctor("--offline", "--language", "en")[0]
    Category.objects.filter(slug="scam").update(slug="of-another-version")
    said, succeeded = doctor("--offline", "--language", "en")
    assert not succeeded
    assert re.search(r"^wrong +Settings and keys \(reports\.E006: .*of-another-version", said, re.MULTILINE)
    assert re.search(r"^better +Settings and keys \(reports\.W004: .*scam", said, re.MULTILINE)


@pytest.mark.django_db
@pytest.mark.safety("H1")
def test_doctor_says_why_nobody_can_report(settings, file, monkeypatch):
    closed = r"^{} +Report form: it is closed \(Name of the operator \(OPERATOR_NAME\); .*; Emergency numbers"
    settings.OPERATOR = settings.OPERATOR | {"name": ""}
    assert re.search(closed.format("better"), doctor("--offline", "--language", "en")[0], re.MULTILINE)
    file()  # from now on somebody may need it
    assert re.search(closed.format("wrong"), doctor("--offline", "--language", "en")[0], re.MULTILINE)
    assert re.search(closed.format("better"), doctor("--offline", "--closed", "--language", "en")[0], re.MULTILINE)
    monkeypatch.setattr(form_finding, "intake_status", lambda: IntakeStatus((), timezone.now(), Roster([])))
    assert "fine    Report form: it is open\n" in doctor("--offline", "--language", "en")[0]


@pytest.mark.django_db
def test_doctor_says_when_the_form_is_closed_for_good(monkeypatch):
    status = IntakeStatus((), timezone.now(), Roster([]), last_day=date(2026, 12, 31))
    monkeypatch.setattr(form_finding, "intake_status", lambda: status)
    said, _succeeded = doctor("--offline", "--language", "en")
    assert ["last day is 31 December 2026" in said, "each of these" in said] == [True, False]


@pytest.mark.django_db
def test_doctor_of_a_public_node_names_the_desk(settings):
    settings.HAS_DESK, settings.DESK_URL = False, "https://desk.example.org"
    settings.OPERATOR = settings.OPERATOR | {"name": ""}
    assert "https://desk.example.org/admin/" in doctor("--offline", "--language", "en")[0]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="there a transaction goes on after an error, as without one")
def test_doctor_goes_on_where_the_database_refuses(monkeypatch):
    monkeypatch.setattr(schema, "_checked_databases", set())  # else whole tables of an earlier test are remembered
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reports_staffedhours RENAME TO gone")
        cursor.execute("ALTER TABLE reports_oncallchannel RENAME TO gone_too")
    said, succeeded = doctor("--offline", "--language", "en")
    assert not succeeded
    assert "Report form" not in said
    assert "wrong   Database: it has the tables of this version" in said
    assert "Last backup" in said


@pytest.mark.parametrize(("status", "level"), [(502, FAULT), (503, FAULT), (403, ADVICE), (404, FAULT)])
def test_doctor_names_the_site_that_does_not_answer(monkeypatch, status, level):
    def answer(request, timeout):
        raise HTTPError(request.full_url, status, "", Message(), None)

    monkeypatch.setattr(network, "urlopen", answer)
    finding = network._site("https://aman.test")
    assert finding.level == level
    assert ("safetycenter-site" in str(finding.advice)) == (status > 500)
    assert ("proxy_pass" in str(finding.advice)) == (status == 404)


@pytest.mark.parametrize(("node", "if_away"), [("all", FAULT), ("public", FAULT), ("desk", ADVICE)])
def test_doctor_asks_for_the_form_as_a_reporter(settings, monkeypatch, node, if_away):
    asked = []
    settings.NODE, settings.DESK_URL, settings.PUBLIC_URL = node, "https://desk.test", "https://aman.test"
    settings.HOUSEKEEPING = False

    def refuse(request, timeout):
        asked.append(request.full_url)
        raise OSError

    monkeypatch.setattr(network, "urlopen", refuse)
    monkeypatch.setattr(network, "_certificate", lambda address: OK)
    _site, form, *_others = network.findings()
    assert asked[1].startswith("https://aman.test/id/lapor")
    assert form.level == if_away


def test_doctor_asks_for_collected_styles(settings, tmp_path):
    settings.HOUSEKEEPING, settings.STATIC_ROOT, settings.PUBLIC_URL = False, tmp_path, "http://127.0.0.1:1"
    manifest = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": manifest}
    site_itself, form, finding = network.findings()
    assert (site_itself.level, form.level) == (FAULT, FAULT)
    assert (finding.level, finding.detail) == (FAULT, "")
    assert "collectstatic" in str(finding.advice)


@pytest.mark.django_db
def test_doctor_names_ways_to_staff_that_nobody_tested(settings):
    settings.SMS_GATEWAY = settings.SMS_GATEWAY | {"url": "https://sms.example/send"}
    OnCallChannel.objects.create(name="piket", kind="ntfy")
    assert [finding.detail for finding in on_call.findings()] == ["ntfy", "SMS"]
    OnCallChannel.objects.create(name="piket", kind="sms", tested_at=timezone.now())
    OnCallChannel.objects.update(tested_at=timezone.now())
    assert [finding.level for finding in on_call.findings()] == [OK]


@pytest.mark.django_db
def test_metrics_need_the_token_and_have_no_count(client, settings, file, monkeypatch):
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "secret-of-prometheus"
    for given in ("", "Bearer ", "Bearer other", "Bearer sécret"):
        assert client.get("/metrics", headers={"authorization": given}).status_code == 404
    allowed = {"authorization": "Bearer secret-of-prometheus"}
    call_command("housekeeping")
    before = client.get("/metrics", headers=allowed).content.decode()
    assert 'safetycenter_ready{check="housekeeping runs"} 1.0' in before
    assert 'safetycenter_ready{check="nobody waits too long"} 1.0' in before
    assert 'safetycenter_housekeeping_succeeded_seconds{task="pages sent"}' in before
    cases = [file().case for _number in range(3)]
    after = client.get("/metrics", headers=allowed).content.decode()
    assert all(float(share) * 20 % 1 == 0 for share in re.findall(r"disk_free_ratio\{\S+ (\S+)", after))
    changing = r"(safetycenter_(?:disk|last|housekeeping)\S+) .*"
    assert re.sub(changing, r"\1", after) == re.sub(changing, r"\1", before)
    type(cases[0]).objects.update(overdue=True)
    assert 'check="nobody waits too long"} 0.0' in client.get("/metrics", headers=allowed).content.decode()


@pytest.mark.logs_errors
@pytest.mark.django_db
def test_readyz_tells_strangers_200_or_503_only(client, settings):
    settings.METRICS_TOKEN = "secret-of-prometheus"
    behind_nginx = {"x-forwarded-for": "203.0.113.9"}
    answer = client.get("/readyz", headers=behind_nginx)
    assert (answer.status_code, answer.json()) == (client.get("/readyz").status_code, {})
    assert client.get("/readyz", REMOTE_ADDR="203.0.113.9").json() == {}
    allowed = behind_nginx | {"authorization": "Bearer secret-of-prometheus"}
    assert "housekeeping runs" in client.get("/readyz", headers=allowed).json()
    assert "housekeeping runs" in client.get("/readyz").json()


@pytest.mark.django_db
def test_metrics_without_a_database_say_what_does_not_hold(client, settings, monkeypatch):
    settings.METRICS_TOKEN = "secret-of-prometheus"

    def no_database(*_arguments):
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", no_database)
    said = client.get("/metrics", headers={"authorization": "Bearer secret-of-prometheus"}).content.decode()
    assert 'safetycenter_ready{check="migrations are applied"} 0.0' in said
    assert 'safetycenter_ready{check="housekeeping runs"} 0.0' in said
    assert "safetycenter_disk_free_ratio{" in said


@pytest.mark.logs_errors
def test_error_reports_have_no_words_or_values():
    sentry_sdk = pytest.importorskip("sentry_sdk")
    sent = []
    error_reports.start("https://key@sentry.test/1")
    client = sentry_sdk.get_client()
    client.transport.capture_envelope = sent.append
    try:
        try:
            secret = CASE_WORDS
            raise ValueError(secret)
        except ValueError:
            logging.getLogger("django.request").exception("at /id/lapor/%s", CASE_WORDS)
    finally:
        sentry_sdk.get_global_scope().set_client(None)
    [event] = [envelope.get_event() for envelope in sent]
    assert CASE_WORDS not in str(event)
    assert event["exception"]["values"][0]["type"] == "ValueError"
    frame = event["exception"]["values"][0]["stacktrace"]["frames"][-1]
    assert frame.keys() <= {"module", "function", "lineno"}
    assert event.keys() <= {*error_reports.KEPT, "logger", "exception"}
