"""Small disks that a test fills and frees: for folders of a site, and for the whole data folder of a PostgreSQL.

A disk is a tmpfs in a separate mount namespace, which root alone may make; nothing of it stays behind.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

import psycopg2

from tests import with_postgres

ROOT = Path(__file__).resolve().parent.parent.parent
SIZE = 160  # megabytes
USER = "pgserver"  # the user of tests/with_postgres.py, because PostgreSQL does not run as root
# An answer means that the change is on the disk; small segments, so that the log of changes needs room soon.
SETTINGS = ["synchronous_commit=on", "listen_addresses=", "max_wal_size=8MB", "min_wal_size=2MB", "shared_buffers=32MB"]


def is_possible() -> bool:
    """Return whether this process may mount a disk in a mount namespace."""
    mount = ["unshare", "--mount", "mount", "-t", "tmpfs", "-o", "size=1m", "none", "/mnt"]
    return os.geteuid() == 0 and subprocess.run(mount, check=False).returncode == 0


class Disks:
    """A disk on each of ``folder``'s folders that ``sizes`` names, with so many megabytes for ``user``.

    Only processes that are started with ``inside`` have it there; ``seen`` is the way to it for others. SQLite
    needs the first, because it follows that way to a place that it does not have.
    """

    def __init__(self, folder: Path, sizes: dict[str, float], user: str = "root") -> None:
        self.folder, owner, mounts = folder, pwd.getpwnam(user), []
        for name, size in sizes.items():
            (folder / name).mkdir()
            options = f"size={int(size * 1024)}k,uid={owner.pw_uid},gid={owner.pw_gid},mode=0700"
            mounts.append(f"mount -t tmpfs -o {options} none {folder / name}")
        command = " && ".join([*mounts, "echo ready", "exec sleep 3600"])
        self.holder = subprocess.Popen(["unshare", "--mount", "sh", "-c", command], stdout=subprocess.PIPE, text=True)
        if self.holder.stdout.readline() != "ready\n":
            raise OSError("This machine lets nobody mount a tmpfs.")

    def inside(self, *command: str) -> list[str]:
        """A command that finds the disks on the folders, and the project in the current one."""
        there = ["nsenter", f"--mount=/proc/{self.holder.pid}/ns/mnt"]
        return [*there, "sh", "-c", 'cd "$0" && exec "$@"', str(ROOT), *command]

    def seen(self, name: str) -> Path:
        """Where this process finds the folder ``name``."""
        return Path(f"/proc/{self.holder.pid}/root{self.folder}") / name

    @contextmanager
    def full(self, name: str, room: int = 0) -> Iterator[None]:
        """Leave only ``room`` bytes free on the disk ``name`` during the block."""
        ballast, free = self.seen(name) / "ballast", os.statvfs(self.seen(name))
        with ballast.open("wb") as file, suppress(OSError):
            file.write(b"x" * max(0, free.f_bavail * free.f_frsize - room))
        try:
            yield
        finally:
            ballast.unlink()

    def end(self) -> None:
        """Let the disks go."""
        self.holder.terminate()
        self.holder.wait(30)


class SmallDisk(Disks):
    """A PostgreSQL and its disk."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data, self.socket = folder, folder / "data", folder / "socket"
        self.socket.mkdir()
        shutil.chown(self.socket, USER, USER)
        self.process: subprocess.Popen | None = None
        super().__init__(folder, {"data": SIZE}, USER)
        subprocess.run(self._inside("initdb", "--wal-segsize=1", "-A", "trust", "-U", "postgres"), check=True)

    def _inside(self, program: str, *arguments: str) -> list[str]:
        """The command of a program of PostgreSQL that sees the disk."""
        as_user = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
        return self.inside(*as_user, str(with_postgres.programs() / program), "-D", str(self.data), *arguments)

    def start(self) -> None:
        """Start the server, unless it runs, and wait until it answers."""
        if self.process is None or self.process.poll() is not None:
            options = [word for setting in SETTINGS for word in ("-c", setting)]
            with (self.folder / "log").open("ab") as log:
                command = self._inside("postgres", "-k", str(self.socket), *options)
                self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/")
        for _attempt in range(300):
            with suppress(psycopg2.OperationalError):
                return psycopg2.connect(host=str(self.socket), user="postgres", dbname="postgres").close()
            time.sleep(0.1)
        raise AssertionError((self.folder / "log").read_text()[-2000:])

    def get_postmaster_info(self) -> SimpleNamespace:
        """Where it listens, as the server of the package says it."""
        return SimpleNamespace(socket_dir=self.socket)

    @contextmanager
    def full(self, name: str = "data", room: int = 0) -> Iterator[None]:
        """Leave only ``room`` bytes free during the block; afterwards an operator starts what has ended."""
        try:
            with super().full(name, room):
                yield
        finally:
            self.start()

    def end(self) -> None:
        """Stop the server, and let the disk go."""
        if self.process:
            self.process.terminate()
            self.process.wait(30)
        super().end()


@contextmanager
def mounted(sizes: dict[str, float]) -> Iterator[Disks]:
    """A disk for each name, with so many megabytes."""
    with tempfile.TemporaryDirectory(prefix="small-disk-") as folder:
        disks = Disks(Path(folder), sizes)
        try:
            yield disks
        finally:
            disks.end()


@contextmanager
def running() -> Iterator[SmallDisk]:
    """A running server on a small disk."""
    with with_postgres.running(), tempfile.TemporaryDirectory(prefix="small-disk-") as folder:
        Path(folder).chmod(0o755)
        disk = SmallDisk(Path(folder))
        try:
            disk.start()
            yield disk
        finally:
            disk.end()
