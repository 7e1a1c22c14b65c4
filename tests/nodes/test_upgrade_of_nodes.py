"""From 0.1.0 to this version under load, in the order of ``deploy/README.md``: nobody gets an error.

The old code runs from a separate folder. The tables are small: a migration that locks a large one is not seen here
(``docs/not-done.md``).
"""

import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection

from reports.models import Case, Message
from tests.faults.visitor import RETURN, VISIT, WORDS, WRITE
from tests.nodes.cluster import LOST, ROOT, Cluster, Node, grant
from tests.nodes.people import READERS, REPORTERS, Crowd, Traveller, read_until
from tests.skips import skip_loudly
from tests.upgrade.database import empty_database
from tools.bench.load import wait_for

pytestmark = [
    pytest.mark.processes,
    pytest.mark.slow,
    pytest.mark.both_databases,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="several nodes have PostgreSQL"),
]
FETCH = "Run: git fetch --unshallow"
RELEASE = "tests/upgrade/0.1.0/migrations.json"
# Sends as many reports as it is asked for, as the form of 0.1.0 asks, and prints their codes.
REPORT = """
import http.client, re, sys
from tools.bench import intake
port, request = int(sys.argv[1]), http.client.HTTPConnection.request
said = {"X-Forwarded-Proto": "https", "Origin": f"https://127.0.0.1:{port}"}
http.client.HTTPConnection.request = lambda self, method, path, body, headers: request(
    self, method, path, body, headers | said
)
for _report in range(int(sys.argv[2])):
    browser = intake.Browser(port)
    intake._go_to(intake.CODE, browser)
    print(re.search(r'data-code="([^"]+)"', browser.get(intake.CODE))[1])
"""


@pytest.fixture(scope="module")
def old_code() -> Iterator[Path]:
    """The code of 0.1.0."""
    if not shutil.which("git"):
        skip_loudly("Without git the code of 0.1.0 cannot be found.")
    log = ["git", "log", "--format=%H", "--diff-filter=A", "--", RELEASE]
    commits = subprocess.run(log, cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    if not commits:
        skip_loudly(f"This copy has no history, so the code of 0.1.0 is not in it. {FETCH}")
    packed = subprocess.run(["git", "archive", commits[-1]], cwd=ROOT, capture_output=True, check=True).stdout
    with tempfile.TemporaryDirectory(prefix="old-") as folder, tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
        if list(Path(folder).glob("reports/migrations/0002*")):
            skip_loudly(f"The history of this copy is cut off: it does not reach to 0.1.0. {FETCH}")
        yield Path(folder)


@pytest.fixture
def cluster(old_code, django_db_setup, django_db_blocker):
    """Two public nodes of 0.1.0 on its tables, behind nginx of today."""
    with (
        tempfile.TemporaryDirectory(prefix="nodes-") as folder,
        django_db_blocker.unblock(),
        empty_database(Path(folder)),
    ):
        Path(folder).chmod(0o755)  # nginx runs as another user
        cluster = Cluster(Path(folder), old_code)
        for command in (["migrate", "-v0"], ["load_categories"]):
            manage(cluster, old_code, *command)
        grant(old_code)
        nodes = [cluster.a, cluster.b]
        try:
            for node in nodes:
                node.start()
            for node in nodes:
                wait_for(node.port)
            cluster.serve()
            yield cluster
        finally:
            cluster.stop_nginx()
            for process in {*nodes, cluster.a, cluster.b, cluster.desk, cluster.housekeeping}:
                process.stop()


def manage(cluster: Cluster, code: Path, *command: str) -> None:
    """Run a command of ``code`` at the desk, as the owner of the tables."""
    live = connection.settings_dict
    owner = {"DATABASE_URL": f"postgres://postgres@/{live['HOST']}/{live['NAME']}"}
    environment = cluster.desk.environment | owner
    subprocess.run([sys.executable, "manage.py", *command], cwd=code, env=environment, check=True, capture_output=True)


def report_to(node: Node, reports: int = 1) -> list[str]:
    """The codes of reports that a node of 0.1.0 took."""
    command = [sys.executable, "-c", REPORT, str(node.port), str(reports)]
    done = subprocess.run(command, cwd=node.code, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr + (node.folder / f"{node.name}.log").read_text()[-3000:]
    return done.stdout.split()


class Returned(Crowd):
    """People who came back with their ``codes`` and write, and READERS who read, through nginx."""

    def __init__(self, cluster: Cluster, codes: list[str]) -> None:
        self.failed: list[tuple] = []
        self.written: list[int] = []
        writing = [self._writer(cluster, code) for code in codes]
        reading = [read_until(cluster.port, self.failed, "/id/", RETURN, "/id/lapor/") for _reader in range(READERS)]
        super().__init__(*[(1.0, act) for act in writing], *[(0.2, act) for act in reading])

    def _writer(self, cluster: Cluster, code: str) -> Callable[[], None]:
        writer = Traveller(cluster.port)
        writer.failed = self.failed
        assert writer.open(code)

        def write() -> None:
            try:
                self.written.append(writer.press(WRITE, writer.write_form() | {"text": WORDS}))
            except LOST as error:
                self.failed.append(("GET", VISIT, repr(error)))

        return write


def test_upgrade_from_the_first_release_fails_no_request(cluster, old_code):
    before = report_to(cluster.a, REPORTERS)
    with Returned(cluster, before) as people:
        manage(cluster, ROOT, "migrate", "-v0")
        grant()
        between = report_to(cluster.b)  # the old version goes on with the new tables
        cluster.housekeeping.start()
        cluster.desk.start()
        cluster.desk.wait()
        for name in ("a", "b"):
            old, new = getattr(cluster, name), cluster.public_node(name)
            new.start()
            setattr(cluster, name, new)
            new.wait()
            cluster.serve()
            old.stop()
    assert people.failed == []
    assert set(people.written) == {303}
    assert Message.objects.count() == len(people.written)
    for code in before + between:
        assert all(Traveller(node.port).open(code) for node in (cluster.a, cluster.b))
    visitor = Traveller(cluster.port)
    assert visitor.send(visitor.fill_in("ending")) == 303
    assert Case.objects.count() == REPORTERS + 2
