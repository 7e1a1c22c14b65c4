"""The bench copies cases inside PostgreSQL: as many as it says, with their rows, and none of the staff it measures."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from reports.management.commands import seed_cases
from reports.models import Case, DataKey, Event, RegisterEntry
from reports.models.state import OPEN_STATES
from tools.bench import copies

pytestmark = [
    pytest.mark.slow,
    pytest.mark.both_databases,
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="the cases are copied by SQL of PostgreSQL"),
]
FILED, COUNT, OPEN = 60, 500, 90


@pytest.fixture
def copied(categories, in_demo, person, monkeypatch):
    """Filed cases and their copies; the ids of the colleagues who work on the copies."""
    monkeypatch.setattr(seed_cases, "OWN_CODES", 2)
    call_command("demo_staff", stdout=StringIO())
    call_command("seed_cases", FILED, stdout=StringIO())
    colleagues = {False: [person("moderator", "sekar").pk], True: [person("child-safety", "wulan").pk]}
    copies.multiply(COUNT, OPEN, colleagues)
    copies.sign_latest()
    return colleagues


def test_copies_have_the_wanted_number_and_share(copied):
    assert Case.objects.count() == COUNT
    assert Case.objects.filter(state__in=OPEN_STATES).count() == OPEN
    assert Case.objects.values("reference").distinct().count() == COUNT


def test_copies_have_the_rows_of_their_case(copied):
    made = Case.objects.filter(reference__startswith="000")
    assert made.count() == COUNT - FILED
    assert all(Event.objects.filter(case=case).count() == case.events_count for case in made[:50])
    assert DataKey.objects.filter(case__in=made).values("case").distinct().count() == COUNT - FILED
    assert RegisterEntry.objects.count() == Event.objects.count()


def test_copies_are_held_by_colleagues(copied):
    made = Case.objects.filter(reference__startswith="000", handler__isnull=False)
    assert {case.handler_id in copied[case.restricted] for case in made} == {True}
