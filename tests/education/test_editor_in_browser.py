"""The rich text editor in a real browser, under the strict policy."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from education.admin.editor_labels import LABELS
from education.models import Guide, State
from tests.browser import assert_accessible

from . import factory


@pytest.fixture
def desk(visits, person):
    """``desk("editor")``: the page of someone signed in with that role."""

    def sign_in(role, **options):
        client = Client()
        client.force_login(person(role))
        page = visits.page(**({"viewport": {"width": 1280, "height": 900}} | options))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": f"{visits.base_url}/admin/"}]
        )
        return page

    return sign_in


def test_editor_writes_rich_text(desk):
    guide = factory.guide(state=State.DRAFT)
    guide.audiences.add(factory.audience())
    page = desk("editor")
    page.goto(reverse("admin:education_guide_change", args=[guide.pk]))
    area = page.locator('[contenteditable][lang="en"][aria-label^="Teks"]')
    area.wait_for()
    assert area.get_attribute("aria-label")
    area.fill("A new English text.")
    page.locator("input[name=_save]").click()
    page.wait_for_url("**/admin/education/guide/")

    assert "A new English text." in Guide.objects.get(pk=guide.pk).body_en
    # A breach of the policy (an editor whose style changed with an upgrade) fails here, by ``visits``.


def test_tools_of_the_editor_speak_indonesian(desk):
    page = desk("editor")
    page.goto(reverse("admin:education_guide_change", args=[factory.guide(state=State.DRAFT).pk]))
    bar = page.locator(".prose-menubar").first
    bar.locator('[title="Tebal"]').wait_for()
    english = set(LABELS) - {str(word) for word in LABELS.values()}
    shown = bar.evaluate("bar => [...bar.querySelectorAll('button')].flatMap(b => [b.title, b.ariaLabel])")
    assert not english & set(shown)
    assert "Judul bagian" in bar.locator(".prose-menubar__option").all_text_contents()


def test_proposal_is_published_and_read(visits, desk):
    guide = factory.guide(title_ind="Judul lama", slug_ind="lama")
    guide.audiences.add(factory.audience())
    address = reverse("admin:education_guide_change", args=[guide.pk])

    editor = desk("editor")
    editor.goto(address)
    editor.locator("#id_title_ind").fill("Judul baru")
    editor.locator("#id_slug_ind").fill("baru")
    editor.locator("#id_note").fill("Lebih jelas")
    editor.locator("input[name=_save]").click()
    editor.wait_for_url("**/proposal/")
    assert_accessible(editor)
    assert editor.get_by_role("button", name="Terbitkan").count() == 0

    publisher = desk("publisher", viewport={"width": 360, "height": 800}, color_scheme="dark")
    publisher.goto(address)
    publisher.get_by_role("link", name="Bandingkan").click()
    assert publisher.locator("del").first.text_content().endswith("lama]")
    assert publisher.locator("ins").first.text_content().endswith("baru]")
    publisher.wait_for_load_state("networkidle")
    assert publisher.evaluate("document.documentElement.scrollWidth <= innerWidth")
    publisher.locator("summary", has_text="Bahasa Indonesia").click()
    framed = publisher.frame_locator("iframe").first
    framed.locator("h1", has_text="Judul baru").wait_for()
    assert_accessible(publisher)
    publisher.locator("#publish-note").fill("Bahasa Inggris tetap.")
    publisher.get_by_role("button", name="Terbitkan").click()
    publisher.wait_for_url(f"**{address}")

    reader = visits.page()
    reader.goto("/id/panduan/lama/")
    assert reader.url.endswith("/id/panduan/baru/")
    assert reader.locator("h1").text_content() == "Judul baru"


@pytest.mark.slow
def test_text_typed_before_session_end_is_returned(desk):
    page = desk("editor", viewport={"width": 360, "height": 800})
    page.goto(reverse("admin:education_news_add"))
    (session,) = (cookie for cookie in page.context.cookies() if cookie["name"] == settings.SESSION_COOKIE_NAME)
    page.locator('[contenteditable][lang="id"]').fill("Satu jam kerja.")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator("input[name=_save]").click()
    page.get_by_role("link", name="Masuk di tab baru").wait_for()
    assert_accessible(page)
    page.context.add_cookies([session])
    page.get_by_role("button", name="Buka formulir").click()
    area = page.locator('[contenteditable][lang="id"]')
    area.wait_for()
    assert area.text_content() == "Satu jam kerja."


@pytest.mark.slow
def test_page_is_unpublished_by_its_number(visits, desk):
    guide = factory.guide(number=9938, title_ind="Nomor salah")
    page = desk("editor", viewport={"width": 360, "height": 800}, color_scheme="dark")
    page.goto(reverse("admin:index"))
    page.locator("summary", has_text="Batalkan terbit halaman").click()
    page.get_by_label("Nomor atau alamat").fill("p/9938")
    assert_accessible(page)
    page.get_by_role("button", name="Tampilkan").click()
    page.locator("h1", has_text="Nomor salah").wait_for()
    page.get_by_label("Alasan").fill("Nomor lembaga sudah tidak dipakai.")
    assert_accessible(page)
    page.get_by_role("button", name="Batalkan terbit").click()
    page.locator(".messagelist .success").wait_for()
    assert Guide.objects.get(pk=guide.pk).state == State.ARCHIVED


def test_outdated_field_is_confirmed_from_the_matrix(desk, behind):
    page = desk("translator", viewport={"width": 320, "height": 800}, color_scheme="dark")
    page.goto(reverse("admin:education_languages"))
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Belum diperbarui").click()
    page.locator("#behind").wait_for()
    page.goto(reverse("admin:education_guide_proposal", args=[behind.pk]))  # the same, without the editor's own styles
    assert page.locator(".compared ins").text_content().endswith("Baru.]")
    page.locator("summary", has_text="Tandai masih sesuai").click()
    page.get_by_label("Mengapa").fill("Hanya contoh.")
    assert_accessible(page)
    page.get_by_role("button", name="Isinya masih sesuai").click()
    page.locator(".messagelist .success").wait_for()
    assert Guide.objects.get(pk=behind.pk).outdated_fields == {}
