"""A warning on the desk's first page when no second factor is required; and allauth's models are unregistered.

Their admin pages would be of no use, and that of second factors would show the secrets.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from . import staff  # noqa: F401  (registers itself)

admin.site.unregister((EmailAddress, Authenticator))


@admin.site.register_panel  # type: ignore[attr-defined]
def password_only_panel(request: HttpRequest) -> dict | None:
    """Return a panel that warns when no second factor is required, else None."""
    if settings.STAFF_SECOND_FACTOR:
        return None
    return {"title": _("Without two-step verification"), "template": "account/_password_only.html", "wide": True}
