"""An address as a QR code, for paper."""

import segno
from django.utils.safestring import SafeString, mark_safe


def code(address: str) -> SafeString:
    """``address`` as an inline picture without a script, a style or a request of its own."""
    picture = segno.make(address, error="m", micro=False)
    # Safe: the library draws squares; the address is in them and nowhere else.
    return mark_safe(picture.svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None))  # noqa: S308
