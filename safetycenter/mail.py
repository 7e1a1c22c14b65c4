"""Whether this site can send mail at all."""

from django.conf import settings

# Backends that deliver nothing. "locmem" is for tests; a site that used it would lose its mail as well.
CONSOLE_OR_DUMMY = tuple(f"django.core.mail.backends.{name}." for name in ("console", "dummy", "filebased"))
NON_DELIVERING_BACKENDS = (*CONSOLE_OR_DUMMY, "django.core.mail.backends.locmem.")


class NoMailServerError(Exception):
    """EMAIL_URL names no mail server: mail would be printed or dropped, and count as sent."""


def require_server() -> None:
    """Raise NoMailServerError unless mail goes to a mail server."""
    if settings.EMAIL_BACKEND.startswith(CONSOLE_OR_DUMMY):
        raise NoMailServerError("Set EMAIL_URL.")
