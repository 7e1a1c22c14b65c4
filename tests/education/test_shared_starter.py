"""Tests that share the starter content each see it as it was loaded."""

import pytest
from django.db import connection

from education.models import Guide
from safetycenter.page_cache import cache_version
from tests.education import shared_starter

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.parametrize("turn", ["first", "second"])
def test_change_is_gone_in_the_next_test(starter, turn):
    assert shared_starter.is_loaded()
    assert Guide.objects.get(number=6).title_ind != "Lain"
    assert cache_version.current() == 2
    guide = Guide.objects.get(number=6)
    guide.title_ind = "Lain"
    guide.save()
    assert cache_version.current() == 3


def test_other_tests_have_an_empty_database():
    assert not shared_starter.is_loaded()
    assert not Guide.objects.exists()
    assert len(connection.savepoint_ids) == 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_real_transactions_do_not_share_it(starter):
    assert not shared_starter.is_loaded()
    assert not connection.in_atomic_block
    assert Guide.objects.exists()
