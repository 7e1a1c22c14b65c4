"""The page of helplines for one province: its own lines, those of all Indonesia, and no name in the address."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from education.helplines import selection
from education.models import Helpline, Revision
from safetycenter import provinces
from tests.education.admin_pages import change_page, send

from . import factory

pytestmark = pytest.mark.django_db
JAKARTA, BALI = provinces.BY_KEY["31"], provinces.BY_KEY["51"]


@pytest.fixture
def lines():
    """The emergency set, one line for Jakarta, one for Bali, one for everyone."""
    factory.emergency_set()
    factory.helpline("jkt", "021-1", provinces=["31"])
    factory.helpline("bali", "0361-1", provinces=["51"])
    factory.helpline("semua", "0800-1")


def slugs(groups) -> list[str]:
    return [entry.helpline.slug for _label, entries in groups for entry in entries]


def test_province_page_shows_its_helplines_after_emergency_set(lines):
    groups = selection.directory_groups(JAKARTA)
    assert slugs(groups) == ["polri-110", "sapa-129", "darurat-112", "jkt", "semua"]
    assert [label for label, _entries in groups][1] == JAKARTA.name
    assert set(slugs(selection.directory_groups())) == {"polri-110", "sapa-129", "darurat-112", "jkt", "bali", "semua"}


def test_form_keeps_the_choice_and_works_without_script(client, there, lines):
    path = there("education:helplines")
    text = client.get(path, {"province": "51"}).text
    assert '<option value="51" selected>Bali</option>' in text
    assert 'href="tel:03611"' in text
    assert 'href="tel:0211"' not in text
    assert "WITA" in text
    assert f'href="{there("education:helplines", language="en")}?province=51"' in text
    assert text[text.index('id="province"') :].count("<option") == 39


@pytest.mark.slow
@pytest.mark.parametrize(("key", "status"), [("", 200), ("31", 200), ("99", 404), ("dki", 404), ("3", 404)])
def test_only_known_provinces_have_a_page(client, there, lines, key, status):
    assert client.get(there("education:helplines"), {"province": key}).status_code == status


@pytest.mark.slow
def test_page_of_a_province_is_kept(reader, there, lines):
    path = there("education:helplines") + "?province=31"
    first = reader.get(path)
    with CaptureQueriesContext(connection) as queries:
        second = reader.get(path)
    assert (first.status, second.body) == (200, first.body)
    assert [query["sql"] for query in queries if "cacheversion" not in query["sql"]] == []


def test_province_page_has_emergency_numbers_without_database(client, there):
    text = client.get(there("education:helplines"), {"province": "97"}).text
    assert all(number in text for number in ("tel:110", "tel:112", "wa.me/628111129129"))


@pytest.mark.slow
def test_every_line_on_the_page_can_be_said_not_to_work(client, there, starter):
    text = client.get(there("education:helplines")).text
    assert text.count('name="line" value="') == text.count('<article class="helpline')
    assert f'action="{there("education:number_not_working")}"' in text
    assert "csrfmiddlewaretoken" not in text


def test_hours_are_never_claimed_in_the_page_itself(client, there, starter):
    Helpline.objects.filter(slug="komnas-perempuan").update(verified_on="2099-01-01")
    text = client.get(there("education:helplines")).text
    assert 'data-hours="' in text
    assert ">Buka sekarang" not in text
    assert ">Tutup sekarang" not in text


def test_editors_tick_provinces_and_write_hours_for_machines(signed_in):
    line = factory.helpline("garis", "021")
    send(signed_in("editor"), line, provinces=["31", "51"], open_hours="mon-fri 08:00-16:00 Asia/Makassar")
    proposed = Revision.objects.waiting_proposal(line).data
    assert (proposed["provinces"], proposed["open_hours"]) == (["31", "51"], "mon-fri 08:00-16:00 Asia/Makassar")


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"open_hours": "9 to 5"}, "open_hours"),
        ({"provinces": ["99"]}, "provinces"),
        ({"open_hours": "mon 09:00-16:00 Asia/Jakarta", "hours_ind": "Senin 09.00–16.00 WIB"}, "hours_ind"),
    ],
)
def test_unparsable_hours_and_unknown_provinces_are_refused(signed_in, changes, field):
    line = factory.helpline("garis", "021")
    client = signed_in("editor")
    form = client.get(change_page(line)).context["adminform"].form
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    data |= {"channels-TOTAL_FORMS": 0, "channels-INITIAL_FORMS": 0}
    answer = client.post(reverse("admin:education_helpline_change", args=[line.pk]), data | changes)
    assert field in answer.context["adminform"].form.errors
