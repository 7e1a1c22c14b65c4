"""Forms of staff accounts in the admin, in our words."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AdminPasswordChangeForm, SetPasswordForm, UserCreationForm
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safetycenter.roles import role_name

from . import invitations, policy

REPORT_ROLES = {"moderator", "triage"}  # roles that open reports and are given at the desk
USERNAME_HELP = gettext_lazy("Used to sign in: letters, digits and . - _ only.")
FIELD_TEXTS = {
    "is_active": (
        gettext_lazy("Active"),
        gettext_lazy("Nobody can sign in with an inactive account. What the person did stays in the audit log."),
    ),
    "is_staff": (gettext_lazy("Staff status"), gettext_lazy("Required to sign in.")),
}


class RolesField(forms.ModelMultipleChoiceField):
    """Roles, with the names that staff use."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group: Group) -> str:
        """Return the name of a role."""
        return str(role_name(group.name))


class AccountForm(forms.ModelForm):
    """Name, active or not, roles."""

    class Meta:
        model = User
        fields = ("username", "first_name", "email", "is_active", "is_staff", "groups")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "username" in self.fields:
            self.fields["username"].help_text = USERNAME_HELP
        for name, (label, help_text) in FIELD_TEXTS.items():
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = label, help_text

    def clean_groups(self) -> QuerySet[Group]:
        """Require a second factor before a role that opens reports: then the account is no longer its creator's."""
        groups = self.cleaned_data["groups"]
        opens_reports = any(group.name in REPORT_ROLES for group in groups)
        if opens_reports and settings.STAFF_SECOND_FACTOR and not policy.has_second_factor(self.instance):
            raise ValidationError(_("This person must sign in and set up two-step verification first."))
        return groups


class InvitationForm(forms.ModelForm):
    """Whom to invite, with which name and roles; ``roles`` are those that may be given."""

    class Meta:
        model = User
        fields = ("username", "first_name")

    def __init__(self, *args: Any, roles: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = USERNAME_HELP
        self.fields["username"].widget.attrs.pop("autofocus", None)
        self.fields["groups"] = RolesField(
            Group.objects.filter(name__in=roles).order_by("name"),
            required=False,
            label=gettext_lazy("Roles"),
            help_text=gettext_lazy("They are given once the person has two-step verification."),
        )

    def clean_username(self) -> str:
        """Refuse a name that an account has, in any spelling, or that is in an open invitation."""
        username = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("An account has this name already."))
        if invitations.is_invited(username):
            raise ValidationError(_("An invitation for this name is open. Revoke it first, to make a new link."))
        return username


class ChoosePasswordForm(SetPasswordForm):
    """The first password of an account, chosen by its person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = gettext_lazy("Password")
        self.fields["new_password1"].help_text = " ".join(password_validators_help_texts())
        self.fields["new_password2"].label = gettext_lazy("Confirm new password")
        self.fields["new_password2"].help_text = ""


class NewAccountForm(UserCreationForm):
    """A name and a first password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = USERNAME_HELP


class NewPasswordForm(AdminPasswordChangeForm):
    """A first password for another person's account. Password sign-in cannot be switched off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        self.fields["password1"].required = self.fields["password2"].required = True
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())
