"""One site of several nodes for the tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.nodes.cluster import Cluster, running_site


@pytest.fixture(scope="package")
def cluster(django_db_setup, django_db_blocker) -> Iterator[Cluster]:
    """A running site with categories and staff. This process is connected to its database, as the owner."""
    with django_db_blocker.unblock(), running_site() as cluster:
        yield cluster
