"""The figures of a quarter: computed once, thirty days after its end, the same for everybody."""

import csv
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from reports.models import Category, FigureCorrection, QuarterFigures, Tally, TallyCheck
from reports.statistics import quarter, upkeep
from reports.statistics.flows import M
from reports.statistics.published import TABLES
from reports.statistics.quarter import Quarter
from safetycenter.page_cache import cache_version

pytestmark = pytest.mark.django_db
THIRD = Quarter(2027, 3)
DAY = date(2027, 8, 1)


def count(measure: str, number: int, tier: int = 2, **fields) -> None:
    usual = {"category": "scam", "day": DAY, "age_band": "adult", "kind": Tally.Kind.ORDINARY}
    Tally.objects.create(measure=measure, number=number, tier=tier, **usual | fields)


@pytest.fixture
def busy(categories):
    """A quarter of 300 reports; nine are restricted."""
    for tier, number in ((0, 20), (1, 60), (2, 180), (3, 37), (4, 3)):
        count(M.RECEIVED, number, tier)
        count(M.PROMISED, number, tier)
        count(M.KEPT, number - 3, tier)
    count(M.RECEIVED, 9, 0, age_band="13_15", kind=Tally.Kind.RESTRICTED)
    count(M.PROMISED, 9, 0, age_band="13_15", kind=Tally.Kind.RESTRICTED)
    count(M.CLOSED, 70, value="helped")
    count(M.WITHDRAWN, 4)


def page_address(language: str = "id") -> str:
    with translation.override(language):
        return reverse("education:transparency")


def publish(clock, until: date) -> int:
    TallyCheck.objects.get_or_create(pk=1, defaults={"counting_since": "2027-07-01T00:00+07:00"})
    clock(days=(until - timezone.localdate()).days)
    return quarter.publish_due()


def test_quarter_is_published_thirty_days_after_its_end(busy, clock):
    assert publish(clock, date(2027, 10, 30)) == 0
    assert publish(clock, date(2027, 10, 31)) == 1
    assert [str(row) for row in QuarterFigures.objects.all()] == ["2027-Q3"]


def test_published_quarter_is_never_computed_again(busy, clock):
    publish(clock, date(2027, 11, 5))
    before = QuarterFigures.objects.get().figures
    count(M.RECEIVED, 1000)
    assert quarter.publish_due() == 0
    assert QuarterFigures.objects.get().figures == before


def test_publishing_makes_the_pages_again(busy, clock):
    before = cache_version.current()
    publish(clock, date(2027, 11, 5))
    assert cache_version.current() > before


def test_figures_hide_small_numbers_and_restricted_cases(busy):
    figures = quarter.compute(THIRD)
    assert figures["numbers"]["received"] == 300
    assert figures["restricted"] == 10
    assert figures["numbers"]["withdrawn"] is None
    assert figures["tables"]["tiers"] == {"0": 20, "1": 60, "2": 180, "3": None, "4": None}
    assert sum(number or 0 for number in figures["tables"]["ages"].values()) == 0


def test_promises_of_a_hidden_tier_are_hidden_too(busy):
    promises = quarter.compute(THIRD)["promises"]
    assert promises["3"] is promises["4"] is None
    assert promises["0"] == {"promised": 20, "kept_percent": 90, "interval": [70, 97]}


def test_few_reports_give_totals_only(categories):
    count(M.RECEIVED, 49)
    figures = quarter.compute(THIRD)
    assert figures["numbers"] == {"received": 50, "closed": None}
    assert "tables" not in figures
    assert "promises" not in figures


def test_quarter_says_until_when_it_was_counted_later(busy):
    TallyCheck.objects.create(counting_since="2027-07-20T12:00+07:00")
    assert quarter.compute(THIRD)["counted_later_until"] == "2027-07-20"


def test_page_without_figures_says_so(client):
    assert "Belum ada angka yang diterbitkan" in client.get(page_address()).text


@pytest.mark.parametrize("language", ["id", "en"])
def test_page_shows_the_published_quarter(busy, clock, client, language):
    publish(clock, date(2027, 11, 5))
    page = client.get(page_address(language)).text
    assert {"id": "Juli–September 2027", "en": "July–September 2027"}[language] in page
    assert {"id": "sekitar 180", "en": "about 180"}[language] in page
    assert "-q3.csv" in page


def test_files_have_the_same_figures(busy, clock, client):
    publish(clock, date(2027, 11, 5))
    found = client.get("/transparency/2027-q3.json").json()
    assert found["tables"]["tiers"]["2"] == 180
    lines = list(csv.reader(client.get("/transparency/2027-q3.csv").text.splitlines()))
    assert ["2027-Q3", "tiers", "2", "180"] in lines
    assert ["2027-Q3", "tiers", "4", ""] in lines
    assert client.get("/transparency/2027-q2.csv", follow=True).status_code == 404


def test_page_asks_few_queries_for_any_number_of_quarters(busy, client, django_assert_max_num_queries, remembered):
    address = page_address()
    client.get(address)
    for number in range(1, 5):
        QuarterFigures.objects.create(year=2027, quarter=number, figures=quarter.compute(THIRD))
    with django_assert_max_num_queries(6):
        client.get(address)


def test_correction_is_dated_and_public(busy, clock, client, person):
    publish(clock, date(2027, 11, 5))
    client.force_login(person("supervisor"))
    texts = {"text_ind": "Angka laporan yang ditutup salah.", "text_en": "The number of closed reports was wrong."}
    add = reverse("admin:reports_figurecorrection_add")
    assert client.post(add, {"quarter": QuarterFigures.objects.get().pk, **texts}).status_code == 302
    row = FigureCorrection.objects.get()
    assert row.by.username == "supervisor"
    assert texts["text_en"] in client.get(page_address("en")).text
    change = reverse("admin:reports_figurecorrection_change", args=[row.pk])
    assert client.post(change, {"text_en": "Nothing was wrong with it."}).status_code == 403


def test_every_group_and_age_has_a_label(categories):
    assert set(Category.objects.values_list("group", flat=True)) <= set(TABLES["groups"][1])


def test_housekeeping_publishes_nothing_on_a_new_site(filed):
    upkeep.keep()
    assert quarter.publish_due() == 0
