"""The order of the form's pages: short, never backward, and from the last page back to the last page."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reports.models import Case, Evidence
from reports.triage.case_view import CaseView
from tests.cast import sealed_answers
from tests.reports.evidence.uploads import picture

from .reporter import check_page, landed, page_of, press, skip_deciding, told

pytestmark = pytest.mark.django_db
STEP = re.compile(r"Langkah (\d+) dari (\d+)")


def change(reporter, key, answer):
    """Follow "Change" on the last page, and answer."""
    address = reporter.url("step", number=reporter.draft.number_of(key)) + "?review=1"
    row = "about" if key == "age" else key  # one row of the last page for both
    assert f'name="open" value="{row}"' in check_page(reporter)
    opened = press(reporter, "words", "", ending="words", open=row).url
    assert opened == address
    assert f'action="{address}"' in reporter.client.get(address).content.decode()
    return reporter.client.post(address, {"question": key, "answer": answer})


def address_of_the_last_page(reporter) -> str:
    return reporter.url("step", number=reporter.draft.check_number)


def test_progress_moves_with_every_screen(reporter):
    seen, address = [], reporter.url("step", number=2)
    for data in (
        {"questions": "about age", "who": "me:16_17"},
        {"question": "category", "answer": "scam"},
        {"questions": "money_sent picture_threat", "skip": "1"},
        {},
    ):
        seen.append(STEP.search(reporter.client.get(address).content.decode()).groups())
        address = reporter.client.post(address, data).url if data else ""
    # The code is the last step.
    assert seen == [("1", "5"), ("2", "5"), ("3", "5"), ("4", "5")]


def test_after_the_first_part_comes_the_last_page(reporter):
    reporter.tell(about="me", age="16_17", category="cyberbullying", own_image="no", same_school="no")
    number = reporter.draft.number_of("words")
    assert reporter.answer(number, question="words", answer="Halo.").url == address_of_the_last_page(reporter)


@pytest.mark.slow
def test_optional_questions_return_to_the_last_page(reporter):
    told(reporter)
    skip_deciding(reporter)
    assert change(reporter, "help_wanted", ["talk"]).url == address_of_the_last_page(reporter)
    assert reporter.draft.answers["help_wanted"] == ["talk"]


def test_change_leads_back_to_the_last_page(reporter):
    told(reporter)
    skip_deciding(reporter)
    assert change(reporter, "age", "13_15").url == address_of_the_last_page(reporter)


def test_back_returns_to_the_last_page(reporter):
    told(reporter)
    skip_deciding(reporter)
    address = reporter.url("step", number=reporter.draft.number_of("age")) + "?review=1"
    response = reporter.client.post(address, {"question": "age", "answer": "13_15", "back": "1"})
    assert response.url == address_of_the_last_page(reporter)
    assert reporter.draft.answers["age"] == "16_17"


def test_changed_category_asks_what_is_new_and_then_leads_back(reporter):
    told(reporter)
    skip_deciding(reporter)
    change(reporter, "category", "sextortion")
    response = change(reporter, "whose_picture", "me")
    reporter.client.post(reporter.url("help_page"))  # help with the picture comes first
    new = reporter.draft.number_of("threats_now")
    assert f"{reporter.url('step', number=new)}?review=1" in (response.url, _onward(reporter))
    for key in ("threats_now", "they_want"):
        number = reporter.draft.number_of(key)
        data = {"question": key, "skip": "1"}
        response = reporter.client.post(reporter.url("step", number=number) + "?review=1", data)
    assert response.url == address_of_the_last_page(reporter)


def _onward(reporter) -> str:
    facts = reporter.draft.session.data
    return reporter.url("step", number=facts["onward"]) + ("?review=1" if facts["returning"] else "")


def test_back_from_a_new_question_does_not_repeat_it(reporter):
    told(reporter)
    skip_deciding(reporter)
    reporter.tell(category="hate_extremism")
    address = reporter.url("step", number=reporter.draft.number_of("call_for_violence")) + "?review=1"
    reporter.client.post(address, {"question": "call_for_violence", "back": "1"})
    assert change(reporter, "age", "13_15").url == address_of_the_last_page(reporter)


def test_first_answer_can_be_changed_and_shows_its_page(reporter):
    told(reporter)
    assert change(reporter, "safety", "danger").url == reporter.url("step", number=1) + "?review=1"
    page = reporter.client.get(reporter.url("step", number=1)).content.decode()
    assert "110" in page
    skip_deciding(reporter)
    response = reporter.client.post(reporter.url("step", number=1) + "?review=1")
    assert response.url == address_of_the_last_page(reporter)
    assert reporter.draft.answers["safety"] == "danger"


def test_going_back_to_the_first_question_throws_no_answer_away(reporter):
    reporter.tell(about="me", category="cyberbullying")
    back = reporter.url("step", number=0)
    assert f'class="back" href="{back}"' in reporter.client.get(reporter.url("step", number=1)).content.decode()
    assert reporter.client.post(back, {"question": "safety", "answer": "unsure"}).url == reporter.url("step", number=1)
    assert reporter.client.post(reporter.url("step", number=1)).url == reporter.url("step", number=2)
    assert reporter.draft.answers == {"safety": "unsure", "about": "me", "category": "cyberbullying"}


def test_more_time_on_a_page_of_help_stays_there(reporter):
    reporter.tell(about="me", category="threats_stalking")
    assert reporter.client.get(reporter.url("help_page")).status_code == 200
    response = reporter.client.post(reporter.url("extend"), {"number": "4"})
    assert response.url == reporter.url("help_page") + "#kept"


def test_nudity_question_needs_a_file(reporter):
    told(reporter)
    page = check_page(reporter)
    check = reporter.url("step", number=reporter.draft.number_of("evidence_sexual_check"))
    assert page.count('value="evidence_sexual_check"') == 1  # only behind "Add" beside the files
    response = reporter.client.post(check + "?review=1", {"question": "evidence_sexual_check", "answer": "no"})
    assert response.url.startswith(reporter.url("step", number=reporter.draft.number_of("evidence")))


@pytest.mark.slow
def test_files_added_from_the_last_page_lead_back_to_it(reporter):
    reporter.tell(about="me", category="scam", age="adult", money_sent="no", words="Beli pengikut.")
    skip_deciding(reporter)
    photo = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    address = reporter.url("step", number=reporter.draft.number_of("evidence")) + "?review=1"
    response = reporter.client.post(address, {"question": "evidence", "files": photo})
    assert response.url == address_of_the_last_page(reporter)
    assert Evidence.objects.count() == 1


@pytest.mark.sampled(3)
@pytest.mark.parametrize("typed", ["K7QF-2M9X", "k7qf2m9x", " k7qf 2m9x ", "K7QF-2M9X-AAAA-BBBB-CCCC-DDDD"])
def test_old_report_number_accepts_spellings_but_no_secret(reporter, typed):
    press(reporter, "old_report", typed)
    assert reporter.draft.answers["old_report"] == "K7QF-2M9X"


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["12345", "aku lupa", "K7QF-2M9U"])
def test_invalid_report_number_is_refused_and_kept(reporter, typed):
    page = landed(reporter, press(reporter, "old_report", typed))
    assert "field has-error" in page
    assert typed in page
    assert "old_report" not in reporter.draft.answers


def test_old_report_number_grants_no_access(reporter, filed):
    known = press(reporter, "old_report", filed.case.display_reference)
    unknown = press(reporter, "old_report", "0000-0000")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    press(reporter, "old_report", filed.case.display_reference)
    assert filed.case.display_reference in check_page(reporter)
    assert "mengejek" not in check_page(reporter)


def test_staff_read_the_old_number_as_a_claim(reporter):
    told(reporter)
    press(reporter, "old_report", "K7QF-2M9X")
    reporter.send()
    case = Case.objects.get()
    assert sealed_answers(case)["old_report"] == "K7QF-2M9X"
    row = next(row for row in CaseView(case).facts() if row["key"] == "old_report")
    assert row["shown"] == "K7QF-2M9X"
    assert "belum terbukti" in str(row["title"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("about", "word"),
    [("me", "Kamu tidak harus"), ("my_child", "Dampingi"), ("my_student", "wali"), ("friend", "kamu bisa membantu")],
)
def test_help_about_a_meeting_speaks_to_whoever_reports(reporter, about, word):
    reporter.tell(about=about, category="grooming", age="13_15")
    press(reporter, "meeting", "soon")
    page = reporter.client.get(reporter.url("help_page")).content.decode()
    assert word in page
    assert ("Kamu tidak harus pergi" in page) is (about == "me")


@pytest.mark.safety("H22")
def test_paper_comes_before_copying_and_printing(reporter):
    told(reporter).send()
    page = reporter.client.get(reporter.url("code")).content.decode()
    assert page.index("kertas") < page.index('data-do="copy"') < page.index('data-do="print"')


def test_open_question_is_shown_again(reporter):
    reporter.tell(about="me", age="16_17", category="cyberbullying")
    page, number = reporter.draft._deciding_page, reporter.draft.next_new_number
    first = page[0]
    answer = {f"{first.key}-answer": first.choices[0].key}
    reporter.answer(number, questions=" ".join(question.key for question in page), stay="1", **answer)
    assert page_of(reporter, first.key).count(" checked") == 1


def test_lists_of_steps_mark_the_present_one(reporter):
    reporter.answer(questions="about age", who="me:16_17")
    page = reporter.client.get(reporter.url("step", number=3)).content.decode()
    rows = re.findall(r'<li class="(\w+)"( aria-current="step")?>([^<]+)</li>', page)
    assert [kind for kind, mark, _title in rows if mark] == ["now"]
    assert page.count('<i class="now">') == 1
    assert len(rows) == len(re.findall(r'<i class="\w+"></i>', page)) == 5
