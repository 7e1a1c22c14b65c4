"""The register of demands in the admin: supervisors keep it, and two of them decide. Each change is recorded."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..audit import staff_log
from ..models import Demand
from ..staffing import demands, register_clocks


class DemandForm(forms.ModelForm):
    """One entry; a second person confirms the decision of the first."""

    confirm = forms.BooleanField(
        label=gettext_lazy("I confirm this decision as the second person"),
        help_text=gettext_lazy(
            "Only after this may something be handed out. The decision can no longer be changed then."
        ),
        required=False,
    )

    def clean_package_digest(self) -> str:
        """Return the digest. Refuse one that is of no package which may leave."""
        digest = self.cleaned_data["package_digest"]
        if digest and "package_digest" in self.changed_data and not demands.is_package(digest):
            raise forms.ValidationError(
                _("There is no approved package with this digest. Prepare it on the page of the case first.")
            )
        return digest

    def clean(self) -> dict[str, Any]:
        """Refuse to confirm together with a change of the decision."""
        cleaned = super().clean() or {}
        if cleaned.get("confirm") and set(demands.DECISION) & set(self.changed_data):
            self.add_error("confirm", _("You changed the decision, so somebody else must confirm it."))
        return cleaned


@admin.register(Demand)
class DemandAdmin(admin.ModelAdmin):
    """Keep the register of demands. An entry is corrected, never deleted."""

    form = DemandForm
    list_display = ["received_on", "kind", "document_number", "answer_by", "decision", "is_confirmed", "handed_out_on"]
    list_filter = ["kind", "decision"]

    @admin.display(description=gettext_lazy("confirmed"), boolean=True)
    def is_confirmed(self, demand: Demand) -> bool:
        """Return whether two people have decided."""
        return demand.is_decided

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return what was asked, the decision, and what followed once two people have decided."""
        asked = (
            "received_on",
            "kind",
            "authority",
            "document_number",
            "legal_basis",
            "asked_for",
            "answer_by",
            "lawyer",
        )
        found = [(gettext_lazy("What was asked"), {"fields": asked})]
        decision: tuple = demands.DECISION
        if obj:
            decision = (*decision, "decided_by", "decided_at", "confirmed_by", "confirmed_at")
        if obj and demands.may_confirm(obj, request.user):
            decision = (*decision, "confirm")
        found.append((gettext_lazy("Decision of two people"), {"fields": decision}))
        followed: tuple = ("reporter_told", "told_on", "told_reason")
        if obj and obj.is_decided:
            followed = ("package_digest", "handed_out_on", *followed)
        return [*found, (gettext_lazy("What followed"), {"fields": followed})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Make the decision read-only once it is confirmed, and what is noted by itself always."""
        fixed = ["decided_by", "decided_at", "confirmed_by", "confirmed_at"]
        return [*demands.DECISION, *fixed] if obj and obj.is_decided else fixed

    def save_model(self, request: HttpRequest, obj: Demand, form: Any, change: bool) -> None:
        """Save the entry, note who decided or confirmed, and record the step. Another last day restarts the clock."""
        step = "entered" if not change else "changed"
        if not change:
            obj.entered_by_id = cast("int", request.user.pk)
        if obj.decision and set(demands.DECISION) & set(form.changed_data):
            demands.decide(obj, request.user)
            step = "decided"
        elif form.cleaned_data.get("confirm") and demands.may_confirm(obj, request.user):
            demands.confirm(obj, request.user)
            step = "confirmed"
        elif "package_digest" in form.changed_data:
            step = "handed_out"
        if "answer_by" in form.changed_data:
            register_clocks.restart(obj)
        super().save_model(request, obj, form, change)
        staff_log.record(request.user, f"demand_{step}", demand=obj.pk)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: it is a register."""
        return False
