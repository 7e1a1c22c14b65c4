"""The fixed pages name the operator, or say so in a calm sentence if the settings are empty."""

import re

import pytest
from django.conf import settings

from education.models import Page, State
from education.publishing import checks, workflow
from education.search.find import find
from education.site_placeholders import PLACEHOLDERS
from education.starter import files

from . import factory

pytestmark = pytest.mark.django_db
SET = {
    "name": "Yayasan <Aman> & Kawan",
    "contact": "halo@aman.example",
    "data_protection_contact": "data@aman.example",
    "complaints_contact": "https://aman.example/keluhan",
}


@pytest.fixture
def run_by(settings):
    settings.OPERATOR = SET


@pytest.fixture
def pages(db) -> dict[str, Page]:
    """The fixed pages of the starter content."""
    written = [Page(state=State.PUBLISHED, **files.columns(item, files.PAGE)) for item in files.items("pages")]
    for page in written:
        page.save()
    return {page.key: page for page in written}


@pytest.mark.slow
@pytest.mark.sampled(3)
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("set_up", [True, False])
def test_fixed_pages_fill_every_placeholder(pages, visit, settings, set_up, language):
    settings.OPERATOR = SET if set_up else dict.fromkeys(SET, "")
    assert [key for key, page in pages.items() if re.search(r"[{}]", visit(page, language).text)] == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
def test_privacy_page_names_everyone_to_write_to(pages, run_by, visit, language):
    text = visit(pages["privacy"], language).text
    assert "Yayasan &lt;Aman&gt; &amp; Kawan" in text
    assert all(f'href="mailto:{SET[key]}"' in text for key in ("contact", "data_protection_contact"))
    assert f'href="{SET["complaints_contact"]}"' in text


@pytest.mark.slow
def test_about_page_description_names_the_operator(pages, run_by, visit):
    text = visit(pages["about"]).text
    for element in (
        r'<meta name="description" content="([^"]*)"',
        r'<meta property="og:description" content="([^"]*)"',
    ):
        assert "Yayasan &lt;Aman&gt; &amp; Kawan" in re.search(element, text)[1]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("language", "said"), [("id", "belum diisi oleh pengelola situs ini"), ("en", "not yet filled in by those who run")]
)
def test_what_the_operator_has_not_set_is_said_calmly(pages, visit, settings, language, said):
    settings.OPERATOR = dict.fromkeys(SET, "")
    assert visit(pages["privacy"], language).text.count(said) >= 4


def test_search_shows_the_operator_and_no_brace(run_by):
    factory.page(body_ind="<p>Kanal pengaduan {complaints_contact}</p>")
    (found,) = find("kanal pengaduan", "id").results
    assert SET["complaints_contact"] in found.excerpt
    assert "{" not in found.excerpt


def test_placeholders_are_allowed_in_fixed_pages_only():
    page = factory.page(body_ind="<p>{operator} {operatr}</p>")
    errors = [f.text for f in checks.findings(workflow.candidate_for(page)) if f.level == checks.ERROR]
    assert ["{operatr}" in error for error in errors] == [True]
    guide = factory.guide(body_ind="<p>{operator}</p>")
    assert any("{operator}" in f.text for f in checks.findings(workflow.candidate_for(guide)))


def test_every_setting_of_the_operator_can_be_named():
    assert {key for key, _missing in PLACEHOLDERS.values()} == set(settings.OPERATOR)
