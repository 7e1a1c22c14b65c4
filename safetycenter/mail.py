"""Whether this site can send mail at all, and how it does so without naming itself."""

import re
from collections.abc import Callable
from contextlib import closing
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
# A longer word that begins with one of them tells it too: "laporan", "reports".
TELLING_WORDS = (
    *("lapor", "pelapor", "aduan", "pengaduan", "report", "safety", "keamanan"),
    *("korban", "victim", "kekerasan", "abuse", "polisi"),
)
ACCEPTED = 250  # the answer of a mail server that goes on
SHORTEST_NAME = 4  # letters of a name of this site that a sender may not have; shorter ones are in many addresses
# Reserved by RFC 2606 and RFC 6761: nothing can be sent to them, and most servers accept nothing from them.
RESERVED = ("example", "invalid", "localhost", "test", "example.com", "example.net", "example.org")
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
    own = {urlsplit(url).hostname or "" for url in (settings.PUBLIC_URL, settings.DESK_URL)}
    domains = {_registered(host) for host in own}
    names = {domain.split(".")[0] for domain in domains} | {(settings.SITE_NAME or "").lower()}
    found = [rf"\b{word}" for word in TELLING_WORDS] + [pattern for name in names if (pattern := _whole(name))]
    words = sender.lower().replace("_", " ")  # for \b a letter
    return bool(re.search("|".join(found), words)) or _registered(domain_of_address(sender)) in domains


def arrives_nowhere(sender: str) -> bool:
    """Return whether a sender has a domain that no mail server can know: most servers refuse its mails."""
    domain = domain_of_address(sender).lower().rstrip(".")
    return "." not in domain or any(f".{domain}".endswith(f".{reserved}") for reserved in RESERVED)


def refusal(sender: str) -> int:
    """Ask the mail server whether mails of ``sender`` may leave, without one: 0, or the number of its refusal.

    Greets it as a mail to people on call does. Raises OSError when it cannot be reached or refuses the password.
    """
    with closing(connection(sender)) as asked:
        asked.open()
        smtp = asked.connection if isinstance(asked, NeutralSMTP) else None
        if smtp is None:
            return 0
        smtp.ehlo_or_helo_if_needed()
        code, _said = smtp.mail(parseaddr(sender)[1])
        smtp.rset()
    return 0 if code == ACCEPTED else code


def domain_of_address(sender: str) -> str:
    """Return what follows the @ of a sender, with or without a name before the address; "localhost" if nothing does."""
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"


def _whole(name: str) -> str:
    """Return an expression for the words of ``name`` as whole ones, however they are joined; "" for a short name."""
    words = re.findall(r"[^\W_]+", name)
    return r"\b" + r"\W*".join(words) + r"\b" if len("".join(words)) >= SHORTEST_NAME else ""


def _registered(host: str) -> str:
    """Return the part of a host name that somebody registered, as far as its form tells."""
    labels = host.lower().rstrip(".").split(".")
    length = 3 if len(labels) > 2 and labels[-2] in SHARED_LEVELS else 2
    return ".".join(labels[-length:])
