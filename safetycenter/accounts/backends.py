"""The authentication backend: who can sign in."""

from django.contrib.auth.backends import ModelBackend

from safetycenter.roles import Account


class StaffBackend(ModelBackend):
    """Django's check of username and password, for active staff only.

    It is called on each request too, so people who stop being staff are signed out at once. On the sign-in page an
    unknown name, a wrong password and a disabled account cannot be told apart, by text or by time.
    """

    def user_can_authenticate(self, user: Account | None) -> bool:
        """Return whether ``user`` is active staff."""
        return user is not None and user.is_staff and super().user_can_authenticate(user)
