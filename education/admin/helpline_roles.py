"""Admin page of the helpline roles: who answers in which situation."""

from typing import Any

from django.contrib import admin
from django.db.models import Field, ForeignKey
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from education.models import Helpline, HelplineRole
from education.publishing.workflow import PUBLISH_PERMISSION


@admin.register(HelplineRole)
class HelplineRoleAdmin(admin.ModelAdmin):
    """Admin of helpline roles. The roles are fixed, because pages name them; a change takes effect at once."""

    list_display = ("role", "helpline", "is_shown")
    list_select_related = ("helpline",)
    readonly_fields = ("role",)
    fields = ("role", "helpline")

    @admin.display(description=_("readers can see it"), boolean=True)
    def is_shown(self, role: HelplineRole) -> bool:
        """Return whether readers can see and reach the helpline."""
        return Helpline.objects.reachable().filter(pk=role.helpline_id).exists()

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer only helplines that readers can see."""
        return super().formfield_for_foreignkey(db_field, request, queryset=Helpline.objects.visible(), **kwargs)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer no button beside the choice that adds or deletes a helpline."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "helpline":
            field.widget.can_add_related = field.widget.can_delete_related = False
        return field

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False: a role exists where a page names it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: a role exists where a page names it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow only publishers to choose who answers in danger, because every page shows it."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.role not in obj.URGENT or request.user.has_perm(PUBLISH_PERMISSION))
