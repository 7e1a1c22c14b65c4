"""Two public nodes, a desk and housekeeping behind the shipped nginx, as plain processes over one PostgreSQL.

Each node has its own role of ``deploy/grants.sql``; the public ones have no private key.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from io import StringIO
from pathlib import Path

import psutil
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection

from reports.crypto.vault import keys
from tests.upgrade.database import empty_database
from tools import web_server
from tools.bench.load import free_port, wait_for

ROOT = Path(settings.BASE_DIR)
GUNICORN = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
# What compose.yaml gives to a public node.
OF_A_PUBLIC_NODE = ("desk.public", "child_safety.public", "receipt.private", "receipt.public")
LOST = (OSError, ValueError)
# What the environment of a public node or of a desk has besides, by its kind: the way to the database.
Way = Callable[[str], dict[str, str]]
STAFF = {"moderator": "moderator", "second": "moderator", "editor": "editor", "publisher": "publisher"}


class Process:
    """A process of the site that can be stopped, killed and started again; its output is in ``NAME.log``."""

    def __init__(self, name: str, folder: Path, command: list[str], environment: dict, code: Path = ROOT) -> None:
        self.name, self.folder, self.command, self.code = name, folder, command, code
        self.environment = os.environ | environment
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start it."""
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=self.code, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def stop(self) -> None:
        """Let it finish what it does, as an operator stops it."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(40)

    def kill(self) -> None:
        """End it with all its workers at once, as a machine that fails."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)


class Node(Process):
    """gunicorn with ``deploy/gunicorn.conf.py`` on its own port: one worker, to save the tests' time."""

    def __init__(self, name: str, folder: Path, environment: dict, code: Path = ROOT) -> None:
        self.port = free_port()
        environment = environment | {"BIND": f"127.0.0.1:{self.port}", "WORKERS": "1", "THREADS": "4"}
        # An earlier version has no module of these tests.
        module = "tests.nodes.site" if code == ROOT else "tools.bench.open_form"
        super().__init__(name, folder, [*GUNICORN, module], environment, code)

    def wait(self) -> None:
        """Return when it answers ``/readyz`` with 200 but for housekeeping, which may not have run yet."""
        wait_for(self.port)
        within(30, lambda: self.readyz() <= {"housekeeping runs", "counters agree with a recount"}, self.readyz)

    def workers(self) -> set[int]:
        """Return the ids of its workers."""
        return {child.pid for child in psutil.Process(self.process.pid).children()}

    def readyz(self) -> set[str]:
        """Return what ``/readyz`` says is wrong."""
        asking = HTTPConnection("127.0.0.1", self.port, timeout=20)
        asking.request("GET", "/readyz")
        return {name for name, fine in json.loads(asking.getresponse().read()).items() if fine is False}


