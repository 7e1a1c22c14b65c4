"""A database that stores nothing: readers' pages and the search are read, and a count that nobody misses is dropped."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from education.models import DeadNumberReport, HelpfulVote, ZeroResultSearch
from safetycenter.models import CacheVersion, Hit
from safetycenter.page_cache import cache_version
from tests.database import storing_nothing

from . import factory, starter_pages

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
HERE = {"Sec-Fetch-Site": "same-origin"}
DROPPED = "could not be stored, dropped"


def test_every_kind_of_page_is_read(client, starter):
    paths = starter_pages.some_of_each_kind(1)
    with storing_nothing():
        answers = {path: client.get(path).status_code for path in paths}
    assert {path: status for path, status in answers.items() if status != 200} == {}


def test_search_finds_and_is_not_counted(client, there, caplog):
    factory.guide(title_ind="Penipuan belanja")
    with storing_nothing():
        answer = client.post(there("education:search"), {"q": "penipuan"})
    assert (answer.status_code, "Penipuan belanja" in answer.text) == (200, True)
    assert not Hit.objects.exists()
    assert caplog.messages.count(DROPPED) == 1
    assert "penipuan" not in caplog.text


def test_search_is_answered_where_no_transaction_can_begin(client, there, monkeypatch, caplog):
    factory.guide(title_ind="Penipuan belanja")

    def is_locked():
        raise OperationalError

    monkeypatch.setattr(connection, "savepoint", is_locked)  # how a transaction inside that of a test begins
    answer = client.post(there("education:search"), {"q": "penipuan"})
    assert (answer.status_code, "Penipuan belanja" in answer.text) == (200, True)
    assert caplog.messages.count(DROPPED) == 1


def test_search_without_result_shows_helplines(client, there):
    factory.emergency_set()
    for visitor in ("203.0.113.1", "203.0.113.2"):
        client.post(there("education:search"), {"q": "klenik sakti"}, REMOTE_ADDR=visitor)
    with storing_nothing():
        answer = client.post(there("education:search"), {"q": "klenik sakti"})
    assert (answer.status_code, "tel:110" in answer.text) == (200, True)
    assert not ZeroResultSearch.objects.exists()


def test_taps_of_readers_are_answered_and_dropped(client, there):
    line, guide = factory.helpline("garis", "021"), factory.guide()
    with storing_nothing():
        first = client.post(there("education:number_not_working"), {"line": line.slug}, headers=HERE)
        second = client.post(there("education:helpful", guide.number), {"answer": "yes"}, headers=HERE)
    assert (first.status_code, second.status_code) == (303, 303)
    assert not any(model.objects.exists() for model in (Hit, DeadNumberReport, HelpfulVote))


def test_page_is_read_when_the_moment_of_a_change_has_come(client, there):
    before = cache_version.current()
    CacheVersion.objects.update(next_change_at=timezone.now() - timedelta(minutes=1))
    with storing_nothing():
        assert client.get(there("education:home")).status_code == 200
        assert cache_version.current() == before
    assert cache_version.current() == before + 1
