"""Fixtures for the browser tests: starter content, categories, an open demo form, and a person who fills it in."""

import pytest

from tests import launch_content
from tests.cast import PASSWORD
from tests.reports.intake.reporter import report_with_picture


@pytest.fixture
def site(server, in_demo, categories):
    """The portal as ``make run`` shows it."""
    launch_content.load()
    return server


@pytest.fixture
def sign_in(site):
    """``sign_in(page, user)``: the desk, as this person."""

    def do(page, user):
        page.goto("/admin/")
        page.fill("[name=login], [name=username]", user.username)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda address: "login" not in address)
        return page

    return do


@pytest.fixture
def with_picture(in_demo, categories):
    """A case of an adult, with one picture."""
    return report_with_picture()
