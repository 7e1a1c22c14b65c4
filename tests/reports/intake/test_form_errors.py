"""An answer that is not accepted redirects to a separate page with the reason; nothing typed is lost."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reports.models import Evidence
from tests.reports.evidence.uploads import picture

from .reporter import Reporter, check_page, landed, page_of, press, skip_deciding, told

pytestmark = pytest.mark.django_db
TOO_LONG = "kata " * 300
SUMMARY = 'class="error-summary"'
VOICE_NOTE = b"OggS" + b"\0" * 24 + b"OpusHead" + b"\0" * 40
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40


@pytest.fixture
def writer(reporter):
    """A reporter at the question for text."""
    return reporter.tell(about="me", category="cyberbullying", age="16_17")


def send_files(reporter, *contents, **button):
    """Choose these files on the page for them, and press a button."""
    chosen = [SimpleUploadedFile(f"rahasia-{place}.bin", data) for place, data in enumerate(contents, 1)]
    number = reporter.draft.number_of("evidence")
    return reporter.client.post(reporter.url("step", number=number), {"question": "evidence", "files": chosen} | button)


@pytest.fixture
def cheated(reporter):
    """A reporter who may add files of every kind."""
    return reporter.tell(about="me", category="scam", age="adult", money_sent="no")


def test_error_page_links_the_field_and_keeps_text(writer):
    page = landed(writer, press(writer, "words", TOO_LONG))
    assert page.index("<title>Perlu dilihat lagi:") < page.index(SUMMARY) < page.index('href="#id_answer"')
    assert 'id="id_answer_error"' in page
    assert TOO_LONG.strip() in page


def test_typed_text_is_not_in_url_or_cookie(writer):
    response = press(writer, "words", TOO_LONG)
    assert response.url.endswith("?again=1")
    assert "kata" not in response.url + str(response.cookies)


def test_sentence_is_in_the_language_of_the_page(writer):
    number = writer.draft.number_of("words")
    press(writer, "words", TOO_LONG)
    writer.language = "en"
    page = writer.client.get(writer.url("step", number=number) + "?again=1").content.decode()
    assert "<title>Error: Your page" in page
    assert "This is too long" in page


def test_second_error_keeps_the_last_text(writer):
    press(writer, "words", TOO_LONG)
    page = landed(writer, press(writer, "words", TOO_LONG + "akhir"))
    assert SUMMARY in page
    assert "kata akhir" in page


@pytest.mark.slow
@pytest.mark.parametrize("button", [{"back": "1"}, {"stay": "1"}, {"language": "en"}, {"skip": "1"}])
def test_leaving_clears_the_error_and_keeps_text(writer, button):
    address = press(writer, "words", TOO_LONG).url
    press(writer, "words", TOO_LONG, **button)
    page = writer.client.get(address).content.decode()
    assert SUMMARY not in page
    assert TOO_LONG.strip() in page


def test_error_is_not_shown_on_another_way_back(writer):
    press(writer, "words", TOO_LONG)
    assert SUMMARY not in page_of(writer, "words")


def test_answered_step_shows_no_error_again(writer):
    address = press(writer, "words", TOO_LONG).url
    press(writer, "words", "Mereka mengejek aku.")
    page = writer.client.get(address).content.decode()
    assert SUMMARY not in page
    assert "Mereka mengejek aku." in page


@pytest.mark.slow
def test_two_tabs_keep_separate_errors(writer):
    first = press(writer, "words", TOO_LONG).url
    second = press(writer, "account_or_link", "@akun" * 200).url
    assert SUMMARY in writer.client.get(first).content.decode()
    assert SUMMARY in writer.client.get(second).content.decode()
    press(writer, "account_or_link", "@akun")
    assert SUMMARY in writer.client.get(first).content.decode()


@pytest.mark.slow
def test_from_the_last_page_the_way_back_is_kept(writer):
    told(writer)
    address = writer.url("step", number=writer.draft.number_of("account_or_link")) + "?review=1"
    response = writer.client.post(address, {"question": "account_or_link", "answer": TOO_LONG})
    assert response.url == address + "&again=1"
    assert f'action="{address}"' in landed(writer, response)


def test_too_long_suicide_words_show_help_first(writer):
    assert press(writer, "words", TOO_LONG + "aku mau mati").url == writer.url("help_page")
    assert SUMMARY in landed(writer, writer.client.post(writer.url("help_page")))


def test_first_question_says_it_without_a_draft(demo):
    someone = Reporter()
    page = landed(someone, someone.client.post(someone.url("ask_safety")))
    assert SUMMARY in page
    assert SUMMARY not in someone.client.get(someone.url("ask_safety")).content.decode()


def test_link_to_an_error_that_was_not_made_shows_none(reporter):
    assert SUMMARY not in reporter.client.get(reporter.url("step", number=2) + "?again=1").content.decode()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", ["id", "en"])
def test_refused_file_is_named_and_others_are_kept(cheated, language):
    cheated.language = language
    page = landed(cheated, send_files(cheated, picture(), HEIC, picture("PNG")))
    errors = page.split(SUMMARY)[1].split("</ul>")[0]
    assert {"id": "Berkas ke-2 yang kamu pilih (HEIC)", "en": "File 2 of those you chose (HEIC)"}[language] in errors
    assert "rahasia-2" not in page
    assert Evidence.objects.count() == 2


def test_iphones_photo_is_told_how_to_come_in(cheated):
    page = landed(cheated, send_files(cheated, HEIC))
    assert "tangkap layar" in page.split(SUMMARY)[1].split("</ul>")[0]
    assert "Berkas ke-1" not in page


@pytest.mark.parametrize(("sent", "opened"), [(VOICE_NOTE, True), (HEIC, False)])
def test_page_says_what_to_write_down_of_a_recording(cheated, sent, opened):
    page = landed(cheated, send_files(cheated, sent))
    before = page.split("Pesan suara atau video?")[0]
    assert before.endswith(f'<details class="disclosure"{" open" * opened}><summary>')


def test_last_page_without_files_tells_of_recordings(categories, in_demo):
    pages = {}
    for slug in ("sextortion", "csam", "scam"):
        reporter = Reporter()
        reporter.begin()
        reporter.tell(about="friend", category=slug, age="16_17")
        pages[slug] = "Pesan suara atau video?" in check_page(reporter)
    assert pages == {"sextortion": True, "csam": False, "scam": False}


@pytest.mark.slow
def test_too_large_file_keeps_the_following_files(cheated):
    large = b"x" * (settings.FILE_MB * 1024 * 1024 + 1)
    page = landed(cheated, send_files(cheated, large, picture(), b"GIF89a" + b"\0" * 20))
    errors = page.split(SUMMARY)[1].split("</ul>")[0]
    assert errors.index("Berkas ke-1") < errors.index("Berkas ke-3 yang kamu pilih (GIF)")
    assert Evidence.objects.count() == 1


@pytest.mark.slow
def test_sixth_file_of_a_form_is_named_and_five_are_kept(cheated):
    page = landed(cheated, send_files(cheated, *[picture()] * 6))
    assert "Berkas ke-6" in page
    assert Evidence.objects.count() == 5


def test_error_about_files_is_gone_after_the_next_form(cheated):
    address = send_files(cheated, HEIC).url
    send_files(cheated, add="1")
    assert SUMMARY not in cheated.client.get(address).content.decode()


def test_only_the_reason_of_a_refused_file_is_kept(cheated):
    send_files(cheated, HEIC, picture())
    assert cheated.draft.session.data["refused_files"] == [["heic", 1, "HEIC"]]


PAGES = ["start", "step", "help_page", "code", "done", "check", "visit", "code_found", "new_code", "withdraw"]


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_what_may_be_asked_for_may_be_asked_for_without_its_body(demo, name):
    someone = Reporter()
    address = someone.url(name, **({"number": 2} if name == "step" else {}))
    asked, head = Client().get(address), Client().head(address)
    assert (head.status_code, head.content) == (asked.status_code, b"")


def test_back_from_help_returns_to_its_question(reporter):
    reporter.tell(about="me")
    press(reporter, "category", "threats_stalking")
    assert 'name="back"' in reporter.client.get(reporter.url("help_page")).content.decode()
    response = reporter.client.post(reporter.url("help_page"), {"back": "1"})
    assert response.url == reporter.url("step", number=reporter.draft.number_of("category"))
    assert 'aria-current="true"' in landed(reporter, response)


def test_back_from_help_keeps_the_way_to_last_page(reporter):
    told(reporter)
    skip_deciding(reporter)
    address = reporter.url("step", number=reporter.draft.number_of("category")) + "?review=1"
    assert reporter.client.post(address, {"question": "category", "answer": "threats_stalking"}).url == reporter.url(
        "help_page"
    )
    assert reporter.client.post(reporter.url("help_page"), {"back": "1"}).url == address


@pytest.mark.slow
@pytest.mark.parametrize("safety", ["safe", "danger", "self_harm", "other_in_danger", "unsure"])
def test_back_stands_first_on_every_page_about_safety(demo, safety):
    someone = Reporter()
    response = someone.client.post(someone.url("ask_safety"), {"safety": safety}, follow=True)
    page = response.content.decode().split("<main")[1]
    assert page.index('class="back"') < page.index("<h1>")


def test_empty_category_is_told_and_cannot_be_skipped(reporter):
    reporter.tell(about="me")
    number = reporter.draft.number_of("category")
    page = landed(reporter, reporter.answer(number, question="category"))
    assert "Aku tidak yakin" in page.split('class="error-summary"')[1].split("</ul>")[0]
    assert "Pilih yang paling cocok" in page.split('id="id_answer_error"')[1].split("</p>")[0]
    assert 'name="skip"' not in page
    assert reporter.answer(number, question="category", skip="1").url.startswith(reporter.url("step", number=number))
