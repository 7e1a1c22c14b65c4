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
        "I want to kill my self",
    ],
)
def test_a_phrase_of_the_list_is_noticed(text):
    assert risk.is_mentioned(text)


@pytest.mark.parametrize(
    "text",
    [
        "rasanya mau mati",
        "mau mati",
        "aku pengin mati",
        "aku pengen banget mati",
        "pgn mati",
        "kepingin cepat-cepat mati",
        "gamau hidup lagi",
        "ga pengen idup lagi",
        "gk mau idup",
        "nggak pengin hidup",
        "udah capek banget sama hidup",
        "I don't wanna live",
        "i dont really want to be here anymore",
        "I wanna end it",
        "im gonna end it",
        "I can’t live like this",
        "HP mati, lampu mati, aku pgn mati",
    ],
)
def test_wanting_to_die_and_not_wanting_to_live_are_noticed_in_any_turn(text):
    assert risk.is_mentioned(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lampunya mati",
        "HP mati",
        "HP-ku mati total",
        "HP-ku mau mati, nanti lanjut",
        "lampu kamar ga hidup, hp nggak hidup",
        "mau mati listrik",
        "katanya mau mati lampu",
        "aku mau lampu mati dulu",
        "mau mati-matian belajar",
        "mereka mengejek aku",
        "aku mau lapor, dia ga berhenti",
        "my phone died",
        "I don't live in Bandung",
        "I want to end the chat",
    ],
)
def test_ordinary_words_are_left_alone(text):
    assert not risk.is_mentioned(text)
