"""The admin of the leads for locked files: administrators name one; a naming is never changed or deleted (K7)."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from safetycenter.accounts.proof import ChangesNeedProof
from safetycenter.roles import has_role_permission, staff

from ..cases import custody
from ..crypto.vault import keys
from ..models.custody import CustodyLead
from ..scheduled_tasks import move_custody

NAME = "reports.add_custodylead"


class CustodyLeadForm(forms.ModelForm):
    """The person named; ``by`` is who names them."""

    by: Any = None

    class Meta:
        model = CustodyLead
        fields = ("person", "for_withheld")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "person" in self.fields:
            self.fields["person"].queryset = staff().order_by("username")  # type: ignore[attr-defined]

    def clean(self) -> dict:
        """Refuse a person without the role, and somebody who names themselves."""
        given = super().clean() or {}
        person, withheld = given.get("person"), given.get("for_withheld")
        needed = "reports.handle_withheld" if withheld else "reports.handle_restricted"
        if person and person.pk == self.by.pk:
            raise forms.ValidationError(_("Somebody else must name you."))
        if person and not has_role_permission(person, needed):
            raise forms.ValidationError(_("This person does not have the role for these cases."))
        return given

    def validate_constraints(self) -> None:
        """Check nothing: saving ends the naming of the predecessor."""


@admin.register(CustodyLead)
class CustodyLeadAdmin(ChangesNeedProof, admin.ModelAdmin):
    """Name who alone decides about locked files; the naming gives keys. The list is the record of all namings."""

    form = CustodyLeadForm
    list_display = ["person", "for_withheld", "named_at", "named_by", "ended_at"]
    list_select_related = ["person", "named_by"]
    fields = ["person", "for_withheld"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form, which knows who names."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.by = request.user
        return form

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a successor is a new naming."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: the list is a record."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Name the person, and give them the keys of the locked files at once."""
        named = custody.name(obj.person, request.user, obj.for_withheld)
        obj.pk, obj.named_by, obj.named_at = named.pk, named.named_by, named.named_at
        move_custody()


@admin.site.register_panel  # type: ignore[attr-defined]
def custody_panel(request: HttpRequest) -> dict | None:
    """Say to administrators who is named for locked files; an alarm if nobody is, or if keys cannot leave a case."""
    if not has_role_permission(request.user, NAME):
        return None
    lead, missing = custody.current_lead(for_withheld=False), keys.missing_for_custody()
    is_incomplete = custody.is_incomplete()
    return {
        "title": _("Locked files"),
        "template": "reports/triage/panel_custody.html",
        "lead": lead,
        "missing": missing,
        "is_incomplete": is_incomplete,
        "alarm": not lead or missing or is_incomplete,
    }
