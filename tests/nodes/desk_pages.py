"""What staff press on the pages of a desk."""

from django.urls import reverse

from reports.models import Case
from tools.bench.browser import FORM, HIDDEN, Browser


def button_of(desk: Browser, case: Case, action: str) -> tuple[str, dict[str, str]]:
    """The address and the fields of the button of an action on the page of a case."""
    address = reverse("admin:reports_case_act", args=[case.reference, action])
    page = desk.get(reverse("admin:reports_case_page", args=[case.reference]))
    return address, next(dict(HIDDEN.findall(body)) for head, body in FORM.findall(page) if address in head)


def press(desk: Browser, case: Case, action: str) -> None:
    """Press that button."""
    desk.post(*button_of(desk, case, action))
