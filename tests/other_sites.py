"""All other sites, for the browser of the tests: one server on this machine that answers every address.

The browser itself is led here. An answer by Playwright would cost a question for each request, also of our own site,
and would keep the browser from remembering style sheets and scripts.
"""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

from tests.certificates import Authority

BODY = b"<title>Another site</title>"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
TLS_BEGINS = b"\x16"


class _Answers(StreamRequestHandler):
    timeout = 10

    def setup(self) -> None:
        """Speak TLS if the browser does."""
        if self.request.recv(1, socket.MSG_PEEK) == TLS_BEGINS:
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def handle(self) -> None:
        """Read the request, and answer it."""
        while self.rfile.readline().strip():
            pass
        self.wfile.write(ANSWER % (len(BODY), BODY))


class _Server(ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, *_arguments) -> None:
        """Say nothing of connections that the browser opened in advance or has closed."""


@contextmanager
def running(folder: Path) -> Iterator[list[str]]:
    """The arguments with which Chromium takes this server for each site that is not on this machine."""
    made = Authority(folder).issue("other.example")
    with _Server(("127.0.0.1", 0), _Answers) as server:
        server.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.tls.load_cert_chain(made / "fullchain.pem", made / "privkey.pem")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        here = f"127.0.0.1:{server.server_address[1]}"
        yield [f"--host-resolver-rules=MAP * {here}, EXCLUDE localhost, EXCLUDE 127.0.0.1"]
        server.shutdown()
