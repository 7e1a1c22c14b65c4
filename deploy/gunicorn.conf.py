"""gunicorn's settings: threads, no access log, and an error log without content."""

import multiprocessing
import os
import threading

from gunicorn.glogging import Logger


class Silent(Logger):
    """Says nothing of requests. With ``logconfig_dict`` gunicorn would put a line together for each, to be dropped."""

    def access(self, *_request) -> None:
        """Not even prepare a line: it would hold address, referrer and browser of a visitor."""


def on_starting(_server) -> None:
    """Read the passphrase of locked keys before there are workers: only one process can read a file descriptor."""
    if descriptor := os.environ.get("KEYS_PASSPHRASE_FD"):
        from reports.crypto.vault import passphrase

        passphrase.read_from(int(descriptor))


def post_worker_init(_worker) -> None:
    """Read what the first search would wait for, beside the first visitors."""
    from django.db import connection

    from safetycenter.page_cache import per_version

    def warm_up() -> None:
        per_version.warm_up()
        connection.close()

    threading.Thread(target=warm_up, daemon=True).start()


bind = os.environ.get("BIND", "127.0.0.1:8000")
# Threads, because a worker that serves one visitor at a time is killed during a slow upload.
worker_class = "gthread"
workers = int(os.environ.get("WORKERS") or multiprocessing.cpu_count())
threads = int(os.environ.get("THREADS") or 8)
timeout = 60
graceful_timeout = 30
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
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
