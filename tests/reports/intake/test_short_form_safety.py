"""What the short form must not lose: deciding answers, words of dying, the code, and the age of the right person."""

import re

import pytest
from django.utils.html import escape

from education.help import help_for
from reports.models import Case
from reports.questions import QUESTIONS

from .pages import STORY, finish, say_who
from .reporter import Reporter, check_page, landed, skip_deciding

pytestmark = pytest.mark.django_db
CODE_TITLE = "Simpan kode ini"


def sent_with_words_of_dying(reporter) -> dict:
    """Send them; return the fields of the button on the page of help that comes before the code."""
    page = landed(reporter, finish(reporter.tell(**STORY), "aku mau mati"))
    return dict(re.findall(r'<button class="btn main" name="(\w+)" value="(\w+)">Lanjut ke kodemu', page))


@pytest.mark.safety("H5")
def test_double_tap_on_help_never_skips_the_code(reporter):
    button = sent_with_words_of_dying(reporter)
    assert button
    for _tap in range(2):
        assert reporter.client.post(reporter.url("code"), button).url == reporter.url("code")
    assert CODE_TITLE in reporter.client.get(reporter.url("code")).text


def test_more_time_keeps_the_help_before_the_code(reporter):
    sent_with_words_of_dying(reporter)
    response = reporter.client.post(reporter.url("code"), {"stay": "1"})
    assert "119" in landed(reporter, response)


@pytest.mark.safety("H14")
def test_age_of_the_reporter_is_not_offered_for_a_child(reporter):
    say_who(reporter, who="me:adult")
    page = reporter.client.get(reporter.url("step", number=2)).text
    marked = re.findall(r'value="([^"]*)"[^>]*aria-current', page)
    assert marked == ["me:adult"]


@pytest.mark.safety("H14")
def test_age_of_one_person_is_not_taken_for_the_next(reporter):
    say_who(reporter, who="my_child:16_17")
    say_who(reporter, who="friend")  # an age is in every button of the page
    assert (reporter.draft.answers["about"], reporter.draft.answers["age"]) == ("my_child", "16_17")
    say_who(reporter, who="friend:unknown")
    assert (reporter.draft.answers["about"], reporter.draft.answers["age"]) == ("friend", "unknown")


@pytest.mark.safety("H14")
def test_age_of_the_other_person_is_not_kept_as_that_of_a_life_at_risk(reporter):
    say_who(reporter, who="my_own_doing:adult")
    reporter.tell(category="self_harm")
    say_who(reporter, who="my_own_doing:adult")
    assert "age" not in reporter.draft.answers


@pytest.mark.safety("H5")
@pytest.mark.parametrize("words", ["aku mau mati " * 100, "aku mau mati"])
def test_words_of_dying_that_cannot_be_sent_yet_show_help(reporter, words):
    reporter.tell(**(STORY if len(words) > 1000 else {"category": "cyberbullying"}))
    assert finish(reporter, words).url == reporter.url("help_page")
    assert not Case.objects.exists()


@pytest.mark.safety("K1")
def test_answer_that_was_dropped_is_asked_again(reporter):
    reporter.tell(about="me", age="13_15", category="cyberbullying", same_school="teacher", own_image="no")
    reporter.tell(category="scam").tell(category="cyberbullying")
    assert reporter.draft.next_new_number == reporter.draft.number_of("same_school")


@pytest.mark.safety("K1")
def test_back_from_a_changed_category_leads_to_what_it_asks(reporter):
    reporter.tell(**STORY)
    reporter.tell(category="offline_harm")
    number = reporter.draft.number_of("category")
    back = reporter.answer(number, question="category", answer="offline_harm", back="1", review="1")
    assert back.url.startswith(reporter.url("step", number=reporter.draft.number_of("hurt_how")))


def test_who_cannot_write_is_led_to_a_question_and_keeps_the_words(reporter):
    reporter.tell(about="stranger", age="unknown", category="csam")
    key = re.search(r'name="open" value="(\w+)">Pilih', check_page(reporter))[1]
    response = finish(reporter, "Aku lihat", open=key)
    assert f'value="{key}"' in landed(reporter, response)
    reporter.tell(**{key: QUESTIONS[key].choices[0].key})
    assert finish(reporter, "").url == reporter.url("code")


@pytest.mark.safety("J9", "K10")
def test_who_found_a_picture_of_a_child_reads_what_to_do(reporter):
    reporter.tell(about="stranger", age="unknown", category="csam")
    assert reporter.draft.session.data["help"] == "link_only"


@pytest.mark.safety("J9")
@pytest.mark.parametrize(("about", "is_shown"), [("stranger", False), ("my_child", True)])
def test_who_began_with_that_first_aid_does_not_read_it_twice(demo, about, is_shown):
    writer = Reporter()
    writer.client.post(writer.url("first_aid", number=47), headers={"sec-fetch-site": "same-origin"})
    writer.tell(safety="safe", about=about, age="13_15")
    skip_deciding(writer)
    writer.leave_help()
    assert ("link_only" in writer.draft.session.data["shown"]) is is_shown


def test_blackmail_chosen_as_a_category_shows_its_help_once(demo):
    for number, expected in ((None, ["category:sextortion"]), (14, [])):
        reporter = Reporter()
        if number:
            reporter.client.post(reporter.url("first_aid", number=number), headers={"Sec-Fetch-Site": "same-origin"})
        else:
            reporter.begin()
        reporter.tell(about="me", age="13_15", **({} if number else {"category": "sextortion"}))
        reporter.leave_help()
        assert reporter.draft.session.data["shown"] == expected


