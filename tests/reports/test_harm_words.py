"""Threats to kill, sexual matters and violence said in prose are noticed, in both languages and in slang (H28)."""

import re
import tomllib
from pathlib import Path

import pytest

from reports import blackmail_words, harm_words
from reports.harm_words import HARMLESS, KINDS, kinds_in
from tests.reports.reading_time import SLACK, seconds

TYPED = tomllib.loads(Path(__file__).with_name("harm_typed.toml").read_text())
SAID = [(kind, text) for kind in KINDS for text in TYPED[kind]]


@pytest.mark.safety("H28")
def test_harm_said_in_prose_is_noticed_as_its_kind():
    assert [(kind, text) for kind, text in SAID if kind not in kinds_in(text)] == []


@pytest.mark.safety("H28")
def test_ordinary_words_are_no_harm():
    assert [text for text in TYPED["harmless"] if kinds_in(text)] == []


def test_threat_of_suicide_is_no_threat_to_kill():
    assert harm_words.THREAT not in kinds_in("pacarku ngancem bunuh diri")


def test_several_kinds_are_noticed_in_one_text():
    assert kinds_in("", "dia mau bunuh aku kalau ga kirim", "dia minta pap") == ["threat_to_kill", "sexual"]


def test_harm_patterns_bound_every_repeated_group():
    names = {**vars(blackmail_words), **vars(harm_words)}
    parts = [part for name, part in names.items() if name.isupper() and isinstance(part, str)]
    patterns = [*HARMLESS, *blackmail_words.INNOCENT, *parts, *(pattern for row in KINDS.values() for pattern in row)]
    assert [pattern for pattern in patterns if re.search(r"\)[*+]|\)\{\d+,\}", pattern)] == []


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    "phrase", ["ancam foto sebar", "kalau tidak", "dia mau foto kirim", "minta uang", "aku", "bayar atau", "my pic"]
)
def test_harm_patterns_take_time_in_proportion(phrase):
    small, large = (seconds(kinds_in, phrase + " ", kilobytes) for kilobytes in (1, 3))
    assert large < 8 * small + SLACK
