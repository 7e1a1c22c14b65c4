"""Files over a slow line that breaks: progress in words, another try without choosing again."""

import pytest

from reports.models import Evidence, Message
from tests.browser import assert_accessible
from tests.journeys.hands import lend, open_with
from tests.reports.intake.adding import add, left, sent
from tests.reports.intake.reporter import Reporter

pytestmark = pytest.mark.django_db(transaction=True)
SLOW = {"offline": False, "latency": 50, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # 400 kbit/s
SMALL, LARGE = b"Kata. " * 1000, b"Kata. " * 10_000


def chosen(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "text/plain", "buffer": content}


@pytest.fixture
def files_page(site, page):
    """The page of files of an adult's report."""
    reporter = Reporter()
    reporter.begin()
    reporter.tell(about="me", category="scam", age="adult", money_sent="no", words="Uangku hilang.")
    page.goto(site)
    lend(reporter, page, site)
    page.goto(reporter.url("step", number=reporter.draft.number_of("evidence")))
    return page


def test_broken_upload_is_tried_again_without_choosing_again(files_page):
    page = files_page
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    page.set_input_files("#id_files", [chosen("satu.txt", SMALL), chosen("dua.txt", LARGE)])
    page.click("button.btn.main")
    page.wait_for_selector("#upload [role=status]:text-matches('dua.txt: [1-9][0-9] persen')")
    line.send("Network.emulateNetworkConditions", SLOW | {"offline": True})
    page.wait_for_selector("#upload [data-retry]:visible")
    assert page.locator("#added .files li").all_inner_texts()[0].startswith("satu.txt")
    assert "dua.txt belum terkirim" in page.locator("#upload [role=status]").inner_text()
    assert_accessible(page)
    line.send("Network.emulateNetworkConditions", SLOW)
    page.click("#upload [data-retry]")
    page.wait_for_selector("#added .files li >> nth=1")
    assert Evidence.objects.count() == 2, "also if only the answer was lost"
    page.click("button.btn.main")
    assert not page.locator("#id_files").count(), "the form goes on"


@pytest.mark.slow
def test_refused_file_says_why_and_the_others_are_stored(files_page):
    page = files_page
    page.set_input_files("#id_files", [chosen("a.txt", b"\x00\x01"), chosen("b.txt", SMALL)])
    page.click("button.btn.main")
    page.wait_for_selector("#added .files li")
    assert "a.txt: Berkas ini tidak bisa ditambahkan." in page.locator("#upload .error").inner_text()
    assert page.locator("#id_files").count() == 1, "they read it before the form goes on"


@pytest.mark.slow
def test_cancelled_file_leaves_nothing_behind(files_page):
    page = files_page
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    page.set_input_files("#id_files", [chosen("dua.txt", LARGE)])
    page.click("button[name=add]")
    page.click("#upload [data-cancel]")
    assert page.locator("#upload li").count() == 0
    assert Evidence.objects.count() == 0


@pytest.mark.slow
def test_message_with_a_file_keeps_its_words_when_the_line_breaks(site, page, file):
    open_with(page, file(age="adult", own_image="no").receipt.code)
    page.fill("[name=text]", "Ini chatnya. Aku mau mati.")
    page.click("text=Tambah foto atau berkas")
    page.set_input_files("#id_files", [chosen("chat.txt", SMALL)])
    page.context.set_offline(True)
    page.click("#write .actions .btn.main")
    page.wait_for_selector("#upload [data-retry]:visible")
    assert page.input_value("[name=text]") == "Ini chatnya. Aku mau mati."
    page.context.set_offline(False)
    page.click("#upload [data-retry]")
    page.wait_for_selector("text=IGD")  # help for a life at risk (H5) is seen, not only loaded
    assert page.input_value("[name=text]") == ""
    assert (Message.objects.count(), Evidence.objects.count()) == (1, 1)


@pytest.fixture
def files_after_the_code(site, page):
    """The page that adds files to a sent report of an adult."""
    reporter = Reporter()
    sent(reporter, about="me", category="scam", age="adult", money_sent="no", words="Uangku hilang.")
    while left(reporter)[0] != "evidence":
        add(reporter, left(reporter)[0], skip="1")
    page.goto(site)
    lend(reporter, page, site)
    page.goto(reporter.url("more"))
    return page


def test_file_after_the_code_survives_a_broken_line(files_after_the_code):
    page = files_after_the_code
    page.set_input_files("#id_files", [chosen("chat.txt", SMALL)])
    page.context.set_offline(True)
    page.click("button.btn.main")
    page.wait_for_selector("#upload [data-retry]:visible")
    page.context.set_offline(False)
    page.click("#upload [data-retry]")
    page.wait_for_selector("#id_files", state="detached")
    assert page.locator("input[name=question]").count() == 1, "the next question is loaded"
    assert Evidence.objects.filter(case__isnull=False).count() == 1


@pytest.mark.slow
def test_refused_file_after_the_code_says_why(files_after_the_code):
    page = files_after_the_code
    page.set_input_files("#id_files", [chosen("a.txt", b"\x00\x01")])
    page.click("button.btn.main")
    page.wait_for_selector(".error-summary")
    assert page.locator("#id_files").count() == 1
    assert not Evidence.objects.exists()
