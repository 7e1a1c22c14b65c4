"""nginx of ``compose.yaml`` as shipped, with TLS, in front of plain processes, and people who reach it by name."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path

from tests.containers import ROOT, SERVICES, Machine
from tests.faults.visitor import Visitor
from tests.reports.evidence.emulator import free_port
from tools import web_server
from tools.bench.browser import Browser
from tools.bench.load import wait_for


@dataclass
class Web:
    """The running nginx: its ports with TLS and without, and what the browsers trust."""

    port: int
    plain: int
    trusted: ssl.SSLContext

    def secured(self, name: str) -> ssl.SSLSocket:
        """A connection to the server ``name``. Raises SSLError unless it has a certificate for it."""
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        return self.trusted.wrap_socket(raw, server_hostname=name)


class _Connection(HTTPSConnection):
    """A connection to a name that leads to the nginx of the test."""

    def __init__(self, name: str, web: Web) -> None:
        super().__init__(name)
        self.web = web

    def connect(self) -> None:
        """Connect."""
        self.sock = self.web.secured(self.host)


class _Named:
    """A browser of people who type the name of a site."""

    def __init__(self, name: str, web: Web, cookies: dict[str, str] | None = None) -> None:
        super().__init__(web.port, cookies)
        self.connection, self.name = _Connection(name, web), name

    def _response(self, method, path, body, headers):
        self.connection.close()
        self.connection.request(method, path, body, headers | {"Origin": f"https://{self.name}"})
        return self.connection.getresponse()


class Reader(_Named, Visitor):
    """A phone."""


class Staff(_Named, Browser):
    """A browser of staff, with the cookie of a session."""


@contextmanager
def started(machine: Machine, tls: Path) -> Iterator[Web]:
    """Run nginx.sh with the certificate in ``tls``. Only ports, folders and names of containers are of this machine.

    Its workers run as root: the folders of the tests are closed to others.
    """
    web = Web(free_port(), free_port(), ssl.create_default_context(cafile=tls / "fullchain.pem"))
    folder, conf = machine.folder, machine.folder / "site.conf"
    spools = "".join(f"{name}_temp_path {folder}/tmp/{name}; " for name in web_server.SPOOLS)
    http = f"types {{ {web_server.TYPES} }} {spools} include {conf};"
    main = folder / "nginx.conf"
    main.write_text(f"user root; pid {folder}/pid; error_log {folder}/nginx.log; events {{}} http {{ {http} }}")
    there = {
        "listen 80;": f"listen 127.0.0.1:{web.plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{web.port} ssl;",
        "/tls/": f"{tls}/",
        "/var/": f"{folder}/var/",
        f"{folder}/var/log/nginx/": f"{folder}/",
        **{f"{name}:8000": f"127.0.0.1:{port}" for name, port in machine.ports.items()},
    }
    edits = " ".join(f"-e 's#{old}#{new}#g'" for old, new in there.items())
    begun = folder / "begun/nginx"
    begun.parent.mkdir()
    run = f'exec {shutil.which("nginx")} -e {folder}/nginx.log -p {folder} -c {main} "$@"'
    # Only the first time: later it is asked to test what it has, and to read it again.
    begun.write_text(f'#!/bin/sh\n[ "$1" != -g ] || sed -i {edits} "$CONF"\n{run}\n')
    begun.chmod(0o755)
    given = {name: machine.filled(value) for name, value in SERVICES["nginx"]["environment"].items()}
    place = {"TEMPLATE": str(ROOT / "deploy/nginx.conf"), "CONF": str(conf), "TLS": str(tls), "RELOAD_SECONDS": "1"}
    place["PAGES"] = f"{folder}/var/cache/safetycenter"
    environment = given | place | {"PATH": f"{begun.parent}:/usr/sbin:/usr/bin:/bin"}
    with subprocess.Popen(["sh", ROOT / "deploy/compose/nginx.sh"], env=environment) as process:
        try:
            wait_for(web.port)
            yield web
        finally:
            process.terminate()
