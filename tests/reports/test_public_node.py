"""NODE=public with no private key: reports are taken and answered, the desk does not exist, no other case opens."""

import shutil

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from reports.models import Case, NotesKey
from reports.vault import keys
from tests.reports.followup.test_return import open_with, url
from tests.reports.intake.test_wizard import Reporter, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def public_node(settings, session_keys, tmp_path, categories):
    """A node that has the public halves of the keys and the doors of readers only."""
    folder = tmp_path / "public-keys"
    folder.mkdir()
    for path in session_keys.iterdir():
        if path.name not in keys.DESK_ONLY:
            shutil.copy(path, folder)
    settings.KEYS_DIR, settings.HAS_DESK, settings.NODE = folder, False, "public"
    settings.ROOT_URLCONF = "safetycenter.urls.public"
    settings.DEBUG = True
    keys.make(folder)


def test_a_report_is_taken_and_can_be_followed(public_node):
    reporter = Reporter()
    reporter.begin()
    assert told(reporter).send().url == reporter.url("code")
    facts = reporter.draft_pocket.facts
    client = open_with(facts["reference"] + facts["secret"])
    assert client.get(url("visit")).status_code == 200
    assert client.post(url("write"), {"text": "Satu hal lagi."}).status_code == 303


def test_there_is_no_desk(public_node):
    assert Client().get("/admin/").status_code == 404
    assert Client().get("/admin/account/login/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("admin:index")


def test_nothing_on_the_node_opens_another_case(public_node, file):
    case = file().case
    with pytest.raises(keys.KeyMissing):
        case.staff_keyring()
    with pytest.raises(keys.KeyMissing):
        NotesKey.of(case)
    assert Case.objects.get().answers
