"""The lock for one process at a time, through a pool that lends a connection for one transaction."""

import pytest

from safetycenter.doctor import machine
from safetycenter.exclusive import exclusive
from tests.database import on_postgresql


@on_postgresql
@pytest.mark.both_databases
@pytest.mark.django_db
def test_lock_through_a_pool_is_held_by_one_and_ends(settings):
    settings.DATABASE_POOL = True
    with exclusive("made-up") as first, exclusive("made-up") as second, exclusive("other") as other:
        assert (first, second, other) == (True, False, True)
    with exclusive("made-up") as again:
        assert again


def test_doctor_does_not_judge_connections_of_a_pool(settings):
    settings.DATABASE_POOL = True
    assert machine._connections().detail == "DATABASE_POOL"
