"""Risk said in prose is noticed, in both languages and in slang (H5)."""

import tomllib
from pathlib import Path

import pytest

from reports.self_harm import detector

TYPED = tomllib.loads(Path(__file__).with_name("risk_typed.toml").read_text())


@pytest.mark.safety("H5")
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
def test_phrase_of_the_list_is_noticed(text):
    assert detector.is_mentioned(text)


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
def test_detector_finds_wish_to_die_in_any_wording(text):
    assert detector.is_mentioned(text)


@pytest.mark.safety("H5")
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
    assert not detector.is_mentioned(text)


@pytest.mark.parametrize(
    "text",
    [
        "b*ndir",
        "bund1r aja",
        "kepikiran bun.dir",
        "b u n d i r",
        "bundiiirr",
        "bndir",
        "bunuh d1r1",
        "g4ntung d1ri",
        "pengen m*ti",
        "m4ti aja mending",
        "suic*de",
        "su1cidal",
        "i want to k*ll myself",
    ],
)
def test_censored_letters_are_decoded(text):
    assert detector.is_mentioned(text)


@pytest.mark.parametrize(
    "text",
    [
        "pen mati",
        "pengen mokad",
        "gw pgn koit",
        "mau gantung diri",
        "aku nyilet lagi",
        "menyayat tangan",
        "bikin barcode di tangan",
        "lebih baik aku ga ada",
        "mending gue ga lahir",
        "harusnya aku ga dilahirkan",
        "kalo aku mati mereka seneng",
        "semua lebih bahagia tanpa aku",
        "aku gak kuat lagi hidup",
        "semoga besok gak bangun lagi",
        "aku pengen ngilang aja",
        "mau ngakhirin hidup",
        "disuruh bundir",
        "dia bilang mati aja lu",
        "mau loncat dari lantai 5",
        "kms",
        "they told me to kys",
        "they would be better off without me",
        "I hope I don't wake up",
        "tired of living",
        "I've been cutting myself",
    ],
)
def test_slang_and_roundabout_ways_are_noticed(text):
    assert detector.is_mentioned(text)


@pytest.mark.parametrize(
    "text",
    [
        "mati gaya",
        "mau mati kutu",
        "capek banget",
        "aku capek banget sama dia",
        "takut setengah mati",
        "kucingku mau mati",
        "kalau aku mati di game dia marah",
        "lebih baik aku ga ada di grup itu",
        "kalau aku ga ada di rumah dia buka HP",
        "mending aku ga ada akun",
        "seandainya aku ga kirim foto itu",
        "pengen foto itu hilang aja",
        "motong rambut",
        "dia minta f*to, dasar b*doh",
        "nomor 0811-129-129",
        "better off reporting it",
        "I wish I had told my mum",
        "sick of this",
    ],
)
def test_what_only_sounds_like_it_is_left_alone(text):
    assert not detector.is_mentioned(text)


def test_what_people_type_in_a_search_is_noticed():
    assert [text for text in TYPED["says_it"] if not detector.is_mentioned(text)] == []


def test_words_about_devices_and_games_are_no_risk():
    assert [text for text in TYPED["harmless"] if detector.is_mentioned(text)] == []