class Cluster:
    """All processes of one site; ``port`` is nginx."""

    def __init__(self, folder: Path, code: Path = ROOT, way: Way = lambda _node: {}) -> None:
        """``code`` is what the public nodes run at first."""
        self.folder, self.port, self.way = folder, free_port(), way
        self.keys, self.public_keys = folder / "keys", folder / "public-keys"
        _prepare_keys(self.keys, self.public_keys)
        _prepare_static(folder, code)
        self.a, self.b = self.public_node("a", code), self.public_node("b", code)
        self.desk = Node("desk", folder, self.environment("desk"))
        every = [sys.executable, "manage.py", "housekeeping", "--every", "1"]
        self.housekeeping = Process("housekeeping", folder, every, self.environment("desk"))
        self.nginx: subprocess.Popen | None = None

    def public_node(self, name: str, code: Path = ROOT) -> Node:
        """Return a public node that is not started yet."""
        return Node(name, self.folder, self.environment("public"), code)

    def environment(self, node: str) -> dict[str, str]:
        """Return the environment of a public node or of the desk, like that of compose.yaml."""
        live = connection.settings_dict
        own = self.folder / node
        shared = {name: str(self.folder / name.lower()) for name in ("EVIDENCE_DIR", "PICTURES_DIR")}
        return shared | {
            "DJANGO_SETTINGS_MODULE": "safetycenter.settings",
            "NODE": node,
            "DEBUG": "0",
            "ALLOWED_HOSTS": "127.0.0.1,desk.example.org",
            "TRUSTED_PROXIES": "1",
            "STAFF_SECOND_FACTOR": "0",
            "SECRET_KEY": settings.SECRET_KEY if node == "desk" else "of-both-public-nodes-" * 3,
            "DATABASE_URL": f"postgres://safetycenter_{node}@/{live['HOST']}/{live['NAME']}",
            "VAR_DIR": str(own),
            "KEYS_DIR": str(self.keys if node == "desk" else self.public_keys),
            "LEDGER_DIR": str(self.folder / "ledger"),
            "STATIC_ROOT": str(self.folder / "static"),
            "LOG_LEVEL": "WARNING",
            **self.way(node),
        }

    def serve(self, *without: Node) -> None:
        """Let nginx pass requests on to the public nodes but those ``without``; start it, or let it read that again."""
        down = dict.fromkeys(without, " down")
        servers = " ".join(f"server 127.0.0.1:{node.port}{down.get(node, '')};" for node in (self.a, self.b))
        written = web_server.configuration(self.folder, self.port, servers, self.desk.port, scheme="https")
        if self.nginx is None:
            self.nginx = subprocess.Popen(web_server.command(written))
            wait_for(self.port)
        else:
            self.nginx.send_signal(signal.SIGHUP)
            time.sleep(0.5)  # nginx says nowhere when its new workers have taken over

    @contextmanager
    def running(self) -> Iterator["Cluster"]:
        """Start everything; stop it at the end."""
        with ExitStack() as ends:
            for process in (self.a, self.b, self.desk, self.housekeeping):
                ends.callback(process.stop)
                process.start()
            for node in (self.a, self.b, self.desk):
                node.wait()
            ends.callback(self.stop_nginx)
            self.serve()
            yield self

    def stop_nginx(self) -> None:
        """Stop nginx, if it runs."""
        if self.nginx:
            self.nginx.terminate()
            self.nginx.wait(20)


@contextmanager
def straight(_folder: Path) -> Iterator[Way]:
    """The way of nodes that are connected to PostgreSQL itself."""
    yield lambda _node: {}


@contextmanager
def running_site(
    ways: Callable[[Path], AbstractContextManager[Way]] = straight, database: str | None = None
) -> Iterator[Cluster]:
    """A running site with categories and staff on a new database, to which this process is connected as the owner.

    ``ways`` starts what is between the nodes and PostgreSQL; ``database`` is the name of the database, if it matters.
    """
    with tempfile.TemporaryDirectory(prefix="nodes-") as folder, empty_database(Path(folder), database):
        Path(folder).chmod(0o755)  # nginx runs as another user
        call_command("migrate", verbosity=0)
        call_command("load_categories", stdout=StringIO())
        for name, role in STAFF.items():
            User.objects.create_user(name, is_staff=True).groups.set(Group.objects.filter(name=role))
        grant()
        with ways(Path(folder)) as way, Cluster(Path(folder), way=way).running() as cluster:
            yield cluster


def grant(code: Path = ROOT) -> None:
    """Give the roles of a version their rights."""
    with connection.cursor() as cursor:
        cursor.execute((code / "deploy/grants.sql").read_text())


def within(seconds: float, holds, told=lambda: None) -> float:
    """Return after how many seconds ``holds()`` was true. Raises AssertionError with what is ``told`` otherwise."""
    begun = time.monotonic()
    while (passed := time.monotonic() - begun) < seconds:
        with suppress(*LOST):
            if holds():
                return passed
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s: {told()}")


def _prepare_keys(desk: Path, public: Path) -> None:
    """Make the keys of the desk, and of the public nodes, which share one folder."""
    keys.make(desk)
    public.mkdir()
    for name in OF_A_PUBLIC_NODE:
        shutil.copy(desk / name, public / name)
    has_desk, folder = settings.HAS_DESK, settings.KEYS_DIR
    settings.HAS_DESK, settings.KEYS_DIR = False, public
    keys.make(public)
    settings.HAS_DESK, settings.KEYS_DIR = has_desk, folder
    shutil.copy(public / "node.public", desk / "node-public.public")


def _prepare_static(folder: Path, code: Path) -> None:
    """Write the list of static files, those of ``code`` too, without the half minute that compressing them takes."""
    paths = {path: path for finder in finders.get_finders() for path, _storage in finder.list([])}
    earlier = [path.relative_to(code / "static").as_posix() for path in (code / "static").rglob("*.*")]
    paths |= dict(zip(earlier, earlier, strict=True))
    (folder / "static").mkdir()
    (folder / "static/staticfiles.json").write_text(json.dumps({"paths": paths, "version": "1.1", "hash": ""}))
