"""Nothing that was typed is lost by another button than "Continue", and none of it counts as an answer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reports.models import Case, Evidence
from tests.cast import sealed_answers
from tests.reports.evidence.uploads import picture

from .reporter import check_page, page_of, press, told

pytestmark = pytest.mark.django_db
BEGUN = "Aku belum selesai menul"
ASIDE = [{"back": "1"}, {"stay": "1"}, {"language": "en"}, {"skip": "1"}]


@pytest.fixture
def writer(reporter):
    """A reporter at the question for text."""
    return reporter.tell(about="me", category="cyberbullying", age="16_17")


@pytest.mark.sampled(3)
@pytest.mark.parametrize("button", ASIDE, ids=lambda button: next(iter(button)))
def test_half_a_sentence_is_kept_and_is_no_answer(writer, button):
    assert press(writer, "words", BEGUN, **button).status_code == 303
    assert "words" not in writer.draft.answers
    assert BEGUN in page_of(writer, "words")


@pytest.mark.slow
def test_too_long_text_is_kept_by_every_button(writer):
    too_long = "kata " * 300
    assert press(writer, "words", too_long).status_code == 303
    assert "words" not in writer.draft.answers
    press(writer, "words", too_long, stay="1")
    assert too_long.strip() in page_of(writer, "words")


def test_more_time_stays_on_the_page_and_says_so(writer):
    number = writer.draft.number_of("words")
    response = press(writer, "words", BEGUN, stay="1")
    assert response.url == writer.url("step", number=number) + "#kept"
    assert 'id="kept"' in page_of(writer, "words")


def test_language_switch_keeps_the_step(writer):
    number = writer.draft.number_of("words")
    response = press(writer, "words", BEGUN, language="en")
    writer.language = "en"
    assert response.url == writer.url("step", number=number)
    page = writer.client.get(response.url).content.decode()
    assert BEGUN in page
    assert "What happened? One sentence is fine" in page


def test_language_that_there_is_not_is_no_button(writer):
    press(writer, "words", "Mereka mengejek aku.", language="xx")
    assert writer.draft.answers["words"] == "Mereka mengejek aku."


@pytest.mark.slow
def test_case_is_answered_in_the_language_read_last(writer):
    told(writer)
    press(writer, "words", "Mereka mengejek aku.", language="en")
    writer.language = "en"
    writer.send()
    assert Case.objects.get().language == "en"


def test_back_goes_one_step_back(writer):
    number = writer.draft.number_of("own_image")
    assert press(writer, "words", BEGUN, back="1").url == writer.url("step", number=number)


def test_choice_that_was_not_confirmed_is_kept_too(writer):
    press(writer, "how_often", "daily", back="1")
    assert "how_often" not in writer.draft.answers
    assert "checked" in page_of(writer, "how_often")


def test_continue_makes_an_answer_of_it(writer):
    press(writer, "words", BEGUN, stay="1")
    press(writer, "words", BEGUN + "is.")
    assert writer.draft.answers["words"] == BEGUN + "is."
    assert writer.draft.unfinished == []


def test_answer_that_was_not_changed_is_not_unfinished(writer):
    told(writer)
    press(writer, "words", "Mereka mengejek aku.", back="1")
    assert writer.draft.unfinished == []


@pytest.mark.slow
def test_last_page_names_unfinished_answers(writer):
    press(writer, "words", "Mereka mengejek aku.")
    press(writer, "account_or_link", "@belum", back="1")
    page = check_page(writer)
    assert 'class="notice warn"' in page
    assert "@belum" not in page
    writer.send()
    assert "account_or_link" not in sealed_answers(Case.objects.get())


def test_words_about_dying_are_answered_though_unfinished(writer):
    assert press(writer, "words", "aku mau mati", stay="1").url == writer.url("help_page")
    number = writer.draft.number_of("words")  # fewer questions come before it now
    assert writer.client.post(writer.url("help_page")).url == writer.url("step", number=number)
    assert "words" not in writer.draft.answers
    assert writer.draft.answers["risk"] == "yes"


def test_expired_draft_returns_typed_text_for_every_button(writer):
    number, story = writer.draft.number_of("words"), "Ini cerita yang baru saja aku tulis."
    writer.client.cookies.clear()
    data = {"question": "words", "answer": story, "language": "en"}
    response = writer.client.post(writer.url("step", number=number), data)
    assert response.status_code == 410
    assert story in response.content.decode()


def test_answer_to_a_removed_question_is_not_reused(writer):
    writer.tell(same_school="pupils", school_help="yes")
    writer.tell(category="scam")
    answer = {"question": "school_name", "answer": "SMP di Garut"}
    assert writer.client.post(writer.url("step", number=9), answer).status_code == 303
    assert "SMP di Garut" not in str(writer.draft.answers)


def test_answer_posted_to_the_last_page_does_not_submit(writer):
    told(writer)
    answer = {"question": "about", "answer": "me"}
    writer.client.post(writer.url("step", number=writer.draft.check_number), answer)
    assert Case.objects.count() == 0


def test_sending_with_the_number_of_a_question_clears_no_answer(writer):
    told(writer)
    number = writer.draft.number_of("how_often")
    response = writer.client.post(writer.url("step", number=number), {"send": "1"})
    assert response.url == writer.url("step", number=writer.draft.check_number)
    assert writer.draft.answers["words"] == "Mereka mengejek aku."


@pytest.mark.slow
@pytest.mark.parametrize("button", ASIDE[:3], ids=lambda button: next(iter(button)))
def test_chosen_file_is_kept_by_every_button(reporter, button):
    reporter.tell(about="me", category="scam", age="adult", money_sent="no")
    photo = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    data = {"question": "evidence", "files": photo} | button
    response = reporter.client.post(reporter.url("step", number=reporter.draft.number_of("evidence")), data)
    assert response.status_code == 303
    assert Evidence.objects.count() == 1
