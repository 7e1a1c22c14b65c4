"""Sentences of somebody who had read no code are read as what they mean; the lists are measured here (H5, H28)."""

import tomllib
from pathlib import Path

import pytest

from reports.harm_words import BLACKMAIL, kinds_in
from reports.self_harm import detector, whose

SENTENCES = tomllib.loads(Path(__file__).with_name("strangers.toml").read_text())["sentence"]
ENOUGH, TOO_MANY = 0.9, 0.02
READS = {
    "blackmail": lambda text: BLACKMAIL in kinds_in(text),
    "harm": lambda text: bool(kinds_in(text)),
    "life": detector.is_mentioned,
    "nothing": lambda text: not kinds_in(text) and not detector.is_mentioned(text),
}


def share(means: str, reads) -> float:
    """The share of the sentences that mean this which ``reads`` finds."""
    found = [reads(row["text"]) for row in SENTENCES if row["means"] == means]
    return sum(found) / len(found)


@pytest.mark.safety("H5", "H28")
@pytest.mark.parametrize("means", ["blackmail", "harm", "life"])
def test_what_strangers_mean_is_noticed(means):
    assert share(means, READS[means]) >= ENOUGH


@pytest.mark.safety("H5", "H28")
def test_harmless_sentences_of_strangers_raise_nothing():
    assert share("nothing", READS["nothing"]) >= 1 - TOO_MANY


@pytest.mark.safety("H5")
@pytest.mark.parametrize(("owner", "is_other"), [("self", False), ("other", True)])
def test_whose_life_strangers_mean_is_noticed(owner, is_other):
    texts = [row["text"] for row in SENTENCES if row.get("whose") == owner]
    assert sum(whose.is_of_another(text) == is_other for text in texts) / len(texts) >= ENOUGH
