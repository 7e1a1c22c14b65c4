"""A report that came by phone or letter, as a colleague enters it at the desk."""

import re

from django.urls import reverse

from tests.cast import BULLIED

TOLD = {
    "came_by": "phone",
    "language": "id",
    "gets_code": "yes",
    "safety": "safe",
    "about": "me",
    "category": BULLIED["category"],
    "age": "13_15",
    "words": "Mereka mengejek aku.",
}
FIRST = (*TOLD, "staff_conflict", "account_or_link")  # on the page from the beginning


def enter(desk, **what):
    """Send the first answers, then the form once more with what it asks after them; return the last page."""
    address = reverse("admin:reports_new_report")
    page = desk.post(address, {name: value for name, value in (TOLD | what).items() if name in FIRST})
    shown = re.search(r'name="asked_also" value="([^"]*)"', page.text)
    return desk.post(address, TOLD | what | {"asked_also": shown[1]}) if shown else page
