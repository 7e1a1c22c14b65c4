"""The form, step by step: nothing typed is lost, nothing half-stored, one case however often it is sent."""

import re
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from reports.intake.submit import submit
from reports.models import Case, Evidence, SealedSession
from tests.reports.evidence.uploads import picture

from .reporter import Reporter, landed, told

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_report_becomes_one_case_with_a_code(reporter):
    response = told(reporter).send()
    assert (response.status_code, response.url) == (303, reporter.url("code"))
    page = reporter.client.get(reporter.url("code")).content.decode()
    case = Case.objects.get()
    assert case.display_reference in page
    assert (case.category_id, case.age_band, case.state) == ("cyberbullying", "16_17", "received")


def test_sending_twice_makes_one_case_and_shows_the_same_code(reporter):
    told(reporter)
    number = reporter.draft.check_number
    reporter.client.post(reporter.url("step", number=number))
    first = reporter.client.get(reporter.url("code")).content
    reporter.client.post(reporter.url("step", number=number))
    assert Case.objects.count() == 1
    assert Case.objects.get().display_reference.encode() in reporter.client.get(reporter.url("code")).content
    assert Case.objects.get().display_reference.encode() in first


def test_code_stays_until_the_reporter_goes_on(reporter):
    told(reporter).send()
    assert reporter.client.get(reporter.url("code")).status_code == 200
    assert reporter.client.get(reporter.url("code")).status_code == 200
    reporter.client.post(reporter.url("code"), {"retyped": ""})
    assert reporter.client.get(reporter.url("code")).url == reporter.url("done")
    assert Case.objects.get().display_reference in reporter.client.get(reporter.url("done")).content.decode()


@pytest.mark.slow
def test_restart_keeps_an_unconfirmed_code(reporter):
    told(reporter).send()
    assert reporter.client.post(reporter.url("ask_safety"), {"safety": "safe"}).url == reporter.url("code")
    assert Case.objects.get().display_reference in reporter.client.get(reporter.url("code")).content.decode()


def test_starting_again_throws_away_the_files_of_the_old_draft(reporter, settings):
    reporter.tell(about="me", category="scam", age="adult", money_sent="no")
    assert _takes(reporter)
    reporter.begin()
    assert [path for path in Path(settings.EVIDENCE_DIR).rglob("*") if path.is_file()] == []


@pytest.mark.slow
def test_choice_about_the_code_that_comes_too_late_is_said(reporter):
    told(reporter).send()
    SealedSession.objects.all().delete()
    assert reporter.client.post(reporter.url("code"), {"cannot_keep": "1"}).status_code == 410
    assert not Case.objects.get().unreachable


def test_after_sending_only_the_code_can_be_renewed(reporter):
    told(reporter).send()
    session = reporter.draft_session
    assert (session.keyring, session.row.wrapped, session.row.answers) == (None, {}, None)
    assert set(session.data) == {"kind", "case", "reference", "secret", "opener", "help", "wording", "more"}
    reporter.client.post(reporter.url("code"))
    once = {"opener", "secret", "reference"}  # gone with a new code, "Finish" and the exit (H6)
    assert set(reporter.draft_session.data) == {"kind", "case", "help", "wording", "more", "code"} | once


@pytest.mark.safety("H22")
def test_wrong_retyping_keeps_the_code(reporter):
    told(reporter).send()
    page = landed(reporter, reporter.client.post(reporter.url("code"), {"retyped": "AAAA-BBBB"}))
    assert Case.objects.get().display_reference in page
    assert 'class="error-summary"' in page
    assert "AAAA-BBBB" not in page


@pytest.mark.safety("H22")
def test_unreachable_reporter_is_not_waited_for(reporter):
    told(reporter).send()
    reporter.client.post(reporter.url("code"), {"cannot_keep": "1"})
    assert Case.objects.get().unreachable


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", ["id", "en"])
def test_empty_answer_to_a_needed_question_is_said_beside_it(language):
    reporter = Reporter(language)
    reporter.begin()
    page = landed(reporter, reporter.answer(2, questions="about age"))
    assert 'class="error-summary"' in page
    assert "field has-error" in page


def test_too_many_words_are_kept_and_said(reporter):
    reporter.tell(about="me", category="cyberbullying")
    number = reporter.draft.number_of("words")
    page = landed(reporter, reporter.answer(number, question="words", answer="kata " * 300))
    assert "kata kata" in page
    assert "1000" in page
    assert "words" not in reporter.draft.answers


