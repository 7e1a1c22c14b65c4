"""Whether this site can send mail at all, and how it does so without naming itself."""

from collections.abc import Callable
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

# Backends that deliver nothing. "locmem" is for tests; a site that used it would lose its mail as well.
CONSOLE_OR_DUMMY = tuple(f"django.core.mail.backends.{name}." for name in ("console", "dummy", "filebased"))
NON_DELIVERING_BACKENDS = (*CONSOLE_OR_DUMMY, "django.core.mail.backends.locmem.")
SMTP = "django.core.mail.backends.smtp.EmailBackend"
# Words that tell what this site is about. A sender that others may see contains none of them.
TELLING_WORDS = ("lapor", "aduan", "report", "safety", "keamanan", "korban", "victim", "kekerasan", "abuse", "polisi")
# Second levels under which domains are sold, so that "or.id" is not the domain of anybody.
SHARED_LEVELS = ("ac", "biz", "co", "com", "desa", "edu", "go", "gov", "mil", "my", "net", "or", "org", "sch", "web")


class NoMailServerError(Exception):
    """EMAIL_URL names no mail server: mail would be printed or dropped, and count as sent."""


class NeutralSMTP(EmailBackend):
    """Django's SMTP, which greets the server with the domain of the sender: the name of this machine may name us."""

    def __init__(self, *args: Any, sender: str, **kwargs: Any) -> None:
        """``sender`` is the address that the mails come from."""
        super().__init__(*args, **kwargs)
        self.domain = domain_of_address(sender)

    @property
    def connection_class(self) -> Callable:
        """Return what makes the connection."""
        kind = super().connection_class  # type: ignore[misc]
        return lambda *where, **options: kind(*where, **(options | {"local_hostname": self.domain}))


def require_server() -> None:
    """Raise NoMailServerError unless mail goes to a mail server."""
    if settings.EMAIL_BACKEND.startswith(CONSOLE_OR_DUMMY):
        raise NoMailServerError("Set EMAIL_URL.")


def connection(sender: str) -> BaseEmailBackend:
    """Return a connection to the mail server that is not open yet, for mails whose ``sender`` names nothing."""
    if settings.EMAIL_BACKEND != SMTP:
        return get_connection()
    return get_connection(f"{NeutralSMTP.__module__}.{NeutralSMTP.__name__}", sender=sender)


def tells(sender: str) -> bool:
    """Return whether a sender shares a domain with this site, has its name, or a word that says what it is about."""
    sender, name = sender.lower(), (settings.SITE_NAME or "").lower()
    own = {urlsplit(url).hostname or "" for url in (settings.PUBLIC_URL, settings.DESK_URL)}
    domains = {_registered(host) for host in own}
    names = {domain.split(".")[0] for domain in domains if len(domain.split(".")[0]) > 3} | ({name} if name else set())
    return any(word in sender for word in (*TELLING_WORDS, *names)) or _registered(domain_of_address(sender)) in domains


def domain_of_address(sender: str) -> str:
    """Return what follows the @ of a sender, with or without a name before the address; "localhost" if nothing does."""
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"


def _registered(host: str) -> str:
    """Return the part of a host name that somebody registered, as far as its form tells."""
    labels = host.lower().rstrip(".").split(".")
    length = 3 if len(labels) > 2 and labels[-2] in SHARED_LEVELS else 2
    return ".".join(labels[-length:])
