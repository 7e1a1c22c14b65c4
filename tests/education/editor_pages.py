"""The rich text editor and the side-by-side page in a browser, as people use them."""

from playwright.sync_api import Locator, Page, expect

# Evaluated on a writing area with HTML: what the browser does when somebody pastes it.
PASTE = """(area, html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", "x");
  area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def area(page: Page, name: str) -> Locator:
    """The writing area that the editor draws for the field ``name`` of the side-by-side page."""
    return page.locator(f"#field-{name} .target [role=textbox]")


def choose_picture(page: Page, language: str, title: str) -> None:
    """Put a picture into the text in ``language``, through the picker."""
    field = page.locator(f'.prose-editor:has([contenteditable][lang="{language}"])').first
    field.locator("[contenteditable]").click()
    field.locator('[title="Gambar"]').click()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Pilih …").click()
    picker = opened.value
    picker.wait_for_load_state()
    picker.get_by_role("button", name=f"Pilih {title}").dispatch_event("click")  # the click closes the window
    dialog = page.locator("dialog.prose-editor-dialog")
    expect(dialog.locator("[name=altText]")).not_to_have_value("")
    dialog.get_by_role("button", name="Tambahkan").click()
    field.locator("[contenteditable] figure img").wait_for()
