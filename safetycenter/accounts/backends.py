"""The authentication backend: who can sign in, and what the user of a request may do."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, F, OuterRef, QuerySet

from safetycenter.roles import Account

from . import policy


class StaffBackend(ModelBackend):
    """Django's check of username and password, for active staff only.

    It is called on each request too, so people who stop being staff are signed out at once. On the sign-in page an
    unknown name, a wrong password and a disabled account cannot be told apart, by text or by time.
    """

    def user_can_authenticate(self, user: Account | None) -> bool:
        """Return whether ``user`` is active staff."""
        return user is not None and user.is_staff and super().user_can_authenticate(user)

    def get_user(self, user_id: int) -> User | None:
        """Return the user of a session with everything that access to the desk depends on, read in one query.

        The query returns a row for each permission that a role gives. ``role_permissions`` are all of them,
        ``has_second_factor`` and ``has_own_permissions`` say whether the account has these.
        """
        rows = list(_with_access(user_id))
        if not rows or not self.user_can_authenticate(rows[0]):
            return None
        rows[0].role_permissions = {f"{row.app}.{row.codename}" for row in rows if row.codename}  # type: ignore[attr-defined]
        return rows[0]

    def get_group_permissions(self, user_obj: User | AnonymousUser, obj: object = None) -> set[str]:
        """Return the permissions that roles give; those of a session's user are loaded already."""
        if not _is_plain(user_obj, obj) or not hasattr(user_obj, "role_permissions"):
            return super().get_group_permissions(user_obj, obj)  # type: ignore[arg-type]
        return user_obj.role_permissions

    def get_user_permissions(self, user_obj: User | AnonymousUser, obj: object = None) -> set[str]:
        """Return the permissions of the account itself; no query where a session's user is known to have none."""
        if not _is_plain(user_obj, obj) or getattr(user_obj, "has_own_permissions", True):
            return super().get_user_permissions(user_obj, obj)  # type: ignore[arg-type]
        return set()


def _with_access(user_id: int) -> QuerySet[User]:
    own = User.user_permissions.through.objects.filter(user_id=OuterRef("pk"))
    return User.objects.filter(pk=user_id).annotate(
        app=F("groups__permissions__content_type__app_label"),
        codename=F("groups__permissions__codename"),
        has_second_factor=Exists(policy.second_factors(OuterRef("pk"))),
        has_own_permissions=Exists(own),
    )


def _is_plain(user: User | AnonymousUser, obj: object) -> bool:
    """Return whether the permissions are those of the rows: not of a superuser, who has all, and not about ``obj``."""
    return user.is_active and not user.is_superuser and obj is None
