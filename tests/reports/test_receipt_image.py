"""The picture of the code: everything on it can be read, whatever the code is."""

from io import BytesIO

from PIL import Image, ImageOps

from reports import receipt_image
from reports.crypto import receipts


def ink(receipt) -> tuple[int, int, int, int]:
    """The box around everything that is drawn."""
    return ImageOps.invert(Image.open(BytesIO(receipt_image.draw(receipt))).convert("L")).getbbox()


def test_widest_code_fits():
    left, top, right, bottom = ink(receipts.Receipt("W" * 8, "W" * 16))
    assert (left, top) > (20, 20)
    assert (right, bottom) < (receipt_image.SIZE[0] - 20, receipt_image.SIZE[1] - 20)


def test_longest_words_stay_in_their_column():
    font, words = receipt_image._font(receipt_image.WORD), receipts.WORDS_FILE.read_text().split()
    assert max(font.getlength(f"8. {word}") for word in words) < receipt_image.COLUMN - 20


def test_another_code_is_another_picture():
    first, second = receipts.issue(), receipts.issue()
    assert receipt_image.draw(first) == receipt_image.draw(first) != receipt_image.draw(second)
