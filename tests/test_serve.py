"""``make serve`` in the first hour: env.example filled in, empty folders, the shipped nginx with TLS, a mail server."""

import os
import re
import secrets
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage, HTTPSConnection
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from tests import mail_server, observatory, with_postgres
from tests.certificates import Authority
from tests.reports.evidence.emulator import free_port
from tools import check_deployment, web_server

pytestmark = [
    pytest.mark.processes,
    pytest.mark.slow,
    pytest.mark.xdist_group("serve"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="they start both databases themselves"),
]
HOST = "localhost"  # a name that leads to this machine everywhere
NOT_READY = 503
# What comes after the first hour: a mail to people on call, a backup, a drill, saved keys, a disk for the ledger.
COMES_LATER = {
    "On call: the ways that are set up are tested",
    "Last backup",
    "Last drill of a restore",
    "Last try of the saved keys",
    "Ledger of what was withdrawn and erased",
    "Report form: it is closed",
}
OF_THIS_MACHINE = {"Disk", "Clock is kept right by a time server", "Limit of open files", "Connections to the database"}
ONE_ROLE = "Rights in the database"  # NODE=all has one role, which owns the tables
# What the doctor asks as a reader or a reporter does, over the certificate of the site.
ASKED_THROUGH_NGINX = {
    "The site answers through the web server",
    "The report form answers a reporter",
    "Styles and scripts as a browser gets them",
}
NEEDED = {"Styles and scripts as a browser gets them", "Certificate", "Mail server", "Settings and keys"}


@dataclass
class Served:
    """A running ``make serve``: its environment, its port, that of nginx in front of it, and who signs certificates."""

    environment: dict[str, str]
    port: int
    front: int
    authority: Authority
    tls: Path
    nginx: subprocess.Popen | None = None

    def get(self, path: str, port: int | None = None) -> tuple[int, HTTPMessage, str]:
        """Status, headers and body, asked of nginx or of ``port``."""
        trusted = ssl.create_default_context(cafile=self.authority.file)
        asking = HTTPConnection(HOST, port, timeout=30) if port else HTTPSConnection(HOST, self.front, context=trusted)
        said = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"} if port else {}
        asking.request("GET", path, headers=said)
        response = asking.getresponse()
        return response.status, response.headers, response.read().decode()

    def manage(self, *command: str) -> tuple[int, str]:
        """Exit code and output of a command with the same environment."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def doctor(self) -> tuple[int, dict[str, set[str]], str]:
        """Exit code of the doctor, what it found by its sign, and all that it said."""
        code, said = self.manage("doctor", "--language", "en")
        found: dict[str, set[str]] = {"fine": set(), "better": set(), "wrong": set()}
        for sign, what in re.findall(r"^(fine|better|wrong) +(.+?)(?: \(.*)?$", said, re.MULTILINE):
            found[sign].add(what)
        return code, found, said

    @contextmanager
    def certificate(self, name: str, days: float) -> Iterator[None]:
        """Let nginx show another certificate during the block."""
        self._show(name, days)
        try:
            yield
        finally:
            self._show(HOST, 90)

    def _show(self, name: str, days: float) -> None:
        self.authority.issue(name, days=days, replaces=self.tls)
        self.nginx.send_signal(signal.SIGHUP)
        time.sleep(1)  # nginx says nowhere when its new workers have taken over


def filled(folder: Path, port: int, front: int, mail_port: int, database: str) -> dict[str, str]:
    """The example as an operator fills it in, with an empty environment beside it."""
    own = {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ALLOWED_HOSTS": f"{HOST},aman.test",
        "PUBLIC_URL": f"https://{HOST}:{front}",
        "DATABASE_URL": database,
        "VAR_DIR": f"{folder}/var",
        "KEYS_DIR": "",
        "EVIDENCE_DIR": "",
        "STATIC_ROOT": f"{folder}/static",
        "SNAPSHOT_DIR": f"{folder}/snapshots",
        "RECORD_ANCHOR_MAIL": "",
        "RECORD_ANCHOR_DIR": f"{folder}/anchors",
        "EMAIL_URL": f"smtp+tls://{mail_server.USER}:{mail_server.PASSWORD}@{HOST}:{mail_port}",
        "DEFAULT_FROM_EMAIL": "pesan@kotak-surat.id",
        "SSL_CERT_FILE": f"{folder}/authority.pem",
        "PORT": str(port),
    }
    path = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    given = check_deployment.example() | own | {"WORKERS": "1"}
    return path | {name: value for name, value in given.items() if value}


def wait_until_ready(site: Served, process: subprocess.Popen) -> None:
    """Wait for pages, housekeeping and copies of pages."""
    last: object = None
    for _second in range(600):
        assert process.poll() is None, "make serve ended"
        with suppress(OSError):
            last = site.get("/readyz", site.port)
            if last[0] != NOT_READY:
                return
        time.sleep(1)
    raise AssertionError(last)


@contextmanager
def running(folder: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen]:
    """``make serve``, which installs nothing here, and everything that it starts."""
    with (folder / "log").open("wb") as log:
        command = ["make", "--old-file", ".venv/.installed", "serve"]
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(60)


@contextmanager
def new_database(kind: str) -> Iterator[str]:
    """The URL of an empty database of the site's own role; empty for SQLite."""
    if kind == "sqlite":
        yield ""
        return
    with with_postgres.server() as url:
        host = url.removeprefix("postgres://postgres@/").removesuffix("/postgres")
        asked = psycopg2.connect(host=host, user="postgres", dbname="postgres")
        asked.autocommit = True
        for statement in ("CREATE ROLE aman LOGIN", "CREATE DATABASE aman OWNER aman"):
            asked.cursor().execute(statement)
        asked.close()
        yield f"postgres://aman@/{host}/aman"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(request) -> Iterator[Served]:
    """The site, ready, behind nginx as another user."""
    with TemporaryDirectory(prefix="serve-") as name, new_database(request.param) as database:
        folder, port, front = Path(name), free_port(), free_port()
        folder.chmod(0o755)
        authority = Authority(folder)
        tls = authority.issue(HOST)
        with mail_server.running(tls) as mail:
            served = Served(filled(folder, port, front, mail.port, database), port, front, authority, tls)
            with running(folder, served.environment) as process:
                wait_until_ready(served, process)
                written = web_server.configuration(folder, front, port, tls=tls)
                with subprocess.Popen(web_server.command(written)) as served.nginx:
                    try:
                        time.sleep(1)
                        yield served
                    finally:
                        served.nginx.terminate()


