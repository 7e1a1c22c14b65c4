"""Something is added after the code, on a phone without script: it raises the case and is not shown again."""

import pytest
from django.urls import reverse

from reports.cases.lifecycle import perform
from reports.models import Case
from tests.journeys.hands import STORY, Hands, open_with

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
    desk.goto(reverse("admin:reports_case_page", args=[case.reference]))
    assert "@bangau_biru" in desk.content()
    assert desk.get_by_text("ditambahkan kemudian").count() == 2
