"""The code: as people type it, hard to guess, never stored."""

import pytest
from django.core.checks import Tags, run_checks
from hypothesis import given
from hypothesis import strategies as st

from reports import checks
from reports.crypto import receipts
from safetycenter import settings as shipped
from tests.reports.followup.visitor import open_with, url

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
def test_code_is_read_however_it_is_typed(typed):
    assert receipts.parse(typed) == RECEIPT


@pytest.mark.safety("H22")
def test_secret_can_be_typed_as_eight_words():
    assert receipts.parse(f"k7qf-2m9x {' '.join(RECEIPT.words)}") == RECEIPT


NUMBERED = [f"{n}. {word}" for n, word in enumerate(RECEIPT.words, 1)]


@pytest.mark.parametrize(
    "typed",
    [
        "K7QF-2M9X " + " ".join(NUMBERED),
        "K7QF-2M9X\n" + "\r\n".join(NUMBERED),
        "K7QF-2M9X" + "".join(NUMBERED),  # as a browser pastes lines into one line
        "k7qf2m9x: " + ", ".join(RECEIPT.words),
        "K7 QF 2M 9X – " + " – ".join(RECEIPT.words).upper(),
        "K7QF-2M9X " + "  ".join(f"{n}) {word}" for n, word in enumerate(RECEIPT.words, 1)),
    ],
)
def test_words_are_read_as_they_are_printed_and_typed(typed):
    assert receipts.parse(typed) == RECEIPT


@pytest.mark.parametrize("change", [lambda w: w[:-1], lambda w: w + "h", lambda w: "x" + w[1:], lambda w: w[0] + w])
def test_one_wrong_letter_in_a_word_is_forgiven(change):
    first, *others = receipts.Receipt("K7QF2M9X", "G" * 16).words
    assert receipts.parse(f"K7QF2M9X {change(first)} {' '.join(others)}").secret == "G" * 16


def test_word_that_could_be_two_is_not_guessed(monkeypatch):
    monkeypatch.setattr(receipts, "_words", lambda: ("batu", "baju", *["xxxx"] * 1022))
    assert receipts.parse("K7QF2M9X " + " ".join(["balu"] * 8)) is None


@pytest.mark.parametrize(
    ("typed", "half"),
    [
        (" ".join(RECEIPT.words), "number"),
        (" ".join(NUMBERED), "number"),
        ("0123-4567-89AB-CDEF", "number"),
        ("K7QF-2M9 " + " ".join(RECEIPT.words), "number"),
        ("K7QF-2M9X", "secret"),
        (RECEIPT.code, ""),
        ("K7QF-2M9X " + " ".join(RECEIPT.words), ""),
        ("not any code", ""),
        ("", ""),
        ("9" * 10_000, ""),
    ],
)
def test_half_a_code_is_told_by_its_form(typed, half):
    assert receipts.missing_half(typed) == half


@pytest.mark.parametrize("typed", ["", "K7QF-2M9X", "hello world", "U" * 24, "0" * 25, "9" * 10_000, "\0" * 24])
def test_anything_else_is_no_code(typed):
    assert receipts.parse(typed) is None


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text):
    receipts.parse(text)
    receipts.missing_half(text)


@given(st.integers(0, 10**6))
def test_every_receipt_survives_its_words(seed):
    receipt = receipts.issue()
    assert receipts.parse(f"{receipt.reference} {' '.join(receipt.words)}") == receipt
    assert receipts.parse(receipt.code) == receipt


def test_longest_receipt_in_words_fits_the_field():
    longest = sorted(receipts.WORDS_FILE.read_text().split(), key=len)[-1]
    assert len("K7QF-2M9X\r\n" + "\r\n".join([f"1. {longest},"] * 8)) <= receipts.MAX_INPUT_LENGTH


def test_hash_depends_on_secret_and_salt():
    salt = receipts.new_salt()
    one = receipts.derive("0" * 16, salt)
    assert receipts.matches(one, one.verifier)
    assert not receipts.matches(receipts.derive("1" * 16, salt), one.verifier)
    assert not receipts.matches(receipts.derive("0" * 16, receipts.new_salt()), one.verifier)
    assert one.verifier != one.wrapping_key


@pytest.fixture
def shipped_cost(settings):
    """The slow hash as a deployment computes it."""
    settings.RECEIPT_OPERATIONS, settings.RECEIPT_MEMORY = shipped.RECEIPT_OPERATIONS, shipped.RECEIPT_MEMORY


@pytest.mark.django_db
def test_code_of_the_shipped_cost_opens_its_report(shipped_cost, file):
    filed = file()
    assert (filed.case.secret_operations, filed.case.secret_memory) == (2, 19 * 1024 * 1024)
    assert open_with(filed.receipt.code).get(url("visit")).status_code == 200


@pytest.mark.django_db
def test_code_keeps_the_cost_it_was_issued_with(file, settings):
    code = file().receipt.code
    settings.RECEIPT_MEMORY *= 2
    assert open_with(code).get(url("visit")).status_code == 200


def test_shipped_cost_passes_the_deployment_check(shipped_cost):
    assert checks.codes_are_slow_to_guess(None) == []


@pytest.mark.parametrize(("name", "value"), [("RECEIPT_OPERATIONS", 1), ("RECEIPT_MEMORY", 18 * 1024 * 1024)])
def test_deployment_with_a_cheaper_code_is_refused(shipped_cost, settings, name, value):
    setattr(settings, name, value)
    found = run_checks(tags=[Tags.security], include_deployment_checks=True)
    assert "reports.E005" in {problem.id for problem in found}
