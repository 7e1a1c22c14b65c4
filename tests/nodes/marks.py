"""The marks of tests that share the nodes of ``cluster``: one process runs them, on PostgreSQL only."""

import pytest
from django.db import connection

ON_NODES = [
    pytest.mark.xdist_group("nodes"),
    pytest.mark.processes,
    pytest.mark.slow,
    pytest.mark.both_databases,
    pytest.mark.usefixtures("django_db_setup"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="several nodes have PostgreSQL"),
]