# Chosen first by mistake, then chosen after "Back".
CORRECTED = [
    ("cyberbullying", "sextortion"),
    ("cyberbullying", "account_abuse"),
    ("grooming", "cyberbullying"),
    ("doxxing", "account_abuse"),
    ("cyberbullying", "grooming"),
    ("grooming", "doxxing"),
]


@pytest.mark.safety("K1")
@pytest.mark.parametrize(("wrong", "right"), CORRECTED)
def test_corrected_category_shows_its_help(reporter, wrong, right):
    say_who(reporter, who="me:13_15")
    reporter.tell(category=wrong).leave_help()
    page = landed(reporter, reporter.answer(3, question="category", answer=right))
    assert escape(help_for(right, "me", "id").title) in page


@pytest.mark.safety("K1")
def test_help_above_a_question_that_was_answered_before_gets_a_page(reporter):
    say_who(reporter, who="me:13_15")
    reporter.tell(category="grooming", meeting="no", close_to_child="no", own_image="no")
    changed = reporter.answer(3, question="category", answer="sexual_harassment", review="1")
    assert escape(help_for("sexual_harassment", "me", "id").title) in landed(reporter, changed)
    assert changed.url == reporter.url("help_page")


@pytest.mark.safety("H4")
def test_double_tap_on_the_button_of_help_skips_no_other_help(reporter):
    reporter.tell(about="me", age="16_17", category="self_harm")
    page = landed(reporter, reporter.answer(reporter.draft.last_number, question="whose_life", answer="me"))
    read = {"read": re.search(r'name="read" value="([\w:]+)"', page)[1]}
    assert read == {"read": "life"}
    session = reporter.draft_session
    session.data["help"] = "alone"  # the help that comes next
    session.save()
    assert reporter.client.post(reporter.url("help_page"), read).url == reporter.url("help_page")
    assert reporter.draft.session.data["help"] == "alone"


@pytest.mark.safety("H5")
def test_words_from_another_window_after_sending_are_shown_with_help(reporter):
    reporter.tell(**STORY)
    number = reporter.draft.check_number
    finish(reporter, "Mereka mengejek aku.")
    page = reporter.answer(number, ending="words", answer="aku mau mati", send="1")
    assert page.status_code == 409
    assert all(part in page.text for part in ("aku mau mati", "119", reporter.url("code")))


@pytest.mark.safety("H4")
def test_who_thinks_of_dying_may_skip_what_it_is_about(demo):
    reporter = Reporter()
    reporter.begin("self_harm")
    reporter.tell(about="me", age="16_17")
    number = reporter.draft.number_of("category")
    assert 'name="skip"' in reporter.client.get(reporter.url("step", number=number)).text
    reporter.answer(number, question="category", skip="1")
    assert "category" in reporter.draft.session.data["passed"]


def asked_before_sending(reporter) -> list[str]:
    """Walk the pages of a bullied person up to the last one, as a browser does; return the questions on them."""
    say_who(reporter, who="me:16_17")
    reporter.tell(category="cyberbullying").leave_help()
    seen, address = [], reporter.url("step", number=reporter.draft.next_new_number)
    while 'name="ending"' not in (page := reporter.client.get(address).text):
        keys = re.search(r'name="questions?" value="([\w ]+)"', page)[1]
        seen += keys.split()
        address = reporter.client.post(address, {"question": keys, "questions": keys, "skip": "1"}).url
    return seen


@pytest.mark.safety("H25")
@pytest.mark.parametrize("has_lead", [True, False])
def test_person_of_this_site_is_asked_for_where_somebody_outside_leads(reporter, person, has_lead):
    if has_lead:
        person("outside-lead")
    assert ("staff_conflict" in asked_before_sending(reporter)) is has_lead


@pytest.mark.safety("H25")
def test_person_of_this_site_told_before_sending_hides_the_case(reporter, person):
    person("outside-lead")
    asked_before_sending(reporter)
    finish(reporter.tell(staff_conflict="yes"), "Dia mengejekku.")
    assert Case.objects.get().withheld


@pytest.mark.safety("H18")
def test_link_to_a_grown_up_on_the_page_for_a_life_leads_back_to_the_draft(reporter):
    page = landed(reporter, reporter.client.post(reporter.url("ask_safety"), {"safety": "self_harm"}))
    assert ways_back_from_the_grown_up(reporter, page) == [reporter.url("step", number=1)]


@pytest.mark.safety("H18")
def test_link_to_a_grown_up_on_that_page_leads_back_to_what_is_added(reporter):
    reporter.client.post(reporter.url("first_aid", number=15), headers={"sec-fetch-site": "same-origin"})
    reporter.tell(about="me", age="13_15", category="scam", money_sent="no", words="Uangku hilang.").send()
    reporter.client.post(reporter.url("code"))
    reporter.client.post(reporter.url("more"), {"question": "safety", "answer": "self_harm"})
    page = reporter.client.get(reporter.url("more")).text
    assert ways_back_from_the_grown_up(reporter, page) == [reporter.url("more")]


def ways_back_from_the_grown_up(reporter, page: str) -> list[str]:
    """Follow each link to the page about a grown-up; return where its "Back" goes."""
    links = re.findall(rf'href="({reporter.url("first_aid", number=19)}[^"]*)"', page)
    return [re.search(r'class="back" href="([^"]+)"', reporter.client.get(link).text)[1] for link in links]
