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
from reports.models.checklist import GAP
from reports.triage.reply_templates import proposed_formal
from tests.reports.intake.walk import TO_THE_YOUNG
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


def test_each_category_has_every_kind_of_item(loaded):
    needed = {"do", "refer", "helpline", "guide"}
    for key in Category.objects.values_list("pk", flat=True):
        assert needed <= set(loaded.filter(category=key).values_list("kind", flat=True)), key


def test_shipped_items_pass_the_rules_of_the_admin(loaded):
    for item in loaded:
        item.full_clean()


def test_texts_for_parents_address_adults_and_have_the_same_gaps():
    for row in ITEMS:
        text, formal = row["id"].get("text", ""), row["id"].get("formal", "")
        assert not TO_THE_YOUNG.search(formal or text), row["key"]
        for code in ("id", "en"):
            if there := row[code].get("formal"):
                assert GAP.findall(there) == GAP.findall(row[code]["text"]), row["key"]


def test_shipped_text_for_parents_joins_unchanged_items_only(loaded):
    loaded.update(formal_ind=None, formal_en=None)
    loaded.filter(key="groom-say").update(text_ind="Tetap tenang.")
    loaded.filter(key="life-near").update(formal_ind="")  # a lead emptied it
    call_command("load_checklists", stdout=StringIO())
    got = dict(loaded.values_list("key", "formal_ind"))
    assert "Anak itu" in got["sext-say"]
    assert [got["groom-say"], got["life-near"]] == [None, ""]
    assert "Anak itu" in proposed_formal(ChecklistItem.objects.get(key="groom-say"))


@pytest.mark.safety("H6", "J2")
def test_no_text_names_the_harm():
    places = [(code, part) for code in ("id", "en") for part in ("text", "formal")]
    texts = [row[code][part].lower() for row in ITEMS for code, part in places if part in row[code]]
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
