"""The signed receipt: a number and a day, checked by the signature alone (safety rule H21)."""

import re
from base64 import b32decode, b64decode
from html import unescape

import pytest
from django.utils import timezone
from nacl.signing import VerifyKey

from reports import signed_receipt
from reports.crypto.vault.published_pair import RECEIPTS
from tests.reports.followup.visitor import found_code, open_with, url


@pytest.fixture
def shown(filed) -> str:
    """The text of the card behind the code: all that is printed."""
    page = open_with(filed.receipt.code).get(url("receipt")).text
    return unescape(re.sub("<br ?/?>", "\n", re.search(r'id="receipt"[^>]*>(.*?)</output>', page, re.DOTALL)[1]))


def check(client, text: str) -> bool:
    page = client.post(url("check_receipt"), {"receipt": text}).text
    assert ("Tidak sah" in page) != ("<strong>Sah" in page)
    return "<strong>Sah" in page


@pytest.mark.safety("H21")
def test_receipt_has_number_and_day_and_a_signature_only(filed, shown):
    number, day, signature = shown.split("\n")
    assert number == filed.case.display_reference
    assert day == timezone.localdate(filed.case.received_at).isoformat()
    assert re.fullmatch("([A-Z2-7]{1,4} ?){26}", signature)


@pytest.mark.safety("H21")
def test_receipt_is_valid_without_a_look_into_the_database(shown, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        found = signed_receipt.find(f"Nomor: {shown.lower().replace(' ', '')} (disalin)")
        assert found.is_valid
    assert check(client, shown.replace("\n", " "))


def test_changed_receipt_and_any_other_text_are_not_valid(shown, client):
    number, day, signature = shown.split("\n")
    for text in (
        f"0000-0000\n{day}\n{signature}",
        f"{number}\n2026-02-30\n{signature}",
        f"{number}\n{day}\nA{signature}",
        "😀",
    ):
        assert not check(client, text)
    assert not check(client, shown.replace(signature[:4], signature[:4][::-1]))


def test_receipt_can_be_checked_without_the_site(shown, client):
    """As docs/receipts.md says, with the key that the page publishes."""
    pem = re.search(r"KEY-----\n(.*?)\n", client.get(url("check_receipt")).text)[1]
    number, day, signature = shown.split("\n")
    signed = f"safety-center-receipt-1\n{number}\n{day}\n".encode()
    VerifyKey(b64decode(pem)[-32:]).verify(signed, b32decode(signature.replace(" ", "") + "="))


def test_receipt_stays_valid_after_its_key_was_replaced(shown, client, settings, tmp_path):
    for path in settings.KEYS_DIR.glob("receipt*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    settings.KEYS_DIR = tmp_path
    RECEIPTS.replace(tmp_path)
    assert check(client, shown)
    (tmp_path / "receipt.private").unlink()
    next(tmp_path.glob("receipt-*.public")).unlink()
    assert not check(client, shown)


def test_found_code_shows_no_receipt(filed):
    visit = open_with(filed.receipt.code)
    found_code(visit)
    assert visit.get(url("receipt")).status_code == 303
