"""The page after the code: the first steps, numbers that are open in danger, and what is folded otherwise."""

import re

import pytest
from django.utils.html import conditional_escape, escape

from education.help import help_for
from reports.questions.category import DECLARED
from tests.education import factory

from .adding import add
from .reporter import Reporter, skip_deciding, told

pytestmark = pytest.mark.django_db
NUMBERS = "<h2>Nomor bantuan</h2>"
GROOMED = {"about": "my_child", "category": "grooming", "age": "13_15"}


@pytest.fixture(autouse=True)
def form(categories, in_demo, remembered):
    """The form is open."""


def last_page(safety: str = "safe", **answers) -> str:
    """The last page of a report, after its help pages were read."""
    reporter = Reporter()
    reporter.begin(safety)
    reporter.tell(**answers)
    while reporter.draft_session.data["help"]:
        reporter.client.post(reporter.url("help_page"))
    skip_deciding(reporter)
    return after_sending(reporter)


def after_sending(reporter: Reporter) -> str:
    reporter.tell(words="Ini terjadi kemarin.").send()
    reporter.client.post(reporter.url("code"))
    return main_of(reporter, "done")


def main_of(reporter: Reporter, name: str, query: str = "") -> str:
    page = reporter.client.get(reporter.url(name) + query).text
    return page.split("<main", 1)[1].split("</main>")[0]


def begun_with(tile: int, query: str = "", **answers) -> Reporter:
    reporter = Reporter()
    reporter.client.post(reporter.url("first_aid", number=tile) + query, headers={"Sec-Fetch-Site": "same-origin"})
    return reporter.tell(**answers)


def test_last_page_opens_with_first_steps_that_were_not_read():
    page = last_page(about="my_child", category="scam", age="13_15")
    steps = page.split("<h2>Sampai saat itu</h2>")[1].split("</ol>")[0]
    assert all(conditional_escape(line) in steps for line in help_for("scam", "child", "id").lines)


@pytest.mark.parametrize("slug", ["grooming", "child_exploitation", "doxxing", "sexual_harassment"])
def test_first_steps_above_a_question_are_folded_on_the_last_page(slug):
    page = last_page(about="my_child", category=slug, age="13_15")
    assert ("Sampai saat itu" in page, "Langkah pertama" in page) == (False, True)


def test_first_steps_that_were_read_are_folded():
    page = last_page(about="me", category="cyberbullying", age="16_17", own_image="no")
    assert DECLARED["cyberbullying"].help_pages
    assert "Sampai saat itu" not in page
    assert f'href="{Reporter().url("sent_receipt")}"' in page
    assert escape(help_for("cyberbullying", "me", "id").lines[0]) in page.split("Langkah pertama")[1]


@pytest.mark.parametrize(("category", "about"), [("offline_harm", "my_student"), ("threats_stalking", "me")])
def test_first_steps_that_another_help_page_showed_are_folded(category, about):
    page = last_page("unsure", about=about, category=category, age="13_15")
    assert ("Sampai saat itu" in page, "Langkah pertama" in page) == (False, True)


@pytest.mark.safety("K14")
@pytest.mark.parametrize(("safety", "is_open"), [("safe", False), ("danger", True), ("other_in_danger", True)])
def test_numbers_are_open_only_in_danger(safety, is_open):
    page = last_page(safety, **GROOMED)
    shown = page.split(NUMBERS)[-1].split("<details")[0]
    assert (NUMBERS in page, "tel:110" in shown) == (is_open, is_open)


@pytest.mark.safety("H5")
def test_life_block_is_never_folded_after_blackmail():
    page = last_page(about="me", category="sextortion", age="13_15", threats_now="yes")
    before = page.split("Kalau kamu terpikir menyakiti diri")[0]
    assert before.count("<details") == before.count("</details>")


def test_mother_who_chose_blackmail_reads_what_a_parent_can_do():
    reporter = begun_with(14, about="my_child")
    page = reporter.client.get(reporter.url("help_page")).text
    assert escape(help_for("sextortion", "child", "id").title) in page


def test_boy_who_chose_blackmail_is_not_told_the_same_twice():
    assert begun_with(14, about="me", age="13_15").draft_session.data["help"] is None


@pytest.mark.safety("H18")
def test_child_who_is_not_sure_twice_reads_easy_words():
    """First aid has no easy version; in ordinary words it has said all this already, and nothing is said twice."""
    reporter = begun_with(18, "?easy=1", about="me", age="under_13", category="unsure")
    page = reporter.client.get(reporter.url("help_page")).text
    for told_again in ("Kamu boleh minta tolong walau", "Boleh aku cerita?", "ergi ke dekat orang lain", "tel:129"):
        assert told_again in page, told_again


@pytest.mark.safety("H16")
@pytest.mark.parametrize(("about", "told"), [("me", None), ("friend", "money")])
def test_help_with_money_is_not_shown_twice(about, told):
    reporter = begun_with(15, safety="safe", about=about, age="adult", money_sent="yes_24h")
    assert reporter.draft_session.data["help"] == told


def test_last_page_says_why_to_add_whose_picture_it_is():
    reporter = begun_with(14, about="me", age="13_15")
    skip_deciding(reporter)
    assert "Kamu ada di gambar itu?" in after_sending(reporter)
    assert "Kamu ada di gambar itu?" not in last_page(**GROOMED)


def test_code_page_opens_the_field_that_did_not_match(reporter):
    told(reporter).send()
    closed = main_of(reporter, "code")
    reporter.client.post(reporter.url("code"), {"retyped": "ABCD"})
    page = main_of(reporter, "code", "?again=1")
    fold = '<details class="disclosure" open><summary>Cek catatanku'
    assert (fold in closed, fold in page) == (False, True)


def test_numbers_open_when_danger_is_added_after_sending():
    reporter = begun_with(14, about="me", age="13_15")
    skip_deciding(reporter)
    assert NUMBERS not in after_sending(reporter)
    reporter.client.get(reporter.url("more"))
    reporter.client.post(reporter.url("more"), {"question": "safety", "answer": "danger"})
    assert NUMBERS in main_of(reporter, "done")


@pytest.mark.parametrize("about", ["me", "stranger", "public_post"])
def test_numbers_are_open_for_somebody_hurt_who_was_not_asked_about_danger(about):
    reporter = begun_with(16, about=about, age="13_15")
    skip_deciding(reporter)
    assert NUMBERS in after_sending(reporter)


def test_app_that_was_added_after_sending_is_offered():
    app = factory.platform(key="tiktok", name="TikTok")
    reporter = Reporter()
    reporter.begin()
    assert app.slug_ind not in after_sending(reporter.tell(about="me", category="cyberbullying", age="16_17"))
    add(reporter, "platform", "tiktok")
    assert f'href="/id/aplikasi/{app.slug_ind}/"' in main_of(reporter, "done")


def test_app_is_offered_by_its_part_for_under_16_unless_of_age():
    app = factory.platform(key="tiktok", name="TikTok")
    for age, part in (("13_15", "#a1"), ("unknown", "#a1"), ("16_17", ""), ("adult", "")):
        page = last_page(about="me", category="cyberbullying", age=age, platform="tiktok")
        assert re.findall(rf'href="/id/aplikasi/{app.slug_ind}/([^"]*)"', page) == [part], age
