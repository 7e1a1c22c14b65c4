"""Risk said in prose is noticed, in both languages and in slang (H5)."""

import pytest

from reports import risk


@pytest.mark.parametrize(
    "text",
    [
        "Aku mau mati aja",
        "gue pengen matiiii",
        "kepikiran bundir",
        "CAPEK HIDUP!!!",
        "i wanna die",
        "I can't go on",
        "dia nyuruh aku mati",
    ],
)
def test_it_is_noticed(text):
    assert risk.is_mentioned(text)


@pytest.mark.parametrize("text", ["", "lampunya mati", "HP-ku mati total", "mereka mengejek aku", "my phone died"])
def test_ordinary_words_are_left_alone(text):
    assert not risk.is_mentioned(text)
