"""``make bench``: a reader's page from memory, side by side with a bare Django view of the same bytes.

Two gunicorns with the same settings take turns in short rounds; what counts is the ratio of their medians, because
machines are noisy. Bars: at least 1.0 by requests a second and 1.2 by processor time for each request.
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil

ROOT = Path(__file__).resolve().parent.parent
PAGE = "/id/p/6/"
ROUNDS, SECONDS = 7, 2.0
BARS = {"requests": 1.0, "cpu": 1.2}
REQUEST = f"GET {PAGE} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: br\r\n\r\n".encode()


class Round(NamedTuple):
    """What one round gave: requests a second, and microseconds of processor time for each."""

    requests: float
    cpu: float


def main() -> int:
    """0 when both bars are met."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "VAR_DIR": folder, "DEBUG": "0", "PLAIN_HTTP": "1", "WORKERS": "1", "THREADS": "4"}
        subprocess.run(
            [sys.executable, "manage.py", "set_up"], cwd=ROOT, env=environment, check=True, stdout=sys.stderr
        )
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"], cwd=ROOT, env=environment, check=True
        )
        environment["BENCH_BODY"] = f"{folder}/body"
        with served("safetycenter.wsgi", environment) as ours:
            Path(environment["BENCH_BODY"]).write_bytes(fetch(ours))
            with served("tools.bare", environment) as bare:
                rounds = [(measure(ours), measure(bare)) for _ in range(ROUNDS)]
    return report([pair[0] for pair in rounds], [pair[1] for pair in rounds])


def report(ours: list[Round], bare: list[Round]) -> int:
    """Print the table; 0 when both bars are met."""
    rates = [statistics.median(row.requests for row in rows) for rows in (ours, bare)]
    costs = [statistics.median(row.cpu for row in rows) for rows in (ours, bare)]
    ratios = {"requests": rates[0] / rates[1], "cpu": costs[1] / costs[0]}
    print(f"{PAGE}, {ROUNDS} rounds each     from memory   bare view   ratio   bar")
    rows = (("requests a second", rates, "requests"), ("µs of processor a request", costs, "cpu"))
    for title, (from_memory, from_view), name in rows:
        print(f"{title:28} {from_memory:11.0f} {from_view:11.0f} {ratios[name]:7.2f} {BARS[name]:5.1f}")
    return int(any(ratios[name] < bar for name, bar in BARS.items()))


@contextmanager
def served(module: str, environment: dict):
    """gunicorn with ``module``, as its port and its process."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [
        "-m",
        "gunicorn",
        "--config",
        "deploy/gunicorn.conf.py",
        "--bind",
        f"127.0.0.1:{port}",
        "--max-requests",
        "0",
    ]
    process = subprocess.Popen([sys.executable, *command, module], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    """Return when the port answers; raises TimeoutError after half a minute."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"Nothing answers on port {port}.")


def measure(server: tuple[int, psutil.Process]) -> Round:
    """Ask over one kept connection for some seconds."""
    port, process = server
    with socket.create_connection(("127.0.0.1", port)) as connection:
        ask(connection)
        count, cpu, begun = 0, cpu_of(process), time.monotonic()
        while (passed := time.monotonic() - begun) < SECONDS:
            ask(connection)
            count += 1
        return Round(count / passed, (cpu_of(process) - cpu) / count * 1e6)


def cpu_of(process: psutil.Process) -> float:
    """Seconds of processor time that the workers of a gunicorn have used."""
    return sum(sum(child.cpu_times()[:2]) for child in process.children())


def fetch(server: tuple[int, psutil.Process]) -> bytes:
    """The body of the page."""
    with socket.create_connection(("127.0.0.1", server[0])) as connection:
        return ask(connection)


def ask(connection: socket.socket) -> bytes:
    """One request and its whole answer; raises ValueError unless it is a 200."""
    connection.sendall(REQUEST)
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, body = received.split(b"\r\n\r\n", 1)
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise ValueError(head.decode("latin-1"))
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)
    return body


if __name__ == "__main__":
    sys.exit(main())
