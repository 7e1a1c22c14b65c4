"""Released databases: those frozen in this folder."""

import json
import shutil
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from reports import triggers
from reports.models import Event
from tests.upgrade.database import empty_database, migrate_to
from tools.release import digests, rows


@pytest.fixture(scope="module", params=digests.releases(), ids=lambda path: path.name)
def release(request) -> SimpleNamespace:
    """A release: its folder, its last migrations, and the secrets that open what is in its database."""
    folder = request.param
    known = {name: json.loads((folder / f"{name}.json").read_text()) for name in ("migrations", "secrets")}
    leaves = [(app, name) for app, name in known["migrations"]["leaves"]]
    return SimpleNamespace(folder=folder, leaves=leaves, **known["secrets"])


@pytest.fixture(scope="module")
def released(release, django_db_setup, django_db_blocker, tmp_path_factory):
    """This process is connected to a database of that release, filled as a site would have filled it."""
    with django_db_blocker.unblock(), empty_database(tmp_path_factory.mktemp("database")):
        migrate_to(release.leaves)
        release.counts = rows.load(release.folder / "data.jsonl.xz", release.leaves)
        triggers.install()
        yield release


@pytest.fixture(scope="module")
def upgraded(released):
    """The same database after ``migrate``."""
    call_command("migrate", verbosity=0)
    return released


@pytest.fixture(autouse=True)
def at_that_time(request, clock):
    """It is the second after the release was filled: a record of housekeeping or a draft grows old."""
    if "released" in request.fixturenames:
        request.getfixturevalue("released")
        clock(seconds=(Event.objects.latest("at").at - timezone.now()).total_seconds() + 1)


@pytest.fixture(autouse=True)
def folders(request, settings, tmp_path):
    """Keys and sealed files of the release."""
    if "release" in request.fixturenames:
        folder = request.getfixturevalue("release").folder
        shutil.copytree(folder / "evidence", tmp_path / "files")
        settings.KEYS_DIR, settings.EVIDENCE_DIR = folder / "keys", tmp_path / "files"


@pytest.fixture
def desk(released, client):
    """``desk("moderator")``: a browser in which that member of the release's staff is signed in."""

    def sign_in(name: str):
        client.force_login(User.objects.get(username=name))
        return client

    return sign_in
