"""Admin classes whose rows come from elsewhere: nobody adds, changes or deletes one there."""

from typing import Any

from django.http import HttpRequest

from .hints import AdminMixin


class ReadOnlyMixin(AdminMixin):
    """Mixin for an admin class that only shows: its rows are written by actions, housekeeping or other forms."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False for everybody, also for a superuser."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False for everybody, also for a superuser."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False for everybody, also for a superuser."""
        return False
