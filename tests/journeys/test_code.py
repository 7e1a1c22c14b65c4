"""The code on a phone that others may look at: the copy can be deleted (H9)."""

import pytest

from tests.journeys.hands import lend
from tests.reports.intake.reporter import Reporter, told

pytestmark = pytest.mark.django_db(transaction=True)
CLIPBOARD = "navigator.clipboard.readText()"


@pytest.fixture
def sent(site):
    """A reporter who sent a report and sees the code."""
    reporter = Reporter()
    reporter.begin()
    told(reporter).send()
    return reporter


@pytest.fixture
def phone(visits):
    """A phone whose clipboard can be looked at."""
    page = visits.page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


@pytest.mark.safety("H9")
def test_delete_the_copy_overwrites_the_clipboard(site, sent, phone):
    lend(sent, phone, site)
    phone.goto("/id/lapor/kode/")
    code = "".join(phone.locator(".code").all_inner_texts()).replace("-", "")
    phone.click("text=Cara lain menyimpannya")
    assert not phone.locator("[data-do=clear]").is_visible()
    phone.click("[data-do=copy]")
    phone.locator("#code-tools [role=status]", has_text="Tersalin").wait_for()
    assert phone.evaluate(CLIPBOARD).replace("-", "") == code
    phone.click("text=Hapus salinan")
    phone.locator("#code-tools [role=status]", has_text="Salinan sudah dihapus").wait_for()
    assert phone.evaluate(CLIPBOARD).strip() == ""
