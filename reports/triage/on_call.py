"""On-call channels in the admin: who is reached how, and the shared addresses that leads keep and test."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from safetycenter.accounts.proof import ChangesNeedProof
from safetycenter.roles import users_with_permission

from ..models.watch import OnCallChannel
from ..staffing.channels import state, testing
from . import own_channels
from .channel_forms import DigitsForm


@admin.register(OnCallChannel)
class OnCallChannelAdmin(ChangesNeedProof, admin.ModelAdmin):
    """Destinations of on-call pages. A channel counts while its test is under 30 days old and it does not fail.

    Leads add and test shared addresses. Channels of a person are only shown: that person adds and tests them.
    """

    list_display = ["name", "kind", "where", "active", "for_withheld", "tested", "trouble"]
    fields = ["name", "email", "active", "for_withheld"]
    readonly_fields = ["where", "tested", "trouble"]
    change_form_template = "reports/triage/on_call.html"
    change_list_template = "reports/triage/on_call_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Return the URLs, with two more for one channel: send a test, confirm it."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/test/", wrap(require_POST(self.send_test)), name="reports_oncallchannel_test"),
            path("<int:pk>/confirm/", wrap(require_POST(self.confirm)), name="reports_oncallchannel_confirm"),
            *super().get_urls(),
        ]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields of a shared address; of a channel of a person only what leads may know."""
        if obj and obj.person_id:
            return ["name", "kind", "where", "active", "for_withheld", "tested", "trouble"]
        return [*self.fields, "tested", "trouble"] if obj else self.fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse for the channel of a person."""
        return super().has_change_permission(request, obj) and not (obj and obj.person_id)

    @admin.display(description=gettext_lazy("where"))
    def where(self, obj: OnCallChannel) -> str:
        """Return what may be shown of where it leads."""
        return obj.hint or obj.email

    @admin.display(description=gettext_lazy("last confirmed test"))
    def tested(self, obj: OnCallChannel) -> str:
        """Return when it was tested, and whether that still counts."""
        if obj.tested_at is None:
            return _("Never: it counts as not working.")
        if state.is_tested(obj):
            return _day(obj.tested_at)
        return _("%(day)s, more than 30 days ago: it counts as not working.") % {"day": _day(obj.tested_at)}

    @admin.display(description=gettext_lazy("fails since"))
    def trouble(self, obj: OnCallChannel) -> str:
        """Return since when and why messages do not arrive, and whether it counts as not working."""
        if obj.failed_at is None:
            return "–"
        when = date_format(localtime(obj.failed_at), "DATETIME_FORMAT")
        said = f"{when}: {OnCallChannel.Failure(obj.failure).label}"
        return f"{said} {_('It counts as not working until a message arrives.')}" if state.is_failing(obj) else said

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list, with the names of those whom no personal channel reaches."""
        people = users_with_permission(state.HANDLE).exclude(pk__in=_reached()).order_by("username")
        names = list(people.values_list("username", flat=True))
        return super().changelist_view(request, {"unreached": names, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the form of one channel, with the form for the digits."""
        return super().change_view(request, object_id, form_url, {"digits_form": DigitsForm(), **(extra_context or {})})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the channel. A changed address counts as untested."""
        if "email" in form.changed_data:
            obj.tested_at, obj.test_token = None, ""
        super().save_model(request, obj, form, change)

    def send_test(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send the test page."""
        own_channels.send_test(request, self._channel(request, pk))
        return redirect("admin:reports_oncallchannel_change", pk)

    def confirm(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Compare the digits, and confirm the channel when they match."""
        channel, form = self._channel(request, pk), DigitsForm(request.POST)
        if form.is_valid() and testing.confirm(channel, form.cleaned_data["digits"]):
            messages.success(request, _("Confirmed. This channel counts for 30 days."))
        else:
            sentence = _("These are not the digits of the last test, or they are too old. Send a new test.")
            messages.error(request, sentence)
        return redirect("admin:reports_oncallchannel_change", pk)

    def _channel(self, request: HttpRequest, pk: int) -> OnCallChannel:
        channel = get_object_or_404(OnCallChannel, pk=pk)
        if not self.has_change_permission(request, channel):
            raise PermissionDenied
        return channel


def _reached() -> QuerySet:
    return state.working().exclude(person=None).values("person")


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "j F Y")
