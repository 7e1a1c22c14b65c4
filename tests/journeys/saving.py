"""Saving a guide in the browser, and what the browser then stores."""

from tests.browser import keep_nothing_by_itself

GUIDE, LIST = "/id/panduan/dibully-online/", "/id/tersimpan/"
STORED = "async () => [...await caches.keys(), ...(await navigator.serviceWorker.getRegistrations()).map(r => r.scope)]"


def save(page, address: str = GUIDE):
    keep_nothing_by_itself(page)
    page.goto(address)
    page.click("[data-part=save]")
    page.locator("[data-part=kept]").wait_for()
