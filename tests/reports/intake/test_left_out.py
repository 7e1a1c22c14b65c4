"""After sending, an answer that "Skip" or "Finish" would leave out is said once; the next press leaves it out."""

import pytest

from reports.models import Case
from tests.reports.intake.adding import add, is_over, left, sent

pytestmark = pytest.mark.django_db
SAID = "Ini belum ditambahkan."
ACCOUNT = "Akunnya @pengejek_itu di sana"


@pytest.fixture
def case(reporter) -> Case:
    """A sent report whose code was noted."""
    return sent(reporter)


@pytest.mark.parametrize("button", ["skip", "finish"])
@pytest.mark.parametrize(("key", "answer"), [("account_or_link", ACCOUNT), ("platform", "tiktok")])
def test_answer_is_not_left_out_by_one_press(reporter, case, button, key, answer):
    response = add(reporter, key, answer, **{button: "1"})
    page = reporter.client.get(response.url).text
    assert SAID in page
    assert answer in page.split("<main")[1]
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
