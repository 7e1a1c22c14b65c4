"""Who can sign in at all."""

from django.contrib.auth.backends import ModelBackend

from safetycenter.roles import Account


class StaffBackend(ModelBackend):
    """Django's check of username and password, for active staff only.

    It is asked on each request too, so someone who stops being staff is signed out at once. To the sign-in page an
    unknown name, a wrong password and an account that is closed are one and the same, in words and in time.
    """

    def user_can_authenticate(self, user: Account | None) -> bool:
        """Whether ``user`` is active staff."""
        return user is not None and user.is_staff and super().user_can_authenticate(user)
