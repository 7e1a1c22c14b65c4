"""Journeys that only read: one server with the starter content, loaded once, for all of them in this process.

They run outside of transactions and leave the content as it was. tests/shared_site.py empties the tables before a test
that needs them empty.
"""

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from education.models import Helpline
from tests import shared_site


@pytest.fixture(scope="session")
def shared_server(django_db_setup, django_db_blocker):
    """The one server of this process."""
    with django_db_blocker.unblock():
        running = LiveServer("localhost")
        yield running
        running.stop()


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """The database outside of a transaction. By this name pytest-django knows that it must create the database."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def server(shared_server, db):
    """The address of the shared server."""
    with shared_server._live_server_modified_settings:
        yield shared_server.url


@pytest.fixture
def site(server, in_demo, django_db_blocker):
    """The portal as ``make run`` shows it."""
    shared_site.fill(django_db_blocker)
    return server


@pytest.fixture
def checked(site):
    """Every helpline was reached by someone today; afterwards as it was."""
    lines = list(Helpline.objects.all())
    Helpline.objects.update(verified_on=timezone.localdate())
    yield
    Helpline.objects.bulk_update(lines, ["verified_on"])
