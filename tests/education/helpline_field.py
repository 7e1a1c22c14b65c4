"""Two made-up helpline fields, ``parking`` in each language and ``building``, from the starter file to search.

`test_helpline_field.py` runs this file with `tests.settings_helpline_field`.
"""

import pytest

from education.models import Helpline, Revision
from education.publishing import translation_status
from education.search.find import find
from education.starter import files
from tests.launch_content import run_load_command

from . import admin_pages

pytestmark = pytest.mark.django_db

SLUG = "healing119"
COLUMNS = {"parking_ind": "Parkir di halaman.", "parking_en": "Cars: in the yard.", "building": "Graha Sentosa"}
READ = ("topics", "audiences", "helplines", "helpline_roles")


def change_file(monkeypatch, changes: dict) -> None:
    """Change the starter file of the helpline. All but it and the emergency numbers are left out, to load quickly."""
    shipped = {kind: files.items(kind) for kind in READ}
    few = [item for item in shipped["helplines"] if item["emergency"] or item["slug"] == SLUG]
    slugs = {item["slug"] for item in few}
    shipped["helplines"] = [_changed(item, changes) if item["slug"] == SLUG else item for item in few]
    shipped["helpline_roles"] = [item for item in shipped["helpline_roles"] if item["helpline"] in slugs]
    monkeypatch.setattr(files, "items", lambda kind: shipped.get(kind, []))


def _changed(item: dict, changes: dict) -> dict:
    texts = {code: item[code] | changes[code] for code in ("id", "en") if code in changes}
    return item | changes | texts


@pytest.fixture
def line(monkeypatch):
    """A helpline whose starter file gives the made-up fields."""
    added = {
        "building": COLUMNS["building"],
        "id": {"parking": COLUMNS["parking_ind"]},
        "en": {"parking": COLUMNS["parking_en"]},
    }
    change_file(monkeypatch, added)
    run_load_command()
    return Helpline.objects.get(slug=SLUG)


def test_starter_file_fills_the_columns(line):
    assert {column: getattr(line, column) for column in COLUMNS} == COLUMNS


def test_editors_form_saves_the_fields_in_a_proposal(signed_in, line):
    admin_pages.send(signed_in("editor"), line, parking_en="On the street.", building="Graha Baru")
    proposed = Revision.objects.open_proposal(line).data
    assert (proposed["parking_en"], proposed["building"]) == ("On the street.", "Graha Baru")
    assert Helpline.objects.get(slug=SLUG).building == COLUMNS["building"]


def test_publishing_outdates_the_language_that_did_not_change(client, signed_in, line):
    admin_pages.send(signed_in("editor"), line, parking_en="On the street.")
    assert admin_pages.act(signed_in("publisher"), line, "publish").status_code == 302
    line.refresh_from_db()
    assert line.parking_en == "On the street."
    assert [(gap.column, gap.source) for gap in translation_status.outdated_entries(line)] == [("parking_ind", "en")]


@pytest.mark.parametrize("language", ["id", "en"])
def test_card_shows_the_facts_in_the_language_of_the_page(client, there, line, language):
    page = client.get(there("education:helplines", language=language)).text
    for label, text in (("Where to park", line.text("parking", language)), ("Building", COLUMNS["building"])):
        assert f"<dt>{label}</dt><dd>{text}</dd>" in page


@pytest.mark.parametrize(
    ("words", "language"), [("parkir", "id"), ("cars yard", "en"), ("sentosa", "id"), ("sentosa", "en")]
)
def test_search_finds_the_helpline_by_the_fields(line, words, language):
    assert [result.title for result in find(words, language).results] == [line.text("name", language)]


def test_corrected_file_changes_the_field(line, monkeypatch):
    change_file(monkeypatch, {"building": "Graha Baru"})
    run_load_command()
    line.refresh_from_db()
    assert line.building == "Graha Baru"
