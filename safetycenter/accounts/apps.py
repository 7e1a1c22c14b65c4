"""The app of staff accounts, and allauth's own as this site uses it."""

from allauth.account import checks  # noqa: F401  (registers itself)
from allauth.account.apps import AccountConfig
from django.apps import AppConfig


class StaffAccountsConfig(AppConfig):
    """Sign-in of staff. It has no models; allauth keeps the second factors."""

    name = "safetycenter.accounts"
    label = "staff_accounts"

    def ready(self) -> None:
        """Let a session remember that its second factor was given."""
        from allauth.mfa.signals import authenticator_added, authenticator_used

        from . import policy

        authenticator_added.connect(policy.remember_second_factor)
        authenticator_used.connect(policy.remember_second_factor)


class AllauthAccountConfig(AccountConfig):
    """allauth without its demand that its middleware runs on every page: ours runs it at the desk alone."""

    def ready(self) -> None:
        """Skip the demand. Nothing else happens there but the import of the checks, which stands above."""
