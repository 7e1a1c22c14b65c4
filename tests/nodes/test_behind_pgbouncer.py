"""Two public nodes, a desk and housekeeping behind PgBouncer, which lends a connection for one transaction."""

from threading import Event, Thread
from time import sleep
from zlib import crc32

import psycopg2
import pytest
from django.db import connection
from django.utils import timezone

from reports.models import Case, Flood
from safetycenter.models import Hit
from tests.faults.visitor import FILE
from tests.nodes import pool
from tests.nodes.cluster import running_site, within
from tests.nodes.desk_pages import colleague, press, reply
from tests.nodes.marks import ON_NODES
from tests.nodes.people import REPORTERS, People, Traveller
from tests.skips import skip_loudly

# The group of the containers: both give the same roles of the server a password.
pytestmark = [pytest.mark.xdist_group("containers"), *ON_NODES[1:]]
ANSWER = "Kami sudah membaca ceritamu, dan kami percaya."
CONNECTIONS = "SELECT usename, COUNT(*) FROM pg_stat_activity WHERE datname = %s GROUP BY usename"


@pytest.fixture(scope="module")
def cluster(django_db_setup, django_db_blocker):
    """A running site whose nodes reach PostgreSQL through PgBouncer. This process is connected to it as the owner."""
    if not pool.program():
        skip_loudly("the nodes behind PgBouncer, which is not installed (tools/need.sh pgbouncer)")
    with django_db_blocker.unblock(), running_site(pool.running, pool.DATABASE) as cluster:
        yield cluster


@pytest.fixture(autouse=True)
def nothing_counted(cluster):
    """No test reaches a limit by what another one sent."""
    Hit.objects.all().delete()
    Flood.objects.all().delete()


def reported(cluster) -> tuple[str, Case]:
    """The code and the case of a new report, whose requests reached both nodes."""
    visitor = Traveller(cluster.a.port, cluster.b.port)
    assert visitor.send(visitor.fill_in("ending")) == 303
    return visitor.code(), Case.objects.latest("received_at")


def test_report_is_answered_through_the_pool(cluster):
    code, case = reported(cluster)
    desk, visitor = colleague(cluster, "moderator"), Traveller(cluster.port)
    press(desk, case, "claim")
    reply(desk, case, ANSWER)
    assert visitor.open(code)
    within(30, lambda: ANSWER in visitor.read())  # once it can no longer be taken back
    assert visitor.write(visitor.write_form(), FILE) == 303


def test_lease_ends_by_housekeeping_through_the_pool(cluster):
    _code, case = reported(cluster)
    press(colleague(cluster, "moderator"), case, "claim")
    Case.objects.filter(pk=case.pk).update(lease_until=timezone.now())
    within(20, lambda: Case.objects.get(pk=case.pk).handler is None)


def test_lock_of_housekeeping_holds_through_the_pool(cluster):
    """While another process has the lock, housekeeping does nothing; it goes on afterwards."""
    _code, case = reported(cluster)
    press(colleague(cluster, "moderator"), case, "claim")
    with psycopg2.connect(host=connection.settings_dict["HOST"], user="postgres", dbname=pool.DATABASE) as holder:
        holder.cursor().execute("SELECT pg_advisory_lock(%s)", [crc32(b"housekeeping")])
        Case.objects.filter(pk=case.pk).update(lease_until=timezone.now())
        sleep(4)  # as long as four rounds take
        assert Case.objects.get(pk=case.pk).handler
    holder.close()
    within(20, lambda: Case.objects.get(pk=case.pk).handler is None)


def watch(over: Event, most: dict[str, int]) -> None:
    """Keep in ``most`` how many connections each role had at once, until it is ``over``."""
    while not over.wait(0.1):
        with connection.cursor() as cursor:
            cursor.execute(CONNECTIONS, [pool.DATABASE])
            for role, number in cursor.fetchall():
                most[role] = max(number, most.get(role, 0))
    connection.close()


def test_more_people_than_connections_wait_and_none_fails(cluster):
    before, over, most = Case.objects.count(), Event(), {}
    watcher = Thread(target=watch, args=(over, most))
    watcher.start()
    with People(cluster) as people:
        within(120, lambda: len(people.codes) >= REPORTERS)
    over.set()
    watcher.join()
    assert people.failed == []
    assert all(Traveller(cluster.b.port).open(code) for code in people.codes)
    assert Case.objects.count() - before == len(set(people.codes)) == len(people.codes)
    assert most["safetycenter_public"] == pool.PLACES


@pytest.mark.parametrize("password", ["", "salah"])
def test_pool_lets_in_with_the_password_only(cluster, password):
    url = cluster.a.environment["DATABASE_URL"]
    psycopg2.connect(url).close()
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(url.replace(pool.PASSWORDS["public"], password))
