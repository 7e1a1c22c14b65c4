"""allauth's forms with our labels, and with limits where a value can be guessed."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from safetycenter.hints import Text

from .adapters import WRONG_CODE, StaffAccountAdapter
from .throttling import (
    allow_code_attempt,
    allow_password_attempt,
    clear_code_attempts,
    clear_password_attempts,
    is_first_use,
)

TOO_MANY_CODES = _("Too many attempts. Try again in an hour.")
NO_PASSWORD = _("Please type your password.")
USERNAME_ATTRS = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
PASSWORD_ATTRS = {"autocomplete": "current-password"}
NEW_PASSWORD_ATTRS = {"autocomplete": "new-password"}
CODE_ATTRS = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "w-m"}


def _configure_field(field: forms.Field, label: Text, attrs: dict, help_text: Text = "", missing: Text = "") -> None:
    """Set our texts on ``field`` and remove the placeholder, which would vanish while someone types.

    ``missing`` is the error message for an empty field; by default Django's.
    """
    field.label, field.help_text, field.widget.attrs = label, help_text, dict(attrs)
    if missing:
        field.error_messages["required"] = missing


class LoginForm(account.LoginForm):
    """Username and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _configure_field(self.fields["login"], _("Username"), USERNAME_ATTRS, missing=_("Please type your username."))
        _configure_field(self.fields["password"], _("Password"), PASSWORD_ATTRS, missing=NO_PASSWORD)


class ReauthenticateForm(account.ReauthenticateForm):
    """The password again, before a sensitive action."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _configure_field(self.fields["password"], _("Password"), PASSWORD_ATTRS, missing=NO_PASSWORD)


class ChangePasswordForm(account.ChangePasswordForm):
    """The current password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _configure_field(self.fields["oldpassword"], _("Current password"), PASSWORD_ATTRS, missing=NO_PASSWORD)
        rules = " ".join(password_validators_help_texts())
        _configure_field(self.fields["password1"], _("New password"), NEW_PASSWORD_ATTRS, rules)
        _configure_field(self.fields["password2"], _("Confirm new password"), NEW_PASSWORD_ATTRS)

    def clean_oldpassword(self) -> str:
        """Count this attempt like a sign-in: someone may be using a desk that was left signed in."""
        adapter = StaffAccountAdapter()
        if not allow_password_attempt(adapter.request, self.user.get_username()):
            raise adapter.validation_error("too_many_login_attempts")
        password = super().clean_oldpassword()
        clear_password_attempts(adapter.request, self.user.get_username())
        return password


class OneTimeCode:
    """A code that is valid once, with a limit on attempts. A mixin for a form with the attribute ``user``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _configure_field(self.fields["code"], _("Code"), CODE_ATTRS, missing=_("Please type the code."))

    def clean_code(self) -> str:
        """Return the code. Raises ValidationError when it is wrong or used, or the limit is reached."""
        if not allow_code_attempt(self.user):
            raise ValidationError(TOO_MANY_CODES, code="too_many_codes")
        code = super().clean_code()
        if not is_first_use(self.user, code):
            raise ValidationError(WRONG_CODE, code="incorrect_code")
        clear_code_attempts(self.user)
        return code


class AuthenticateForm(OneTimeCode, mfa.AuthenticateForm):
    """A code at sign-in: from the app, or a recovery code."""


class ReauthenticateCodeForm(OneTimeCode, mfa.ReauthenticateForm):
    """A code again, before a sensitive action."""


class ActivateAppForm(OneTimeCode, ActivateTOTPForm):
    """The first code of a new authenticator app."""


class AddPasskeyForm(AddWebAuthnForm):
    """A new passkey and its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _configure_field(self.fields["name"], _("Name of this passkey"), {"maxlength": 60}, _("For example: my phone."))
