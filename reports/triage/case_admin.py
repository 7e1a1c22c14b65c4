"""Cases in the admin: our own pages instead of the default list, form, history and delete pages."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path

from safetycenter.read_only import ReadOnlyMixin
from safetycenter.roles import has_role_permission

from ..models.case import Case
from ..routing.views import rules_page
from ..statistics import dashboard
from . import (
    checklist,
    data_requests,
    desk,
    files,
    handbook,
    handover,
    lease,
    locked_file,
    own_channels,
    own_views,
    quarantine,
    queue,
    refer,
    second_look,
)
from .availability import availability
from .care import care
from .guidelines import guidelines
from .refer_list import refer_list


@admin.register(Case)
class CaseAdmin(ReadOnlyMixin, admin.ModelAdmin):
    """The URLs of cases. No add, change, history or delete page exists that could reveal or change a case."""

    # Pages of packages above this one, added by ``reports.admin`` behind the staff login (``admin_view``).
    more_pages: ClassVar[list[tuple[str, Callable, str]]] = []

    def get_urls(self) -> list[URLPattern]:
        """Return the URLs of queue, case page, actions and files, each behind the staff login."""
        wrap = self.admin_site.admin_view
        return [
            *(path(route, view, name=name) for route, view, name in self.more_pages),
            path("", wrap(queue.queue), name="reports_case_changelist"),
            path("how/", wrap(guidelines), name="reports_house_rules"),
            path("handbook/", wrap(handbook.handbook), name="reports_handbook"),
            path("handbook/<slug:role>/", wrap(handbook.role_page), name="reports_handbook_role"),
            path("dashboard/", wrap(dashboard.dashboard), name="reports_dashboard"),
            path("wellbeing/", wrap(care), name="reports_case_care"),
            path("available/", wrap(availability), name="reports_case_availability"),
            path("since/", wrap(handover.since), name="reports_case_handover"),
            path("reached/", wrap(own_channels.own_channels), name="reports_own_channels"),
            path("reached/<int:pk>/", wrap(own_channels.change), name="reports_own_channel_change"),
            path("views/", wrap(own_views.own_views), name="reports_own_views"),
            path("views/save/", wrap(own_views.save), name="reports_own_view_save"),
            path("views/<int:pk>/", wrap(own_views.change), name="reports_own_view_change"),
            path("routing/", wrap(rules_page), name="reports_routing"),
            path("second-look/", wrap(second_look.begin), name="reports_case_second_looks"),
            path("second-look/<int:pk>/", wrap(second_look.look), name="reports_case_second_look"),
            path("pass-on/", wrap(refer_list), name="reports_case_refer_list"),
            path("next/", wrap(desk.take_next), name="reports_case_next"),
            path("data/", wrap(data_requests.data_requests), name="reports_case_data_requests"),
            path("find/", wrap(queue.find), name="reports_case_find"),
            path("new/", wrap(queue.news), name="reports_case_news"),
            path("quarantine/", wrap(quarantine.check_several), name="reports_case_check_several"),
            path("<str:ref>/facts/", wrap(queue.facts), name="reports_case_facts"),
            path("<str:ref>/admit-row/", wrap(desk.release_from_row), name="reports_case_admit"),
            path("<str:ref>/", wrap(desk.case_page), name="reports_case_page"),
            path("<str:ref>/file/<uuid:file_id>/open/", wrap(files.open_file), name="reports_case_open_file"),
            path("<str:ref>/file/<uuid:file_id>/", wrap(files.show_file), name="reports_case_file"),
            path("<str:ref>/file/<uuid:file_id>/<int:number>/", wrap(files.show_page), name="reports_case_file_page"),
            path(
                "<str:ref>/file/<uuid:file_id>/<int:number>/uncover/",
                wrap(files.uncover),
                name="reports_case_file_uncover",
            ),
            path(
                "<str:ref>/locked/<uuid:file_id>/<slug:part>/",
                wrap(locked_file.take_out),
                name="reports_case_locked_file",
            ),
            path("<str:ref>/checklist/", wrap(checklist.tick), name="reports_case_tick"),
            path("<str:ref>/refer/", wrap(refer.page), name="reports_case_refer"),
            path(
                "<str:ref>/refer/<slug:action>/",
                desk.preserve_typed_text(wrap(refer.act)),
                name="reports_case_refer_act",
            ),
            path("<str:ref>/refer/<uuid:pk>/<slug:part>/", wrap(refer.download), name="reports_case_refer_download"),
            path("<str:ref>/lease/", wrap(lease.renew), name="reports_case_lease"),
            path("<str:ref>/<slug:action>/", desk.preserve_typed_text(wrap(desk.act)), name="reports_case_act"),
        ]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether a role of the user works on reports; a superuser has no role."""
        return has_role_permission(request.user, "reports.view_case")
