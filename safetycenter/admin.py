"""Panels on the desk's first page that warn everyone when a background process has stopped."""

from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from . import heartbeat
from .page_cache.heartbeat import is_fresh, last_beat


@admin.site.register_panel  # type: ignore[attr-defined]
def export_heartbeat_panel(request: HttpRequest) -> dict | None:
    """Warn everyone while no process updates the snapshots: staff who take a guide down must know."""
    if is_fresh():
        return None
    return {
        "title": _("Published pages are out of date"),
        "template": "admin/_export_stopped.html",
        "look": last_beat(Path(settings.SNAPSHOT_DIR)),
        "alarm": True,
    }


@admin.site.register_panel  # type: ignore[attr-defined]
def housekeeping_panel(request: HttpRequest) -> dict | None:
    """Warn everyone while housekeeping tasks are overdue, and say whether people on call are still paged."""
    status = heartbeat.status()
    if status.is_healthy:
        return None
    nobody_paged = status.last is None or heartbeat.PAGING_TASK in status.late
    return {
        "title": _("Background tasks have stopped") if nobody_paged else _("Background tasks fail"),
        "template": "admin/_housekeeping_late.html",
        "nobody_paged": nobody_paged,
        "has_stopped": status.has_stopped,
        "last": status.last,
        "tasks": status.late,
        "alarm": True,
    }
