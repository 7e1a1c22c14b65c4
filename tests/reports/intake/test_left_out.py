"""After sending, an answer that "Skip" or "Finish" would leave out is said once; the next press leaves it out."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reports.intake.more import More
from reports.models import Case, Evidence
from tests.reports.evidence.uploads import picture
from tests.reports.intake.adding import add, add_file, is_over, left, sent

pytestmark = pytest.mark.django_db
SAID = "Ini belum ditambahkan."
ACCOUNT = "Akunnya @pengejek_itu di sana"


@pytest.fixture
def case(reporter) -> Case:
    """A sent report whose code was noted."""
    return sent(reporter)


def kept(page: str) -> list[str]:
    """What the fields of the form have: typed words, or the values of the checked choices."""
    fields = re.findall(r"<input [^>]*>", page.partition("<main")[2])
    texts = re.findall(r"<textarea[^>]*>\s*(.*?)</textarea>", page, re.DOTALL)
    shown = [field for field in fields if " checked" in field or 'type="text"' in field]
    return texts + re.findall(r'value="([^"]*)"', " ".join(shown))


@pytest.mark.parametrize("button", ["skip", "finish"])
@pytest.mark.parametrize(("key", "answer"), [("account_or_link", ACCOUNT), ("platform", "tiktok")])
def test_answer_is_not_left_out_by_one_press(reporter, case, button, key, answer):
    response = add(reporter, key, answer, **{button: "1"})
    page = reporter.client.get(response.url).text
    assert SAID in page
    assert answer in kept(page)
    assert key in left(reporter)
    add(reporter, key, answer)
    assert key not in left(reporter)


@pytest.mark.parametrize("button", ["skip", "finish"])
def test_second_press_leaves_it_out(reporter, case, button):
    add(reporter, "account_or_link", ACCOUNT, **{button: "1"})
    add(reporter, "account_or_link", ACCOUNT, **{button: "1"})
    assert (is_over(reporter), "account_or_link" in left(reporter)) == (button == "finish", False)
    assert not case.data_keys.filter(sealed__isnull=False).exists()


@pytest.mark.safety("H3", "K1")
def test_danger_that_was_chosen_and_not_added_is_not_lost(reporter):
    reporter.client.post(reporter.url("first_aid", number=14), headers={"Sec-Fetch-Site": "same-origin"})
    reporter.tell(about="me", age="16_17", words="Dia mengancam.").send()
    reporter.client.post(reporter.url("code"))
    response = add(reporter, "safety", "danger", finish="1")
    assert SAID in reporter.client.get(response.url).text
    add(reporter, "safety", "danger")
    assert "tel:110" in reporter.client.get(reporter.url("more")).text.split("<main")[1]


def test_empty_form_is_left_at_once(reporter, case):
    add(reporter, "account_or_link", "", skip="1")
    assert "account_or_link" not in left(reporter)
    add(reporter, "platform", finish="1")
    assert is_over(reporter)


@pytest.mark.parametrize("button", ["skip", "finish"])
def test_answer_that_is_too_long_is_not_left_out_by_one_press(reporter, case, button):
    long = "Dia jahat. " * 300
    page = reporter.client.get(add(reporter, "account_or_link", long, **{button: "1"}).url).text
    assert SAID in page
    assert "terlalu panjang" in page
    assert kept(page)[0].startswith("Dia jahat. Dia")
    add(reporter, "account_or_link", long, **{button: "1"})
    assert "account_or_link" not in left(reporter)


@pytest.mark.parametrize("button", ["skip", "finish"])
def test_mistyped_number_is_not_left_out_by_one_press(reporter, case, button):
    page = reporter.client.get(add(reporter, "old_report", "K7Q", **{button: "1"}).url).text
    assert SAID in page
    assert "K7Q" in kept(page)


@pytest.mark.parametrize("button", ["skip", "finish"])
def test_chosen_file_is_not_left_out_by_one_press(reporter, button):
    sent(reporter, about="me", category="scam", age="adult", words="Uangku hilang.")
    page = reporter.client.get(with_file(reporter, button).url).text
    assert "Berkas ini belum ditambahkan. Pilih lagi" in page
    assert ("evidence" in left(reporter), Evidence.objects.exists()) == (True, False)
    with_file(reporter, button)
    assert "evidence" not in left(reporter)
    assert not Evidence.objects.exists()


def test_chosen_file_is_added_after_the_message(reporter):
    sent(reporter, about="me", category="scam", age="adult", words="Uangku hilang.")
    with_file(reporter, "skip")
    add_file(reporter)
    assert Evidence.objects.count() == 1


def test_message_ends_with_its_question(reporter, case):
    """The message about an answer that was passed since does not hide the question that a link names."""
    add(reporter, "account_or_link", ACCOUNT, skip="1")
    add(reporter, "account_or_link", ACCOUNT, skip="1")
    assert More.of(reporter.draft_session).state["left_out"] == ""


def with_file(reporter, button: str):
    """Choose a picture on the page for files, and press ``button``."""
    photo = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    return add(reporter, "evidence", files=photo, **{button: "1"})
