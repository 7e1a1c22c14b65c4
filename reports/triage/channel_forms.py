"""Forms of the page on which a person on call says where pages reach them: one for each kind of channel."""

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from safetycenter.outbound import HTTPS_PORT, RefusedError, https_parts

from ..models.watch import OnCallChannel
from ..staffing.channels import webhook

Kind = OnCallChannel.Kind
NUMBER = re.compile(r"\+[1-9]\d{7,14}")  # E.164
TOPIC = re.compile(r"/[-_A-Za-z0-9]{1,64}/?")
ONLY_HTTPS = _("Type an address that starts with https://, without a name or password in it.")
OTHER_PORT = _("Only port 443 is allowed, unless the operator has allowed a network of their own.")
QUIET = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}


class DigitsForm(forms.Form):
    """The six digits of a test page."""

    digits = forms.CharField(
        label=_("Six digits from the test"),
        max_length=6,
        error_messages={"required": _("Type the six digits.")},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


class ChannelForm(forms.Form):
    """What every channel has. A subclass says where it leads, and what of that may be shown again."""

    language = forms.ChoiceField(label=_("Language of the messages"), choices=settings.LANGUAGES)

    def where(self) -> dict[str, str]:
        """Return what is sealed; empty for mail, whose address is a column."""
        return {}

    def hint(self) -> str:
        """Return what the interface shows of it."""
        return ""


class MailForm(ChannelForm):
    """An address for mail."""

    email = forms.EmailField(label=_("Email"), help_text=_("An address that alerts you, at night too."), max_length=254)
    field_order = ["email"]

    def hint(self) -> str:
        """Return the address itself: leads must be able to see how somebody is reached."""
        return self.cleaned_data["email"][:80]


class WebhookForm(ChannelForm):
    """The address of a program."""

    url = forms.CharField(
        label=_("Address of your program"),
        help_text=_("It gets a POST with the sentence and the time, signed with a secret that you see once."),
        max_length=400,
        widget=forms.URLInput(QUIET),
    )
    field_order = ["url"]

    def clean_url(self) -> str:
        """Return the address. Raises ValidationError unless it is HTTPS, on a port that is allowed."""
        url = self.cleaned_data["url"]
        try:
            port = https_parts(url).port
        except RefusedError as error:
            raise ValidationError(ONLY_HTTPS) from error
        if port not in (None, HTTPS_PORT) and not settings.ON_CALL_PRIVATE_NETWORKS:
            raise ValidationError(OTHER_PORT)
        return url

    def where(self) -> dict[str, str]:
        """Return the address and a new secret."""
        return {"url": self.cleaned_data["url"], "secret": webhook.new_secret()}

    def hint(self) -> str:
        """Return the host; a path may hold a token."""
        return (urlsplit(self.cleaned_data["url"]).hostname or "")[:80]


class NtfyForm(WebhookForm):
    """A topic on a server of ntfy."""

    token = forms.CharField(
        label=_("Access token"),
        help_text=_("If the server asks for one. It is never shown again."),
        required=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "off"}, render_value=True),
    )
    field_order = ["url", "token"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["url"].label = _("Address of the topic")
        self.fields["url"].help_text = _(
            "For example https://ntfy.sh/ and a long random name. Anyone who knows the name can read the messages."
        )

    def clean_url(self) -> str:
        """Return the address. Raises ValidationError unless its path is the name of a topic."""
        url, parts = super().clean_url(), urlsplit(self.cleaned_data["url"])
        if not TOPIC.fullmatch(parts.path) or parts.query:
            raise ValidationError(_("After the server, type one name of a topic: letters, digits, - and _ only."))
        return url

    def clean_token(self) -> str:
        """Return the token. Raises ValidationError for signs that no header can hold."""
        token = self.cleaned_data["token"].strip()
        if not token.isascii() or not token.isprintable() or " " in token:
            raise ValidationError(_("An access token has no spaces and no special letters. Copy it again."))
        return token

    def where(self) -> dict[str, str]:
        """Return the address and the token."""
        return {"url": self.cleaned_data["url"], "token": self.cleaned_data["token"]}


class SmsForm(ChannelForm):
    """A number of a phone."""

    number = forms.CharField(
        label=_("Phone number"),
        help_text=_("With the code of the country, for example +62 812 3456 7890."),
        max_length=24,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    field_order = ["number"]

    def clean_number(self) -> str:
        """Return the number as E.164. Raises ValidationError; a number that begins with 0 is taken for Indonesian."""
        number = re.sub(r"[\s().-]", "", self.cleaned_data["number"])
        number = f"+62{number[1:]}" if number.startswith("0") else number
        if not NUMBER.fullmatch(number):
            raise ValidationError(_("Type the number with + and the code of the country, digits only."))
        return number

    def where(self) -> dict[str, str]:
        """Return the number."""
        return {"number": self.cleaned_data["number"]}

    def hint(self) -> str:
        """Return the last three digits."""
        return f"…{self.cleaned_data['number'][-3:]}"


FORMS: dict[str, type[ChannelForm]] = {
    Kind.MAIL: MailForm,
    Kind.NTFY: NtfyForm,
    Kind.SMS: SmsForm,
    Kind.WEBHOOK: WebhookForm,
}
