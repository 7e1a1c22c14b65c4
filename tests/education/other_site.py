"""Another site, on this machine: it answers ``http://site.example/…``, and keeps what it was asked."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

HOST = "http://site.example"
TARGETS = {
    "/moved": (301, "/works"),
    "/moved-twice": (308, "/moved"),
    "/elsewhere-for-now": (302, "/works"),
    "/loop": (302, "/loop"),
    "/into-our-network": (302, "http://127.0.0.1/secret"),
}
STATUS = {"/works": 200, "/gone": 410, "/never-was": 404, "/down": 503, "/no-programs": 403, "/no-head": 200}


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append((self.command, self.path, dict(self.headers)))
        status, target = TARGETS.get(self.path, (STATUS.get(self.path, 404), ""))
        if self.path == "/no-head" and self.command == "HEAD":
            status = 405
        if self.path == "/slow":
            self._drip()
            return
        self.send_response(status)
        self.send_header("Set-Cookie", "seen=1")
        if target:
            self.send_header("Location", target)
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815 - the name that the library calls

    def _drip(self) -> None:
        """Send one letter after another, so that no single wait is long."""
        for _turn in range(50):
            try:
                self.wfile.write(b"H")
                time.sleep(0.1)
            except OSError:
                return

    def log_message(self, *_arguments) -> None:
        """Say nothing."""


@contextmanager
def running(monkeypatch) -> Iterator[SimpleNamespace]:
    """Answer for every host that ends with ``.example``; ``asked`` is the list of requests."""
    from education.links import network

    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    server.asked = []
    real = network.public_address

    def address(host: str, port: int) -> tuple[str, int]:
        return server.server_address if host.endswith(".example") else real(host, port)

    monkeypatch.setattr(network, "public_address", address)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield SimpleNamespace(asked=server.asked)
    server.shutdown()
    server.server_close()
