"""A file that another visible case has too is marked on its closed tile, without opening either."""

import pytest

from reports.cases import known_files
from reports.cases.lifecycle import perform
from reports.evidence.files import facts
from reports.models import Case, Evidence
from tests.reports.triage.desk_pages import page_of
from tests.reports.triage.linked import SCAM

pytestmark = pytest.mark.django_db
MARK = "known-file"


@pytest.fixture
def two(report) -> tuple[Case, Case]:
    """Two cases of adults with the same picture, which name different accounts."""
    cases = report(SCAM, "@satu", with_picture=True), report(SCAM, "@dua", with_picture=True)
    known_files.index()
    return cases


def test_same_file_in_another_case_is_marked(two, desk):
    assert MARK in desk.get(page_of(two[0])).text


def test_file_of_a_case_that_one_may_not_see_marks_nothing(two, desk, moderator):
    perform(perform(two[1], "claim", by=moderator), "restrict", by=moderator, reason="Contoh.")
    assert MARK not in desk.get(page_of(two[0])).text


@pytest.mark.slow
def test_file_without_its_key_here_keeps_no_other_one_waiting(two):
    Evidence.objects.update(hash_digest=None)
    Case.objects.filter(pk=two[0].pk).update(staff_key_id="gone")
    assert known_files.index() == 1
    assert Evidence.objects.get(hash_digest=None).case_id == two[0].pk


@pytest.mark.slow
def test_locked_file_is_recognised(two, moderator, child_safety, client):
    for case, action in zip(two, ("lock", "restrict"), strict=True):
        perform(perform(case, "claim", by=moderator), action, by=moderator, reason="Contoh.")
    known_files.index()
    client.force_login(child_safety)
    assert MARK in client.get(page_of(two[1])).text


def test_files_are_not_opened_twice_to_be_recognised(two):
    assert known_files.index() == 0
    assert not Evidence.objects.filter(hash_digest=None).exists()


def test_closed_tile_says_hash_and_that_it_is_not_known(two, desk):
    Evidence.objects.exclude(case=two[0]).delete()
    item = Evidence.objects.get()
    prefix = facts(item, two[0].staff_keyring())["sha256"][:8]
    page = desk.get(page_of(two[0])).text
    assert f"<code>{prefix}</code>" in page
    assert "tidak ada di kasus lain" in page
