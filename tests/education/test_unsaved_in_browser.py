"""An editor whose connection, browser or session breaks while they write loses no word: in a real browser."""

import pytest
from django.conf import settings
from django.test import Client

from education.models import Guide, Revision, State, UnsavedText
from tests.browser import assert_accessible

from .admin_pages import a_guide, change_page
from .side_pages import side_page

SMALL = {"width": 320, "height": 800}
WIDE = {"width": 1280, "height": 900}
KEPT = "[data-kept]:not(:empty)"


def area(page, name: str):
    """The writing area that the editor draws for the field ``name``."""
    return page.locator(f".prose-editor:has(> #id_{name}) [contenteditable], #id_{name} + * [contenteditable]").first


@pytest.fixture
def writer(visits, person):
    """``writer()``: another browser of the same editor."""
    editor = person("editor", "sari")

    def sign_in(**options):
        client = Client()
        client.force_login(editor)
        page = visits.page(**options)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": f"{visits.base_url}/admin/"}]
        )
        return page

    return sign_in


@pytest.mark.parametrize("where", [change_page, side_page], ids=["form", "sides"])
def test_lost_connection_and_other_computer_lose_no_word(writer, where):
    guide = a_guide(state=State.DRAFT)
    page = writer(viewport=WIDE)  # on a phone the other language is folded
    page.goto(where(guide))
    page.locator("#id_title_en").fill("Before")
    page.locator(KEPT).wait_for()
    page.context.set_offline(True)
    page.locator("#id_title_en").fill("Before and after")
    said = page.locator("[data-said]", has_text="Tidak ada sambungan")
    said.wait_for()
    page.locator("#id_short_answer_en").fill("Written without a connection.")
    assert said.count() == 1
    page.context.set_offline(False)
    page.locator("[data-said]", has_text="Sambungan sudah kembali").wait_for()

    other = writer(viewport=SMALL, color_scheme="dark")
    other.goto(where(guide))
    assert other.locator("#id_title_en").input_value() == guide.title_en
    if where is side_page:  # on the other one, axe meets the styles of the editor
        assert_accessible(other)
    assert other.evaluate("document.documentElement.scrollWidth <= innerWidth")
    other.get_by_role("link", name="Masukkan ke formulir").click()
    assert other.locator("#id_title_en").input_value() == "Before and after"
    assert other.locator("#id_short_answer_en").input_value() == "Written without a connection."
    assert not Revision.objects.exists()
    other.locator("[name=_save], [data-save-all]").first.click()
    other.locator(".messagelist .success").wait_for()
    assert Guide.objects.get(pk=guide.pk).title_en == "Before and after"
    assert not UnsavedText.objects.exists()


def test_words_in_a_closed_tab_come_back(writer):
    guide = a_guide(state=State.DRAFT)
    page = writer()
    page.goto(side_page(guide))
    page.context.set_offline(True)
    page.locator("#id_title_en").fill("Only in this tab")
    page.locator("[data-said].problem").wait_for()
    page.context.set_offline(False)
    page.evaluate("window.stop()")
    UnsavedText.objects.all().delete()
    page.reload()  # as after a crash: the tab is restored
    page.locator("[data-left-over] a, .unsaved section a").first.click()
    assert page.locator("#id_title_en").input_value() == "Only in this tab"


