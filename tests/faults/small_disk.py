"""A PostgreSQL whose whole data folder, its log of changes too, lies on a small disk that a test fills and frees.

The disk is a tmpfs in a separate mount namespace, which root alone may make; nothing of it stays behind.
"""

import os
import pwd
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

import psycopg2

from tests import with_postgres

SIZE = 160  # megabytes
USER = "pgserver"  # the user of tests/with_postgres.py, because PostgreSQL does not run as root
# An answer means that the change is on the disk; small segments, so that the log of changes needs room soon.
SETTINGS = ["synchronous_commit=on", "listen_addresses=", "max_wal_size=8MB", "min_wal_size=2MB", "shared_buffers=32MB"]


def is_possible() -> bool:
    """Return whether this process may mount a disk in a mount namespace."""
    mount = ["unshare", "--mount", "mount", "-t", "tmpfs", "-o", "size=1m", "none", "/mnt"]
    return os.geteuid() == 0 and subprocess.run(mount, check=False).returncode == 0


class SmallDisk:
    """The server and its disk."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data, self.socket = folder, folder / "data", folder / "socket"
        user = pwd.getpwnam(USER)
        for place in (self.data, self.socket):
            place.mkdir()
            os.chown(place, user.pw_uid, user.pw_gid)
        options = f"size={SIZE}m,uid={user.pw_uid},gid={user.pw_gid},mode=0700"
        mounts = f"mount -t tmpfs -o {options} none {self.data} && echo ready && exec sleep 3600"
        self.holder = subprocess.Popen(["unshare", "--mount", "sh", "-c", mounts], stdout=subprocess.PIPE, text=True)
        self.process: subprocess.Popen | None = None
        if self.holder.stdout.readline() != "ready\n":
            raise OSError("This machine lets nobody mount a tmpfs.")
        self.disk = Path(f"/proc/{self.holder.pid}/root{self.data}")
        subprocess.run(self._inside("initdb", "--wal-segsize=1", "-A", "trust", "-U", "postgres"), check=True)

    def _inside(self, program: str, *arguments: str) -> list[str]:
        """The command of a program of PostgreSQL that sees the disk."""
        there = ["nsenter", f"--mount=/proc/{self.holder.pid}/ns/mnt"]
        as_user = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
        return [*there, *as_user, str(with_postgres.programs() / program), "-D", str(self.data), *arguments]

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
    def full(self, room: int = 0) -> Iterator[None]:
        """Leave only ``room`` bytes free during the block; afterwards an operator starts what has ended."""
        ballast, free = self.disk / "ballast", os.statvfs(self.disk)
        with ballast.open("wb") as file, suppress(OSError):
            file.write(b"x" * max(0, free.f_bavail * free.f_frsize - room))
        try:
            yield
        finally:
            ballast.unlink()
            self.start()

    def end(self) -> None:
        """Stop the server, and let the disk go."""
        for process in (self.process, self.holder):
            if process:
                process.terminate()
                process.wait(30)


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
