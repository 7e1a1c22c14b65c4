"""Something is added after the code, on a phone without script: it raises the case and is not shown again."""

import os

import pytest
from django.urls import reverse

from reports.cases.lifecycle import perform
from reports.models import Case
from tests.browser import assert_accessible
from tests.journeys.hands import STORY, Hands, lend, open_with
from tests.phone import assert_fits
from tests.reports.intake.adding import add, sent
from tests.reports.intake.reporter import Reporter

pytestmark = pytest.mark.django_db(transaction=True)
LATER = {"same_school": "teacher", "account_or_link": "Akun lain: @bangau_biru"}


@pytest.mark.safety("H6", "H8")
def test_answers_added_after_the_code_reach_only_the_desk(site, page_without_script, visits, sign_in, moderator):
    page = page_without_script
    hands = Hands(page).begin().tell(**STORY)
    code = hands.send()
    hands.go_on()
    page.click('main a[href$="/lapor/lagi/"]')
    while hands.question() != "helper":
        assert STORY["words"] not in page.content()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        hands.one_step(LATER)
    page.click("button[name=finish]")
    page.wait_for_url("**/lapor/selesai/")
    assert (Case.objects.get().tier, page.locator('main a[href$="/lapor/lagi/"]').count()) == (0, 0)
    page.goto("/id/lapor/lagi/")
    page.wait_for_url("**/lapor/selesai/")
    open_with(page, code)
    assert "bangau" not in page.content()
    case = perform(Case.objects.get(), "claim", by=moderator)
    desk = sign_in(visits.page(), moderator)
    desk.goto(reverse("admin:reports_case_page", args=[case.reference]) + "?words=1")
    assert "@bangau_biru" in desk.content()
    assert desk.get_by_text("ditambahkan kemudian").count() == 2


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_after_the_code_can_be_used_by_everyone(site, visits, language, width, scheme):
    page, reporter = visits.page(viewport={"width": width, "height": 740}, color_scheme=scheme), Reporter(language)
    sent(reporter)
    lend(reporter, page, site)
    states = [("own_image", ""), ("evidence_sexual_check", "no"), ("account_or_link", "aku mau mati")]
    for key, answer in (*states, *[(key, "") for key in ("platform", "how_often", "same_school")]):
        add(reporter, key, answer, **({} if answer or key == "own_image" else {"skip": "1"}))
        page.goto(reporter.url("more") + ("?again=1" if key == "own_image" else ""))
        assert_accessible(page)
        assert_fits(page)
        if os.environ.get("SHOTS"):
            page.screenshot(path=f"{os.environ['SHOTS']}/{language}{width}{scheme}-{key}.png", full_page=True)
        if page.locator("input[name=help]").count():
            page.click("#help .btn.main")
