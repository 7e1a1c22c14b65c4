"""PgBouncer between the nodes and PostgreSQL, with the settings and the command of the handbook.

Only its places are of this machine, and there are fewer connections than the nodes have clients, so that some wait.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection

from tests import with_postgres
from tests.containers import FILLED
from tests.handbook import blocks
from tests.nodes.cluster import Way
from tools.bench.load import free_port, wait_for

DATABASE = "pooled"
PLACES = 3  # for each role
USER = "pgserver"  # of tests/with_postgres.py, because neither PostgreSQL nor PgBouncer runs as root
PASSWORDS = {"public": FILLED["PASSWORD_PUBLIC"], "desk": FILLED["PASSWORD_DESK"]}


def program() -> str | None:
    """The path of PgBouncer, if it is installed. Debian has it where only an administrator looks."""
    return shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")


def url(port: int, role: str, password: str) -> str:
    """The DATABASE_URL of a node of the kind ``role``."""
    return f"postgres://safetycenter_{role}:{password}@127.0.0.1:{port}/safetycenter"


@contextmanager
def running(_site: Path) -> Iterator[Way]:
    """PgBouncer in front of DATABASE; yields the way of each node through it. The roles have their rights already."""
    with connection.cursor() as cursor:
        for role, password in PASSWORDS.items():
            cursor.execute(f"ALTER ROLE safetycenter_{role} PASSWORD '{password}'")
    port = free_port()
    with TemporaryDirectory(prefix="pool-") as folder, (Path(folder) / "log").open("wb") as log:
        as_user = ["-u", USER] if os.geteuid() == 0 else []
        command = [program(), *as_user, str(_written(Path(folder), port))]
        with subprocess.Popen(command, stdout=log, stderr=log) as process:
            try:
                wait_for(port)
                yield lambda node: {"DATABASE_URL": url(port, node, PASSWORDS[node]), "DATABASE_POOL": "1"}
            finally:
                process.terminate()


def _written(folder: Path, port: int) -> Path:
    """Write the settings and the list of users as the handbook says; return the path of the settings."""
    shown, command = blocks(settings.BASE_DIR / "docs/operators/en/scale.md")[:2]
    socket = connection.settings_dict["HOST"]
    for theirs, ours in {
        "host=10.0.0.10 dbname=safetycenter": f"host={socket} dbname={DATABASE}",
        "listen_addr = 10.0.0.11": "listen_addr = 127.0.0.1",
        "listen_port = 6432": f"listen_port = {port}",
        "default_pool_size = 20": f"default_pool_size = {PLACES}",
        "/etc/pgbouncer/userlist.txt": f"{folder}/userlist.txt",
    }.items():
        assert shown.count(theirs) == 1, theirs
        shown = shown.replace(theirs, ours)
    written = folder / "pgbouncer.ini"
    written.write_text(f"{shown}unix_socket_dir =\n")  # nobody connects through a socket
    place = {"PATH": f"{with_postgres.programs()}:{os.environ['PATH']}", "PGHOST": socket, "PGDATABASE": DATABASE}
    subprocess.run(["sh", "-ec", command], cwd=folder, env=os.environ | place, check=True)
    if os.geteuid() == 0:
        for path in (folder, written, folder / "userlist.txt"):
            shutil.chown(path, USER)
    return written
