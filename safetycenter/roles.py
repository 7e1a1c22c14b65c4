"""Roles as Django groups, declared by each app as a table; their names, and who may give which."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import pgettext_lazy

from safetycenter.hints import Text, View

Account = User | AnonymousUser  # the user of a request; only a User has signed in
Actor = Account | None  # None: the reporter, or a scheduled task
# Sent with ``by``, ``person`` and ``changes`` after somebody has made an account or changed its rights in the admin.
rights_changed = Signal()

ROLE_NAMES = {
    "author": pgettext_lazy("role", "Author"),
    "editor": pgettext_lazy("role", "Editor"),
    "translator": pgettext_lazy("role", "Translator"),
    "reviewer": pgettext_lazy("role", "Reviewer"),
    "publisher": pgettext_lazy("role", "Publisher"),
    "triage": pgettext_lazy("role", "Report triage"),
    "moderator": pgettext_lazy("role", "Moderator"),
    "child-safety": pgettext_lazy("role", "Child safety"),
    "supervisor": pgettext_lazy("role", "Supervisor"),
    "outside-lead": pgettext_lazy("role", "Independent case lead"),
    "auditor": pgettext_lazy("role", "Auditor"),
    "administrator": pgettext_lazy("role", "Account administrator"),
}
# People who create accounts give no role that opens a report; people who give those create no accounts. So it takes two
# people to let anyone read reports. A superuser gives every other role.
ASSIGNABLE_ROLES = {
    "administrator": {"administrator", "author", "editor", "publisher", "reviewer", "translator"},
    "supervisor": {"moderator", "triage"},
}


def role_name(role: str) -> Text:
    """Return the display name of the role; its key where it has no name."""
    return ROLE_NAMES.get(role, role)


def assignable_roles(user: Account) -> set[str]:
    """Return the roles that ``user`` may give and take away."""
    if user.is_superuser:
        return set(Group.objects.values_list("name", flat=True))
    own = user.groups.values_list("name", flat=True)
    return set().union(*(ASSIGNABLE_ROLES.get(role, set()) for role in own))


def ensure_groups(table: Mapping[str, Iterable[str]]) -> None:
    """Give each role (a group) exactly the permissions of its row; ``"app.codename"`` strings.

    Called after migrate, when permissions exist. Raises Permission.DoesNotExist for a misspelt one.
    """
    for role, names in table.items():
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.set([_permission(name) for name in names])


def add_to_groups(table: Mapping[str, Iterable[str]]) -> None:
    """Give roles that another app declares more permissions; that app's ``ensure_groups`` has run before."""
    for role, names in table.items():
        Group.objects.get_or_create(name=role)[0].permissions.add(*(_permission(name) for name in names))


def _permission(name: str) -> Permission:
    app_label, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def users_with_permission(name: str) -> QuerySet:
    """Return the active staff who have the permission ``"app.codename"`` through a role; never a superuser."""
    return staff().filter(holds(name))


def staff() -> QuerySet:
    """Return the active staff, without superusers."""
    return get_user_model().objects.filter(is_active=True, is_staff=True, is_superuser=False)


def holds(name: str) -> Exists:
    """Return the condition on accounts that a role gives them the permission ``"app.codename"``."""
    app_label, codename = name.split(".")
    permission = {"permissions__content_type__app_label": app_label, "permissions__codename": codename}
    return Exists(Group.objects.filter(user=OuterRef("pk"), **permission))


def has_role_permission(user: Account, name: str) -> bool:
    """Return whether ``user`` has the permission ``"app.codename"`` through a role.

    Access to reports uses this check and not ``has_perm``, which grants a superuser everything: the person that a
    withheld case is about may be the technical head (safety rule H25). A superuser has no permission here, whatever
    their roles; single permissions of an account do not count either.
    """
    return not user.is_superuser and name in user.get_group_permissions()


def role_required(name: str) -> Callable:
    """Decorate a view: raise PermissionDenied unless the user has the permission ``name`` through a role."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not has_role_permission(request.user, name):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return wrapper

    return decorate
