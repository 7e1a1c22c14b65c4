"""A receiver of pages on this machine: HTTPS with a new certificate, which keeps what it was sent."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from types import SimpleNamespace

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class _Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(SimpleNamespace(path=self.path, headers=dict(self.headers), body=body))
        time.sleep(self.server.waits)
        self.send_response(self.server.answers.pop(0) if self.server.answers else 200)
        self.send_header("Location", f"https://127.0.0.1:{self.server.server_port}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_arguments) -> None:
        """Say nothing of connections that the sender has ended."""


def certificate(folder: Path) -> Path:
    """A file with a new key and a certificate that it signed for 127.0.0.1."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(1))
    for_here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    signed = made.add_extension(for_here, critical=False).sign(key, hashes.SHA256())
    no_password = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, no_password)
    path = folder / "receiver.pem"
    path.write_bytes(pem + signed.public_bytes(serialization.Encoding.PEM))
    return path


@contextmanager
def running(folder: Path) -> Iterator[SimpleNamespace]:
    """The ``url`` of a receiver, its ``certificate``, what it ``got``; ``server`` has ``answers`` and ``waits``."""
    server = _Server(("127.0.0.1", 0), _Receiver)
    server.got, server.answers, server.waits = [], [], 0
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem := certificate(folder))
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield SimpleNamespace(
        url=f"https://127.0.0.1:{server.server_port}", certificate=str(pem), got=server.got, server=server
    )
    server.shutdown()
    server.server_close()