def test_doctor_finds_nothing_wrong(site):
    code, found, said = site.doctor()
    assert (code, found["wrong"]) == (0, set()), said
    allowed = COMES_LATER | OF_THIS_MACHINE
    assert found["better"] <= allowed | ({ONE_ROLE} if "DATABASE_URL" in site.environment else set()), said
    assert found["fine"] >= NEEDED | {"Housekeeping runs"}
    assert "Nothing is wrong." in said


@pytest.mark.parametrize(
    ("name", "days", "detail"),
    [(HOST, 5.5, "Certificate (5)"), ("elsewhere.test", 90, "mismatch"), (HOST, -0.5, "expired")],
)
@pytest.mark.parametrize("site", ["sqlite"], indirect=True)
def test_doctor_refuses_a_certificate_that_browsers_refuse(site, name, days, detail):
    with site.certificate(name, days):
        code, found, said = site.doctor()
    assert code == 1
    assert {"Certificate"} <= found["wrong"] <= {"Certificate"} | ASKED_THROUGH_NGINX, said
    assert detail in said


def test_deployment_check_finds_nothing(site):
    code, said = site.manage("check", "--deploy", "--fail-level", "INFO")
    assert code == 0, said
    assert "no issues" in said


def test_pages_and_hashed_assets_have_the_best_rating(site):
    _status, _headers, home = site.get("/id/")
    [style] = set(re.findall(r'href="(/static/css/base\.[0-9a-f]{12}\.css)"', home))
    paths = ["/id/", "/en/guides/", "/id/lapor/", "/id/kabar/", "/id/cari/", "/id/tidak-ada/", style]
    answers = {path: site.get(path) for path in paths}
    answers["/admin/login/"] = site.get(reverse("account_login"), site.port)
    for path, (status, headers, page) in answers.items():
        assert status in {200, 404}, path
        cookies = headers.get_all("Set-Cookie", [])
        assert observatory.score(dict(headers), cookies, page) >= observatory.A_PLUS, path
