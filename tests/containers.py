"""``compose.yaml`` as plain processes: its environment with places of this machine, and an emulator of the store."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

import yaml
from django.conf import settings
from django.db import connection

from education.management import corrections
from education.management.starter_rows import SAVERS
from education.models import StarterItem
from education.starter import files
from tests import with_postgres
from tests.reports.evidence import emulator
from tools import web_server

ROOT = Path(settings.BASE_DIR)
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"].startswith("safetycenter:")}
ENDING = ("identities", "bucket", "setup")
STARTED = ("public1", "public2", "desk", "housekeeping", "snapshots")
LISTENING = ("public1", "public2", "desk")
GUNICORN = ["gunicorn", "--config", "deploy/gunicorn.conf.py"]
FORM_IS_OPEN = "tests.nodes.site"  # although nobody is on duty
SECRETS = ("SECRET_KEY_PUBLIC", "SECRET_KEY_DESK", "PASSWORD_OWNER", "PASSWORD_PUBLIC", "PASSWORD_DESK")
NAMES = {"SITE_HOST": "aman.example.org", "DESK_HOST": "desk.example.org", "STAFF_NETWORK": "192.0.2.0/24"}
FILLED = {name: f"{name.lower()}_{'x' * 40}" for name in SECRETS} | NAMES


@dataclass
class Store:
    """What answers in place of the container ``files``; ``keys`` by the ids in compose.yaml."""

    port: int
    certificate: Path
    keys: dict[str, dict]
    objects: Callable[[], dict[str, bytes]]  # what is stored, by key


@dataclass
class Machine:
    """Where the processes run: a folder for all volumes, the place of the database in a URL, and the store of files.

    ``own`` is what the operator has written into .env besides, ``file`` what desk.env has.
    """

    folder: Path
    url: str
    store: Store
    own: dict[str, str] = field(default_factory=dict)
    file: dict[str, str] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=lambda: {name: emulator.free_port() for name in LISTENING})

    def filled(self, value: str) -> str:
        """A value of compose.yaml with secrets, and with places of this machine instead of those of a container."""
        own = {f"FILES_SECRET_{name.upper()}": key["SecretAccessKey"] for name, key in self.store.keys.items()}
        given = FILLED | self.own | own
        value = re.sub(r"\$\{(\w+)(?::?[-?]([^}]*))?\}", lambda match: given.get(match[1], match[2] or ""), value)
        value = re.sub(r"postgres://(\w+:\w+)@db:5432/safetycenter", rf"postgres://\1@{self.url}", value)
        value = re.sub(r"(?<![\w/.-])/(keys|ledger|tmp|var|backups|restore)\b", rf"{self.folder}/\1", value)
        value = value.replace("https://files:8443", f"https://127.0.0.1:{self.store.port}")
        return value.replace("/files.pem", str(self.store.certificate))

    def environment(self, name: str) -> dict[str, str]:
        """The environment of the service ``name``. An emulator chooses the ids of its keys itself."""
        values = {key: self.filled(value) for key, value in OURS[name]["environment"].items()}
        if "EVIDENCE_BUCKET_KEY_ID" in values:
            values["EVIDENCE_BUCKET_KEY_ID"] = self.store.keys[values["EVIDENCE_BUCKET_KEY_ID"]]["AccessKeyId"]
        place = {
            "PATH": f"{Path(sys.executable).parent}:{with_postgres.programs()}:{os.environ['PATH']}",
            "BIND": f"127.0.0.1:{self.ports.get(name, 1)}",
        }
        file = self.file if {"path": "desk.env", "required": False} in OURS[name].get("env_file", []) else {}
        return place | file | values | {"DEBUG": "0", "PYTHONUNBUFFERED": "1", "WORKERS": "1"}

    @contextmanager
    def started(self, name: str, *command: str) -> Iterator[subprocess.Popen]:
        """The process of the service ``name``, or ``command`` as that service; stopped at the end."""
        site = FORM_IS_OPEN if name.startswith("public") else "safetycenter.wsgi"
        command = command or OURS[name].get("command", [*GUNICORN, site])
        with self.log(name).open("wb") as log:
            process = subprocess.Popen(
                [*map(self.filled, command)], cwd=ROOT, env=self.environment(name), stdout=log, stderr=log
            )
            try:
                yield process
            finally:
                process.terminate()
                process.wait(30)

    def finished(self, name: str, *command: str) -> str:
        """Run the process of the service ``name`` to its end, which must be a good one. Return what it printed."""
        with self.started(name, *command) as process:
            assert process.wait(300) == 0, self.log(name).read_text()[-2000:]
        return self.log(name).read_text()

    def log(self, name: str) -> Path:
        """What the service ``name`` printed."""
        return self.folder / f"{name}.log"

    def says(self, name: str, python: str) -> str:
        """What ``python`` prints in the site with the environment of the service ``name``."""
        command = ["python", "manage.py", "shell", "--no-imports", "-c", python]
        return subprocess.check_output(command, cwd=ROOT, env=self.environment(name), text=True)


@contextmanager
def store(folder: Path) -> Iterator[Store]:
    """An emulator in place of SeaweedFS, with the rights of evidence-….json, behind the nginx of ``files``."""
    shutil.copytree(ROOT / "deploy", folder / "checkout/deploy")
    prepare(folder / "checkout")
    port, tls = emulator.free_port(), folder / "checkout/deploy/compose/tls-files"
    with emulator.running(folder) as running:
        conf = (ROOT / "deploy/compose/files.conf").read_text()
        (folder / "spool").mkdir()
        places = {
            "/tmp/": f"{folder}/spool/",  # first: the other places may be below it
            "listen 8443": f"listen 127.0.0.1:{port}",
            "http://store:8333": running.address,
            "/tls/": f"{tls}/",
            "/dev/stderr": str(folder / "files.log"),
        }
        for there, here in places.items():
            assert there in conf
            conf = conf.replace(there, here)
        (folder / "files.conf").write_text(conf)
        with subprocess.Popen(web_server.command(folder / "files.conf")) as nginx:
            try:
                yield Store(port, tls / "cert.pem", {**running.keys, "setup": running.keys["admin"]}, running.objects)
            finally:
                nginx.terminate()


def prepare(checkout: Path) -> None:
    """Run prepare.sh in a copy of the checkout, as somebody who is not root."""
    script = [checkout / "deploy/compose/prepare.sh", FILLED["SITE_HOST"], FILLED["DESK_HOST"]]
    subprocess.run(["sh", *script], env=os.environ | {"ROOTLESS": "1"}, check=True, stdout=subprocess.DEVNULL)


def answer(port: int, path: str) -> tuple[int, str]:
    """Status and body of one request."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    response = connection.getresponse()
    return response.status, response.read().decode()


