"""``make serve`` in the first hour: env.example filled in, empty folders, and the shipped nginx in front."""

import os
import re
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.conf import settings
from django.urls import reverse

from tests import observatory
from tests.reports.evidence.emulator import free_port
from tools import check_deployment, web_server

pytestmark = [pytest.mark.processes, pytest.mark.slow, pytest.mark.xdist_group("serve")]
HOST = "aman.test"  # a name that nobody can own
NOT_READY = 503
# What the doctor finds because this machine has no real domain, certificate or mail server.
NEEDS_A_REAL_SITE = {"Styles and scripts as a browser gets them", "Certificate", "Mail server"}
# What comes after the first hour: a mail to people on call, a backup, a drill, saved keys, a disk for the ledger.
COMES_LATER = {
    "On call: the ways that are set up are tested",
    "Last backup",
    "Last drill of a restore",
    "Last try of the saved keys",
    "Ledger of what was withdrawn and erased",
}
OF_THIS_MACHINE = {"Disk", "Clock is kept right by a time server", "Limit of open files"}


@dataclass
class Served:
    """A running ``make serve``: its environment, its port and that of nginx in front of it."""

    environment: dict[str, str]
    port: int
    front: int

    def get(self, path: str, port: int | None = None) -> tuple[int, HTTPMessage, str]:
        """Status, headers and body, asked of nginx or of ``port``."""
        connection = HTTPConnection("127.0.0.1", port or self.front, timeout=30)
        host = HOST if port else "example.org"  # the name in the shipped nginx.conf
        connection.request(
            "GET", path, headers={"Host": host, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
        )
        response = connection.getresponse()
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


def filled(folder: Path, port: int) -> dict[str, str]:
    """The example as an operator fills it in, with an empty environment beside it."""
    own = {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ALLOWED_HOSTS": f"{HOST},example.org",
        "PUBLIC_URL": f"https://{HOST}",
        "DATABASE_URL": "",
        "VAR_DIR": f"{folder}/var",
        "KEYS_DIR": "",
        "EVIDENCE_DIR": "",
        "STATIC_ROOT": f"{folder}/static",
        "SNAPSHOT_DIR": f"{folder}/snapshots",
        "RECORD_ANCHOR_MAIL": "",
        "RECORD_ANCHOR_DIR": f"{folder}/anchors",
        "EMAIL_URL": f"smtp+tls://user:password@mail.{HOST}:587",
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


@pytest.fixture(scope="module")
def site() -> Iterator[Served]:
    """The site, ready, behind nginx as another user."""
    with TemporaryDirectory(prefix="serve-") as name:
        folder, port, front = Path(name), free_port(), free_port()
        folder.chmod(0o755)
        served = Served(filled(folder, port), port, front)
        with running(folder, served.environment) as process:
            wait_until_ready(served, process)
            written = web_server.configuration(folder, front, port, scheme="https")
            with subprocess.Popen(web_server.command(written)) as nginx:
                try:
                    time.sleep(1)
                    yield served
                finally:
                    nginx.terminate()


def test_doctor_finds_only_what_needs_a_real_site(site):
    _code, said = site.manage("doctor", "--language", "en")
    found = re.findall(r"^(fine|better|wrong) +(.+?)(?: \(.*)?$", said, re.MULTILINE)
    assert {what for sign, what in found if sign == "wrong"} == NEEDS_A_REAL_SITE, said
    assert {what for sign, what in found if sign == "better"} <= COMES_LATER | OF_THIS_MACHINE, said
    assert {what for sign, what in found if sign == "fine"} >= {"Settings and keys", "Housekeeping runs"}


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
