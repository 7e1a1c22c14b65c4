"""Time that reading words for risk takes: in proportion to their length, and bounded. One form once froze the site."""

import re
from time import process_time

import pytest

from reports.self_harm import detector, grammar, patterns
from reports.triage.defang import defang
from tests.reports.reading_time import SLACK, seconds

GRAMMAR = (*grammar.GRAMMAR, *grammar.ABOUT_THINGS)
WORDS = sorted({word for pattern in GRAMMAR for word in re.findall(r"[a-z]{2,}", pattern)})
TOGETHER = [
    "cara aku bisa",
    "kenapa aku masih harus",
    "lose my all the any",
    "mau tidak mau",
    "b*b*",
    "a.",
    "a ",
    "m a t i",
]


@pytest.mark.slow
@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.exhaustive)], ids=["some", "every"])
def test_risk_time_is_bounded_for_a_repeated_word(step):
    small = sorted(seconds(detector.is_mentioned, f"{word} ", 64) for word in WORDS[::20])[-1]
    slow = [
        word
        for word in [*WORDS[::step], *TOGETHER]
        if seconds(detector.is_mentioned, f"{word} ", 256) > 8 * small + SLACK
    ]
    assert [word for word in slow if seconds(detector.is_mentioned, f"{word} ", 256) > 8 * small + SLACK] == []


@pytest.mark.sampled(5)
@pytest.mark.parametrize("phrase", TOGETHER)
def test_risk_patterns_take_time_in_proportion(phrase):
    small, large = (seconds(detector._is_risk, phrase + " ", kilobytes) for kilobytes in (8, 32))
    assert large < 8 * small + SLACK


def test_risk_patterns_bound_every_repeated_group():
    parts = [part for name, part in vars(patterns).items() if name.isupper()]
    assert [pattern for pattern in (*GRAMMAR, *parts) if re.search(r"\)[*+]|\)\{\d+,\}", pattern)] == []


@pytest.mark.parametrize("text", ["aku mau mati " + "x " * 60_000, "x " * 60_000 + "aku mau mati"])
def test_risk_is_found_at_both_ends_of_a_long_text(text):
    assert detector.is_mentioned(text)


def test_risk_reads_no_more_than_both_ends_of_a_long_text():
    assert max(map(len, detector.normalised_variants("cara aku bisa " * 20_000))) <= 2 * detector.MAX_TEXT_LENGTH + 1


def test_risk_is_found_anywhere_in_what_a_field_accepts():
    assert detector.is_mentioned("x " * 900 + "aku mau mati" + " x" * 900)


def test_many_fields_of_a_stranger_are_not_read(client, categories, in_demo):
    form = {f"answer{number}": "cara aku bisa " * 15 for number in range(900)}
    began = process_time()
    response = client.post("/id/lapor/2/", form)
    assert response.status_code == 410
    assert "cara aku bisa" not in response.text
    assert process_time() - began < 5


@pytest.mark.parametrize("phrase", ["a.", "com.", "a-", "www.x.", "https://a."])
def test_defang_takes_time_in_proportion(phrase):
    small, large = (seconds(defang, phrase, kilobytes) for kilobytes in (8, 32))
    assert large < 8 * small + SLACK


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("lihat..example.com/x", "lihat..example[.]com/x"),
        ("(sub.example.co.id)", "(sub[.]example[.]co[.]id)"),
        ("https://example.com/a.b", "hxxps://example[.]com/a[.]b"),
        ("-bad.example.xyz", "-bad[.]example[.]xyz"),
        ("a.b.c", "a.b.c"),
    ],
)
def test_defang_breaks_every_link(text, shown):
    assert defang(text) == shown
