"""The last page shows openly what one press answered: who and age, and what another choice would have protected."""

import re

import pytest

from reports.priority import is_restricted
from tests import launch_content

from .pages import finish, say_who
from .reporter import check_page, landed, skip_deciding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def shown_openly(page: str) -> str:
    """The words of the last page that are in no fold, the buttons with the name of the page that they open."""
    main = page.split("<main")[1].split("</main>")[0]
    main = re.sub(r"<details.*?</details>", "", main, flags=re.DOTALL)
    main = re.sub(r'<button[^>]* name="open" value="(\w+)">', r" [\1] ", main)
    return " ".join(re.sub(r"<span class=.visually-hidden.*?</span>|<[^>]+>", "", main, flags=re.DOTALL).split())


def change(reporter, key: str):
    """Press "Change" on the last page; return the answer of the server."""
    return finish(reporter, "", open=key)


@pytest.mark.safety("H14", "H28")
def test_boy_who_pressed_the_wrong_age_sees_it_changes_it_and_is_protected_again(reporter):
    launch_content.load(for_search=False)
    say_who(reporter, who="me:adult")
    reporter.tell(category="sextortion")
    skip_deciding(reporter)
    assert not is_restricted(reporter.draft.answers)
    assert "Tentang aku, 18+ tahun. [about] Ubah" in shown_openly(check_page(reporter))
    response = change(reporter, "about")
    assert re.search(r'value="me:adult"[^>]* aria-current="true"', landed(reporter, response))
    response = reporter.client.post(response.url, {"questions": "about age", "who": "me:13_15", "review": "1"})
    assert "Tentang aku, 13–15 tahun. [about] Ubah" in shown_openly(landed(reporter, response))
    finish(reporter, "Dia mengancam.")
    assert reporter.filed().case.restricted


@pytest.mark.parametrize(
    ("language", "who", "line"),
    [
        ("id", "me:unknown", "Tentang aku, umur tidak disebut."),
        ("id", "my_child:under_13", "Tentang anak saya, di bawah 13 tahun."),
        ("id", "my_student:16_17", "Tentang murid saya, 16–17 tahun."),
        ("id", "friend:adult", "Tentang orang yang kukenal, 18+ tahun."),
        ("id", "stranger:unknown", "Tentang orang tak kukenal, umur tak diketahui."),
        ("id", "my_own_doing:16_17", "Tentang hal yang kulakukan, 16–17 tahun."),
        ("en", "my_child:13_15", "About my child, 13–15 years old."),
        ("en", "public_post:unknown", "About a public post, age unknown."),
    ],
)
def test_who_and_age_are_said_in_the_words_of_the_person(reporter, language, who, line):
    reporter.language = language
    say_who(reporter, who=who)
    reporter.tell(category="scam")
    assert f"{line} [about]" in shown_openly(check_page(reporter))


@pytest.mark.parametrize(("meeting", "is_open"), [("no", True), ("unknown", True), ("soon", False)])
def test_answer_that_calms_is_open(reporter, meeting, is_open):
    reporter.tell(about="me", age="adult", category="grooming", meeting=meeting)
    assert ("[meeting]" in shown_openly(check_page(reporter))) == is_open


@pytest.mark.safety("H3")
@pytest.mark.parametrize(("safety", "is_open"), [("safe", True), ("unsure", True), ("danger", False)])
def test_safety_is_open_where_another_answer_is_more_urgent(reporter, safety, is_open):
    reporter.begin(safety)
    reporter.tell(about="me", age="adult", category="scam")
    assert ("Aman sekarang: " in shown_openly(check_page(reporter))) == is_open


@pytest.mark.safety("H14")
@pytest.mark.parametrize(("category", "age", "is_open"), [("scam", "adult", True), ("grooming", "under_13", False)])
def test_category_is_open_where_another_would_be_read_sooner_or_by_fewer(reporter, category, age, is_open):
    reporter.tell(about="me", age=age, category=category)
    assert ("[category]" in shown_openly(check_page(reporter))) == is_open


@pytest.mark.safety("H25")
@pytest.mark.parametrize(("answer", "is_open"), [("no", True), ("unsure", True), ("yes", False)])
def test_answer_that_keeps_nobody_of_this_site_away_is_open(reporter, person, answer, is_open):
    person("outside-lead")
    reporter.tell(about="me", age="under_13", category="unsure")
    assert [question.key for question in reporter.draft.questions_at(4)] == ["staff_conflict"]
    reporter.tell(staff_conflict=answer)
    assert ("[staff_conflict]" in shown_openly(check_page(reporter))) == is_open


def test_fold_of_the_answers_does_not_repeat_what_is_open(reporter):
    page = check_page(reporter.tell(about="me", age="adult", category="grooming", meeting="no"))
    assert [page.count(f'name="open" value="{key}"') for key in ("about", "age", "meeting", "category")] == [1, 0, 1, 1]
