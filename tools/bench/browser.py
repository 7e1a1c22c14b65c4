"""A browser that keeps its connection and its cookies, and sends the forms of the pages that it was given."""

import re
from html import unescape
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode

FORM = re.compile(r"<form([^>]*)>(.*?)</form>", re.S)
TOKEN = re.compile('name="csrfmiddlewaretoken" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class Browser:
    """One visitor of the server on ``port``; ``cookies`` are those of a session that exists already."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = dict(cookies or {})

    def get(self, path: str, **headers: str) -> str:
        """Return the page at ``path``, asked for with more ``headers``. Raises ValueError unless it is a 200."""
        status, page, _to = self._ask("GET", path, more=headers)
        if status != 200:
            raise ValueError(f"{path}: {status}")
        return page

    def post(self, path: str, data: dict[str, str]) -> str:
        """Send ``data`` to ``path``; return where it leads. Raises ValueError unless the answer is a redirect."""
        status, _page, to = self._ask("POST", path, urlencode(data))
        if status not in (302, 303):
            raise ValueError(f"{path}: {status}")
        return to

    def _ask(
        self, method: str, path: str, body: str | None = None, more: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **(more or {})}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        response = self._response(method, path, body, headers)
        page = response.read().decode("utf-8", "replace")
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: cookie.value for name, cookie in SimpleCookie(line).items()}
        return response.status, page, response.headers.get("Location", "")

    def _response(self, *request: object) -> HTTPResponse:
        """Return the response; the server has closed the connection if it was idle for some seconds."""
        try:
            self.connection.request(*request)
            return self.connection.getresponse()
        except ConnectionError:
            self.connection.close()
            self.connection.request(*request)
            return self.connection.getresponse()


def token(page: str) -> dict[str, str]:
    """Return the field of the first form of ``page`` that proves where the form came from."""
    return {"csrfmiddlewaretoken": TOKEN.search(page)[1]}


def hidden_fields(page: str) -> dict[str, str]:
    """Return the hidden fields of the form that is sent to the page's own address."""
    form = next(body for head, body in FORM.findall(page) if 'id="step"' in head or "action=" not in head)
    return {name: unescape(value) for name, value in HIDDEN.findall(form)}
