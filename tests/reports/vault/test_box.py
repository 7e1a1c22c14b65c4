"""Sealed values: only the right key opens them, only in their row and field, and lengths reveal little."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.crypto.vault.box import UnreadableError, new_key, open_sealed, padded_length, seal


@given(st.binary(max_size=5000))
def test_what_was_sealed_can_be_opened(plaintext):
    key = new_key()
    assert open_sealed(key, seal(key, plaintext, "case:row:field"), "case:row:field") == plaintext


@pytest.mark.parametrize("context", ["case:other-row:field", "case:row:other", "other:row:field"])
def test_it_cannot_be_moved_to_another_place(context):
    key = new_key()
    with pytest.raises(UnreadableError):
        open_sealed(key, seal(key, b"words", "case:row:field"), context)


def test_another_key_does_not_open():
    with pytest.raises(UnreadableError):
        open_sealed(new_key(), seal(new_key(), b"words", "c"), "c")


def test_changed_byte_is_noticed():
    key = new_key()
    sealed = bytearray(seal(key, b"words", "c"))
    sealed[-1] ^= 1
    with pytest.raises(UnreadableError):
        open_sealed(key, bytes(sealed), "c")


def test_short_and_long_answers_look_the_same():
    key = new_key()
    assert len(seal(key, b"ya", "c")) == len(seal(key, b"x" * 250, "c"))


@given(st.integers(min_value=1, max_value=10**9))
def test_padding_adds_at_most_twelve_percent_above_two_kilobytes(length):
    padded = padded_length(length)
    assert padded >= length
    if length > 2048:
        assert padded <= length * 1.12
