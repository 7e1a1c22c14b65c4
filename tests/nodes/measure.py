"""Print what reports and pages cost with two nodes: `python tests/with_postgres.py python -m tests.nodes.measure`.

Milliseconds of processor time for each, of the nodes' workers and of PostgreSQL, through the shipped nginx.
"""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from collections.abc import Callable  # noqa: E402

import psutil  # noqa: E402
from django.db import connection  # noqa: E402

from tests.faults.visitor import RETURN  # noqa: E402
from tests.nodes.cluster import Cluster, running_site  # noqa: E402
from tests.nodes.people import Traveller  # noqa: E402

TIMES = {"a report": 20, "a page read from memory": 400, "the page for a code": 100}


def main() -> None:
    """Measure each, after one round that is not counted."""
    with running_site() as cluster:
        acts: dict[str, Callable[[], object]] = {
            "a report": lambda: report(cluster.port),
            "a page read from memory": lambda: Traveller(cluster.port).get("/id/"),
            "the page for a code": lambda: Traveller(cluster.port).get(RETURN),
        }
        for what, act in acts.items():
            for _warm_up in range(4):
                act()
            before = seconds(cluster)
            for _time in range(TIMES[what]):
                act()
            passed = zip(seconds(cluster), before, strict=True)
            nodes, database = ((after - first) / TIMES[what] * 1000 for after, first in passed)
            print(f"{what}: nodes {nodes:.2f} ms, PostgreSQL {database:.2f} ms")


def report(port: int) -> None:
    """Send a whole report."""
    visitor = Traveller(port)
    if visitor.send(visitor.fill_in("ending")) != 303:
        raise RuntimeError("The report was not taken.")


def seconds(cluster: Cluster) -> tuple[float, float]:
    """Return the processor time so far of the workers of both public nodes, and of PostgreSQL without this process."""
    nodes = [child for node in (cluster.a, cluster.b) for child in psutil.Process(node.process.pid).children()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        own = cursor.fetchone()[0]
    servers = [child for child in psutil.Process(own).parent().children() if child.pid != own]
    return sum(spent(process) for process in nodes), sum(spent(process) for process in servers)


def spent(process: psutil.Process) -> float:
    return sum(process.cpu_times()[:2])


if __name__ == "__main__":
    main()