def test_answer_of_the_wrong_kind_is_refused(reporter):
    assert 'class="error-summary"' in landed(reporter, reporter.answer(2, questions="about age", who="not-a-choice"))
    assert "about" not in reporter.draft.answers


def test_report_without_a_story_is_not_sent_and_says_why(reporter):
    reporter.tell(about="me")
    page = landed(reporter, reporter.send())
    assert Case.objects.count() == 0
    assert '<li><a href="#id_answer">' in page
    assert page.count("Beri tahu satu hal") >= 2  # in the summary and beside the field


def test_second_tab_answers_the_question_it_showed(reporter):
    reporter.tell(about="me", category="scam")
    reporter.answer(3, question="about", answer="my_child")
    assert reporter.draft.answers["about"] == "my_child"
    assert reporter.draft.answers["category"] == "scam"


def test_going_back_shows_what_was_answered(reporter):
    reporter.tell(about="me")
    page = reporter.client.get(reporter.url("step", number=2)).content.decode()
    assert page.count('aria-current="true"') == 1


def test_expired_draft_gives_back_what_was_just_typed(reporter):
    SealedSession.objects.all().delete()
    response = reporter.answer(5, question="words", answer="Ini cerita yang baru saja aku tulis.")
    assert response.status_code == 410
    assert "Ini cerita yang baru saja aku tulis." in response.content.decode()
    assert "IGD" in reporter.answer(5, question="words", answer="aku mau mati").content.decode()
    assert Case.objects.count() == 0


@pytest.mark.slow
def test_start_page_never_hints_at_a_draft(reporter):
    told(reporter)
    stranger = Client().get(reporter.url("start")).content
    same_phone = reporter.client.get(reporter.url("start")).content

    def plain(page):
        return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", page)

    assert plain(stranger) == plain(same_phone)


