"""The site of ``compose.yaml``, from a copy of this checkout: build, start, ask, stop."""

import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPException, HTTPSConnection
from pathlib import Path

from .engine import Docker
from .images import ROOT

SITE, DESK = "aman.example.org", "desk.example.org"
START_SECONDS = 600
# A port of this machine that is free, instead of 80 and 443.
OVERRIDE = 'services:\n  nginx:\n    ports: !override ["127.0.0.1:0:443"]\n'
ASKED = (
    (SITE, "/id/", 200),
    (SITE, "/id/lapor/", 200),
    (SITE, "/healthz", 200),
    (SITE, "/readyz", 200),
    (SITE, "/admin/", 404),
    (DESK, "/admin/account/login/", 200),
)
BACKGROUND = ("housekeeping", "snapshots")
STOPPED = {"0", "143"}  # by itself, or by SIGTERM; 137 is SIGKILL after the time was over
HARDENED = ("public1", "desk", *BACKGROUND)
WHO = "id -u; grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/self/status; touch /app/x 2>/dev/null && echo written"
AS_NOBODY = ["10001", "CapEff:", "0000000000000000", "NoNewPrivs:", "1", "Seccomp:", "2"]


class Site:
    """The containers of one copy of the checkout."""

    def __init__(self, docker: Docker, folder: Path):
        self.docker, self.folder = docker, folder
        files = "compose.yaml", "override.yaml"
        self.command = [*docker.compose, "-p", "safetycenter-test", *(word for file in files for word in ("-f", file))]

    def compose(self, *arguments: str) -> subprocess.CompletedProcess:
        """Return a finished command of Compose with what it printed, whatever its exit code."""
        command = [*self.command, *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=self.docker.environment, text=True, stdout=subprocess.PIPE, stderr=sys.stderr
        )

    def prepare(self) -> None:
        """Copy what git tracks, and run prepare.sh as the handbook says."""
        for name in subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True).split("\0")[:-1]:
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, self.folder / name)
        prepare = ["deploy/compose/prepare.sh", SITE, DESK]
        environment = self.docker.environment | {"STAFF_NETWORK": "0.0.0.0/0"}
        subprocess.run(prepare, cwd=self.folder, env=environment, check=True, stdout=sys.stderr)
        (self.folder / "override.yaml").write_text(OVERRIDE)

    def status(self, host: str, path: str) -> int:
        """Return the status with which nginx answers, or 0 if it does not."""
        port = self.compose("port", "nginx", "443").stdout.rpartition(":")[2].strip()
        trusted = ssl.create_default_context(cafile=self.folder / "deploy/compose/tls/fullchain.pem")
        connection = _Named(host, int(port or 0), trusted)
        try:
            connection.request("GET", path, headers={"Host": host})
            return connection.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            connection.close()


class _Named(HTTPSConnection):
    """A connection to this machine that asks for the certificate of another name."""

    def __init__(self, name: str, port: int, context: ssl.SSLContext):
        super().__init__("127.0.0.1", port, context=context, timeout=10)
        self._name = name

    def connect(self) -> None:
        super(HTTPSConnection, self).connect()
        self.sock = self._context.wrap_socket(self.sock, server_hostname=self._name)


def faults(docker: Docker, folder: Path) -> list[str]:
    """Return a line for each thing that was not as it should be, in the order in which an operator meets it."""
    site = Site(docker, folder)
    site.prepare()
    try:
        for command in ("build", "--quiet"), ("up", "--detach", "--quiet-pull"):
            if site.compose(*command).returncode:
                return [f"docker compose {' '.join(command)} failed", _logs(site)]
        found = [*_answers(site), *_containers(site), *_stops(site)]
        return [*found, _logs(site)] if found else []
    finally:
        site.compose("down", "--volumes", "--timeout", "1")


def _answers(site: Site) -> Iterator[str]:
    """Ask as a reader, as a reporter and as staff; the first answer may take minutes."""
    until = time.monotonic() + START_SECONDS
    for host, path, expected in ASKED:
        while (status := site.status(host, path)) != expected and time.monotonic() < until:
            time.sleep(2)
        if status != expected:
            yield f"https://{host}{path} answered {status}, not {expected}"


def _containers(site: Site) -> Iterator[str]:
    for name in HARDENED:
        said = site.compose("exec", "-T", name, "sh", "-c", WHO).stdout.split()
        if said != AS_NOBODY:
            yield f"{name} is not closed: {' '.join(said)}"


def _stops(site: Site) -> Iterator[str]:
    """Stop what works in the background: each must end by itself, or an upgrade cuts its work off."""
    for name in BACKGROUND:
        begun = time.monotonic()
        site.compose("stop", name)
        state = site.compose("ps", "--all", "--format", "{{.ExitCode}}", name).stdout.strip()
        print(f"{name} ended with {state} after {time.monotonic() - begun:.0f} s", file=sys.stderr)
        if state not in STOPPED:
            yield f"{name} did not end by itself: {state}"


def _logs(site: Site) -> str:
    return site.compose("logs", "--no-color", "--tail", "30").stdout
