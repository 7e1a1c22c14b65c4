"""The desk's first page says when it opens too easily; and allauth's tables are taken off it.

Their pages would be of no use, and the one of second factors would show the secrets.
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
def password_only(request: HttpRequest) -> dict | None:
    """A panel that says so where no second factor is asked for."""
    if settings.STAFF_SECOND_FACTOR:
        return None
    return {"title": _("Without two-step verification"), "template": "account/_password_only.html", "wide": True}
