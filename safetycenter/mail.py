"""Whether mail leaves this machine at all."""

from django.conf import settings

# What these take reaches nobody. "locmem" is the one of tests; a site that used it would lose its mail as well.
SHOWN_OR_DROPPED = tuple(f"django.core.mail.backends.{name}." for name in ("console", "dummy", "filebased"))
NOWHERE = (*SHOWN_OR_DROPPED, "django.core.mail.backends.locmem.")


class NoMailServerError(Exception):
    """EMAIL_URL names no mail server: mail would be shown or dropped, and count as sent."""


def require_server() -> None:
    """Raise NoMailServerError unless mail is handed to a server."""
    if settings.EMAIL_BACKEND.startswith(SHOWN_OR_DROPPED):
        raise NoMailServerError("Set EMAIL_URL.")
