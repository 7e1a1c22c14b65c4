"""The desk's first page says when readers may be shown what was taken down."""

from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _

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
