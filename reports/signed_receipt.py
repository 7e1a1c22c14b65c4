"""The signed receipt of a report: its number and the day on which it arrived, and nothing else (safety rule H21).

The text is three lines: the number, the day (ISO 8601, in the site's time zone), and the Ed25519 signature in base32
(RFC 4648), in groups of four. What is signed is ``FORMAT``, the number and the day, each on a separate line.
``docs/receipts.md`` says how to check one without this site.
"""

import re
from base64 import b32decode, b32encode, b64decode, b64encode
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

import segno
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from .crypto.vault.box import KeyMissingError
from .crypto.vault.published_pair import RECEIPTS
from .models.case import Case
from .views_common import page

FORMAT = "safety-center-receipt-1"
SIGNATURE_LENGTH = 103  # characters of base32 without its padding
MAX_LENGTH = 2000  # of a text to check, with slack for what surrounds a copied receipt
# What is typed from paper: base32 has neither 0 nor 1 nor 8. The number of a report has no I, L, O or U.
IN_SIGNATURE = str.maketrans("018", "OIB")
IN_NUMBER = str.maketrans("ILO", "110")
RECEIPT = re.compile(
    r"(?<!\w)([0-9A-Z]{4})\W?([0-9A-Z]{4})\W+(\d{4})\W?(\d\d)\W?(\d\d)\W+"
    rf"((?:[0-9A-Z][^0-9A-Z]*){{{SIGNATURE_LENGTH}}})(?![0-9A-Z])"
)
PEM_HEAD = bytes.fromhex("302a300506032b6570032100")  # of an Ed25519 public key (RFC 8410)


@dataclass(frozen=True)
class SignedReceipt:
    """A number and a day with their signature, valid or not."""

    reference: str  # as displayed: K7QF-2M9X
    day: str  # 2026-11-28
    signature: bytes

    @property
    def is_valid(self) -> bool:
        """Whether a key of this site signed exactly this number and this day. Nothing is looked up."""
        return bool(self.date) and RECEIPTS.is_signed(_signed(self.reference, self.day), self.signature)

    @property
    def date(self) -> date | None:
        """The day as a date; None if there is no such day."""
        try:
            return date.fromisoformat(self.day)
        except ValueError:
            return None

    @property
    def text(self) -> str:
        """The three lines to keep and to check."""
        encoded = b32encode(self.signature).decode().rstrip("=")
        return "\n".join([self.reference, self.day, " ".join(wrap(encoded, 4))])

    @property
    def qr_code(self) -> SafeString:
        """The three lines as a QR code, so that nobody has to type a signature. It contains no address."""
        return mark_safe(segno.make(self.text, error="m").svg_inline(omitsize=True, border=2, svgclass="qr"))  # noqa: S308 (squares only)


def of(case: Case) -> SignedReceipt | None:
    """Return the receipt of ``case``, always the same one; None if this node has no key to sign it."""
    day = timezone.localdate(case.received_at).isoformat()
    try:
        signature = RECEIPTS.sign(_signed(case.display_reference, day)).value
    except KeyMissingError:
        return None
    return SignedReceipt(case.display_reference, day, signature)


def find(text: str) -> SignedReceipt | None:
    """Return the receipt that ``text`` contains, however it was copied or typed; None if it contains none."""
    found = RECEIPT.search(text.upper())
    if found is None:
        return None
    reference = f"{found[1]}-{found[2]}".translate(IN_NUMBER)
    letters = re.sub(r"[^0-9A-Z]", "", found[6]).translate(IN_SIGNATURE)
    try:
        signature = b32decode(f"{letters}=")
    except ValueError:  # 9 is in no signature
        return None
    return SignedReceipt(reference, f"{found[3]}-{found[4]}-{found[5]}", signature)


def receipt_page(request: HttpRequest, case: Case, name: str, back: str) -> HttpResponse:
    """Return the page ``reports:<name>`` with the receipt of ``case`` and a link back to ``reports:<back>``."""
    return page(request, "receipt.html", name, receipt=of(case), back=reverse(f"reports:{back}"))


def public_keys() -> list[tuple[str, str]]:
    """Return the id and the PEM line of each public key that checks receipts here, the present one first."""
    return [(key_id, b64encode(PEM_HEAD + b64decode(key)).decode()) for key_id, key in RECEIPTS.public_keys().items()]


def _signed(reference: str, day: str) -> bytes:
    return f"{FORMAT}\n{reference}\n{day}\n".encode()
