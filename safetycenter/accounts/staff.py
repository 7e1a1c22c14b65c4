"""Staff accounts in the admin. People cannot give themselves a role, and no one person can let anybody read reports.

An administrator creates accounts and gives the roles of editors; a supervisor gives the roles that open ordinary
reports, to people who have added their second factor; a superuser gives every other role (safetycenter.roles.GIVEN_BY).
Only people who may give all roles of an account may change it.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import ManyToManyField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safetycenter.roles import assignable_roles, rights_changed, role_name

from . import proof, sessions
from .invitation_views import InvitationsMixin
from .staff_forms import AccountForm, NewAccountForm, NewPasswordForm, RolesField

STATUS = ("is_active", "is_staff")
PERSON_FIELDS = ["username", "first_name", "email"]

admin.site.unregister((User, Group))  # roles are declared in code; a page could change them


class RoleFilter(admin.SimpleListFilter):
    """A filter of people by role, with the names that staff use."""

    title = gettext_lazy("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Sequence[tuple[Any, Any]]:
        """Return every role."""
        return [(name, role_name(name)) for name in Group.objects.order_by("name").values_list("name", flat=True)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the people with the chosen role."""
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class StaffAccountAdmin(InvitationsMixin, UserAdmin):
    """Name, role, and active or not. Single permissions and superusers are managed on the command line."""

    form, add_form, change_password_form = AccountForm, NewAccountForm, NewPasswordForm
    change_list_template = "account/people.html"
    change_user_password_template = "account/_set_password.html"  # noqa: S105 (a template)
    list_display = ["username", "first_name", "roles", "is_active", "last_login"]
    list_filter = [RoleFilter, "is_active"]
    search_fields = ["username", "first_name"]
    add_fieldsets = [(None, {"fields": ["username", "password1", "password2"]})]
    filter_horizontal = []
    actions = ["sign_out_everywhere"]

    @admin.action(description=gettext_lazy("Sign out everywhere"), permissions=["change"])
    def sign_out_everywhere(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """End all sessions of the chosen people whom this person may change, after a proof; not their own."""
        proof.require(request)
        for person in people:
            if person.pk != request.user.pk and self.has_change_permission(request, person):
                self._end_sessions(request, person)
        self.message_user(request, _("Signed out there."))

    def _end_sessions(self, request: HttpRequest, person: User) -> None:
        ended = sessions.end_all(person.pk)
        nothing: dict[str, Any] = {"new": False, "given": [], "taken": []}
        rights_changed.send(type(self), by=request.user, person=person, changes=nothing | {"signed_out": ended})

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, person: User) -> str:
        """Return the names of a person's roles."""
        return ", ".join(str(role_name(group.name)) for group in person.groups.all()) or "–"

    @admin.display(description=gettext_lazy("password"))
    def new_password(self, person: User) -> str:
        """Return the link to the page that sets a password."""
        address = reverse("admin:auth_user_password_change", args=[person.pk])
        return format_html('<a href="{}">{}</a>', address, _("Set a new password"))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the accounts; only superusers see those of superusers."""
        people = super().get_queryset(request).prefetch_related("groups")
        return people if request.user.is_superuser else people.filter(is_superuser=False)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields of person and roles; the password only for people who may set it."""
        if obj is None:
            return self.add_fieldsets
        person = [*PERSON_FIELDS, "new_password"] if self._may_set_password(request, obj) else PERSON_FIELDS
        roles = "groups" if self._may_give_roles(request, obj) else "roles"
        return [
            (gettext_lazy("Person"), {"fields": person}),
            (gettext_lazy("Permissions"), {"fields": ["is_active", "is_staff", roles]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields that are read-only: a person's own status and roles, and names unless they add accounts."""
        fixed = ["new_password"]
        if obj is None:
            return fixed
        if not self._may_give_roles(request, obj):
            fixed += ["roles", "is_active", "is_staff"]
        if not self.has_add_permission(request):
            fixed += [*PERSON_FIELDS, "is_staff"]
        return fixed

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer only the roles that this person may give."""
        if db_field.name != "groups":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        return RolesField(
            Group.objects.filter(name__in=assignable_roles(request.user)).order_by("name"),
            required=False,
            label=_("Roles"),
            help_text=_(
                "Other people grant the roles that are not in this list, so that no single person can open reports."
            ),
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False for an account with a role that this person may not give."""
        allowed = super().has_change_permission(request, obj)
        if obj is None or request.user.is_superuser:
            return allowed
        return allowed and {group.name for group in obj.groups.all()} <= assignable_roles(request.user)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the roles, and say what changed in the rights of the account."""
        before = {group.name for group in form.instance.groups.all()} if change else set()
        super().save_related(request, form, formsets, change)
        after = set(form.instance.groups.values_list("name", flat=True))
        changes: dict[str, Any] = {"new": not change, "given": sorted(after - before), "taken": sorted(before - after)}
        changes |= {name: getattr(form.instance, name) for name in STATUS if name in form.changed_data}
        if not change or any(changes.values()) or set(STATUS) & set(form.changed_data):
            rights_changed.send(
                type(self), by=request.user, person=form.instance, changes=changes | {"new": not change}
            )
        if form.instance.pk != request.user.pk and (changes["taken"] or False in map(changes.get, STATUS)):
            sessions.end_all(form.instance.pk)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: people stay in the record of events; deactivate the account instead."""
        return False

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any) -> Any:
        """Make or change an account, after a proof of who does it; a new one asks before a password is typed."""
        if request.method == "POST" or object_id is None:
            proof.require(request)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Show the password form, only to people who create accounts, after a proof of who they are."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        proof.require(request)
        return super().user_change_password(request, id, form_url)

    def _may_give_roles(self, request: HttpRequest, person: User) -> bool:
        is_own = person.pk == request.user.pk and not request.user.is_superuser
        return self.has_change_permission(request, person) and not is_own

    def _may_set_password(self, request: HttpRequest, person: User) -> bool:
        return self.has_change_permission(request, person) and self.has_add_permission(request)
