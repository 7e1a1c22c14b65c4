"""Accounts of staff in the admin. An administrator hands out roles, and never to themselves."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy as _

admin.site.unregister((User, Group))  # roles are declared in code; a page to change them would undo that


@admin.register(User)
class StaffAccountAdmin(UserAdmin):
    """Name, role, active or not. Single permissions and superusers are for the command line."""

    list_display = ["username", "first_name", "roles", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    search_fields = ["username", "first_name"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "email"]}),
        (_("At the desk"), {"fields": ["is_active", "is_staff", "groups"]}),
    ]
    filter_horizontal = ["groups"]

    @admin.display(description=_("roles"))
    def roles(self, person: User) -> str:
        """The roles of a person, for the list."""
        return ", ".join(group.name for group in person.groups.all())

    def get_queryset(self, request):
        """Superusers are not for administrators to touch."""
        people = super().get_queryset(request).prefetch_related("groups")
        return people if request.user.is_superuser else people.filter(is_superuser=False)

    def get_readonly_fields(self, request, obj=None):
        """Nobody gives themselves a role."""
        own = obj is not None and obj.pk == request.user.pk and not request.user.is_superuser
        return ["groups", "is_active", "is_staff"] if own else []

    def has_delete_permission(self, request, obj=None):
        """People stay in the record of what was done; an account is switched off instead."""
        return False
