"""What is kept of the code names neither this site nor a report: the picture of it, and the page when it is printed."""

from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from tests.journeys.hands import STORY, Hands, open_with

pytestmark = pytest.mark.django_db(transaction=True)
TELLING = ("Pusat Keamanan", "Safety Center", "lapor", "kabar", "127.0.0.1", "localhost", "http")


def code_page(page, filed=None):
    """The page with the first code; with ``filed`` the one with a new code of that report."""
    if filed is None:
        Hands(page).begin().tell(**STORY).send()
        return page
    open_with(page, filed.receipt.code)
    page.goto("/id/kabar/kode-baru/")
    page.click("main button.btn.main")
    return page


@pytest.mark.sampled(2)
@pytest.mark.parametrize("new", [False, True], ids=["first-code", "new-code"])
def test_code_is_saved_as_a_picture_without_script(site, file, page_without_script, new):
    page = code_page(page_without_script, file(age="adult") if new else None)
    with page.expect_download() as download:
        page.click("summary:has-text('Cara lain menyimpannya')")
        page.click("a[download]")
    assert download.value.suggested_filename == "catatan.png"
    assert download.value.url.startswith("data:image/png")  # carried by the page: nothing is asked for
    content = download.value.path().read_bytes()
    picture = Image.open(BytesIO(content))
    assert (picture.format, picture.info) == ("PNG", {})
    assert len(content) <= 12 * 1024


@pytest.mark.sampled(2)
@pytest.mark.parametrize("new", [False, True], ids=["first-code", "new-code"])
@pytest.mark.slow
def test_printed_code_names_no_site_and_no_address(site, file, page, new):
    code_page(page, file(age="adult") if new else None)
    number = page.locator(".code").first.inner_text()
    assert not any(word in page.title() for word in TELLING)
    margins = dict.fromkeys(("top", "bottom", "left", "right"), "2cm")
    pdf = pypdfium2.PdfDocument(page.pdf(display_header_footer=True, margin=margins))
    text = " ".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    assert (number in text, len(pdf)) == (True, 1)
    assert not any(word.lower() in text.lower() for word in TELLING)
