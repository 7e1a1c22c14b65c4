"""The case page in a browser: the strip and the bar of a phone, the reply box, what stays open."""

from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from time import time

import pytest
from django.core.management import call_command
from django.urls import reverse

from reports.cases.lifecycle import perform
from reports.models import Case
from safetycenter.accounts import idle
from tests.browser import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = {"width": 360, "height": 640}, {"width": 1280, "height": 900}
COVERED = """() => {
  const hidden = [];
  for (const control of document.querySelectorAll(".case-page :is(a, button, input, select, textarea, summary)")) {
    control.focus();
    const box = control.getBoundingClientRect();
    if (document.activeElement !== control || box.height > innerHeight / 2) continue;
    const on = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (on?.closest(".case-line, .case-bar") && !control.closest(".case-line")) hidden.push(control.outerHTML);
  }
  return hidden;
}"""


@pytest.fixture
def held(filed, moderator) -> Case:
    return perform(filed.case, "claim", by=moderator)


@pytest.fixture
def page_at(site, visits, moderator, sign_in, held):
    """``page_at(size)``: the page of a case that the moderator holds."""

    def show(size: dict):
        page = visits.page(viewport=size)
        sign_in(page, moderator)
        page.goto(f"/admin/reports/case/{held.reference}/")
        return page

    return show


def test_phone_keeps_strip_and_bar_and_covers_no_focus(page_at, held):
    page = page_at(PHONE)
    assert page.evaluate(COVERED) == []
    page.mouse.wheel(0, 900)
    wait_until(page, "scrollY > 300")
    assert page.locator(".case-line").bounding_box()["y"] == 0
    assert page.locator(".case-line h1").inner_text() == held.display_reference
    bar = page.locator(".case-bar").bounding_box()
    assert bar["y"] + bar["height"] == PHONE["height"]
    page.click(".case-bar a[href='#note']")
    page.clock.install()
    page.reload()
    page.clock.fast_forward(timedelta(minutes=16).seconds * 1000)
    assert page.locator(".lease.soon [role=status]").inner_text().endswith("tinggal 5 menit atau kurang")
    page.click(".case-bar button >> text=Kembalikan")
    held.refresh_from_db()
    assert held.handler is None


def test_reply_box_says_gaps_and_what_was_asked(page_at, held):
    page = page_at(DESK)
    text = page.locator("#reply [name=text]")
    text.fill("Lihat lagi [hari dan jam].")
    assert page.locator("[data-send=reply]").is_disabled()
    assert "[hari dan jam]" in page.inner_text("#open-gap")
    page.fill(".gaps input", "besok")
    page.keyboard.press("Enter")
    assert page.locator("[data-send=reply]").is_enabled()
    text.fill(page.get_attribute("[data-asks] >> nth=0", "data-asks") + "?")
    assert page.locator("[data-again]").is_visible()
    text.fill("Terima kasih.")
    assert not page.locator("[data-again]").is_visible()
    page.click("#story summary")
    page.reload()
    assert page.locator("#story").get_attribute("open") is not None


def test_leaving_with_words_that_were_not_sent_is_asked(page_at, held):
    page, asked = page_at(DESK), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#reply [name=text]").press_sequentially(" Belum dikirim.")
    page.focus(".case-strip [data-key=t]")
    page.keyboard.press("u")
    page.wait_for_url("**/case/")
    assert asked == ["beforeunload"]
    page.goto(f"/admin/reports/case/{held.reference}/")
    page.fill("#reply [name=text]", "Terima kasih.")
    page.click("[data-send=reply]")
    page.locator("#sent").wait_for()
    assert asked == ["beforeunload"]


def test_words_of_another_box_are_asked_about_and_those_that_came_back(page_at, held):
    call_command("load_replies", stdout=StringIO())
    page, asked = page_at(DESK), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#reply [name=text]").press_sequentially(" Lihat lagi [hari ini].")
    page.click("#note summary")
    page.fill("#note [name=text]", "Catatan.")
    page.click("#note [data-send=note]")
    page.locator("#done").wait_for()
    assert len(asked) == 1
    page.select_option("#reply [name=template]", index=1)
    page.click("#reply [name=fill]")
    page.wait_for_url("**/reply/*")
    assert len(asked) == 1
    page.click(".desk-nav a >> nth=1")
    page.wait_for_url("**/case/")
    assert len(asked) == 2


