"""A case whose answers were damaged when it was to be entered into the gate index opens no file."""

import pytest
from django.core.management import call_command

from reports.evidence import file_gate
from reports.models import Case
from tests.reports.triage.linked import GROOMING, SCAM, open_file

pytestmark = [pytest.mark.django_db, pytest.mark.logs_errors]


@pytest.mark.slow
@pytest.mark.sampled(3)
@pytest.mark.parametrize("column", ["answers", "key_for_staff"])
@pytest.mark.parametrize("damaged", [b"x" * 300, None])
def test_case_damaged_at_its_indexing_opens_no_file(report, person, column, damaged):
    report(GROOMING)
    case = report(SCAM, with_picture=True)
    whole = getattr(case, column)
    Case.objects.filter(pk=case.pk).update(**{column: damaged})
    call_command("housekeeping")
    assert not Case.objects.get(pk=case.pk).indexed
    Case.objects.filter(pk=case.pk).update(**{column: whole})
    assert "tidak bisa dibuka" in str(open_file(case, person("moderator"))[1])


def test_answers_that_cannot_be_read_close_every_file(report):
    case = report(SCAM, with_picture=True)
    assert file_gate.closing_cause(case, {}, case.evidence.get(), "") == "unknown"
