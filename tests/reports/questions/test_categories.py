"""The declarations of categories, and the table of categories."""

import tomllib

import pytest
from django.template.loader import get_template

from reports import checks
from reports.management.commands.load_categories import FILE
from reports.models import Category
from reports.questions.category import DECLARED, declare


def test_declarations_match_the_starter_rows():
    assert {row["slug"] for row in tomllib.loads(FILE.read_text())["categories"]} == set(DECLARED)


def test_exactly_one_category_is_the_default():
    assert [category.slug for category in DECLARED.values() if category.is_default] == ["unsure"]


def test_every_category_has_a_first_question_and_a_signal():
    assert all(category.first and category.means for category in DECLARED.values())


def test_every_help_page_of_a_category_has_a_template():
    names = [name for category in DECLARED.values() for name in category.help_pages]
    assert names
    assert all(get_template(f"reports/intake/help/{name}.html") for name in names)


def test_category_is_declared_once():
    with pytest.raises(ValueError, match="declared twice"):
        declare(*DECLARED.values())


def test_check_accepts_the_loaded_table(categories):
    assert checks.categories_are_declared(None, databases=["default"]) == []


def test_check_accepts_a_table_that_is_not_loaded_yet(db):
    assert checks.categories_are_declared(None, databases=["default"]) == []


def test_check_refuses_a_row_without_declaration(categories):
    Category.objects.create(slug="undeclared", group="me", name="x", description="x", topic_key="x")
    assert [found.id for found in checks.categories_are_declared(None, databases=["default"])] == ["reports.E006"]


def test_check_warns_of_a_declaration_without_row(categories):
    Category.objects.get(pk="scam").delete()
    assert [found.id for found in checks.categories_are_declared(None, databases=["default"])] == ["reports.W004"]
