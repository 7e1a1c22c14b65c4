"""A package of an urgent case, without script: one person prepares it, another approves, the receipt is entered."""

import zipfile

import pytest

from reports.cases.lifecycle import perform
from reports.models import Case
from tests.browser import assert_accessible
from tests.reports.referral.conftest import agency, urgent  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_page_to_pass_a_case_on(site, visits, moderator, sign_in, urgent, agency, scheme, width):  # noqa: F811
    page = visits.page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(page, moderator)
    perform(
        urgent,
        "prepare_referral",
        by=moderator,
        agency=agency,
        basis="vital",
        keys=["platform", "words"],
        reason="Bahaya.",
    )
    page.goto(f"/admin/reports/case/{urgent.reference}/refer/?agency=contoh&facts=1")
    page.click("article summary")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.slow
def test_two_people_pass_a_case_on(site, visits, moderator, supervisor, sign_in, urgent, agency, tmp_path):  # noqa: F811
    desk, second = visits.page(java_script_enabled=False), visits.page(java_script_enabled=False)
    sign_in(desk, moderator)
    desk.goto(f"/admin/reports/case/{urgent.reference}/")
    desk.click("summary:visible:has-text('Lainnya')")
    desk.click("a:visible:has-text('Teruskan ke lembaga')")
    desk.click("text=Contoh · perjanjian tertulis")
    desk.check("[name=basis][value=vital]")
    desk.fill("[action*=prepare_referral] [name=reason]", "Ada bahaya.")
    desk.click("[action*=prepare_referral] button")

    sign_in(second, supervisor)
    second.click(f"a[href='/admin/reports/case/{urgent.reference}/refer/']")  # on My work
    second.click("summary:has-text('Setujui paket')")
    second.click("[action*=approve_referral] button")

    desk.reload()
    with desk.expect_download() as download:
        desk.click("text=Paket (ZIP)")
    assert "report.pdf" in zipfile.ZipFile(download.value.path()).namelist()
    desk.click("summary:has-text('Masukkan tanda terima')")
    desk.fill("[name=receipt]", "C-2026-1")
    desk.click("[action*='refer/refer'] button")
    assert Case.objects.get().state == "referred"
    assert visits.outside == []
