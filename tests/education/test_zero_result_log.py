"""Editors see searches without results; no person's story is stored."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from education.models import ZeroResultSearch
from education.search import zero_result_log
from safetycenter.models import Hit

from . import factory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def seek(client, there):
    """``seek("xyzzyq", "203.0.113.1")``: a search by a visitor."""
    return lambda text, visitor="203.0.113.1": client.post(there("education:search"), {"q": text}, REMOTE_ADDR=visitor)


def from_three(seek, text: str) -> None:
    for n in range(3):
        seek(text, f"203.0.113.{n}")


def test_words_are_written_down_from_the_third_visitor_on(seek):
    for n in range(2):
        seek("Klenik Sakti", f"203.0.113.{n}")
    assert not ZeroResultSearch.objects.exists()
    seek("klenik  sakti", "203.0.113.2")
    row = ZeroResultSearch.objects.get()
    assert (row.words, row.language, row.day, row.count) == ("klenik sakti", "id", timezone.localdate(), 1)
    assert zero_result_log.most_frequent() == [zero_result_log.ZeroResult("klenik sakti", "id", 3)]


def test_one_visitor_is_never_enough(seek):
    for _time in range(9):
        seek("klenik sakti")
    assert not ZeroResultSearch.objects.exists()


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    "text",
    [
        "budi99",
        "budi@contoh.id",
        "@budi",
        "08123456",
        "contoh.id/klenik",
        "satu dua tiga empat lima",
        "k" * 41,
        "-",
        "",
    ],
)
def test_personal_search_words_are_not_counted(seek, text):
    from_three(seek, text)
    assert not ZeroResultSearch.objects.exists()
    assert zero_result_log.countable_words(text) == ""


def test_alerting_searches_are_not_counted(seek):
    from_three(seek, "cara mati cepat")
    assert not ZeroResultSearch.objects.exists()


def test_successful_searches_are_not_counted(seek):
    factory.guide(title_ind="Penipuan")
    from_three(seek, "penipuan")
    assert not ZeroResultSearch.objects.exists()


def test_nothing_that_was_typed_stands_in_the_table_of_limits(seek):
    seek("klenik sakti")
    kept = "".join(str(value) for row in Hit.objects.values() for value in row.values())
    assert "klenik" not in kept


def test_counts_are_erased_after_ninety_days():
    today = timezone.localdate()
    for days in (90, 91):
        ZeroResultSearch.objects.create(language="id", words=f"k{days}", day=today - timedelta(days=days), count=1)
    call_command("housekeeping")
    assert ZeroResultSearch.objects.get().words == "k90"


def test_editor_sees_them_on_the_first_page(seek, signed_in):
    from_three(seek, "klenik sakti")
    page = signed_in("editor").get("/admin/").text
    assert "klenik sakti" in page
    assert "/admin/education/synonym/add/?language=id&amp;typed=" in page


@pytest.mark.parametrize("role", ["author", "translator", "reviewer", "editor", "publisher"])
def test_link_of_a_search_without_result_opens_for_every_role(seek, signed_in, role):
    from_three(seek, "klenik sakti")
    client = signed_in(role)
    rows = [row for panel in client.get("/admin/").context["panels"] for row in panel.get("rows", ())]
    (address,) = [row["address"] for row in rows if "klenik sakti" in str(row["label"])]
    answer = client.get(address)
    assert answer.status_code == 200
    assert "klenik sakti" in answer.text


def test_zero_result_search_is_named_by_its_words():
    row = ZeroResultSearch(words="kena tipu", language="id", day=timezone.localdate(), count=4)
    assert str(row).startswith("kena tipu (id)")
