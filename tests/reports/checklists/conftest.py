"""Fixtures for the tests of checklists."""

from io import StringIO

import pytest
from django.core.management import call_command

from reports.models import Case
from tests.education import factory
from tests.reports.triage.desk_pages import act


@pytest.fixture
def checklists(categories):
    """The shipped checklists, and the helpline and the guide that the one on bullying names."""
    call_command("load_checklists", stdout=StringIO())
    factory.helpline("sapa-129", "08111-129-129", status="active")
    factory.guide(number=3).audiences.add(factory.audience())


@pytest.fixture
def held(checklists, filed, client, moderator) -> Case:
    """A case about bullying that the moderator holds; they are signed in."""
    client.force_login(moderator)
    act(client, filed.case, "claim")
    return filed.case