def test_form_that_came_back_asks_only_while_it_has_words(page_at, held):
    page, asked = page_at(DESK), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(reverse("admin:reports_case_act", args=[held.reference, "escalate"]))
    page.click(".send .main")
    page.locator(".notice[role=alert]").wait_for()
    assert not page.locator("[data-typed]").count()
    page.fill("[name=reason]", "Perlu keputusan.")
    Case.objects.filter(pk=held.pk).update(version=held.version + 1)
    page.click(".send .main")
    page.locator("[data-typed]").wait_for()
    page.fill("[name=reason]", "")
    page.click(".send a.quiet >> nth=-1")
    page.wait_for_url(f"**/{held.reference}/")
    assert asked == []


def test_ticking_off_an_item_is_no_reason_to_ask(page_at, held):
    call_command("load_replies", stdout=StringIO())
    call_command("load_checklists", stdout=StringIO())
    page, asked = page_at(DESK), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    assert page.input_value("#reply [name=text]")
    page.click("#checklist button.tick >> nth=0")
    page.locator("#checklist .done").wait_for()
    page.click(".desk-nav a >> nth=1")
    page.wait_for_url("**/case/")
    assert asked == []


def test_print_of_a_case_has_its_facts_and_its_record_only(page_at, held, moderator):
    perform(held, "note", by=moderator, text="Catatan tim.")
    perform(Case.objects.get(), "reply", by=moderator, text="Pesan kami.")
    page = page_at(DESK)
    page.fill("#reply [name=text]", "Belum dikirim.")
    page.click("#story summary")
    page.emulate_media(media="print")
    printed = page.inner_text("body")
    assert [text for text in ("Catatan tim", "Pesan kami", "Mereka mengejek") if text in printed] == []
    assert [text for text in (held.display_reference, "16–17", "Tangani kasus ini") if text not in printed] == []
    assert not page.evaluate(
        "[...document.querySelectorAll('form, textarea, button')].some((one) => one.checkVisibility())"
    )


@pytest.fixture
def locked(monkeypatch):
    """``with locked():`` the session is locked meanwhile, because nobody has opened a page for 20 minutes."""

    @contextmanager
    def meanwhile():
        with monkeypatch.context() as later:
            later.setattr(idle, "time", lambda: time() + 20 * 60)
            yield

    return meanwhile


def test_clock_shrinks_and_a_page_without_words_locks(page_at, held, locked):
    page = page_at(DESK)
    page.clock.install()
    page.reload()
    words = page.inner_text(".case-line .clock span")
    page.clock.fast_forward(timedelta(hours=3).seconds * 1000)
    assert page.inner_text(".case-line .clock span") != words
    page.clock.fast_forward(timedelta(days=2).total_seconds() * 1000)
    page.locator(".case-line .clock.late").wait_for()  # hidden until the server has said that the session is open
    with locked():
        page.clock.fast_forward(timedelta(minutes=21).seconds * 1000)
        page.wait_for_url("**/reauthenticate/**")
    assert page.locator(".case-line").count() == 0


def test_lapsed_page_hides_its_words_and_takes_the_case_back(page_at, held, locked):
    page = page_at(DESK)
    page.clock.install()
    page.reload()
    page.fill("#reply [name=text]", "Belum dikirim.")
    with locked():
        page.clock.fast_forward(timedelta(minutes=21).seconds * 1000)
        page.locator(".screen-lock a").wait_for()
        assert not page.locator("#reply [name=text]").is_visible()
    page.evaluate("dispatchEvent(new Event('focus'))")
    page.locator("#reply [data-take]").wait_for()
    assert [page.locator(f"#reply {name}").is_visible() for name in ("[data-send=reply]", "[data-take]")] == [
        False,
        True,
    ]
    page.click("#reply [data-take]")
    page.wait_for_url("**/reply/*")
    assert page.input_value("#reply [name=text]") == "Belum dikirim."
    assert page.locator("[data-send=reply]").is_visible()


