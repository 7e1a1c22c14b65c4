"""An SMTP server of the tests: STARTTLS, then sign-in, then mail, which it keeps. It passes nothing on."""

import base64
import socketserver
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from pathlib import Path

USER, PASSWORD = "user", "password"
REFUSED = "refused"  # who has this in their address is unknown here, and may send nothing


@dataclass
class Mail:
    """One mail: who sent it and to whom, as said to the server, and what was sent."""

    sender: str
    recipient: str
    content: Message


@dataclass
class MailServer:
    """What it was sent, what it was greeted with; it may be told to say nothing or to wait."""

    port: int = 0
    mails: list[Mail] = field(default_factory=list)
    greetings: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)  # the commands, in order
    silent: bool = False
    seconds: float = 0  # before each answer to a mail


class _Conversation(socketserver.StreamRequestHandler):
    timeout = 20

    def handle(self) -> None:
        """Answer until the other side leaves."""
        self.site, self.secured, self.signed_in = self.server.site, False, False
        self.sender = self.recipient = ""
        if self.site.silent:
            time.sleep(5)
            return
        self.say("220 mail")
        with suppress(OSError):
            while line := self.rfile.readline().decode().strip():
                word, _, rest = line.partition(" ")
                self.site.spoken.append(word.upper())
                answer = getattr(self, f"on_{word.lower()}", None)
                if answer is None:
                    self.say("502 unknown")
                elif answer(rest) is False:
                    return

    def say(self, *lines: str) -> None:
        """Send the lines of one answer."""
        code = lines[0][:3]
        texts = [lines[0][4:], *lines[1:]]
        ends = ["-"] * (len(texts) - 1) + [" "]
        self.wfile.write("".join(f"{code}{end}{text}\r\n" for end, text in zip(ends, texts, strict=True)).encode())

    def on_ehlo(self, name: str) -> None:
        """Sign-in is offered after STARTTLS only."""
        self.site.greetings.append(name)
        self.say("250 mail", "AUTH PLAIN" if self.secured else "STARTTLS")

    def on_starttls(self, _rest: str) -> None:
        """Encrypt from here on."""
        self.say("220 go on")
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        self.setup()
        self.secured = True

    def on_auth(self, rest: str) -> None:
        """Take one name and one password, and no others."""
        given = base64.b64decode(rest.removeprefix("PLAIN ")).decode().split("\0")
        self.signed_in = self.secured and given[-2:] == [USER, PASSWORD]
        self.say("235 come in" if self.signed_in else "535 no")

    def on_mail(self, rest: str) -> None:
        """Mail from those who signed in."""
        self.sender = rest.partition("<")[2].partition(">")[0]
        if not self.signed_in:
            self.say("530 sign in first")
        else:
            self.say("550 not from here" if REFUSED in self.sender else "250 yes")

    def on_rcpt(self, rest: str) -> None:
        """Mail to those who are known."""
        self.recipient = rest.partition("<")[2].partition(">")[0]
        self.say("550 nobody here" if REFUSED in self.recipient else "250 yes")

    def on_data(self, _rest: str) -> None:
        """Keep the mail."""
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        time.sleep(self.site.seconds)
        self.site.mails.append(Mail(self.sender, self.recipient, message_from_bytes(b"".join(lines))))
        self.say("250 kept")

    def on_rset(self, _rest: str) -> None:
        """Begin again."""
        self.say("250 yes")

    def on_quit(self, _rest: str) -> bool:
        """Say goodbye."""
        self.say("221 bye")
        return False


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, *_arguments) -> None:
        """Say nothing of connections that the sender has ended."""


@contextmanager
def running(tls: Path) -> Iterator[MailServer]:
    """Run it on a free port, with the certificate in the folder ``tls``."""
    site = MailServer()
    with _Server(("127.0.0.1", 0), _Conversation) as server:
        server.site, site.port = site, server.server_address[1]
        server.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        server.context.load_cert_chain(tls / "fullchain.pem", tls / "privkey.pem")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield site
        finally:
            server.shutdown()