def test_deleting_leaves_nothing_and_back_shows_nothing(reporter):
    told(reporter)
    response = reporter.client.post(reporter.url("leave"), headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 303
    assert SealedSession.objects.count() == 0
    assert reporter.client.get(reporter.url("step", number=3)).status_code == 410


def test_leave_request_of_another_site_is_ignored(reporter):
    response = reporter.client.post(reporter.url("leave"), headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 303
    assert reporter.client.cookies["session"].value
    assert SealedSession.objects.count() == 1


def test_leaving_works_when_the_database_does_not(reporter, monkeypatch):
    def broken(request):
        raise OperationalError

    monkeypatch.setattr("reports.crypto.sealed_session.from_request", broken)
    response = reporter.client.post(reporter.url("leave"), headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 303
    assert not reporter.client.cookies["session"].value


def test_changing_the_language_keeps_the_draft(reporter):
    told(reporter)
    reporter.language = "en"
    page = reporter.client.get(reporter.url("step", number=reporter.draft.check_number)).content.decode()
    assert "What happened? One sentence is fine" in page
    assert "Mereka mengejek aku." in page


@pytest.mark.sampled(3)
@pytest.mark.safety("H3")
@pytest.mark.parametrize("safety", ["danger", "self_harm", "other_in_danger", "unsure"])
def test_each_safety_answer_has_a_page_with_chat_first(safety):
    reporter = Reporter()
    response = reporter.client.post(reporter.url("ask_safety"), {"safety": safety}, follow=True)
    page = response.content.decode()
    assert page.index("wa.me") < page.index('method="post">')


@pytest.mark.safety("H5")
def test_words_about_dying_show_help_once_and_raise_the_case(reporter):
    reporter.tell(about="me", category="cyberbullying", age="16_17")
    response = reporter.answer(reporter.draft.number_of("words"), question="words", answer="aku mau mati aja")
    assert response.url == reporter.url("help_page")
    assert "119" in reporter.client.get(reporter.url("help_page")).content.decode()
    reporter.client.post(reporter.url("help_page"))
    assert reporter.send().url == reporter.url("code")
    case = Case.objects.get()
    assert (case.tier, case.risk_flag) == (0, True)


def test_scam_with_money_sent_shows_the_bank_first(reporter):
    reporter.tell(about="me", category="scam")
    response = reporter.answer(reporter.draft.number_of("money_sent"), question="money_sent", answer="yes_24h")
    assert response.url == reporter.url("help_page")


def test_grooming_is_for_child_safety_only(reporter):
    reporter.tell(about="me", category="grooming", age="13_15", words="Dia minta bertemu.").send()
    case = Case.objects.get()
    assert (case.restricted, case.staff_audience) == (True, "child_safety")


def test_every_page_is_no_store_with_neutral_title(reporter):
    told(reporter)
    for number in range(1, reporter.draft.check_number + 1):
        response = reporter.client.get(reporter.url("step", number=number))
        title = response.content.decode().split("<title>")[1].split("</title>")[0]
        assert "no-store" in response.headers["Cache-Control"]
        assert "undung" not in title
        assert "cyberbullying" not in response.request["PATH_INFO"]


@pytest.mark.safety("H19")
def test_suspected_bot_is_quarantined_and_never_dropped(reporter):
    reporter.tell(about="me", category="scam", age="adult", words="Beli pengikut murah.", money_sent="no")
    reporter.client.post(reporter.url("step", number=reporter.draft.check_number), {"website": "http://spam"})
    assert Case.objects.get().state == "quarantined"


@pytest.mark.safety("H19")
def test_child_report_is_never_quarantined(reporter):
    reporter.tell(about="me", category="cyberbullying", age="13_15", words="Mereka mengejek aku.")
    reporter.client.post(reporter.url("step", number=reporter.draft.check_number), {"website": "autofill"})
    assert Case.objects.get().state == "received"


@pytest.mark.logs_errors
def test_request_that_is_too_large_is_answered_in_words(reporter, monkeypatch):
    monkeypatch.setattr(site, "DEBUG", False)
    response = reporter.answer(5, question="words", answer="x" * 300_000)
    assert response.status_code == 400
    page = response.content.decode()
    assert 'class="lead"' in page
    assert ('class="quick-exit"' in page, "img/neutral" in page, "<title>Halamanmu " in page) == (True, True, True)
    assert reporter.draft.answers == {"safety": "safe"}


def test_oversized_files_are_refused_and_leave_nothing(reporter, settings):
    reporter.tell(about="me", category="scam", age="adult", money_sent="no")
    number = reporter.draft.number_of("evidence")
    large = SimpleUploadedFile("x.txt", b"x" * (settings.FILE_MB * 1024 * 1024 + 1), "text/plain")
    response = reporter.client.post(reporter.url("step", number=number), {"question": "evidence", "files": large})
    assert 'class="error-summary"' in landed(reporter, response)
    assert [path for path in Path(settings.EVIDENCE_DIR).rglob("*") if path.is_file()] == []
    assert reporter.draft.answers["category"] == "scam"


@pytest.mark.sampled(7)
@pytest.mark.safety("K7")
@pytest.mark.parametrize("category", ["csam", "child_exploitation", "grooming", "sextortion", "ncii"])
@pytest.mark.parametrize("age", ["13_15", "adult", "unknown"])
def test_no_file_can_be_added_in_child_sexual_and_image_matters(reporter, category, age, settings):
    """Not offered, and refused when it is sent all the same: not even a hash stays."""
    reporter.tell(about="me", category=category)
    if reporter.draft.number_of("age"):
        reporter.tell(age=age)
    assert reporter.draft.number_of("evidence") is None
    photo = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    for number in range(2, reporter.draft.check_number):
        reporter.client.post(reporter.url("step", number=number), {"files": photo})
    assert [path for path in Path(settings.EVIDENCE_DIR).rglob("*") if path.is_file()] == []
    assert not Evidence.objects.exists()


@pytest.mark.safety("H14")
def test_pictures_of_a_minor_need_the_answer_no(reporter):
    reporter.tell(about="me", category="cyberbullying", age="16_17", evidence_sexual_check="unsure")
    assert reporter.draft.number_of("evidence") is None or not _takes(reporter)
    reporter.tell(evidence_sexual_check="no")
    assert _takes(reporter)


def test_picture_goes_when_the_category_forbids_it_later(reporter, settings):
    reporter.tell(about="me", category="scam", age="adult", money_sent="no")
    assert _takes(reporter)
    reporter.tell(category="sextortion")
    assert not Evidence.objects.exists()
    assert [path for path in Path(settings.EVIDENCE_DIR).rglob("*") if path.is_file()] == []
    assert reporter.tell(threats_now="yes").send().url == reporter.url("code")


@pytest.mark.slow
def test_picture_goes_when_the_answer_about_it_is_changed(reporter):
    reporter.tell(about="me", category="cyberbullying", age="16_17", evidence_sexual_check="no")
    assert _takes(reporter)
    reporter.tell(evidence_sexual_check="yes")
    assert not Evidence.objects.exists()


@pytest.mark.safety("H14")
def test_strictest_category_ever_chosen_decides_about_files(reporter):
    reporter.tell(about="me", category="sextortion")
    reporter.tell(category="cyberbullying", age="adult", words="Mereka mengejek aku.")
    assert reporter.draft.number_of("evidence") is None
    photo = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    reporter.client.post(reporter.url("step", number=5), {"question": "evidence", "files": photo})
    assert not Evidence.objects.exists()
    reporter.send()
    assert Case.objects.get().files_forbidden


@pytest.mark.slow
def test_forbidden_file_that_was_left_is_not_filed(reporter):
    reporter.tell(about="me", category="cyberbullying", age="adult", own_image="no", words="Mereka mengejek aku.")
    assert _takes(reporter)
    draft = reporter.draft
    draft.answers["own_image"] = "yes"
    submit(draft)
    assert Case.objects.count() == 1
    assert not Evidence.objects.exists()


def _takes(reporter) -> bool:
    photo = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    number = reporter.draft.number_of("evidence")
    reporter.client.post(reporter.url("step", number=number), {"question": "evidence", "files": photo})
    return Evidence.objects.exists()


@pytest.mark.parametrize(
    ("story", "key", "value", "page"),
    [
        ({"category": "scam"}, "money_sent", "yes_week", "money"),
        ({"category": "csam", "age": "unknown"}, "whose_picture", "other", "link_only"),
        ({"category": "sextortion", "whose_picture": "me"}, "age", "", "own_image_minor"),
        ({"category": "ncii", "age": "adult", "whose_picture": "me"}, "picture_minor", "no", "own_image_adult"),
        ({"category": "grooming", "age": "13_15"}, "meeting", "soon", "meeting"),
        ({}, "category", "threats_stalking", "tracked"),
        ({"category": "scam", "money_sent": "no", "age": "adult"}, "loan_collector", "threatens", "loan"),
        ({"category": "sexual_harassment"}, "age", "adult", "legal"),
        ({"category": "self_harm", "age": "16_17"}, "whose_life", "friend", "friend"),
        ({"category": "self_harm", "age": "16_17"}, "whose_life", "me", "life"),
        ({"category": "cyberbullying", "age": "16_17"}, "evidence_sexual_check", "yes", "no_picture"),
        ({"category": "sextortion", "age": "13_15"}, "whose_picture", "unknown", "picture_of_another"),
        ({"category": "scam", "age": "adult"}, "words", "dia mau bunuh aku", "threatened"),
    ],
)
@pytest.mark.sampled(6)
def test_each_answer_that_calls_for_help_gets_its_page_once(reporter, story, key, value, page):
    from reports.intake.help_pages import HELP_PAGES

    reporter.tell(about="me", **story)
    if reporter.draft.session.data["help"] != page:
        reporter.leave_help()
    number = reporter.draft.number_of(key)
    data = {"question": key, "answer": value} if value else {"question": key, "skip": "1"}
    help_page = reporter.url("help_page")
    for _tap in range(2):  # what an unsteady hand sends twice ends at the help as well
        assert reporter.client.post(reporter.url("step", number=number), data).url == help_page
        assert reporter.draft.session.data["help"] == page
    assert page in dict(HELP_PAGES)
    assert reporter.client.get(help_page).status_code == 200
    reporter.client.post(help_page)
    assert page in reporter.draft.session.data["shown"]
    assert reporter.client.post(reporter.url("step", number=number), data).url != help_page


@pytest.mark.slow
def test_every_page_of_help_can_be_drawn_in_both_languages(reporter):
    from reports.intake.help_pages import HELP_PAGES

    for name, _calls in HELP_PAGES:
        for language in ("id", "en"):
            session = reporter.draft_session
            session.data["help"] = name
            session.save()
            reporter.language = language
            assert "<h1>" in reporter.client.get(reporter.url("help_page")).content.decode()
