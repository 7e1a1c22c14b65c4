"""Parts that are added without a key that opens any: only the private half of the pair opens them, in their place."""

from uuid import uuid4

import pytest

from reports.crypto.vault import appender
from reports.crypto.vault.box import UnreadableError, new_key

CASE, NAME = uuid4(), "addition:1"


def added(name: str = NAME) -> tuple:
    """The private half, the key of a part, and its wrap."""
    (private, public), key = appender.new_pair(), new_key()
    ring = appender.Appender(CASE, public)
    ring.add(name, key)
    return private, key, ring.wrapped[name]


def test_private_half_opens_the_key_of_an_added_part():
    private, key, wrapped = added()
    assert appender.unwrap(private, CASE, NAME, wrapped) == key


@pytest.mark.parametrize(("case", "name"), [(uuid4(), NAME), (CASE, "addition:2")])
def test_key_of_an_added_part_opens_in_no_other_place(case, name):
    private, _key, wrapped = added()
    with pytest.raises(UnreadableError):
        appender.unwrap(private, case, name, wrapped)


def test_another_pair_opens_nothing():
    _private, _key, wrapped = added()
    with pytest.raises(UnreadableError):
        appender.unwrap(appender.new_pair()[0], CASE, NAME, wrapped)
