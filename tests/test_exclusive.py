"""The lock for one process at a time, through a pool that lends a connection for one transaction."""

import pytest
from django.db import connection, connections
from django.utils import translation

from safetycenter.doctor import machine
from safetycenter.doctor.finding import ADVICE, FAULT, OK
from safetycenter.exclusive import exclusive
from tests.database import on_postgresql


@on_postgresql
@pytest.mark.both_databases
@pytest.mark.django_db
def test_lock_through_a_pool_is_held_by_one_and_ends(settings):
    settings.DATABASE_POOL = True
    with exclusive("made-up") as first, exclusive("made-up") as second, exclusive("other") as other:
        assert (first, second, other) == (True, False, True)


@on_postgresql
@pytest.mark.both_databases
@pytest.mark.django_db
def test_lock_through_a_pool_is_free_before_the_server_notices_the_close(settings, monkeypatch):
    settings.DATABASE_POOL = True
    with monkeypatch.context() as server:
        server.setattr(type(connections["default"]), "close", lambda self: None)
        with exclusive("made-up") as first:
            assert first
        with exclusive("made-up") as again:
            assert again


@on_postgresql
@pytest.mark.both_databases
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("size", "processes", "node", "level", "detail"),
    [
        (0, 1, "desk", ADVICE, "not known"),
        (20, 1, "desk", OK, "45 / {}"),
        (20, 1, "all", OK, "25 / {}"),
        (200, 1, "desk", FAULT, "405 / {}"),
        (20, 10, "public", FAULT, "405 / {}"),
    ],
)
@translation.override("en")
def test_doctor_compares_the_pool_with_the_server(settings, size, processes, node, level, detail):
    settings.DATABASE_POOL, settings.NODE = True, node
    settings.DATABASE_POOL_SIZE, settings.DATABASE_POOL_PROCESSES = size, processes
    with connection.cursor() as cursor:
        cursor.execute("SHOW max_connections")
        [allowed] = cursor.fetchone()
    [finding] = (one for one in machine.findings() if "Connections" in str(one.what))
    assert (finding.level, finding.detail) == (level, detail.format(allowed))
