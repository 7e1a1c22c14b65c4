"""Blind-index marks: the same account written in different ways is the same mark."""

import pytest

from reports.crypto import blind_index

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.tiktok.com/@jahat/", "hxxps://tiktok.com/@jahat"),
        ("akunnya @Jahat_99.", "@jahat_99"),
        ("0812-3456-7890", "+62 812 3456 7890"),
    ],
)
def test_spellings_of_an_identifier_share_a_digest(one, other):
    assert blind_index.identifiers_in(one) & blind_index.identifiers_in(other)


@pytest.mark.parametrize("link", ["http://[abc", "https://[x]", "http://a℀b.com", "hxxps://example[.]com/x"])
def test_malformed_link_is_indexed_too(link):
    assert len(blind_index.identifiers_in(f"lihat {link} ya")) == 1


def test_digest_needs_its_key():
    assert blind_index.digest(b"a" * 32, "account", "@x") != blind_index.digest(b"b" * 32, "account", "@x")


def test_ordinary_words_are_not_indexed():
    assert blind_index.identifiers_in("Mereka mengejek aku 3 kali di kelas 7.") == set()


@pytest.mark.parametrize(
    "text", ["tidak", "Instagram", "IG dan tiktok", "instagram.com/reel", "https://t.me/", "", "."]
)
def test_text_without_identifiers_closes_no_file(text):
    assert {kind for kind, _value in blind_index.gate_identifiers_in(text)} <= {"link"}


def test_number_in_a_chat_link_is_the_number():
    assert blind_index.gate_identifiers_in("wa.me/6281234567890") & blind_index.gate_identifiers_in("0812-3456-7890")
