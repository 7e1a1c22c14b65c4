"""What readers say of a page or a number is counted, with and without script."""

import pytest

from education.models import DeadNumberReport, HelpfulVote, Helpline
from education.urls_for import anchor_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("start", ["/id/bantuan/", "/id/p/6/", "/id/cari/?q=sekstorsi"])
def test_dead_number_report_is_counted(site, page_without_script, start):
    page = page_without_script
    page.goto(start)
    card = page.locator("article.helpline", has=page.locator("button[name=line][value=sapa-129]")).first
    card.locator("summary").click()
    card.locator("button[name=line]").click()
    assert "/id/bantuan/terima-kasih/?line=" in page.url
    assert page.locator(".helpline").count() == 3  # the others of the emergency set
    assert DeadNumberReport.objects.get().helpline.slug == "sapa-129"


@pytest.mark.sampled(2)
@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_reader_says_that_a_guide_did_not_help_and_why(site, visits, script):
    page = visits.page(java_script_enabled=script)
    page.goto("/id/p/6/")
    page.click("text=Apakah halaman ini membantu? >> xpath=.. >> button[value=no]")
    page.click("button[value=hard]")
    assert page.url.endswith("/id/p/6/membantu/terima-kasih/")
    page.click("main .links a >> nth=0")
    assert page.url.endswith("/id/p/6/")
    assert set(HelpfulVote.objects.values_list("guide__number", "answer", "count")) == {(6, "no", 1), (6, "hard", 1)}
    assert page.context.cookies() == []


def test_reading_and_answering_without_script(site, page_without_script):
    page = page_without_script
    page.goto("/id/")
    page.fill("#q", "dirundung")
    page.press("#q", "Enter")
    page.click(".results a[href='/id/panduan/dibully-online/']")
    page.click(".contents summary")
    page.click(".contents a[href='#s2']")
    assert page.url.endswith("#s2")
    page.click(".word >> nth=0")
    assert page.locator(".meaning").first.is_visible()
    page.keyboard.press("Escape")
    page.click("main a[href^='/id/coba/'] >> nth=0")
    page.click("main .card a >> nth=0")
    page.click(".choice-fold summary >> nth=0")
    assert page.locator(".choice-fold .chip").first.is_visible()
    page.goto("/id/panduan/dibully-online/")
    page.click("button[name=answer][value=yes]")
    assert page.url.endswith("/terima-kasih/")
    assert HelpfulVote.objects.get().count == 1
    assert page.context.cookies() == []


def test_finding_a_number_without_script(site, page_without_script):
    page = page_without_script
    page.goto("/id/bantuan/")
    page.select_option("#province", "31")
    page.click(".choose button")
    line = "#" + anchor_of(Helpline.objects.get(slug="dki-pppa"))
    assert page.locator(f"{line} a[href^='tel:']").count()
    page.click(f"{line} button")
    assert "/id/bantuan/terima-kasih/?line=" in page.url
    assert DeadNumberReport.objects.get().helpline.slug == "dki-pppa"
