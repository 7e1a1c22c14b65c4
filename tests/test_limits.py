"""Rate limits: exact under load, gentle to shared addresses, and without an address anywhere."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test import RequestFactory
from django.utils import timezone

from reports.followup.access import TooManyError, enter
from safetycenter import limits
from safetycenter.limits import Limit, address_of, delete_expired
from safetycenter.models import Hit

ADDRESS = "203.0.113.77"
LIMIT = Limit("test", 3, timedelta(minutes=15))
TODAY = limits._today
pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def later(monkeypatch):
    """Moves the clock forward, from noon on: with the next day comes another key."""
    moment = timezone.now().replace(hour=12)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    monkeypatch.setattr(limits, "_today", TODAY)

    def move(**by):
        nonlocal moment
        moment += timedelta(**by)

    return move


def test_limit_allows_exactly_its_maximum():
    assert [LIMIT.hit(ADDRESS) for _ in range(5)] == [True, True, True, False, False]


def test_each_key_and_each_limit_counts_for_itself():
    for _ in range(4):
        LIMIT.hit(ADDRESS)
    assert LIMIT.hit("203.0.113.78")
    assert Limit("another", 3, timedelta(minutes=15)).hit(ADDRESS)


def test_is_reached_counts_nothing(later):
    for _ in range(3):
        assert not any(LIMIT.is_reached(ADDRESS) for _ in range(5))
        LIMIT.hit(ADDRESS)
    assert LIMIT.is_reached(ADDRESS)
    later(minutes=16)
    assert not LIMIT.is_reached(ADDRESS)


def test_undo_hit_uncounts_a_success():
    LIMIT.undo_hit(ADDRESS)  # nothing to take back: nothing happens
    for _ in range(5):
        assert LIMIT.hit(ADDRESS)
        LIMIT.undo_hit(ADDRESS)
    assert [LIMIT.hit(ADDRESS) for _ in range(4)] == [True, True, True, False]


def test_only_codes_that_open_nothing_are_counted(filed, monkeypatch):
    monkeypatch.setattr(limits, "RECEIPT_TRY", Limit("receipt-try", 2, timedelta(minutes=15)))
    for _ in range(3):
        assert enter(filed.receipt.code, ADDRESS)
    for _ in range(2):
        assert enter(f"{filed.receipt.display_reference} 0000-0000-0000-0000", ADDRESS) is None
    with pytest.raises(TooManyError):
        enter(f"{filed.receipt.display_reference} 0000-0000-0000-0000", ADDRESS)
    assert enter(filed.receipt.code, ADDRESS)


def test_hit_may_weigh_more_than_one():
    assert [LIMIT.hit(ADDRESS, 2), LIMIT.hit(ADDRESS, 2)] == [True, False]


def test_whoever_knows_a_reference_cannot_lock_its_reporter_out(filed):
    for _ in range(20):
        assert enter(f"{filed.receipt.display_reference} 0000-0000-0000-0000", ADDRESS) is None
    assert enter(filed.receipt.code, "198.51.100.1")


def test_trying_on_does_not_prolong_the_window(later):
    for _ in range(4):
        LIMIT.hit(ADDRESS)
    later(minutes=10)
    assert not LIMIT.hit(ADDRESS)
    later(minutes=6)
    assert LIMIT.hit(ADDRESS)


def test_new_window_starts_from_one(later):
    for _ in range(4):
        LIMIT.hit(ADDRESS)
    later(minutes=16)
    assert [LIMIT.hit(ADDRESS) for _ in range(4)] == [True, True, True, False]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_exact_when_fifty_come_at_once():
    limit = Limit("rush", 20, timedelta(minutes=15))

    def hit(_):
        try:
            return limit.hit(ADDRESS)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(50) as pool:
        allowed = list(pool.map(hit, range(50)))
    assert allowed.count(True) == 20
    assert Hit.objects.get().count == 50


def test_no_address_is_stored():
    LIMIT.hit(ADDRESS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {Hit._meta.db_table}")
        stored = " ".join(str(value) for row in cursor.fetchall() for value in row)
    assert stored
    assert ADDRESS not in stored


def test_tomorrow_the_same_visitor_has_another_digest(later):
    LIMIT.hit(ADDRESS)
    later(days=1)
    LIMIT.hit(ADDRESS)
    assert Hit.objects.count() == 2


def test_without_the_secret_key_a_digest_tells_nothing(settings):
    LIMIT.hit(ADDRESS)
    settings.SECRET_KEY = "another"
    LIMIT.hit(ADDRESS)
    assert Hit.objects.count() == 2


def test_ended_windows_are_forgotten(later):
    LIMIT.hit(ADDRESS)
    assert delete_expired() == 0
    later(minutes=16)
    assert delete_expired() == 1
    assert not Hit.objects.exists()


@pytest.mark.parametrize(
    ("trusted", "forwarded", "address"),
    [
        (0, "", "198.51.100.1"),
        (0, ADDRESS, "198.51.100.1"),  # no proxy is trusted: the header is the visitor's own invention
        (1, ADDRESS, ADDRESS),
        (1, f"10.9.9.9, {ADDRESS}", ADDRESS),  # what stands before the last is the visitor's own invention
        (2, f"10.9.9.9, {ADDRESS}, 192.0.2.1", ADDRESS),
        (2, ADDRESS, "198.51.100.1"),  # came past the proxies
    ],
)
def test_whose_address_it_is(settings, trusted, forwarded, address):
    settings.TRUSTED_PROXIES = trusted
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert address_of(RequestFactory(REMOTE_ADDR="198.51.100.1").get("/", headers=headers)) == address


@pytest.mark.parametrize(
    ("connected", "visitor"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.77", ADDRESS),
        ("", ""),
        ("no address", "no address"),
    ],
)
def test_all_addresses_of_one_network_are_one_visitor(connected, visitor):
    assert address_of(RequestFactory(REMOTE_ADDR=connected).get("/")) == visitor
