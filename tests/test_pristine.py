"""A test with real transactions leaves the database as the migrations left it."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from reports import triggers
from reports.models import Case, Event
from safetycenter.roles import ROLE_NAMES
from tests import pristine
from tests.cast import file_report

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_a_test_stored_is_gone_and_what_it_removed_is_back(categories, turn):
    assert not Case.objects.exists()
    assert not Event.objects.exists()
    assert set(Group.objects.filter(permissions__isnull=False).values_list("name", flat=True)) == set(ROLE_NAMES)
    file_report()
    assert Event.objects.exists()
    Group.objects.all().delete()


def test_tables_that_only_grow_refuse_again(categories):
    file_report()
    pristine.put_back()
    assert triggers.present()
    assert not Event.objects.exists()


def test_triggers_that_a_test_removed_are_noticed_and_back(categories):
    triggers.remove()
    try:
        pristine.put_back()  # SQLite puts the whole file back
    except AssertionError:
        assert connection.vendor == "postgresql"
    else:
        assert connection.vendor == "sqlite"
    assert triggers.present()
