"""The side-by-side page in a real browser: one guide through the hands of an author, a translator and a publisher."""

import pytest
from django.urls import reverse

from education.models import Guide, Revision, State
from tests.browser import PHONE, assert_accessible

from . import factory
from .editor_pages import area
from .side_pages import side_page

WIDE = {"width": 1280, "height": 900}
SMALL = {"width": 320, "height": 800}


def publish_one(page, guide, only: str = "") -> None:
    page.goto(reverse("admin:education_guide_proposal", args=[guide.pk]) + (f"?only={only}" if only else ""))
    page.locator("#publish-note").fill("Dibaca.")
    page.get_by_role("button", name="Terbitkan").click()
    page.locator(".messagelist .success").wait_for()


def test_text_is_written_translated_and_kept_up_to_date(desk):
    guide = factory.guide(state=State.DRAFT, **factory.ONLY_INDONESIAN, body_ind="")
    guide.audiences.add(factory.audience())
    author, translator, publisher = (desk(role) for role in ("author", "translator", "publisher"))

    author.goto(side_page(guide, "id"))
    area(author, "body_ind").fill("Ganti kata sandi. Lalu keluar.")
    author.locator("#field-body_ind").get_by_role("button", name="Simpan").click()
    author.locator(".messagelist .success").wait_for()

    translator.goto(reverse("admin:education_languages"))
    translator.get_by_role("link", name="Belum ada").first.click()
    translator.locator("#id_title_en").fill("Account taken")
    translator.locator("#id_short_answer_en").fill("Do this first.")
    area(translator, "body_en").fill("Change your password. Then log out.")
    translator.keyboard.press("Control+Enter")
    translator.locator(".messagelist .success").wait_for()
    assert Guide.objects.get(pk=guide.pk).slug_en == "account-taken"

    publish_one(publisher, guide)
    author.goto(side_page(guide, "id"))
    area(author, "body_ind").fill("Ganti kata sandi. Lalu keluar dari semua perangkat.")
    author.keyboard.press("Control+s")
    author.locator(".messagelist .success").wait_for()
    publish_one(publisher, guide, only="id")

    translator.goto(reverse("admin:index"))
    translator.get_by_role("link", name="Account taken").or_(
        translator.get_by_role("link", name="Judul panduan")
    ).click()
    changed = translator.locator("#field-body_en .moved ins")
    assert "dari semua perangkat" in changed.all_text_contents()[-1]
    translator.get_by_role("button", name="Masih sesuai").click()
    translator.locator(".messagelist .success").wait_for()
    assert Guide.objects.get(pk=guide.pk).outdated_fields == {}
    assert Guide.objects.get(pk=guide.pk).body_en.startswith("<p>Change your password")


@pytest.mark.sampled(3)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [SMALL, WIDE], ids=["320", "1280"])
def test_side_page_is_accessible(desk, behind, viewport, scheme):
    page = desk("translator", viewport=viewport, color_scheme=scheme)
    page.goto(side_page(behind))
    area(page, "body_en").wait_for()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_three_outdated_fields_fit_on_a_phone(desk, publish):
    guide = factory.guide()
    words = " ".join(["kata"] * 40)
    publish(guide, title_ind="Judul lain", short_answer_ind=f"{words}.", body_ind=f"<h2>Satu</h2><p>{words}.</p>")
    page = desk("translator", viewport=PHONE)
    page.goto(side_page(guide, show="work"))
    area(page, "body_en").wait_for()
    assert page.locator("[data-field]").count() == 3
    assert page.evaluate("document.documentElement.scrollHeight") < 2700
    assert not page.locator("#field-body_en .source-text").is_visible()
    page.locator("#field-body_en .fold").click()
    assert page.locator("#field-body_en .source-text").is_visible()


def test_page_without_script_saves_a_field(desk, behind):
    page = desk("translator", java_script_enabled=False)
    page.goto(side_page(behind, show="work"))
    page.locator("#id_body_en").fill("<p>New.</p>")
    page.get_by_role("button", name="Simpan bidang ini").click()
    assert Revision.objects.waiting_proposal(behind).data["body_en"] == "<p>New.</p>"


def test_keys_reach_every_step(desk, behind):
    page = desk("translator", viewport=WIDE)
    page.goto(side_page(behind))
    area(page, "body_en").wait_for()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "field-title_en"
    page.keyboard.press(".")
    page.keyboard.press("e")
    page.keyboard.type("New. ")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "field-body_en"
    page.keyboard.press("Control+s")
    page.locator(".messagelist .success").wait_for()
    assert "New. " in Revision.objects.waiting_proposal(behind).data["body_en"]


def focused(page) -> str:
    return page.evaluate("document.activeElement.id")


def test_keys_list_link_preview_and_confirm(desk, behind):
    page = desk("translator", viewport=WIDE)
    page.goto(side_page(behind, show="work"))
    area(page, "body_en").wait_for()
    page.keyboard.press("?")
    page.get_by_text("Bidang yang sama, bahasa lain").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press(".")
    page.keyboard.press("e")
    page.keyboard.press("Control+k")
    page.get_by_role("dialog", name="Tautan").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.locator(".messagelist .success").wait_for()
    assert Guide.objects.get(pk=behind.pk).outdated_fields == {}
    page.keyboard.press("p")
    page.wait_for_url("**/preview/**")


def test_alt_l_opens_the_same_field_in_the_other_language(desk, behind):
    page = desk("editor", viewport=WIDE)
    page.goto(side_page(behind, show="work"))
    area(page, "body_en").wait_for()
    page.keyboard.press(".")
    page.keyboard.press("Alt+l")
    page.wait_for_url("**#field-body_ind")
    assert focused(page) == "field-body_ind"
    page.keyboard.press("j")
    assert focused(page) == "field-cover_alt_ind"
    page.keyboard.press("k")
    assert focused(page) == "field-body_ind"
    page.keyboard.press("Alt+l")
    page.wait_for_url("**#field-body_en")
    assert focused(page) == "field-body_en"


def test_switch_turns_single_keys_off(desk, behind):
    page = desk("translator", viewport=WIDE)
    page.goto(side_page(behind))
    area(page, "body_en").wait_for()
    page.keyboard.press("?")
    page.get_by_label("Satu tombol saja").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert not focused(page).startswith("field-")
