"""Roles as Django groups, declared by each app as a table."""

from collections.abc import Iterable, Mapping

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet


def ensure_groups(table: Mapping[str, Iterable[str]]) -> None:
    """Give each role (a group) exactly the permissions of its row; ``"app.codename"`` strings.

    Called after migrate, when permissions exist. Raises Permission.DoesNotExist for a misspelt one.
    """
    for role, names in table.items():
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.set([_permission(name) for name in names])


def _permission(name: str) -> Permission:
    app_label, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def holders(name: str) -> QuerySet:
    """The active staff who have the permission ``"app.codename"`` through a role; superusers do not count."""
    app_label, codename = name.split(".")
    permission = Permission.objects.filter(content_type__app_label=app_label, codename=codename)
    by_role = Q(groups__permissions__in=permission) | Q(user_permissions__in=permission)
    return get_user_model().objects.filter(by_role, is_active=True, is_staff=True).distinct()
