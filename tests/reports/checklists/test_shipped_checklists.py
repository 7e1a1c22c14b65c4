"""The shipped checklists: both languages, no number, no harm, and only helplines and guides that are shipped too."""

import tomllib
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from education.starter import files
from reports.management.commands.load_checklists import FILE
from reports.models import Category, ChecklistItem
from tests.reports.triage.harm_words import NAMES_HARM

pytestmark = pytest.mark.django_db
ITEMS = tomllib.loads(FILE.read_text())["items"]
STARTER = Path(files.__file__).parent


@pytest.fixture
def loaded(categories):
    call_command("load_checklists", stdout=StringIO())
    return ChecklistItem.objects.all()


def test_each_category_has_a_checklist_in_both_languages(loaded):
    with_items = set(loaded.exclude(title_ind="").exclude(title_en="").values_list("category", flat=True))
    assert with_items == {None, *Category.objects.values_list("pk", flat=True)}


def test_shipped_items_pass_the_rules_of_the_admin(loaded):
    for item in loaded:
        item.full_clean()


@pytest.mark.safety("H6", "J2")
def test_no_text_names_the_harm():
    texts = [row[code]["text"].lower() for row in ITEMS for code in ("id", "en") if "text" in row[code]]
    assert [text for text in texts if NAMES_HARM.search(text) or "://" in text] == []


def test_items_name_shipped_helplines_and_guides_only():
    helplines = {row["slug"] for row in tomllib.loads((STARTER / "helplines.toml").read_text())["helplines"]}
    guides = {int(path.name[:2]) for path in (STARTER / "guides").glob("*.toml")}
    assert {row["helpline"] for row in ITEMS if "helpline" in row} <= helplines
    assert {row["guide"] for row in ITEMS if "guide" in row} <= guides


@pytest.mark.parametrize("text", ["Telepon 110.", "Hubungi {helpline}.", "Kalian bisa berdamai.", "{angka}"])
def test_text_with_a_typed_number_or_an_empty_gap_is_refused(text):
    item = ChecklistItem(key="x", kind="do", title_ind="x", title_en="x", text_ind=text, text_en="x")
    with pytest.raises(ValidationError):
        item.full_clean()
