"""Pages of apps: age first, nothing guessed, warnings above steps (H32), paths only from official sources."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from education.models import Platform
from education.publishing import checks, workflow
from education.publishing.checks import platforms as platform_checks
from education.publishing.checks import steps as step_checks
from education.rendering import boxes, rich_text
from education.search import find
from education.starter import files
from education.views.platforms import HEADINGS

from . import factory

pytestmark = pytest.mark.django_db
TRIED_ON = "2026-11-20"
ALERT = '<p class="notice-alerts">Perhatikan: orang tua bisa diberi tahu.</p>'
OFFICIAL = {"url": "https://a.example/", "publisher": "A", "mark": "official", "checked_on": "2026-11-26", "dated": ""}


def found(platform: Platform, level: str, **changes) -> set[str]:
    """The fields in which the gate finds something of this level, if ``platform`` said ``changes``."""
    said = checks.Candidate(platform, workflow.pending_or_live(platform) | changes, None)
    return {finding.field for finding in checks.findings(said) if finding.level == level}


def test_page_for_16_and_over_begins_with_age(visit):
    page = visit(factory.platform(key="tiktok", block_ind="<h3>Satu</h3><p>Langkah.</p>")).text
    under, over = page.index("Umurmu belum 16?"), page.index("16 tahun ke atas</h2>")
    assert under < page.index('class="lead"') < over < page.index("Langkah.")
    assert "<h4>Satu</h4>" in page


def test_app_that_is_not_on_the_list_has_no_age_part(visit):
    page = visit(factory.platform(age_rule="unlisted", under_16_ind="", under_16_en="")).text
    assert "16 tahun ke atas" not in page
    assert "Umurmu belum 16?" not in page.split('id="missing"')[0]


def test_empty_sections_are_named_once_in_a_list(visit):
    page = visit(factory.platform()).text
    missing = page.split('id="missing"')[1].split("</section>")[0]
    assert missing.count("<li>") == len(HEADINGS) - 4
    assert page.count("Cara lain mendapat bantuan") == 1


@pytest.mark.safety("H32")
def test_evidence_comes_before_report_and_block(visit):
    page = visit(factory.platform(evidence_ind="<p>Catat.</p>")).text
    assert re.findall(r'<section id="(a\d+)"', page) == ["a7", "a3", "a6", "a13"]


def test_page_says_whether_steps_were_tried(visit):
    assert "Belum dicoba di ponsel." in visit(factory.platform()).text
    assert "Belum dicoba di ponsel." not in visit(factory.platform(report_ind="", block_ind="")).text
    assert "20 November 2026" in visit(factory.platform(tried_on=TRIED_ON)).text


def test_source_read_as_a_copy_says_so_until_opened(visit, publish):
    app = factory.platform()
    app.sources.create(**OFFICIAL, is_stored_copy=True)
    assert "dibaca dari salinan" in visit(app).text
    (source,) = workflow.pending_or_live(app)["sources"]
    publish(app, sources=[source | {"checked_on": "2026-12-02", "is_stored_copy": False}])
    assert "dibaca dari salinan" not in visit(app).text


def test_comparison_says_in_words_what_was_found(client, there):
    factory.platform(name="Satu", can_block="yes", can_appeal="no")
    factory.platform(name="Dua", can_block="partly")
    lead, _, rest = client.get(there("education:compare_platforms")).text.partition("<table")
    table = rest.split("</table>")[0]
    assert "Belum satu pun kami coba di ponsel. Sebagian sumbernya berita atau panduan di situs lain." in lead
    row = table.split('<th scope="row">Memblokir orang</th>')[1].split("</tr>")[0]
    assert re.findall(r"<td[^>]*>([^<]*)<", row) == ["Ya", "Sebagian"]
    assert re.findall(r'<th scope="col"><a[^>]*>([^<]*)<', table) == ["Satu", "Dua"]
    assert "Belum kami temukan" in table


@pytest.mark.parametrize(("tried", "said"), [(0, "Belum satu pun kami"), (1, "Belum semuanya kami"), (2, "")])
def test_comparison_says_how_much_of_it_was_tried(client, there, tried, said):
    for number in range(2):
        factory.platform(tried_on=TRIED_ON if number < tried else None)
    lead = client.get(there("education:compare_platforms")).text.partition("<table")[0]
    assert re.findall(r"Belum \w+(?: pun)? kami", lead) == ([said] if said else [])


@pytest.mark.safety("H32")
def test_sanitizer_keeps_exactly_the_two_warnings(visit):
    others = '<p class="notice-alerts x">b</p><p class="big">c</p><ul class="notice-alerts"><li>d</li></ul>'
    kept = rich_text.clean(f'{ALERT}<p class="notice-deletes">a</p>{others}')
    assert re.findall(r'class="[^"]*"', kept) == ['class="notice-alerts"', 'class="notice-deletes"']
    assert ALERT in visit(factory.platform(family_ind=ALERT)).text


@pytest.mark.safety("H32")
def test_step_that_alerts_or_deletes_needs_its_warning_above():
    platform = factory.platform()
    unlink, delete = "<p>Pilih putuskan tautan.</p>", "<ol><li>Lalu hapus chat.</li></ol>"
    assert found(platform, checks.ERROR, family_ind=unlink) == {"family_ind"}
    assert found(platform, checks.ERROR, family_ind=unlink + ALERT) == {"family_ind"}
    assert found(platform, checks.ERROR, family_ind=ALERT + unlink) == set()
    assert found(platform, checks.ERROR, report_ind=ALERT + delete) == {"report_ind"}
    assert found(platform, checks.ERROR, report_ind=ALERT + "<p>Jangan hapus chatnya.</p>") == set()


@pytest.mark.safety("H32")
def test_warning_counts_up_to_the_next_heading():
    platform, leave = factory.platform(), "<p>Lalu keluar dari grup.</p>"
    assert found(platform, checks.ERROR, report_ind=f"{ALERT}<h3>Grup</h3>{leave}") == {"report_ind"}
    assert found(platform, checks.ERROR, report_ind=f"<h3>Grup</h3>{ALERT}{leave}") == set()


@pytest.mark.safety("H32")
def test_step_that_may_alert_is_a_warning_where_steps_are():
    platform = factory.platform()
    for step in (
        "Tangkap layar.",
        "Screenshot it.",
        "Laporkan grup itu.",
        "Lalu blokir.",
        "Block them.",
        "Ganti sandi.",
    ):
        for field in ("report", "block", "evidence", "family"):
            assert found(platform, checks.WARNING, **{f"{field}_ind": f"<p>{step}</p>"}) == {f"{field}_ind"}, step
        assert found(platform, checks.WARNING, limits_ind=f"<p>{step}</p>", evidence_ind=ALERT) == set()


@pytest.mark.safety("H32")
def test_step_in_a_guide_warns_without_the_line_above_it():
    guide, step = factory.guide(), "<p>Laporkan akunnya di aplikasi, lalu blokir.</p>"

    def unwarned(**texts) -> set[str]:
        said = checks.Candidate(guide, workflow.pending_or_live(guide) | texts, None)
        return {finding.field for finding in step_checks.check_steps_in_guides(said)}

    assert unwarned(body_ind=step) == {"body_ind"}
    assert unwarned(body_ind=ALERT + step) == set()
    assert unwarned(body_ind=f"{ALERT}<h2>Lain</h2>{step}") == {"body_ind"}
    assert unwarned(body_ind=f"<blockquote>{step.replace('.', '.”').replace('<p>', '<p>“')}</blockquote>") == set()
    assert unwarned(checklist_ind="Bisukan atau blokir akunnya.") == {"checklist_ind"}
    assert unwarned(body_ind="<p>Ganti kata sandi.</p>", body_en="<p>Change your PIN.</p>") == {"body_ind"}
    assert unwarned(checklist_ind="Orang tua bisa mendapat pemberitahuan. Kalau aman, blokir akunnya.") == set()


@pytest.mark.safety("H32")
def test_shipped_apps_pass_their_checks(starter):
    shipped = [workflow.candidate_for(platform) for platform in Platform.objects.all()]
    assert len(shipped) == len(files.items("platforms")) > 0
    every = (*platform_checks.CHECKS, *step_checks.CHECKS)
    found = [(one.row.key, said) for one in shipped for check in every for said in check(one)]
    assert found == []
    assert any(boxes.ALERTS in text for one in shipped for _name, _language, text in one.texts("family"))


def test_menu_path_needs_an_official_source_of_the_last_year():
    platform = factory.platform()
    path = {"report_ind": "<p>Profil &gt; Setelan &gt; Lapor.</p>"}
    for source, field in (
        ({}, {"report_ind"}),
        (OFFICIAL, {"report_ind"}),
        (OFFICIAL | {"mark": "press"}, {"report_ind"}),
        (OFFICIAL | {"dated": "20 Nov 2024"}, {"report_ind"}),
        (OFFICIAL | {"dated": "Jan 2026"}, set()),
    ):
        assert found(platform, checks.ERROR, **path, sources=[source] if source else []) == field, source


def test_path_that_somebody_tried_needs_no_source():
    platform, path = factory.platform(), "<p>Profil &gt; Lapor. Nama menunya bisa berbeda.</p>"
    day = timezone.localdate()
    for tried, field in ((None, {"report_ind"}), (day - timedelta(days=400), {"report_ind"}), (day, set())):
        said = {"report_ind": path, "tried_on": tried and str(tried), "sources": [OFFICIAL]}
        assert found(platform, checks.ERROR, **said) == field, tried


def test_page_for_16_and_over_is_not_published_without_the_age_part():
    assert found(factory.platform(), checks.ERROR, under_16_en="") == {"under_16_en"}
    assert found(factory.platform(age_rule="unlisted"), checks.ERROR, under_16_en="") == set()


def test_search_finds_the_app_and_filters_by_it():
    tiktok = factory.platform(name="TikTok", report_ind="<p>Lapor akun: buka profilnya.</p>")
    about, other = factory.guide(app="TikTok", title_ind="Akun pribadi"), factory.guide(title_ind="Akun lain")
    assert [one.item for one in find("cara lapor akun tiktok", "id").results][:1] == [tiktok]
    assert {one.item for one in find("akun", "id").results} >= {about, other, tiktok}
    assert {one.item for one in find("akun", "id", app=tiktok).results} == {about, tiktok}


def test_guide_with_steps_leads_to_the_page_of_its_app(client, visit, there):
    app, guide, other = factory.platform(name="TikTok"), factory.guide(app="TikTok"), factory.guide()
    address = there("education:platform", app.slug_ind)
    assert f'href="{address}"' in visit(guide).text
    assert f'href="{address}"' not in visit(other).text
    listed = client.get(there("education:guides"), {"app": app.key}).text
    assert guide.title_ind in listed
    assert other.title_ind not in listed
    assert client.get(there("education:guides"), {"app": "x"}).status_code == 404


def test_steps_to_try_are_on_my_work_until_tried(signed_in, monkeypatch):
    steps = [{"platform": "tiktok", "id": "Coba ini.", "en": "Try this.", "source": "https://a.example/"}]
    monkeypatch.setattr(files, "steps_to_try", lambda: steps)
    platform, editor = factory.platform(key="tiktok"), signed_in("editor")
    address = reverse("admin:education_platform_to_try")
    assert address in editor.get(reverse("admin:index")).text
    assert "Coba ini." in editor.get(address).text
    Platform.objects.filter(pk=platform.pk).update(tried_on=TRIED_ON)
    assert "Coba ini." not in editor.get(address).text
