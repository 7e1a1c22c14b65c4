"""Render the code as a small picture to keep, which looks like a private note in black on white.

It names neither this site nor a report (safety rule H9), is rendered each time the page is displayed, and is stored
nowhere. The page embeds it, so that no other request is made and nothing is cached under a URL. The browser's list of
downloads may still show the site that a file came from; the page warns of that.
"""

import zlib
from base64 import b64encode
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from .crypto.receipts import Receipt

if TYPE_CHECKING:
    from PIL import Image, ImageFont

FONT = Path(settings.BASE_DIR) / "static/fonts/plus-jakarta-sans.woff2"
SIZE, MARGIN, COLUMN = (720, 500), 40, 330
NUMBER, SECRET, WORD = 52, 36, 32  # px; the widest characters still fit
SHADES = 8


def data_uri(receipt: Receipt) -> str:
    """Return the picture of ``receipt`` as a data URI."""
    return f"data:image/png;base64,{b64encode(draw(receipt)).decode()}"


def draw(receipt: Receipt) -> bytes:
    """Return a PNG with the number, the secret in its groups and the eight words, and nothing else."""
    from PIL import Image, ImageDraw  # readers never get such a picture, and Pillow is large

    image = Image.new("L", SIZE, 255)
    pen = ImageDraw.Draw(image)
    pen.text((MARGIN, 30), receipt.display_reference, font=_font(NUMBER), fill=0)
    pen.text((MARGIN, 116), receipt.display_secret, font=_font(SECRET), fill=0)
    for place, word in enumerate(receipt.words):
        column, row = divmod(place, 4)
        at = (MARGIN + column * COLUMN, 208 + row * 66)
        pen.text(at, f"{place + 1}. {word}", font=_font(WORD), fill=0)
    return _png(image)


def _png(image: "Image.Image") -> bytes:
    """Return the image as PNG with few shades, so that the page stays small.

    Greys at equal distances and runs of one grey take 1 ms. The best greys, compressed as far as it goes, took 36 ms,
    more than the rest of the page with the code, and saved 5 % of 8 KB.
    """
    out = BytesIO()
    few = image.point([grey * SHADES // 256 for grey in range(256)])
    few.putpalette([grey * 255 // (SHADES - 1) for grey in range(SHADES) for _colour in "RGB"])
    few.save(out, "PNG", compress_level=zlib.Z_BEST_COMPRESSION, compress_type=zlib.Z_RLE)
    return out.getvalue()


@cache
def _font(size: int) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont

    font = ImageFont.truetype(FONT, size)
    font.set_variation_by_axes([700])
    return font
