"""What names a report to the outside is random: nobody counts up from the own one to that of somebody else."""

import pytest

from reports.crypto import receipts
from tests.reports.intake.adding import add_file, sent
from tests.reports.intake.reporter import Reporter

pytestmark = pytest.mark.django_db


def test_references_do_not_follow_each_other():
    numbers = [receipts.issue().reference for _number in range(64)]
    # Of 32 characters, 64 draws hit about 28; a counter leaves its first places as they are.
    assert all(len({number[place] for number in numbers}) > 12 for place in range(receipts.REFERENCE_LENGTH))


@pytest.mark.usefixtures("categories", "in_demo")
def test_case_and_file_have_random_ids():
    reporter = Reporter()
    case = sent(reporter, about="me", category="threats_stalking", age="adult", own_image="no", words="Dia mengancam.")
    add_file(reporter)
    assert [named.pk.version for named in (case, case.evidence.get())] == [4, 4]
