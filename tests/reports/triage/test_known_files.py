"""A file that another visible case has too is marked on its closed tile, without opening either."""

import pytest

from reports.cases import known_files
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


def test_file_of_a_case_that_one_may_not_see_marks_nothing(two, desk):
    Case.objects.filter(pk=two[1].pk).update(restricted=True)
    assert MARK not in desk.get(page_of(two[0])).text


def test_files_are_not_opened_twice_to_be_recognised(two):
    assert known_files.index() == 0
    assert not Evidence.objects.filter(hash_digest=None).exists()
