"""Ask another site whether an address still works: HEAD, then GET, without cookies, only on public networks.

The address comes from a text, so anyone who writes a text chooses where this server connects to. Each host is resolved
once, every address that it has must be public, and the connection goes to that address, so that a second answer of the
name server cannot lead into our own network. Only ports 80 and 443 are asked. The body is not read.
"""

import http.client
import socket
import ssl
import threading
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from education.models import ExternalLink
from safetycenter.outbound import RefusedError, public_address, target_of

Result = ExternalLink.Result
MAX_REDIRECTS = 5
SECONDS = 5  # for one address with all its redirects
PORTS = {"http": 80, "https": 443}
# Neutral (H9): it names neither this site nor its subject.
HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; link check)", "Accept": "*/*", "Connection": "close"}
_GONE = {404, 410}
_PERMANENT = {301, 308}
_REDIRECTS = {*_PERMANENT, 302, 303, 307}


class Answer(NamedTuple):
    """The result of a check, and the new address if the old one has moved for good."""

    result: str
    moved_to: str = ""


class Question:
    """One check of one address. ``end`` closes its connection, so that a site which answers slowly holds up nothing."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answer = Answer(Result.UNREACHABLE)
        self._socket: socket.socket | None = None
        self._is_over = False

    def ask(self) -> None:
        """Set ``answer``. Whatever a site does wrong counts as "could not be reached"."""
        with suppress(OSError, http.client.HTTPException, RefusedError, ValueError):
            self.answer = self._follow()

    def end(self) -> None:
        """Close the connection and send nothing more."""
        self._is_over = True
        if self._socket:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def _follow(self) -> Answer:
        url, has_moved = self.url, True
        for _hop in range(MAX_REDIRECTS + 1):
            status, target = self._status(url)
            if status not in _REDIRECTS or not target:
                return _answer(status, url if has_moved and url != self.url else "")
            has_moved = has_moved and status in _PERMANENT
            url = urljoin(url, target)
        return Answer(Result.UNREACHABLE)

    def _status(self, url: str) -> tuple[int, str]:
        """Return the status and the target of a redirect. Many sites answer HEAD wrongly: an error is asked again."""
        status, target = self._request("HEAD", url)
        return self._request("GET", url) if status >= http.client.BAD_REQUEST else (status, target)

    def _request(self, method: str, url: str) -> tuple[int, str]:
        parts = urlsplit(url)
        if self._is_over or parts.username is not None or parts.password is not None:
            raise RefusedError
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
        try:
            connection.sock = self._connect(parts)
            connection.request(method, target_of(parts), headers=HEADERS)
            response = connection.getresponse()
            return response.status, response.headers.get("Location", "")
        finally:
            connection.close()

    def _connect(self, parts: SplitResult) -> socket.socket:
        if parts.scheme not in PORTS or not parts.hostname or parts.port not in {None, PORTS[parts.scheme]}:
            raise RefusedError
        address = public_address(parts.hostname, PORTS[parts.scheme])
        self._socket = opened = socket.create_connection(address, timeout=SECONDS)
        if parts.scheme == "https":
            context = ssl.create_default_context()
            opened = context.wrap_socket(opened, server_hostname=parts.hostname, do_handshake_on_connect=False)
            self._socket = opened
            opened.do_handshake()
        return opened


def ask(url: str, seconds: float = SECONDS) -> Answer:
    """Return whether ``url`` works. It takes at most ``seconds``, however slowly a site or its name server answers."""
    question = Question(url)
    asking = threading.Thread(target=question.ask, daemon=True)
    asking.start()
    asking.join(seconds)
    question.end()
    return Answer(Result.UNREACHABLE) if asking.is_alive() else question.answer


def _answer(status: int, moved_to: str) -> Answer:
    if status in _GONE:
        return Answer(Result.GONE)
    if http.client.BAD_REQUEST <= status < http.client.INTERNAL_SERVER_ERROR:
        return Answer(Result.REFUSED)  # somebody answers there, who wants no programs
    if status >= http.client.INTERNAL_SERVER_ERROR or status < http.client.OK:
        return Answer(Result.UNREACHABLE)
    if moved_to and len(moved_to) <= ExternalLink.MAX_LENGTH:
        return Answer(Result.MOVED, moved_to)
    return Answer(Result.WORKS)