def eventually(port: int, path: str) -> str:
    """The answer with status 200, waited for."""
    last: object = None
    for _attempt in range(240):
        with suppress(OSError):
            last = answer(port, path)
            if last[0] == 200:
                return last[1]
        time.sleep(1)
    raise AssertionError(last)


@contextmanager
def copied_database():
    """A copy of the database of the tests, whose tables are there, without content to load; its place in a URL.

    Roles are let in with their password only, as in the image of PostgreSQL (``tests/with_postgres.py``).
    """
    names = [f"{kind}:{item[key]}" for kind, (_model, key, _save) in SAVERS.items() for item in files.items(kind)]
    digests = [corrections.digest(item) for kind in SAVERS for item in files.items(kind)]
    StarterItem.objects.bulk_create(
        StarterItem(name=name, file_digest=digest) for name, digest in zip(names, digests, strict=True)
    )
    live = connection.settings_dict
    connection.close()
    with connection._nodb_cursor() as cursor:
        # What a thread of an earlier test has left open keeps a database from being copied.
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [live["NAME"]]
        )
        cursor.execute(f"CREATE ROLE safetycenter SUPERUSER LOGIN PASSWORD '{FILLED['PASSWORD_OWNER']}'")
        cursor.execute(f'CREATE DATABASE containers TEMPLATE "{live["NAME"]}"')
    StarterItem.objects.all().delete()
    try:
        yield f"/{live['HOST']}/containers"
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute("DROP DATABASE containers WITH (FORCE)")
            cursor.execute("DROP OWNED BY safetycenter")
            cursor.execute("DROP ROLE safetycenter")


@contextmanager
def empty_database() -> Iterator[str]:
    """A database without tables on the same server, for a restore; its place in a URL."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("CREATE DATABASE after_the_disaster")
    try:
        yield f"/{connection.settings_dict['HOST']}/after_the_disaster"
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute("DROP DATABASE after_the_disaster WITH (FORCE)")


def prepared(folder: Path) -> None:
    """Make the volumes."""
    var = [f"var/{place}" for place in ("www/safetycenter/static", "cache/safetycenter", "lib/safetycenter/store")]
    for place in ("keys/desk", "keys/public", "ledger", "tmp", "backups", *var):
        (folder / place).mkdir(parents=True, mode=0o700)
