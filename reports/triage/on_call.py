"""On-call channels in the admin: send a test page, and type in its digits."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ..models.watch import OnCallChannel
from ..staffing import notices


class DigitsForm(forms.Form):
    """The six digits of a test page."""

    digits = forms.CharField(
        label=gettext_lazy("Six digits from the test"),
        max_length=6,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


@admin.register(OnCallChannel)
class OnCallChannelAdmin(admin.ModelAdmin):
    """Destinations of on-call pages. A channel counts only while its last confirmed test is under 30 days old."""

    list_display = ["name", "active", "for_withheld", "tested_at"]
    readonly_fields = ["tested_at"]
    change_form_template = "reports/triage/on_call.html"

    def get_urls(self) -> list[URLPattern]:
        """Return the URLs, with two more for one channel: send a test, confirm it."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/test/", wrap(require_POST(self.send_test)), name="reports_oncallchannel_test"),
            path("<int:pk>/confirm/", wrap(require_POST(self.confirm)), name="reports_oncallchannel_confirm"),
            *super().get_urls(),
        ]

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
        channel = self._channel(request, pk)
        try:
            notices.send_test(channel)
        except OSError:
            messages.error(request, _("The test could not be sent. Check the mail settings."))
        else:
            messages.success(request, _("The test is on its way. Type in its digits when they arrive."))
        return redirect("admin:reports_oncallchannel_change", pk)

    def confirm(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Compare the digits, and confirm the channel when they match."""
        form = DigitsForm(request.POST)
        if form.is_valid() and notices.confirm_test(self._channel(request, pk), form.cleaned_data["digits"]):
            messages.success(request, _("Confirmed. This channel counts for 30 days."))
        else:
            messages.error(request, _("These are not the digits of the last test."))
        return redirect("admin:reports_oncallchannel_change", pk)

    def _channel(self, request: HttpRequest, pk: int) -> OnCallChannel:
        channel = get_object_or_404(OnCallChannel, pk=pk)
        if not self.has_change_permission(request, channel):
            raise PermissionDenied
        return channel
