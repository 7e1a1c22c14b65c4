"""The machine around the site: disks, clock, open files, connections and rights in the database, backups."""

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safetycenter import heartbeat_files
from safetycenter.hints import Text

from . import rights
from .finding import ADVICE, FAULT, Finding, judged, ok

LEAST_FREE = 0.1  # of a disk
CLOCK_MAY_DIFFER = 5  # seconds; codes of two-step verification allow 30
OPEN_FILES = 1024
BESIDE_THE_POOL = 5  # three that PostgreSQL keeps for its superuser, and a migration or backup beside them
BACKUP_EVERY, DRILL_EVERY = timedelta(hours=36), timedelta(days=35)
BACKUPS_STOPPED = timedelta(days=3)
MISSED_DRILL = timedelta(days=14)  # the timer of a test machine runs every week


def findings() -> Iterator[Finding]:
    """Yield what was found; nothing here leaves this machine and its database."""
    yield from _disks()
    yield _clock()
    yield _open_files()
    if connection.vendor == "postgresql":
        yield _connections()
        yield from rights.findings()
    if settings.HAS_DESK:
        yield from _backups()


def findings_of_drills() -> Iterator[Finding]:
    """Yield what was found on a test machine that does nothing but drills: there a missed one is a fault."""
    yield from _disks()
    why = _("No restore succeeded here for two weeks: journalctl -u safetycenter-drill says why.")
    yield _since(heartbeat_files.LAST_DRILL, MISSED_DRILL, _("Last drill of a restore"), why, FAULT)


def _disks() -> Iterator[Finding]:
    folders = {"VAR_DIR": settings.VAR, "EVIDENCE_DIR": settings.EVIDENCE_DIR, "SNAPSHOT_DIR": settings.SNAPSHOT_DIR}
    for name, folder in folders.items():
        if folder and Path(folder).exists():
            disk = shutil.disk_usage(folder)
            share = disk.free / disk.total
            advice = _("Less than a tenth of this disk is free. Make room before it is full: the form would close.")
            yield judged(share >= LEAST_FREE, _("Disk"), advice, f"{name}: {share:.0%}", ADVICE)


def _clock() -> Finding:
    advice = _("Correct the clock (timedatectl set-ntp true). With a wrong clock staff cannot sign in.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            difference = abs((cursor.fetchone()[0] - timezone.now()).total_seconds())
        if difference > CLOCK_MAY_DIFFER:
            return Finding(FAULT, _("Clock: this machine and the database differ"), advice, f"{difference:.0f} s")
    what, is_kept_right = _("Clock is kept right by a time server"), _is_synchronised()
    if is_kept_right is None:
        ask = _("systemd does not say so here. Ask the machine itself, for a container its host: timedatectl.")
        return Finding(ADVICE, what, ask, gettext("not known"))
    return judged(is_kept_right, what, advice, level=ADVICE)


def _is_synchronised() -> bool | None:
    """Return whether systemd says that the clock is kept right; None where it cannot be asked, as in a container."""
    program = shutil.which("timedatectl")
    if not program:
        return None
    asked = subprocess.run(
        [program, "show", "--property=NTPSynchronized", "--value"], capture_output=True, text=True, check=False
    )
    return {"yes": True, "no": False}.get(asked.stdout.strip())


def _open_files() -> Finding:
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    advice = _("Raise the limit of open files: LimitNOFILE=65536 in the unit.")
    return judged(limit >= OPEN_FILES, _("Limit of open files"), advice, str(limit), ADVICE)


def _connections() -> Finding:
    """Compare the largest number of connections of this node with what the server allows for all nodes together."""
    if settings.DATABASE_POOL:
        return _pooled_connections()
    workers = int(os.environ.get("WORKERS") or os.cpu_count() or 1)
    needed, allowed = workers * int(os.environ.get("THREADS") or 8), _allowed_connections()
    advice = _("This node alone can use more than half of the connections. Raise max_connections or lower WORKERS.")
    return judged(needed * 2 <= allowed, _("Connections to the database"), advice, f"{needed} / {allowed}", ADVICE)


def _pooled_connections() -> Finding:
    """Compare what the pool may open with what the server allows. The pool itself cannot be asked from here."""
    what = _("Connections to the database")
    if not settings.DATABASE_POOL_SIZE:
        advice = _("Set DATABASE_POOL_SIZE to default_pool_size of PgBouncer, and DATABASE_POOL_PROCESSES.")
        return Finding(ADVICE, what, advice, gettext("not known"))
    roles = 1 if settings.NODE == "all" else 2  # PgBouncer has a pool for each: public nodes, and desks
    needed = settings.DATABASE_POOL_SIZE * settings.DATABASE_POOL_PROCESSES * roles + BESIDE_THE_POOL
    allowed = _allowed_connections()
    advice = _("The pool can open more connections than PostgreSQL allows. Raise max_connections or lower its size.")
    return judged(needed <= allowed, what, advice, f"{needed} / {allowed}")


def _allowed_connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW max_connections")
        return int(cursor.fetchone()[0])


def _backups() -> Iterator[Finding]:
    make = _("Make a backup every day: the timer safetycenter-backup, or manage.py backup FOLDER.")
    yield _since(heartbeat_files.LAST_BACKUP, BACKUP_EVERY, _("Last backup"), make, _level_of_backups())
    again = _("Try once a month that a backup can be restored: manage.py restore FILE --key KEY --drill.")
    yield _since(heartbeat_files.LAST_DRILL, DRILL_EVERY, _("Last drill of a restore"), again)
    keys = _("Try once a month that the keys saved off this server are whole: manage.py check_keys --copy FOLDER.")
    yield _since(heartbeat_files.LAST_KEY_CHECK, DRILL_EVERY, _("Last try of the saved keys"), keys)
    ledger = Path(settings.LEDGER_DIR)
    if not ledger.exists():
        missing = _("LEDGER_DIR is missing. Mount its disk: without it a restored backup brings back what was erased.")
        yield Finding(ADVICE, _("Ledger of what was withdrawn and erased"), missing)
    else:
        apart = ledger.stat().st_dev != Path(settings.VAR).stat().st_dev
        advice = _("Put LEDGER_DIR on another disk, and copy it elsewhere: with this disk you would lose both.")
        yield judged(apart, _("Ledger of what was withdrawn and erased"), advice, level=ADVICE)


def _level_of_backups() -> str:
    """Return how bad it is that the last backup is old: once there are reports, three days without one are wrong."""
    last = heartbeat_files.last(heartbeat_files.LAST_BACKUP)
    if last and timezone.now() - last <= BACKUPS_STOPPED:
        return ADVICE
    with suppress(Error):  # the line about the rights of the role says so
        return FAULT if import_string(settings.THERE_ARE_REPORTS)() else ADVICE
    return ADVICE


def _since(name: str, limit: timedelta, what: Text, advice: Text, level: str = ADVICE) -> Finding:
    last: datetime | None = heartbeat_files.last(name)
    if last and timezone.now() - last <= limit:
        return ok(what, f"{last:%Y-%m-%d %H:%M} UTC")
    return Finding(level, what, advice, f"{last:%Y-%m-%d}" if last else "–")
