"""Fixtures for the tests of the moderation desk."""

import pytest

from reports.models import Case
from tests.cast import Filed
from tests.reports.intake.reporter import Reporter, report_with_picture
from tests.reports.triage.linked import SAME, photo


@pytest.fixture
def desk(client, moderator):
    """A moderator at the desk."""
    client.force_login(moderator)
    return client


@pytest.fixture
def codes() -> dict[str, str]:
    """The codes of the reports that were filed, by reference."""
    return {}


@pytest.fixture
def report(file, codes, in_demo, remembered):
    """``report(answers, account)``: the case of a report; ``with_picture``: filed through the form, with a picture."""

    def do(answers: dict, account: str = SAME, with_picture: bool = False) -> Case:
        answers = answers | {"account_or_link": account}
        filed = through_the_form(answers) if with_picture else file(base=answers | {"safety": "safe"})
        codes[filed.case.reference] = filed.receipt.code
        return filed.case

    return do


def through_the_form(answers: dict) -> Filed:
    """A report with a picture, filed page by page."""
    reporter = Reporter()
    reporter.begin()
    reporter.tell(**answers)
    number = reporter.draft.number_of("evidence")
    reporter.client.post(reporter.url("step", number=number), {"question": "evidence", "files": photo()})
    reporter.send()
    return reporter.filed()


@pytest.fixture
def with_picture(categories, in_demo, remembered):
    """A case of an adult, with one picture."""
    return report_with_picture()
