"""The link button and pasting in the rich text editor, in a real browser under the strict policy."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from education.models import Guide, State
from tests.browser import assert_accessible

from . import factory
from .editor_pages import PASTE

ITEM = """<p class=MsoListParagraph style='mso-list:{place} lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>{mark}<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>{words}</p>"""
ITEMS = (
    ("l0 level1", "·", "Ganti kata sandi"),
    ("l0 level2", "o", "Di ponsel"),
    ("l0 level1", "·", "Keluar"),
    ("l1 level1", "1.", "Satu"),
)
WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {{color:red}}</style></head>
<body><!--StartFragment--><h1 style='color:#2F5496'>Judul dari Word</h1><p class=MsoNormal style='margin:0'>Kalimat <b
style='font-weight:bold'>tebal</b><o:p></o:p></p><h4>Anak judul</h4>
{"".join(ITEM.format(place=place, mark=mark, words=words) for place, mark, words in ITEMS)}
<table border=1 style='border-collapse:collapse'><tr><td style='width:10pt'><p>Nomor</p></td><td><p>110</p></td></tr>
<tr><td>SAPA</td><td>129</td><td>24 jam</td></tr></table><p><img src="file:///C:/a.png"><a
href="javascript:alert(1)">jahat</a> <a href="http://contoh.example/">situs</a></p><!--EndFragment--></body></html>"""


@pytest.fixture
def draft():
    guide = factory.guide(state=State.DRAFT, body_ind='<h2 id="s4">Satu</h2><p>Isi.</p>', body_en="")
    guide.audiences.add(factory.audience())
    return guide


def open_text(page, guide, language="id"):
    """The editing area of the guide's text in ``language``."""
    page.goto(reverse("admin:education_guide_change", args=[guide.pk]))
    area = page.locator(f'[contenteditable][lang="{language}"][aria-label^="Teks"]')
    area.wait_for()
    return area


def saved(page, guide) -> Guide:
    page.locator("input[name=_save]").click()
    page.wait_for_url("**/admin/education/guide/")
    return Guide.objects.get(pk=guide.pk)


def test_link_is_chosen_by_typing_with_the_keyboard_only(visits, desk, draft):
    other = factory.guide(title_ind="Verifikasi dua langkah", title_en="Two-step verification")
    page = desk("editor")
    area = open_text(page, draft, "en")
    area.focus()
    page.keyboard.type("two steps")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="Tautan")
    page.keyboard.type("verifikasi")
    expect(dialog.get_by_role("option", selected=True)).to_contain_text("Two-step verification")
    assert_accessible(page)
    # The checker of accessibility adds inline style to the page, which the policy blocks.
    visits.faults[:] = [fault for fault in visits.faults if not fault.startswith("Applying inline style")]
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(area).to_be_focused()
    assert f'<a href="/en/p/{other.number}/"' in saved(page, draft).body_en


def test_heading_web_address_and_change_of_a_link(desk, draft):
    page = desk("editor", viewport={"width": 360, "height": 800}, color_scheme="dark")
    area = open_text(page, draft)
    for typed, href in (("Satu", "#s4"), ("http://contoh.example/a", "https://contoh.example/a")):
        area.locator("p").select_text()
        area.press("Control+k")
        dialog = page.get_by_role("dialog", name="Tautan")
        dialog.get_by_role("combobox").fill(typed)
        option = dialog.get_by_role("option", name=typed.removeprefix("http://"), exact=False).last
        option.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        option.click()
        assert area.locator(f'a[href="{href}"]').count() == 1
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert '<a href="https://contoh.example/a"' in saved(page, draft).body_ind


def test_text_from_word_keeps_its_structure(visits, desk, draft):
    page = desk("editor")
    area = open_text(page, draft, "en")
    area.evaluate(PASTE, WORD)
    note = area.locator("xpath=ancestor::div[contains(@class, 'prose-editor')]").get_by_role("status")
    expect(note).to_contain_text("tabel, sekarang baris (1)")
    for words in ("jenis lain (2)", "https", "gambar", "tidak menuju"):
        expect(note).to_contain_text(words)
    text = saved(page, draft).body_en
    assert "Judul dari Word</h2>" in text
    assert "<h3>Anak judul</h3>" in text
    nested = "<ul><li><p>Ganti kata sandi</p><ul><li><p>Di ponsel</p></li></ul></li><li><p>Keluar</p></li></ul>"
    assert f"{nested}<ol><li><p>Satu</p></li></ol>" in text
    assert "<p>Nomor: 110</p><p>SAPA · 129 · 24 jam</p>" in text
    assert "<strong>tebal</strong>" in text
    assert 'href="https://contoh.example/"' in text
    for gone in ("javascript", "file:", "·</p>", "mso", "style"):
        assert gone not in text
    assert visits.faults == []


def test_pages_of_links_are_accessible(desk):
    factory.guide(body_ind='<p><a href="https://old.example/">x</a></p>')
    page = desk("publisher", viewport={"width": 320, "height": 800}, color_scheme="dark")
    page.goto(reverse("admin:education_externallink_changelist"))
    assert_accessible(page)
    page.get_by_role("button", name="Ganti di semua tempat").click()
    page.get_by_label("Alamat baru").fill("https://new.example/")
    page.get_by_role("button", name="Tampilkan").click()
    page.get_by_role("checkbox").wait_for()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Simpan sebagai draf").click()
    page.locator(".messagelist .success").wait_for()
