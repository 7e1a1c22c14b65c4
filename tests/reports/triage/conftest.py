"""Fixtures for the tests of the moderation desk."""

import pytest

from reports.models import Case
from tests.cast import PASSWORD
from tests.reports.intake.reporter import Reporter, report_with_picture
from tests.reports.triage.linked import SAME, photo


@pytest.fixture
def desk(client, moderator):
    """A moderator at the desk."""
    client.login(username=moderator.username, password=PASSWORD)
    return client


@pytest.fixture
def codes() -> dict[str, str]:
    """The codes of the reports that were filed, by reference."""
    return {}


@pytest.fixture
def report(settings, categories, codes):
    """``report(answers, account)``: the case of a report filed through the form; ``with_picture`` adds one."""
    settings.DEBUG = True

    def do(answers: dict, account: str = SAME, with_picture: bool = False) -> Case:
        reporter = Reporter()
        reporter.begin()
        reporter.tell(**answers, account_or_link=account)
        if with_picture:
            number = reporter.draft.number_of("evidence")
            reporter.client.post(reporter.url("step", number=number), {"question": "evidence", "files": photo()})
        reporter.send()
        filed = reporter.filed()
        codes[filed.case.reference] = filed.receipt.code
        return filed.case

    return do


@pytest.fixture
def with_picture(settings, categories):
    """A case of an adult, with one picture."""
    settings.DEBUG = True
    return report_with_picture()
