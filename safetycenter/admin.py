"""What the desk's first page says to everyone when something that runs in the background has stopped."""

from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from . import heartbeat
from .following import last_look, snapshots_are_fresh


@admin.site.register_panel
def pages_not_followed(request: HttpRequest) -> dict | None:
    """A panel for everyone at the desk while nobody follows with the snapshots: who takes a guide down must know."""
    if snapshots_are_fresh():
        return None
    return {
        "title": _("Readers' pages are behind"),
        "template": "admin/_not_followed.html",
        "look": last_look(Path(settings.SNAPSHOT_DIR)),
        "alarm": True,
    }


@admin.site.register_panel
def housekeeping_late(request: HttpRequest) -> dict | None:
    """A panel for everyone at the desk while housekeeping does not run: nobody on call is paged meanwhile."""
    if heartbeat.housekeeping_runs():
        return None
    return {
        "title": _("Background tasks have stopped"),
        "template": "admin/_housekeeping_late.html",
        "last": heartbeat.last_round(),
        "tasks": heartbeat.late(),
        "alarm": True,
    }
