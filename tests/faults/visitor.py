"""A reporter of a server that may die: fills in the form, sends it as often as it takes, and looks what is there."""

import http.client
import re
from contextlib import suppress
from time import monotonic, sleep
from urllib.parse import urlencode

from tools.bench.browser import HIDDEN, Browser, hidden_fields
from tools.bench.form import filled

WORDS = "Mereka mengejek aku tiap hari di grup kelas."
ANSWERS = {"about": "me", "category": "cyberbullying", "age": "16_17", "words": WORDS}
START, CODE = "/id/lapor/mulai/", "/id/lapor/kode/"
RETURN, VISIT, WRITE = "/id/kabar/", "/id/kabar/buka/", "/id/kabar/tulis/"
BOUNDARY = "-----------------------------42"
FILE = b"Kata. " * 30_000  # three pieces of an upload
LOST = (ConnectionError, http.client.HTTPException, TimeoutError)


class Visitor(Browser):
    """One phone. A connection serves one request, because its server may be another one for the next.

    ``last`` is the status of the last answer, and its page.
    """

    last = (0, "")

    def _ask(self, *request, **more):
        answer = super()._ask(*request, **more)
        self.last = answer[:2]
        return answer

    def _response(self, *request):
        self.connection.close()
        self.connection.request(*request)
        return self.connection.getresponse()

    def fill_in(self, until: str) -> str:
        """Answer the form up to the page whose form has the field ``until``; return its address."""
        path = START
        for _page in range(40):
            fields = self._form_once_open(path)
            if until in (*fields, fields.get("question")):
                return path
            path = self.post(path, filled(fields, ANSWERS))
        raise RuntimeError(f"The form does not lead to {until}.")

    def _form_once_open(self, path: str) -> dict[str, str]:
        """Return what ``form`` does. A worker may remember for seconds that the form was closed in the test before.

        It then shows a page without the form, or sends back to the first page.
        """
        for _second in range(30):
            with suppress(StopIteration, ValueError):
                return self.form(path)
            sleep(1)
        return self.form(path)

    def form(self, path: str) -> dict[str, str]:
        """Return the hidden fields of the page at ``path``; of the last page of the form, all that "Send" sends."""
        fields = hidden_fields(self.get(path))
        return filled(fields, ANSWERS) if "ending" in fields else fields

    def try_to(self, path: str, body: bytes | str, kind: str, die_at: int | None = None) -> int:
        """Send a form once; return the status, or 0 if the connection was lost before the answer."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Content-Type": kind}
        headers |= {"X-Die-At": str(die_at)} if die_at else {}
        try:
            response = self._response("POST", path, body, headers)
            self.last = (response.status, response.read().decode("utf-8", "replace"))
        except LOST:
            self.last = (0, "")
        return self.last[0]

    def send(self, path: str, die_at: int | None = None) -> int:
        """Press "Send report" on the last page of the form."""
        return self.press(path, self.form(path), die_at)

    def press(self, path: str, form: dict[str, str], die_at: int | None = None) -> int:
        """Send a form that was read before."""
        return self.try_to(path, urlencode(form), "application/x-www-form-urlencoded", die_at)

    def write(self, fields: dict[str, str], content: bytes, die_at: int | None = None) -> int:
        """Send a message with a file from the page behind the code; ``fields`` are the hidden ones of its form."""
        fields = fields | {"text": WORDS, "sexual": "no"}
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()
        ]
        parts += [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="chat.txt"\r\n']
        parts += ["Content-Type: text/plain\r\n\r\n"]
        body = "".join(parts).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self.try_to(WRITE, body, f"multipart/form-data; boundary={BOUNDARY}", die_at)

    def write_form(self) -> dict[str, str]:
        """Return the hidden fields of the form for a message on the page behind the code."""
        form = re.search(r'<form[^>]*id="write".*?</form>', self.get(VISIT), re.S)[0]
        return dict(HIDDEN.findall(form))

    def read(self) -> str:
        """Return the page behind the code after the tap that opens new messages, where there are any."""
        if 'name="read"' in self.get(VISIT):
            self.press(WRITE, self.write_form() | {"read": "1"})
        return self.get(VISIT)

    def code(self) -> str | None:
        """Return the code that the form shows; None while the report is not sent."""
        status, page, _to = self._ask("GET", CODE)
        if status != 200:
            return None
        return re.search(r'data-code="([^"]+)"', page)[1]

    def open(self, code: str) -> bool:
        """Enter ``code`` as a person who comes back; return whether it opens a report."""
        body = urlencode(self.form(RETURN) | {"code": code})
        status, _page, to = self._ask("POST", RETURN, body)
        return status == 303 and to == VISIT


PATIENCE = 240  # seconds of a person who presses again; a test whose server never comes back must end


def persist(visitor: Visitor) -> str | None:
    """Fill in and send a report as a person who presses again when a page does not come; return its code."""
    path, until = START, monotonic() + PATIENCE
    while monotonic() < until:
        with suppress(*LOST, ValueError):
            if code := visitor.code():
                return code
            path = visitor.post(path, filled(visitor.form(path), ANSWERS))
    return None


def attempt(visitor: Visitor) -> str | None:
    """Fill in and send a report as far as it goes; the code, or None."""
    with suppress(ValueError, *LOST):
        if visitor.send(visitor.fill_in("ending")) == 303:
            return visitor.code()
    return None
