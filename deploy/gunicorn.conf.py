"""gunicorn's settings: threads, one copy of the code for all workers, no access log, an error log without content.

The main process loads the application before it makes workers (docs/decisions/workers.md).
"""

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
from contextlib import suppress

from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

M_ARENA_MAX = -8  # of mallopt, in malloc.h of the GNU C library
BEFORE = "WORKERS_BEFORE_RELOAD"  # the process ids, for the program that takes over


class Silent(Logger):
    """Says nothing of requests. With ``logconfig_dict`` gunicorn would put a line together for each, to be dropped."""

    def access(self, *_request) -> None:
        """Not even prepare a line: it would hold address, referrer and browser of a visitor."""


def _share_arenas() -> None:
    """Let all threads of a process take memory from two places instead of one for each thread.

    Each place keeps what its threads gave back, 1 to 2 MB. Threads of Python rarely take memory at the same moment
    (docs/decisions/workers.md). Another C library than GNU's has no such places. GNU's has a variable for them, which
    an operator may have set.
    """
    if "MALLOC_ARENA_MAX" not in os.environ:
        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)


def on_starting(_server) -> None:
    """Read the passphrase of locked keys before there are workers: only one process can read a file descriptor."""
    from safetycenter import own_memory

    _share_arenas()
    own_memory.close()  # keys may be in the environment
    if descriptor := os.environ.get("KEYS_PASSPHRASE_FD"):
        from reports.crypto.vault import passphrase

        passphrase.read_from(int(descriptor))


def when_ready(server) -> None:
    """Load the application once for all workers. The sockets are open: who comes meanwhile waits, and is not refused.

    An application that cannot be loaded ends the server, as when a worker cannot load it. After a reload, the
    workers of before finish what they do.
    """
    try:
        server.app.wsgi()
    except Exception:
        server.log.exception("Exception in worker process")  # a sentence that safetycenter.logs knows
        sys.exit(Arbiter.APP_LOAD_ERROR)
    from django.db import connections

    from safetycenter import shared_start

    shared_start.read()
    connections.close_all()  # two processes would write into one connection
    gc.collect()
    gc.freeze()  # else the first collection in a worker writes to every object, and nothing stays shared
    for worker in os.environ.pop(BEFORE, "").split():
        with suppress(ProcessLookupError):
            os.kill(int(worker), signal.SIGTERM)


def on_reload(server) -> None:
    """Become a new program with the same process id and sockets: new workers alone would have the code of before.

    The workers answer until it has loaded.
    """
    if os.environ.get("KEYS_PASSPHRASE_FD"):
        from reports.crypto.vault import passphrase

        os.environ["KEYS_PASSPHRASE_FD"] = str(passphrase.hand_on())
    # What gunicorn gives to a new program after SIGUSR2. Its own process id means: no other main process lives.
    os.environ["GUNICORN_PID"] = str(os.getpid())
    os.environ["GUNICORN_FD"] = ",".join(str(listener.fileno()) for listener in server.LISTENERS)
    os.environ[BEFORE] = " ".join(map(str, server.WORKERS))
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # until the new program listens to signals, one would end it
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 (its own command line)


def post_worker_init(_worker) -> None:
    """Read what the first search would wait for, beside the first visitors. Keep SQLite readable on a full disk."""
    from django.db import connection

    from safetycenter import sqlite_keeper
    from safetycenter.page_cache import per_version

    sqlite_keeper.keep_open()

    def warm_up() -> None:
        per_version.warm_up()
        connection.close()
        sqlite_keeper.keep_open_soon()

    threading.Thread(target=warm_up, daemon=True).start()


bind = os.environ.get("BIND", "127.0.0.1:8000")
# Threads, because a worker that serves one visitor at a time is killed during a slow upload.
worker_class = "gthread"
workers = int(os.environ.get("WORKERS") or multiprocessing.cpu_count())
threads = int(os.environ.get("THREADS") or 8)
timeout = 60
graceful_timeout = 30
control_socket_disable = True  # nobody asks it, and its place cannot be written
keepalive = 15
# A guard against memory that grows, no more: a new worker starts with no page kept and takes seconds of processor time.
# At 20,000 readers had half of the speed (docs/decisions/published-pages.md).
max_requests = 1_000_000
max_requests_jitter = 100_000
# Nothing that a visitor sends may reach a disk unsealed; the heartbeat file is the only one gunicorn writes.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
accesslog = None
logger_class = Silent
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "safetycenter.logs.SafeFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL") or "INFO"},
    "loggers": {
        "gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
