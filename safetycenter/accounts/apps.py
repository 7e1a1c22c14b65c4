"""The app of staff accounts, and allauth's account app as this site uses it."""

from allauth.account import checks  # noqa: F401  (registers itself)
from allauth.account.apps import AccountConfig
from django.apps import AppConfig


class StaffAccountsConfig(AppConfig):
    """Sign-in of staff. This app has no models; allauth stores the second factors."""

    name = "safetycenter.accounts"
    label = "staff_accounts"

    def ready(self) -> None:
        """Connect the signals that record in the session when it was opened, and which proofs were given."""
        from allauth.account.signals import authentication_step_completed
        from allauth.mfa.signals import authenticator_added, authenticator_used
        from django.contrib.auth.signals import user_logged_in

        from . import invitations, policy, proof, sessions

        user_logged_in.connect(sessions.remember_opening)
        user_logged_in.connect(proof.remember)
        authentication_step_completed.connect(proof.remember_proof)
        authenticator_added.connect(policy.remember_second_factor)
        authenticator_added.connect(invitations.finish_after_second_factor)
        authenticator_used.connect(policy.remember_second_factor)


class AllauthAccountConfig(AccountConfig):
    """allauth without its check that its middleware runs on every page: ours runs it on the desk only."""

    def ready(self) -> None:
        """Skip the check. Otherwise allauth's method only imports its checks, which this module does above."""
