"""The publish page in a real browser: choices without a script, by keyboard, on a small phone, in the dark."""

import pytest
from django.urls import reverse

from education.models import Guide, Revision
from education.publishing import workflow
from tests.browser import assert_accessible

from . import factory
from .admin_pages import proposal_page

WIDE = {"width": 1280, "height": 900}
SMALL = {"width": 320, "height": 800}


@pytest.fixture
def guide(person):
    """A live guide with a waiting change in both languages, and a warning that was known before."""
    guide = factory.guide(body_ind="<p>" + "kata " * 25 + ".</p>")
    words = {"title_ind": "Judul usulan", "title_en": "Proposed title"}
    workflow.save_proposal(guide, person("editor"), workflow.pending_or_live(guide) | words)
    return guide


@pytest.mark.sampled(3)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [SMALL, WIDE], ids=["320", "1280"])
def test_publish_page_is_accessible(desk, guide, viewport, scheme):
    page = desk("publisher", viewport=viewport, color_scheme=scheme)
    page.goto(proposal_page(guide))
    page.locator("summary", has_text="Sudah diketahui").click()
    page.locator("#when-later").check()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Setujui kedua bahasa").click()
    page.locator("#id_day_error").wait_for()
    assert_accessible(page)


def test_choice_changes_button_checks_and_previews_without_script(desk, guide):
    page = desk("publisher", viewport=WIDE, java_script_enabled=False)
    page.goto(proposal_page(guide), wait_until="domcontentloaded")  # without scripts no frame waits to be seen
    page.locator("#id_day").wait_for(state="hidden")  # once the style sheet is there
    page.get_by_role("button", name="Terbitkan kedua bahasa sekarang").wait_for()
    page.locator("#choice-1").check()
    page.get_by_role("button", name="Terbitkan teks Bahasa Indonesia sekarang").wait_for()
    shown = page.locator(".preview-choice:visible iframe[src*='/preview/en/']").first
    assert shown.element_handle().content_frame().locator("h1").first.text_content() != "Proposed title"
    page.locator("#publish-note").fill("Dibaca.")
    page.get_by_role("button", name="Terbitkan teks Bahasa Indonesia sekarang").click()
    page.locator(".messagelist .success").wait_for()
    assert Guide.objects.get(pk=guide.pk).title_ind == "Judul usulan"
    assert Revision.objects.waiting_proposal(guide).data["title_en"] == "Proposed title"


def test_keyboard_alone_publishes_one_language(desk, guide):
    page = desk("publisher", viewport=WIDE)
    page.goto(proposal_page(guide))
    page.locator("#choice-0").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("#choice-1").is_checked()
    page.locator("#publish-note").focus()
    page.keyboard.type("Dibaca.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".messagelist .success").wait_for()
    assert Guide.objects.get(pk=guide.pk).title_en != "Proposed title"


def test_writer_closes_a_language_and_opens_it_again(desk, guide):
    page = desk("translator", viewport=SMALL)
    page.goto(proposal_page(guide))
    page.get_by_role("button", name="Tandai belum siap").click()
    page.locator(".language-states .chip.warn").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Tandai siap").click()
    page.locator(".messagelist .success").wait_for()
    assert Guide.objects.get(pk=guide.pk).not_ready == {}


@pytest.mark.slow
def test_version_puts_one_language_back_and_publishes_it(desk, guide, person):
    first = Revision.objects.record(guide, None)
    workflow.perform(guide, "publish", person("publisher", "y"), note="Dibaca.")
    page = desk("publisher", viewport=SMALL)
    page.goto(reverse("admin:education_revision_change", args=[first.pk]))
    assert_accessible(page)
    page.locator("input[name=publish]").check()
    page.locator("#put-back-note").fill("Salah.")
    page.get_by_role("button", name="Hanya English").click()
    page.locator(".messagelist .success").wait_for()
    assert Guide.objects.get(pk=guide.pk).title_en != "Proposed title"
