"""One guide through the whole newsroom: written, translated, approved, scheduled, changed, put back, taken down.

Each job prints how many pages it loads after the one on which the person begins, and has a limit.
"""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from education.models import Guide, State
from tests.browser import assert_accessible

from . import factory, library
from .editor_pages import area, choose_picture
from .side_pages import side_page

INDEX = "admin:index"
READ = "/id/panduan/akun-diambil/", "/en/guides/account-taken/"
SENTENCE = "Keluar dari semua perangkat."
CHANGED = SENTENCE, "https://baru.example/"


@contextmanager
def job(page, name: str, begin: str, most: int):
    """Open the page ``begin`` and count what is loaded after it, which may not be more than ``most``."""
    page.goto(begin)
    loaded = []

    def count(page) -> None:
        loaded.append(page.url)

    page.on("domcontentloaded", count)
    yield
    page.locator(".messagelist .success").wait_for()
    page.wait_for_load_state()
    page.remove_listener("domcontentloaded", count)
    print(f"{name}: {len(loaded)} page loads (at most {most})")
    assert len(loaded) <= most, name


def later(monkeypatch, **ahead) -> None:
    """Let time pass on the server. Sessions end; ``desk`` opens new ones."""
    now = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(**ahead))


def text_at(page, address: str, words: str, there: bool = True) -> None:
    """Wait until readers get ``words`` at ``address``, or do not; the server asks once a second what changed."""
    for _try in range(20):
        page.goto(address)
        if (words in page.locator("main").inner_text()) is there:
            return
        page.wait_for_timeout(300)
    pytest.fail(f"{address} {'lacks' if there else 'has'}: {words}")


def decide(page) -> None:
    """Tick what the checks ask for, say why, and publish."""
    for loss in page.locator("input[name=agreed]:visible").all():
        loss.check()
    page.locator("#publish-note").fill("Dibaca.")
    page.locator(".publish-button").click()


def write_a_guide(page) -> None:
    """From *My work*: a new guide in Indonesian, with a link and a picture."""
    page.get_by_role("link", name="Tulis panduan").click()
    page.wait_for_url("**" + reverse("admin:education_guide_add"))
    page.locator("#id_title_ind").fill("Akun diambil")
    page.locator("#id_short_answer_ind").fill("Tenang.")
    text = page.locator('[contenteditable][lang="id"][aria-label^="Teks"]').first
    text.fill("Ganti kata sandi. Caranya di sini")
    for _letter in "Caranya di sini":
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Control+k")
    page.get_by_role("dialog", name="Tautan").get_by_role("combobox").fill("https://lama.example/")
    page.get_by_role("option", name="https://lama.example/").click()
    choose_picture(page, "id", "kunci")
    if not page.locator("#id_topic").is_visible():
        page.locator("summary", has_text="Topik dan pembaca").click()
    page.locator("#id_topic").select_option(label="Akun")
    page.get_by_label("Untuk remaja").check()
    page.locator("input[name=_save]").click()


@pytest.fixture
def library_and_groups():
    """What a site has before its first guide: a picture, a topic and an audience."""
    library.picture()
    factory.topic(title_ind="Akun", title_en="Accounts")
    factory.audience()


