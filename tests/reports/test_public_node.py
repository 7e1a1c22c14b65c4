"""NODE=public with no private key: reports are taken and answered, the desk does not exist, no other case opens."""

import shutil

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from reports import scheduled_tasks
from reports.crypto.vault import keys
from reports.models import Case, NotesKey
from tests.reports.followup.visitor import open_with, url
from tests.reports.intake.reporter import Reporter, told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def public_node(settings, session_keys, tmp_path, categories, in_demo):
    """A node that has only public keys and the readers' URLs."""
    folder = tmp_path / "public-keys"
    folder.mkdir()
    for path in session_keys.iterdir():
        if path.name not in keys.DESK_ONLY:
            shutil.copy(path, folder)
    settings.KEYS_DIR, settings.HAS_DESK, settings.NODE = folder, False, "public"
    settings.ROOT_URLCONF = "safetycenter.urls.public"
    keys.make(folder)


def test_report_is_taken_and_can_be_followed(public_node):
    reporter = Reporter()
    reporter.begin()
    assert told(reporter).send().url == reporter.url("code")
    facts = reporter.draft_session.data
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
    with pytest.raises(keys.KeyMissingError):
        case.staff_keyring()
    with pytest.raises(keys.KeyMissingError):
        NotesKey.of(case)
    assert Case.objects.get().answers


@pytest.mark.safety("H28")
def test_later_child_harm_words_restrict_the_case_at_the_desk(file, public_node, settings, session_keys, tmp_path):
    """The public node cannot seal for child safety what is sealed for the desk (safety rule H28)."""
    filed = file(age="13_15")
    client = open_with(filed.receipt.code)
    assert client.post(url("write"), {"text": "Dia minta aku kirim foto telanjang."}).status_code == 303
    case = Case.objects.get()
    assert (case.restricted_by_words, case.restricted, case.staff_audience) == (True, True, keys.DESK)
    desk = shutil.copytree(session_keys, tmp_path / "desk-keys")
    shutil.copy(settings.KEYS_DIR / "node.public", desk / "node-1.public")
    settings.KEYS_DIR, settings.HAS_DESK, settings.NODE = desk, True, "all"
    scheduled_tasks.renew_keys()
    case.refresh_from_db()
    assert (case.restricted_by_words, case.restricted, case.staff_audience) == (False, True, keys.CHILD_SAFETY)
