"""Servers to measure, and a client that requests one page over one persistent connection."""

import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS, SECONDS = 25, 0.3
WORKERS = {"WORKERS": "1", "THREADS": "4"}  # of gunicorn.conf.py, which reads them
OF_OTHERS = "tools/bench/gunicorn_of_others.py"  # settings for what the site is compared with
END_OF_HEAD = b"\r\n\r\n"


class Server(NamedTuple):
    """The port of a server, and its process."""

    port: int
    process: psutil.Process


class Round(NamedTuple):
    """The result of one round: requests a second, and microseconds of processor time for each."""

    requests: float
    cpu: float


def manage(environment: dict, *command: str) -> None:
    """Run one management command of the site. Raises CalledProcessError when it fails."""
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, stdout=sys.stderr)


def inside(environment: dict, module: str, *arguments: str):
    """Run a module inside a site and return the JSON that it prints. Raises CalledProcessError when it fails."""
    command = [sys.executable, "-m", module, *arguments]
    return json.loads(subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE).stdout)


def site(folder: str, database: dict | None = None) -> dict:
    """Return the environment of a whole site under ``folder``, with the starter content and its static files.

    ``database`` is the part of the environment that sets the database: SQLite when there is none.
    """
    environment = {
        **os.environ,
        **(database or {}),
        "VAR_DIR": folder,
        "DEBUG": "0",
        "PLAIN_HTTP": "1",
        **WORKERS,
        "LOG_LEVEL": "ERROR",
    }
    manage(environment, "set_up")
    return environment


def free_port() -> int:
    """Return a port that no process listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def portal(folder: str):
    """Return a context manager: a running server of the whole site under ``folder``, with its report form open."""
    return gunicorn("tools.bench.open_form", site(folder))


@contextmanager
def gunicorn(
    module: str, environment: dict, python: str = sys.executable, settings_file: str = "deploy/gunicorn.conf.py"
):
    """Yield gunicorn of ``python`` serving ``module``, configured as the site runs it."""
    port = free_port()
    settings = ["--config", settings_file, "--bind", f"127.0.0.1:{port}"]
    with started([python, "-m", "gunicorn", *settings, module], port, environment) as server:
        yield server


@contextmanager
def started(command: list[str], port: int, environment: dict | None = None):
    """Yield a server process once it answers on ``port``."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield Server(port, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    """Return when the port answers. Raises TimeoutError after half a minute."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"Nothing answers on port {port}.")


def in_turns(*visits: Callable[[], Round]) -> list[list[Round]]:
    """Return the rounds of each visit, taken in turns, forward and backward, because machines are noisy."""
    order, rounds = list(range(len(visits))), []
    for _ in range(ROUNDS):
        taken = {place: visits[place]() for place in order}
        rounds.append([taken[place] for place in range(len(visits))])
        order.reverse()
    return list(map(list, zip(*rounds, strict=True)))


def ratio(figure: str, ours: list[Round], theirs: list[Round]) -> float:
    """Return the median of the ratios within each round: a disturbance of a round affects both sides."""
    return statistics.median(getattr(a, figure) / getattr(b, figure) for a, b in zip(ours, theirs, strict=True))


def visit(server: Server, path: str, encoding: str = "br") -> Round:
    """Request ``path`` repeatedly for some seconds.

    Every response is as long as the first, so the client does not parse it: its own work would be measured too.
    """
    request = _request(path, encoding)
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        length = sum(map(len, ask(connection, request)))
        count, cpu, begun = 0, cpu_of(server.process), time.monotonic()
        while (passed := time.monotonic() - begun) < SECONDS:
            connection.sendall(request)
            left = length
            while left > 0:
                left -= len(_more(connection))
            count += 1
        return Round(count / passed, (cpu_of(server.process) - cpu) / count * 1e6)


def cpu_of(process: psutil.Process) -> float:
    """Return the seconds of processor time that the workers of a server have used."""
    return sum(sum(child.cpu_times()[:2]) for child in process.children())


def fetch(server: Server, path: str, encoding: str = "br") -> bytes:
    """Return the body at ``path`` as it is transferred."""
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        return ask(connection, _request(path, encoding))[1]


def ask(connection: socket.socket, request: bytes) -> tuple[bytes, bytes]:
    """Send one request and return its whole response, head and body. Raises ValueError unless it is a 200."""
    connection.sendall(request)
    received = b""
    while END_OF_HEAD not in received:
        received += _more(connection)
    length = received.index(END_OF_HEAD) + len(END_OF_HEAD)
    head, body = received[:length], received[length:]
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise ValueError(head.decode("latin-1"))
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += _more(connection)
    return head, body


def _request(path: str, encoding: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: {encoding}\r\n\r\n".encode()


def _more(connection: socket.socket) -> bytes:
    received = connection.recv(65536)
    if not received:
        raise ConnectionError("The server closed the connection.")
    return received