@pytest.mark.slow
def test_guide_goes_through_the_newsroom(visits, desk, person, library_and_groups, monkeypatch):
    begin, matrix, row = reverse(INDEX), reverse("admin:education_languages"), Guide.objects.get

    people = [person(role) for role in ("author", "translator", "publisher")]
    author, translator, publisher = map(desk, people)
    with job(author, "write a guide", begin, most=2):
        write_a_guide(author)
    guide = row()
    assert (guide.state, guide.slug_ind) == (State.DRAFT, "akun-diambil")
    assert 'href="https://lama.example/"' in guide.body_ind
    assert "<figure>" in row().body_ind

    with job(translator, "translate", matrix, most=2):
        translator.get_by_role("link", name="Belum ada").first.click()
        translator.locator("#id_title_en").fill("Account taken")
        translator.locator("#id_short_answer_en").fill("Stay calm.")
        area(translator, "body_en").fill("Change your password.")
        choose_picture(translator, "en", "kunci")
        translator.keyboard.press("Control+Enter")
    with job(author, "hand in", begin, most=4):  # the translator wrote last, so it is not among the author's drafts
        author.locator("#find-what").fill("Akun diambil")
        author.keyboard.press("Enter")
        author.get_by_role("link", name="Akun diambil").first.click()
        author.get_by_role("link", name="Bandingkan").first.click()
        author.get_by_role("button", name="Ajukan untuk ditinjau").click()

    reviewer = desk("reviewer")
    with job(reviewer, "review", begin, most=3):
        reviewer.get_by_role("link", name="Akun diambil").first.click()
        reviewer.locator("#approve-note").fill("Sumbernya sudah dibuka.")
        reviewer.get_by_role("button", name="Setujui bagi penerbit").click()
    at = timezone.localtime(timezone.now() + timedelta(hours=2))
    with job(publisher, "publish at a time", begin, most=3):
        publisher.get_by_role("link", name="Akun diambil").first.click()
        publisher.locator("text=Sumbernya sudah dibuka.").first.wait_for()
        publisher.locator("#when-later").check()
        publisher.locator("#id_day").fill(at.date().isoformat())
        publisher.locator("#id_time").fill(at.strftime("%H:%M"))
        decide(publisher)
    reader = visits.page()
    assert reader.goto(READ[0]).status == 404
    later(monkeypatch, hours=3)
    for address, words in zip(READ, ("Ganti kata sandi.", "Change your password."), strict=True):
        text_at(reader, address, words)
        assert reader.locator(".prose figure img").get_attribute("alt")

    author, translator, publisher = map(desk, people)
    with job(author, "change a sentence and a link", side_page(guide, "id"), most=1):
        text = area(author, "body_ind")
        text.locator("a").select_text()
        text.press("Control+k")
        author.get_by_role("dialog", name="Tautan").get_by_role("combobox").fill("https://baru.example/")
        author.get_by_role("option", name="https://baru.example/").click()
        text.locator("p").first.click()
        author.keyboard.press("End")
        author.keyboard.type(f" {SENTENCE}")
        author.keyboard.press("Control+s")
    with job(publisher, "publish a change", begin, most=3):
        publisher.get_by_role("link", name="Akun diambil").first.click()
        decide(publisher)
    text_at(reader, READ[0], SENTENCE)
    text_at(reader, READ[1], "is newer")
    reader.locator("summary", has_text="What changed in the Indonesian text").click()
    assert "https://lama.example/" in reader.locator("details[open] del[lang=id]").inner_text()
    assert all(words in reader.locator("details[open] ins[lang=id]").inner_text() for words in CHANGED)
    assert_accessible(reader)

    with job(translator, "still correct", matrix, most=2):
        translator.locator(".source-changes summary").click()
        changed = "".join(translator.locator(".source-changes ins").all_inner_texts())
        assert all(words in changed for words in CHANGED)
        assert_accessible(translator)
        translator.get_by_role("link", name="Belum diperbarui").first.click()
        changed = "".join(translator.locator("#field-body_en .moved ins").all_text_contents())
        assert all(words in changed for words in CHANGED)
        assert_accessible(translator)
        translator.get_by_role("button", name="Masih sesuai").click()
    assert row().outdated_fields == {}
    text_at(reader, READ[1], "is newer", there=False)

    second = desk(person("translator", "kedua"))
    with job(second, "write a wrong title", side_page(guide), most=1):
        second.locator("#id_title_en").fill("Wrong title")
        second.keyboard.press("Control+Enter")
    with job(publisher, "publish a wrong title", begin, most=3):
        publisher.get_by_role("link", name="Akun diambil").first.click()
        decide(publisher)
    text_at(reader, READ[1], "Wrong title")
    with job(publisher, "put English back", begin, most=3):
        publisher.locator("#find-what").fill(f"p/{guide.number}")
        publisher.keyboard.press("Enter")
        publisher.get_by_role("link", name="Kembalikan teks sebelumnya").click()
        publisher.locator("input[name=publish]").check()
        publisher.locator("#put-back-note").fill("Judulnya salah.")
        publisher.get_by_role("button", name="Hanya English").click()
    text_at(reader, READ[1], "Account taken")
    assert SENTENCE in row().body_ind

    editor = desk("editor")
    with job(editor, "take down", begin, most=2):
        editor.locator("summary", has_text="Batalkan terbit halaman").click()
        editor.get_by_label("Nomor atau alamat").fill(f"p/{guide.number}")
        editor.get_by_role("button", name="Tampilkan").click()
        editor.get_by_label("Alasan").fill("Tautannya palsu.")
        editor.get_by_role("button", name="Batalkan terbit").click()
    assert reader.goto(READ[0]).status == 404
    with job(publisher, "return by a second person", begin, most=2):
        publisher.get_by_role("link", name="Akun diambil").first.click()
        publisher.get_by_role("button", name="Tayangkan kembali").click()
    text_at(reader, READ[0], SENTENCE)
