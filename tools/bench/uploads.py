"""The memory of the web server while it receives files: it must not grow with their size."""

import re
from pathlib import Path

import psutil

from . import load
from .browser import HIDDEN, Browser, hidden_fields
from .form import report
from .table import Row, at_most

MB = 1024 * 1024
SMALL, LARGE = MB, 10 * MB - 1
RETURN, VISIT, WRITE = "/id/kabar/", "/id/kabar/buka/", "/id/kabar/tulis/"
BOUNDARY = "---------------------------42"
RESET_PEAK = "5"  # what the kernel understands in clear_refs: begin to measure the peak again


def rows(server: load.Server) -> list[Row]:
    """Return by how much more the memory grows with a large file than with a small one."""
    _growth(server, SMALL)  # the first upload loads what every one needs
    small, large = _growth(server, SMALL), _growth(server, LARGE)
    return [at_most("a file of 10 MB / 1 MB: more memory at the peak", max(0.0, large - small) / MB, 4, " MB")]


def _growth(server: load.Server, size: int) -> float:
    """Return by how many bytes the memory of the workers is larger at its peak while a file is sent."""
    visitor, form = _visit(server.port)
    before = _reset(server.process.children())
    body = _form(form, size)
    status, _page, _to = _send(visitor, body)
    if status != 303:
        raise ValueError(f"The file was not stored: {status}.")
    return sum(_peak(worker) for worker in server.process.children()) - before


def _visit(port: int) -> tuple[Browser, dict[str, str]]:
    """Return a reporter who came back with the code, and the hidden fields of the form for a message."""
    page = report(port)
    visitor = Browser(port)
    fields = hidden_fields(visitor.get(RETURN)) | {"code": re.search('data-code="([^"]+)"', page)[1]}
    visitor.post(RETURN, fields)
    form = re.search(r'<form[^>]*id="write".*?</form>', visitor.get(VISIT), re.S)[0]
    return visitor, dict(HIDDEN.findall(form))


def _form(fields: dict[str, str], size: int) -> bytes:
    given = fields | {"text": "Ini chatnya.", "sexual": "no"}
    head = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in given.items()
    )
    head += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="x.txt"\r\n\r\n'
    return head.encode() + b"kata " * (size // 5) + f"\r\n--{BOUNDARY}--\r\n".encode()


def _send(visitor: Browser, body: bytes) -> tuple[int, str, str]:
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())}
    headers |= {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    visitor.connection.request("POST", WRITE, body, headers)
    response = visitor.connection.getresponse()
    return response.status, response.read().decode(), response.headers.get("Location", "")


def _reset(workers: list[psutil.Process]) -> float:
    """Begin to measure the peak of each worker; return what they use now."""
    for worker in workers:
        Path(f"/proc/{worker.pid}/clear_refs").write_text(RESET_PEAK)
    return sum(worker.memory_info().rss for worker in workers)


def _peak(worker: psutil.Process) -> float:
    status = Path(f"/proc/{worker.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024
