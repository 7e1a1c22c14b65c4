"""The record of events in the admin: our own pages instead of the default list and form."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path

from safetycenter.read_only import ReadOnlyMixin
from safetycenter.roles import has_role_permission

from ..models.event import Event
from . import audit_csv, audit_insider, audit_views


@admin.register(Event)
class EventAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """The pages of the record, for people who may read it; nothing in it can be changed."""

    def get_urls(self) -> list[URLPattern]:
        """Return the URLs of the record, the check of its chains, the staff log, files, and the alarms about people."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(audit_views.record), name="reports_event_changelist"),
            path("verify/", wrap(audit_views.verify), name="reports_event_verify"),
            path("settle/", wrap(audit_views.settle), name="reports_event_settle"),
            path("people/", wrap(audit_views.people), name="reports_event_people"),
            path("staff/", wrap(audit_views.staff), name="reports_event_staff"),
            path("cases.csv", wrap(audit_csv.cases_csv), name="reports_event_cases_csv"),
            path("staff.csv", wrap(audit_csv.staff_csv), name="reports_event_staff_csv"),
            path("insider/", wrap(audit_insider.alarms), name="reports_event_insider"),
            path("insider/<int:pk>/", wrap(audit_insider.settle), name="reports_event_insider_settle"),
        ]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether the user is an auditor."""
        return has_role_permission(request.user, audit_views.READ)
