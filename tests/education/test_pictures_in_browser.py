"""The picture library, its picker and a published picture, in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from education.library import alts
from education.models import Guide, Picture, State
from education.publishing import workflow
from tests.browser import assert_accessible, wait_until
from tests.journeys.saving import LIST, save

from . import factory, library
from .editor_pages import choose_picture

SCREENS = [
    {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    for width in (320, 1280)
    for scheme in ("light", "dark")
]


def test_author_and_translator_put_a_picture_into_a_guide(visits, desk, person):
    guide = factory.guide(state=State.DRAFT, slug_ind="bergambar")
    guide.audiences.add(factory.audience())
    address = reverse("admin:education_guide_change", args=[guide.pk])

    author = desk("author")
    author.goto(reverse(library.ADD))
    author.locator("#id_file").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": library.encoded(library.drawing())}
    )
    author.locator("#id_title").fill("kunci")
    author.locator("#id_alt_ind").fill("Kunci kuning")
    author.locator("#id_credit").fill("Redaksi")
    author.locator("#id_licence").fill("CC BY 4.0")
    author.locator("input[name=_save]").click()
    author.goto(address)
    choose_picture(author, "id", "kunci")
    author.locator("input[name=_save]").click()
    author.wait_for_url("**/admin/education/guide/")
    picture = Picture.objects.get()
    assert library.figure(picture, caption="") in Guide.objects.get(pk=guide.pk).body_ind

    translator = desk("translator")
    translator.goto(reverse("admin:education_picture_change", args=[picture.pk]))
    translator.locator("#id_alt_en").fill("A yellow key")
    translator.locator("input[name=_save]").click()
    translator.goto(address)
    choose_picture(translator, "en", "kunci")
    translator.locator("input[name=_save]").click()
    translator.wait_for_url("**/admin/education/guide/")

    workflow.perform(Guide.objects.get(pk=guide.pk), "publish", person("publisher"), note="x")
    reader = visits.page(locale="en-GB")
    reader.goto(f"/en/guides/{guide.slug_en}/")
    image = reader.locator("figure img")
    assert image.get_attribute("alt") == "A yellow key"
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", value=True)
    assert image.evaluate("image => image.naturalWidth") > 0
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(reader)
    assert visits.outside == []


def text_after_picture(page, *keys: str) -> str:
    """Put a picture at the end of the Indonesian text, press ``keys`` and write a word; the text as it is sent."""
    choose_picture(page, "id", "kunci")
    expect(
        page.locator('[contenteditable][lang="id"]').first
    ).to_be_focused()  # the dialog gives it back a moment later
    for key in keys:
        page.keyboard.press(key)
    page.keyboard.type("Sesudah")
    return page.locator("#id_body_ind").input_value()


@pytest.mark.parametrize("keys", [["Control+End"], ["ArrowDown"], ["Enter"]], ids=lambda keys: keys[0])
def test_words_after_a_picture_are_not_its_caption(desk, keys):
    library.picture()
    page = desk("author")
    guide = factory.guide(state=State.DRAFT, body_ind="<p>Isi.</p>")
    page.goto(reverse("admin:education_guide_change", args=[guide.pk]))
    assert text_after_picture(page, *keys).endswith("</figure><p>Sesudah</p>")


def test_line_below_a_last_picture_is_neither_typed_nor_stored(desk):
    picture = library.picture()
    guide = factory.guide(state=State.DRAFT, **library.both(picture))
    guide.audiences.add(factory.audience())
    page = desk("author")
    page.goto(reverse("admin:education_guide_change", args=[guide.pk]))
    line = page.locator('[contenteditable][lang="id"] figure + p').first
    line.wait_for()
    assert page.locator("#id_body_ind").evaluate("one => one.value === one.defaultValue")
    page.locator('[contenteditable][lang="id"] p').first.click()
    page.keyboard.type("Baru. ")
    page.locator("input[name=_save]").click()
    page.wait_for_url("**/admin/education/guide/")
    assert Guide.objects.get(pk=guide.pk).body_ind.endswith("</figure>")


def test_picture_is_seen_beside_its_translation(desk):
    guide = factory.guide(**library.both(library.picture()))
    page = desk("translator")
    page.goto(reverse("admin:education_guide_sides", args=[guide.pk]) + "?to=en&show=all")
    image = page.locator("#field-body_en .source img")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", value=True)
    assert image.evaluate("one => one.naturalWidth") > 0


@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: f"{one['viewport']['width']}-{one['color_scheme']}")
@pytest.mark.sampled(2)
def test_pages_of_the_library_are_accessible(visits, desk, screen):
    picture = library.picture()
    library.picture("kurang", alt_en="")
    factory.guide(**library.both(picture))
    alts.note_replaced(picture)
    page = desk("publisher", **screen)
    for address in (
        reverse("admin:education_picture_changelist"),
        reverse("admin:education_picture_change", args=[picture.pk]),
        reverse("admin:education_picture_pick", args=["en"]),
        reverse("admin:education_picture_alts"),
    ):
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    # Django's own scripts of its forms add inline style, which the policy blocks (docs/not-done.md).
    visits.faults[:] = [fault for fault in visits.faults if not fault.startswith("Applying inline style")]


def test_cover_is_chosen_in_the_picker_with_the_keyboard(visits, desk):
    pictures = [library.picture(title) for title in ("kunci", "gembok")]
    guide = factory.guide(state=State.DRAFT)
    guide.audiences.add(factory.audience())
    page = desk("editor", viewport={"width": 320, "height": 800}, color_scheme="dark")
    page.goto(reverse("admin:education_guide_change", args=[guide.pk]))
    page.locator("summary", has_text="Sampul").first.press("Enter")
    expect(page.get_by_role("radio")).to_have_count(1)
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Pilih dari galeri").press("Enter")
    picker = opened.value
    picker.get_by_role("searchbox").fill("gembok")
    picker.get_by_role("searchbox").press("Enter")
    expect(picker.get_by_role("button", name="Pilih kunci")).to_have_count(0)
    picker.get_by_role("button", name="Pilih gembok").dispatch_event("click")  # the click closes the window
    expect(page.get_by_role("radio", name="gembok")).to_be_checked()
    expect(page.locator(".cover-choice img").first).to_have_js_property("complete", value=True)
    assert_accessible(page)
    visits.faults[:] = [fault for fault in visits.faults if not fault.startswith("Applying inline style")]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("input[name=_save]").click()
    page.wait_for_url("**/admin/education/guide/")
    assert Guide.objects.get(pk=guide.pk).cover == pictures[1]


def test_saved_copy_shows_its_pictures_without_internet(visits):
    factory.emergency_set()
    guides = [factory.guide(**library.both(library.picture(title))) for title in ("kunci", "gembok")]
    page = visits.page()
    for guide in guides:
        save(page, f"/id/panduan/{guide.slug_ind}/")
    page.context.set_offline(True)
    page.reload()
    page.locator(".prose figure img").scroll_into_view_if_needed()
    wait_until(page, "document.querySelector('.prose figure img').naturalWidth > 0")
    page.context.set_offline(False)
    page.goto(LIST)
    page.locator("[data-part=list] button").first.click()
    wait_until(
        page,
        "caches.open('saved-parts').then(store => store.keys())"
        ".then(keys => keys.filter(key => key.url.includes('/pictures/')).length == 1)",
    )
