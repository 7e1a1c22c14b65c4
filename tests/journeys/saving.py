"""Saving a guide in the browser, and what the browser then stores."""

GUIDE, LIST = "/id/panduan/dibully-online/", "/id/tersimpan/"
STORED = "async () => [...await caches.keys(), ...(await navigator.serviceWorker.getRegistrations()).map(r => r.scope)]"


def save(page, address: str = GUIDE):
    page.goto(address)
    page.click("[data-part=save]")
    page.locator("[data-part=kept]").wait_for()
