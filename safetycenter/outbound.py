"""Connect to addresses that a person or a text has chosen: only to public networks, and post over HTTPS.

The person who names an address chooses where this server connects to. Each host is resolved once, every address that
it has must be allowed, and the connection goes to one of these addresses, so that a second answer of the name server
cannot lead into our own network. No redirect is followed, and no answer is read beyond its status.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from time import monotonic
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

HTTPS_PORT = 443
SECONDS = 3  # for each wait of one try: to connect, to agree on a key, to be answered
TRIES = 2
# What went wrong, in one word that is safe to store and to log.
FORBIDDEN, UNREACHABLE, CERTIFICATE, REFUSED = "forbidden", "unreachable", "certificate", "refused"
# Neutral: it names neither this site nor its subject.
HEADERS = {"User-Agent": "Mozilla/5.0 (compatible)", "Accept": "*/*", "Connection": "close"}
# Addresses that stand for another, perhaps private one: NAT64, 6to4, old forms of IPv4 in IPv6 and of private networks.
# The last is public in form only: in Azure it is the agent of the machine itself.
_STANDING_FOR = [
    ipaddress.ip_network(one)
    for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "::/96", "fec0::/10", "168.63.129.16/32")
]


class RefusedError(Exception):
    """The address is one that this server must not connect to."""


class Letter(NamedTuple):
    """What is posted to an address."""

    url: str
    headers: dict[str, str]
    body: bytes


class Post:
    """One letter that is being posted. ``end`` stops it. ``private`` are networks that are allowed besides public ones.

    ``failure`` is one of the words above, "" once the receiver has accepted the letter.
    """

    def __init__(self, letter: Letter, private: Sequence[str]) -> None:
        self.letter = letter
        self.failure = UNREACHABLE
        self._private = private
        self._socket: socket.socket | None = None
        self._is_over = False

    def send(self) -> None:
        """Post the letter; a second time if the receiver was not reached or could not answer."""
        for _try in range(TRIES):
            self.failure = self._failure()
            if self._is_over or self.failure != UNREACHABLE:
                return

    def end(self) -> None:
        """Close the connection and send nothing more."""
        self._is_over = True
        if self._socket:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def _failure(self) -> str:
        try:
            status = self._request()
        except ssl.SSLCertVerificationError:
            return CERTIFICATE
        except (OSError, http.client.HTTPException):
            return UNREACHABLE
        except (RefusedError, ValueError):  # ValueError: a host or a header that cannot be written
            return FORBIDDEN
        if status >= http.client.INTERNAL_SERVER_ERROR:
            return UNREACHABLE
        return "" if http.client.OK <= status < http.client.MULTIPLE_CHOICES else REFUSED

    def _request(self) -> int:
        parts = https_parts(self.letter.url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
        try:
            connection.sock = self._connect(parts)
            connection.request("POST", target_of(parts), self.letter.body, HEADERS | self.letter.headers)
            return connection.getresponse().status
        finally:
            connection.close()

    def _connect(self, parts: SplitResult) -> socket.socket:
        port = parts.port or HTTPS_PORT
        found = allowed_addresses(parts.hostname or "", port, self._private)
        if port != HTTPS_PORT and not all(_is_in(address, self._private) for address, _port in found):
            raise RefusedError
        opened = self._socket = _first_that_answers(found)
        if self._is_over:
            raise RefusedError
        context = ssl.create_default_context()
        secured = context.wrap_socket(opened, server_hostname=parts.hostname, do_handshake_on_connect=False)
        self._socket = secured
        secured.do_handshake()
        return secured


class Posting:
    """Letters on their way, each by itself, so that none waits for another."""

    def __init__(self, letters: Mapping[int, Letter], private: Sequence[str], seconds: float) -> None:
        self._until = monotonic() + seconds
        self._posts = {key: Post(letter, private) for key, letter in letters.items()}
        self._threads = {key: threading.Thread(target=post.send, daemon=True) for key, post in self._posts.items()}
        for thread in self._threads.values():
            thread.start()

    def failures(self) -> dict[int, str]:
        """Return what went wrong with each letter; "" if nothing did. Those that take too long are given up."""
        found = {}
        for key, thread in self._threads.items():
            thread.join(max(0, self._until - monotonic()))
            self._posts[key].end()
            found[key] = UNREACHABLE if thread.is_alive() else self._posts[key].failure
        return found


def https_parts(url: str) -> SplitResult:
    """Return the parts of an HTTPS address. Raises RefusedError for another scheme, a password in it, or no host."""
    try:
        parts = urlsplit(url)
        has_password = parts.username is not None or parts.password is not None
        if parts.scheme != "https" or not parts.hostname or has_password or parts.port == 0:
            raise RefusedError
    except ValueError as error:  # a port that is no number, a bracket that is not closed
        raise RefusedError from error
    return parts


def allowed_addresses(host: str, port: int, private: Sequence[str] = ()) -> list[tuple[str, int]]:
    """Return the addresses of ``host``. Raises RefusedError if one is neither public nor in ``private``; OSError."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(_is_public(address) or _is_in(address, private) for address in found):
        raise RefusedError
    return [(address, port) for address in found]


def public_address(host: str, port: int) -> tuple[str, int]:
    """Return an address of ``host`` to connect to. Raises RefusedError if any of its addresses is not public."""
    return allowed_addresses(host, port)[0]


def target_of(parts: SplitResult) -> str:
    """Return path and query as a request names them."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return f"{path}?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else path


def _first_that_answers(found: Sequence[tuple[str, int]]) -> socket.socket:
    for address in found[:-1]:
        with suppress(OSError):  # this machine may have no IPv6
            return socket.create_connection(address, timeout=SECONDS)
    return socket.create_connection(found[-1], timeout=SECONDS)


def _is_public(address: str) -> bool:
    parsed = _inner(address)
    stands_for_another = any(ipaddress.ip_address(_bare(address)) in network for network in _STANDING_FOR)
    return parsed.is_global and not parsed.is_multicast and not stands_for_another


def _is_in(address: str, networks: Sequence[str]) -> bool:
    return any(_inner(address) in ipaddress.ip_network(network, strict=False) for network in networks)


def _inner(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return the address that is meant: ``::ffff:10.0.0.1`` means 10.0.0.1."""
    parsed = ipaddress.ip_address(_bare(address))
    return getattr(parsed, "ipv4_mapped", None) or parsed


def _bare(address: str) -> str:
    return address.partition("%")[0]