def test_what_is_not_kept_is_said_until_it_is(writer):
    page = writer(viewport=WIDE)  # on a phone the other language is folded
    page.goto(change_page(a_guide(state=State.DRAFT)))
    page.locator("#id_title_en").fill("Typed")
    page.locator("#id_short_answer_en").evaluate(
        "one => { one.value = 'x'.repeat(100001); one.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    page.locator("[data-said].problem", has_text="Tidak disimpan sementara").wait_for()
    assert [row.field for row in UnsavedText.objects.all()] == ["title_en"]
    assert "Jawaban" in page.locator("[data-said]").text_content()
    page.locator("#id_short_answer_en").fill("Shorter.")
    page.locator("[data-said]:not(.problem)").wait_for(state="attached")
    assert UnsavedText.objects.count() == 2


def test_refused_left_over_holds_up_no_other(writer):
    page = writer()
    page.goto(side_page(a_guide(state=State.DRAFT)))
    page.evaluate(
        """() => {
            const { keep, writer } = document.querySelector("[data-unsaved]").dataset;
            for (const [page, version] of [["a", "x"], ["b", "0"], ["c", "x"]]) {
                const kept = { page, version, values: { title_en: ["Left over"] }, seen: {} };
                sessionStorage.setItem(`unsaved ${writer} ${keep} ${page}`, JSON.stringify(kept));
            }
        }"""
    )
    page.reload()
    page.locator("[data-left-over]").wait_for()
    assert UnsavedText.objects.get().page == "b"
    assert page.evaluate("sessionStorage.length") == 2


def test_rich_text_and_rows_come_back(writer):
    guide = a_guide(state=State.DRAFT)
    guide.sources.create(url="https://x.example/", publisher="Penerbit X")
    page = writer(viewport=WIDE)
    page.goto(change_page(guide))
    area(page, "body_en").fill("Rich words.")
    page.locator("#sources-0 summary").first.click()
    page.locator("#id_sources-0-publisher").fill("Penerbit Y")
    page.locator(KEPT).wait_for()
    page.wait_for_timeout(2500)
    page.goto(f"{change_page(guide)}?unsaved=1")
    area(page, "body_en").wait_for()
    assert area(page, "body_en").text_content() == "Rich words."
    assert page.locator("#id_sources-0-publisher").input_value() == "Penerbit Y"
    assert page.locator("#id_sources-0-url").input_value() == "https://x.example/"


def test_ended_session_keeps_words_until_sign_in(writer):
    guide = a_guide(state=State.DRAFT)
    page = writer()
    page.goto(side_page(guide))
    (session,) = (cookie for cookie in page.context.cookies() if cookie["name"] == settings.SESSION_COOKIE_NAME)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator("#id_title_en").fill("Typed without a session")
    page.locator("[data-said]", has_text="Sesi").wait_for()
    assert page.evaluate("Object.values(sessionStorage).join()").count("Typed without a session") == 1
    page.context.add_cookies([session])
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)  # signing in changes the token
    page.evaluate("dispatchEvent(new Event('online'))")
    page.locator(KEPT).wait_for()
    assert UnsavedText.objects.get().text == "Typed without a session"
    page.locator("#field-title_en [data-save]").click()
    page.locator(".messagelist .success").wait_for()


def test_leaving_with_unsaved_words_is_asked(writer):
    page = writer(viewport=WIDE)  # on a phone the other language is folded
    page.goto(change_page(a_guide(state=State.DRAFT)))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#id_title_en").press_sequentially("x")
    page.goto("/admin/")
    assert asked == ["beforeunload"]


def test_two_writers_read_of_each_other(writer, desk):
    guide = a_guide(state=State.DRAFT)
    page, other = writer(), desk("author")
    page.goto(side_page(guide))
    page.locator("#id_title_en").fill("Hers")
    page.locator(KEPT).wait_for()
    other.goto(side_page(guide))
    chip = other.locator("#field-title_en [data-editing]")
    assert "sari" in chip.text_content()
    other.locator("#id_title_en").fill("His")
    other.locator(KEPT).wait_for()
    page.locator("#id_title_en").fill("Hers again")
    page.locator("#field-title_en [data-editing]", has_text="author").wait_for()


def test_form_without_script_offers_the_words(writer):
    guide = a_guide(state=State.DRAFT)
    page = writer(viewport=WIDE)  # on a phone the other language is folded
    page.goto(change_page(guide))
    page.locator("#id_title_en").fill("Typed")
    page.locator(KEPT).wait_for()
    plain = writer(java_script_enabled=False)
    plain.goto(change_page(guide))
    plain.get_by_role("button", name="Buang").click()
    assert plain.locator(".unsaved section").count() == 0
