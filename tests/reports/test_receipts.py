"""The code: as people type it, hard to guess, never stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import receipts

RECEIPT = receipts.Receipt("K7QF2M9X", "0123456789ABCDEF")


@pytest.mark.parametrize(
    "typed",
    [
        "K7QF-2M9X-0123-4567-89AB-CDEF",
        "k7qf2m9x0123456789abcdef",
        "  K7QF 2M9X  oi23 4567 89ab cdef ",
        "K7QF–2M9X / OL23.4567_89AB:CDEF",
    ],
)
def test_a_code_is_read_however_it_is_typed(typed):
    assert receipts.parse(typed) == RECEIPT


def test_the_secret_can_be_typed_as_eight_words():
    assert receipts.parse(f"k7qf-2m9x {' '.join(RECEIPT.words)}") == RECEIPT


@pytest.mark.parametrize("typed", ["", "K7QF-2M9X", "hello world", "U" * 24, "0" * 25, "9" * 10_000, "\0" * 24])
def test_anything_else_is_no_code(typed):
    assert receipts.parse(typed) is None


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text):
    receipts.parse(text)


@given(st.integers(0, 10**6))
def test_every_receipt_survives_its_words(seed):
    receipt = receipts.issue()
    assert receipts.parse(f"{receipt.reference} {' '.join(receipt.words)}") == receipt
    assert receipts.parse(receipt.code) == receipt


def test_the_longest_receipt_in_words_fits_the_field():
    longest = sorted(receipts.WORDS_FILE.read_text().split(), key=len)[-1]
    assert len("K7QF-2M9X " + " ".join([longest] * 8)) <= receipts.LONGEST_INPUT


def test_the_hash_depends_on_secret_and_salt():
    salt = receipts.new_salt()
    one = receipts.derive("0" * 16, salt)
    assert receipts.matches(one, one.verifier)
    assert not receipts.matches(receipts.derive("1" * 16, salt), one.verifier)
    assert not receipts.matches(receipts.derive("0" * 16, receipts.new_salt()), one.verifier)
    assert one.verifier != one.wrapping_key