def test_lapsed_page_asks_again_when_somebody_comes_back_meanwhile(page_at, held):
    page, asked = page_at(DESK), []
    page.clock.install()
    page.reload()
    page.fill("#reply [name=text]", "Belum dikirim.")
    page.route(f"**{reverse('account_screen')}", lambda route: asked.append(route), times=1)
    page.clock.fast_forward(timedelta(minutes=21).seconds * 1000)
    while not asked:
        page.wait_for_timeout(20)
    page.evaluate("dispatchEvent(new Event('focus'))")
    asked[0].fulfill(status=500)
    page.locator("#reply [data-take]").wait_for()


def test_lapsed_page_is_not_shown_to_somebody_else(page_at, held, locked, supervisor, sign_in):
    page = page_at(DESK)
    page.clock.install()
    page.reload()
    page.fill("#reply [name=text]", "Belum dikirim.")
    with locked():
        page.context.clear_cookies()
        sign_in(page.context.new_page(), supervisor)
        with page.expect_navigation():
            page.clock.fast_forward(timedelta(minutes=21).seconds * 1000)
    assert not page.locator("#reply [name=text]").is_visible()


def test_focus_is_on_the_line_after_an_action(page_at, held):
    page = page_at(DESK)
    page.keyboard.press("n")
    page.keyboard.type("Catatan.")
    page.keyboard.press("Control+Enter")
    page.locator("#done:focus").wait_for()
    page.click(".case-strip [data-key=b]")
    page.click(".case-strip >> text=Tangani kasus ini")
    page.wait_for_selector("#reply-form")
    page.locator("#done:focus").wait_for()


def test_copy_button_copies_the_accounts(site, visits, moderator, sign_in, file):
    case = perform(file(account_or_link="@contoh.akun").case, "claim", by=moderator)
    page = visits.page(viewport=DESK, permissions=["clipboard-read", "clipboard-write"])
    sign_in(page, moderator)
    page.goto(f"/admin/reports/case/{case.reference}/")
    page.click("[data-copy]")
    page.locator("[data-copy]", has_text="Sudah disalin").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.inner_text("#accounts")


# How high the sticky line of the case page is; where its actions begin, and where the page ends.
PLACES = """() => {
  const [line, acts, main] = [".case-line", ".case-acts", "main"].map((part) => document.querySelector(part));
  const [box, first, whole] = [line, acts, main].map((part) => part.getBoundingClientRect());
  return [box.height, first.top, whole.bottom].map((place) => Math.round(place));
}"""
FIRST_ROW, ONE_LINE_MORE = 175, 48  # pixels


def test_withheld_case_is_no_higher_than_others_on_a_phone(site, visits, person, moderator, sign_in, file):
    measured = {}
    for user, answers in ((moderator, {}), (person("outside-lead"), {"staff_conflict": "yes"})):
        case = perform(file(**answers).case, "claim", by=user)
        page = sign_in(visits.page(viewport=PHONE), user)
        page.goto("/admin/reports/case/?show=mine")
        assert page.locator("[data-row]").first.bounding_box()["y"] <= FIRST_ROW
        page.goto(f"/admin/reports/case/{case.reference}/")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        measured[user.username] = page.evaluate(PLACES)
    others, withheld = measured.values()
    assert withheld[1] < PHONE["height"] / 2, measured
    assert all(place <= other + ONE_LINE_MORE for place, other in zip(withheld, others, strict=True)), measured


@pytest.mark.parametrize("finger", [False, True], ids=["mouse", "finger"])
def test_first_press_sends_right_after_a_gap_is_filled(site, visits, moderator, sign_in, held, finger):
    """Where the button was while the gap was being typed, it is pressed: nothing moves away under the press."""
    page = sign_in(visits.page(viewport=PHONE if finger else DESK, has_touch=finger), moderator)
    page.goto(f"/admin/reports/case/{held.reference}/")
    page.fill("#reply [name=text]", "Halo, [langkah pertama]. Salam.")
    page.click(".gaps input")
    button = page.locator("[data-send=reply]")
    button.scroll_into_view_if_needed()
    page.keyboard.type("kami membaca laporanmu")
    box = button.bounding_box()
    with page.expect_navigation(timeout=5000):
        (page.touchscreen.tap if finger else page.mouse.click)(
            box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        )
    assert Case.objects.get(pk=held.pk).messages.count() == 1
