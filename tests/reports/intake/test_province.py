"""The question about the province: asked of nobody before sending, never required, sealed, and read at a desk."""

import pytest

from reports.intake.forms import form_for
from reports.models import Case
from reports.models.addition import all_answers
from reports.models.answers import displayed
from reports.questions import QUESTIONS, after_sending, before_sending
from reports.questions.category import DECLARED
from reports.scheduled_tasks import index_identifiers
from safetycenter import provinces

from .adding import add, left, sent

pytestmark = pytest.mark.django_db
PROVINCE = QUESTIONS["province"]


def reach(reporter) -> None:
    """Pass all questions that come before the province."""
    while left(reporter)[0] != "province":
        add(reporter, left(reporter)[0], skip="1")


@pytest.mark.parametrize("category", DECLARED)
def test_province_is_asked_after_sending_only(category):
    answers = {"about": "me", "category": category, "age": "13_15"}
    assert "province" not in [question.key for question in before_sending(answers)]
    assert [question.key for question in after_sending(answers)].count("province") == 1


def test_every_province_is_in_one_region():
    assert sum(len(group) for _region, group in provinces.by_region()) == len(provinces.PROVINCES) == 38
    assert [len(group) for _region, group in provinces.by_region()] == [10, 6, 3, 5, 6, 8]
    assert provinces.region_of("11") == "sumatra"
    assert provinces.region_of("Jawa Barat") == ""


def test_added_province_is_sealed_and_gives_the_region(reporter):
    case = sent(reporter)
    index_identifiers()
    add(reporter, "province", "51")
    assert not Case.objects.get().indexed
    index_identifiers()
    case = Case.objects.get()
    assert (case.region, all_answers(case, case.staff_keyring())["province"]) == ("bali_nusa", "51")


def test_page_lists_provinces_by_island_and_can_be_passed(reporter):
    sent(reporter)
    reach(reporter)
    page = reporter.client.get(reporter.url("more")).text
    assert page.count("<optgroup") == 6
    assert '<optgroup label="Maluku dan Papua">' in page
    add(reporter, "province", skip="1")
    assert "province" not in left(reporter)


@pytest.mark.parametrize("value", ["", "Jawa Barat", "99"])
def test_what_is_no_province_is_not_taken(reporter, value):
    case = sent(reporter)
    reach(reporter)
    refused = add(reporter, "province", value)
    assert reporter.client.get(refused.url).text.count("Pilih satu provinsi dari daftar") == 2
    assert "province" in left(reporter)
    assert "province" not in all_answers(case, case.staff_keyring())


def test_province_typed_in_an_older_version_is_shown_as_typed():
    assert displayed(PROVINCE, "Sekitar Bandung") == "Sekitar Bandung"
    assert not form_for(PROVINCE, {"answer": "Sekitar Bandung"}).is_valid()
