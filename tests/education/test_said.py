"""What a text about a danger must say, in both languages."""

import re

import pytest

from education.starter import files

LANGUAGES = ("id", "en")
GUIDES = {guide["number"]: guide for guide in files.items("guides")}
# The guides, and what each of them says in Indonesian and in English.
SAID = {
    "whether a picture will be shared is neither promised nor threatened": (
        [6, 27],
        (
            "Tidak ada yang bisa memastikan mereka akan menyebarkannya atau tidak",
            "(can be sure|knows) whether they will",
        ),
    ),
    "who may be accused speaks with a legal companion before the police": (
        [6, 7, 21, 31],
        ("Takut (kamu|Anda) sendiri kena pasal", "Afraid (of being charged|that you could be accused) yourself"),
    ),
    "whoever goes to the police may bring someone, and is promised nobody": (
        [6, 7, 21, 27],
        ("boleh ditemani", "bring someone|someone with you"),
    ),
    "the adult to tell is not the one who hurts": (
        [2, 12],
        ("bukan orang yang menyakiti", "not (someone|the person|the one|anyone) who hurts"),
    ),
    "nobody has to wait for an app before reporting": (
        [3, 29],
        ("tidak harus menunggu aplikasinya", "have to wait for the app"),
    ),
    "report, and do not spread name and face": (
        [4, 7, 16, 21, 23, 26, 27],
        ("jangan sebarkan nama dan wajah", "don['’]t spread (their|the person['’]s) name (and|or) face"),
    ),
    "do not look for the picture again": (
        [7, 28],
        ("Jangan cari( gambarnya)? lagi", "Don['’]t look for (the picture|it) again"),
    ),
    "it happens whatever the gender": ([6, 7], ("apa pun gendermu", "whatever your gender")),
    "nobody official asks for money or a code to bring money back": (
        [9],
        ("Tidak ada petugas resmi yang minta biaya, OTP", "No real official asks for|No official|official .* OTP"),
    ),
    "the number of the bank is on the card": ([9], ("Pakai nomor di kartu", "on the card")),
}


def text_of(number: int, language: str) -> str:
    """Everything that a guide says in one language, on one line."""
    said = GUIDES[number][language]
    return " ".join(" ".join([said["short_answer"], *said["checklist"], said["body"]]).split())


@pytest.mark.safety("H12", "H15", "H16", "H17", "H18", "K16", "K17", "J6", "J9")
@pytest.mark.parametrize("what", SAID)
def test_guides_say_what_was_missed_once(what):
    numbers, patterns = SAID[what]
    for language, pattern in zip(LANGUAGES, patterns, strict=True):
        silent = [n for n in numbers if not re.search(pattern, text_of(n, language), re.IGNORECASE)]
        assert silent == [], language


@pytest.mark.safety("H18")
def test_the_friend_or_sibling_who_is_told_has_a_guide():
    assert (GUIDES[25]["id"]["slug"], "teens" in GUIDES[25]["audiences"]) == ("temanmu-cerita", True)


@pytest.mark.safety("J8")
def test_criticism_is_not_called_hate():
    terms = {term["key"]: term for term in files.items("glossary")}
    said = [" ".join(map(str, term["id"].values())) for term in terms.values()]
    assert any("Kritik atau beda pendapat bukan ujaran kebencian" in text for text in said)


@pytest.mark.safety("K12")
def test_the_privacy_page_says_that_a_draft_is_in_no_backup():
    page = next(page for page in files.items("pages") if page["key"] == "privacy")
    assert "tidak masuk salinan cadangan" in page["id"]["body"]
    assert re.search(r"(not|no|never)[^.]*backup", page["en"]["body"])
