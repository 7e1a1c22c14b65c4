"""People who use a site of several nodes at the same time: reporters, readers and staff."""

from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection
from itertools import count, cycle
from threading import Event, Thread

from tests.faults.visitor import RETURN, Visitor, persist
from tests.nodes.cluster import LOST, Cluster
from tools.bench.browser import Browser

REPORTERS, READERS = 8, 4


class Traveller(Visitor):
    """A phone whose requests reach the given servers in turn; ``failed`` is what a person would call an error.

    It says what nginx would say of an encrypted connection, because its requests may go to a node directly.
    """

    def __init__(self, *ports: int, address: str = "127.0.0.1", **headers: str) -> None:
        """``address`` is that of the phone; all that begin with 127 belong to this machine."""
        super().__init__(ports[0])
        self.turns, self.headers, self.address = cycle(ports), headers, address
        self.failed: list[tuple] = []

    def _response(self, method, path, body, headers):
        port = next(self.turns)
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60, source_address=(self.address, 0))
        headers = headers | self.headers | {"Origin": f"https://127.0.0.1:{port}", "X-Forwarded-Proto": "https"}
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        except OSError as error:
            self.failed.append((method, path, repr(error)))
            raise
        if response.status >= 500:
            self.failed.append((method, path, response.status))
        return response


class Colleague(Browser):
    """A browser of staff, who reach the desk through nginx."""

    def _response(self, method, path, body, headers):
        headers = headers | {"Host": "desk.example.org", "Origin": "https://desk.example.org"}
        return super()._response(method, path, body, headers)


class Crowd:
    """Each of ``acts`` again and again, in a thread for each, until the block ends."""

    def __init__(self, *acts: tuple[float, Callable[[], object]]) -> None:
        """Before each ``act``, wait for that many seconds."""
        self.over = Event()
        self.threads = [Thread(target=self._repeat, args=act) for act in acts]

    def _repeat(self, pause: float, act: Callable[[], object]) -> None:
        while not self.over.wait(pause):
            act()

    def __enter__(self) -> "Crowd":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()


class People(Crowd):
    """REPORTERS people who report, each at most ``reports`` times, and READERS who read, through nginx.

    A reporter presses again when a page does not come. Each has an address in another network, as phones have.
    """

    def __init__(self, cluster: Cluster, reports: int = 2) -> None:
        self.port, self.numbers = cluster.port, count(1)
        self.codes: list[str | None] = []
        self.failed: list[tuple] = []
        self.left = iter(range(REPORTERS * reports))
        super().__init__(*[(0.5, self._report)] * REPORTERS, *[(0.2, self._read)] * READERS)

    def _report(self) -> None:
        if next(self.left, None) is not None:
            self.codes.append(persist(self._visitor()))

    def _read(self) -> None:
        for path in ("/id/", RETURN):
            with suppress(*LOST):
                self._visitor().get(path)

    def _visitor(self) -> Traveller:
        visitor = Traveller(self.port, address=f"127.0.{next(self.numbers) % 250 + 1}.1")
        visitor.failed = self.failed
        return visitor


def read_until(port: int, failed: list[tuple], *paths: str) -> Callable[[], None]:
    """Return the act of somebody who opens ``paths``; errors are added to ``failed``."""
    reader = Traveller(port)
    reader.failed = failed

    def read() -> None:
        for path in paths:
            with suppress(*LOST):
                reader.get(path)

    return read
