"""Accounts of staff in the admin. An administrator hands out roles, and never to themselves.

The roles that see what others may not, or watch over the rest, are given by a superuser: one administrator alone must
not be able to make an account that reads a child's report.
"""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy as _

GIVEN_BY_ADMINISTRATORS = (
    "administrator",
    "author",
    "editor",
    "moderator",
    "publisher",
    "reviewer",
    "translator",
    "triage",
)

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

    def get_form(self, request, obj=None, **kwargs):
        """Administrators choose among the roles that they may give."""
        form = super().get_form(request, obj, **kwargs)
        groups = form.base_fields.get("groups")
        if groups and not request.user.is_superuser:
            groups.queryset = Group.objects.filter(name__in=GIVEN_BY_ADMINISTRATORS)
            groups.help_text = _("Roles that see more than these are given by a superuser.")
        return form

    def has_change_permission(self, request, obj=None):
        """Nor does an administrator set the password of, or switch on, an account with a role they cannot give."""
        allowed = super().has_change_permission(request, obj)
        if obj is None or request.user.is_superuser:
            return allowed
        return allowed and not obj.groups.exclude(name__in=GIVEN_BY_ADMINISTRATORS).exists()

    def has_delete_permission(self, request, obj=None):
        """People stay in the record of what was done; an account is switched off instead."""
        return False
