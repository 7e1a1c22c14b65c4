"""The pages of the short form: who and age in one choice, several questions on a page, the words beside "Send"."""

import re

import pytest

from reports.models import Case
from reports.questions.core import ABOUT
from tests.cast import sealed_answers

from .pages import STORY, finish, say_who
from .reporter import Reporter, check_page, landed, page_of

pytestmark = pytest.mark.django_db


@pytest.mark.safety("H14")
@pytest.mark.parametrize(
    ("fields", "about", "age"),
    [
        ({"who": "me:13_15", "age": "adult"}, "me", "13_15"),
        ({"who": "me:unknown"}, "me", "unknown"),
        ({"who": "my_child:under_13"}, "my_child", "under_13"),
        ({"who": "my_own_doing:16_17"}, "my_own_doing", "16_17"),
    ],
)
def test_one_choice_says_who_and_how_old(reporter, fields, about, age):
    assert say_who(reporter, **fields).status_code == 303
    assert (reporter.draft.answers["about"], reporter.draft.answers["age"]) == (about, age)


def test_every_row_of_ages_says_under_13(demo):
    someone = Reporter("en")
    someone.begin()
    page = page_of(someone, "about")
    assert (page.count("Under 13") >= 6, "Below 13" in page) == (True, False)


def test_age_of_another_person_is_asked_in_the_fold_of_that_person(reporter):
    page = page_of(reporter.tell(about="public_post", age="13_15"), "about")
    folds = page.split('<details class="disclosure choice-group"')[1:]
    assert [fold.count('<button class="choice sends" name="who"') for fold in folds] == [5] * 6
    asked = ["anak itu", "murid itu", *["orang yang mengalaminya"] * 4]
    assert all(f"Berapa umur {person}?" in fold for person, fold in zip(asked, folds, strict=True))
    assert str(ABOUT.choices[-1].hint) in folds[-1].split("<button")[0]
    assert [" open" in fold.split(">")[0] for fold in folds] == ['value="public_post:13_15"' in fold for fold in folds]


def test_person_without_an_age_is_refused_in_words(reporter):
    page = landed(reporter, say_who(reporter, who="public_post"))
    assert page.count("error-summary") >= 1
    assert "about" not in reporter.draft.answers


@pytest.mark.safety("H14")
def test_age_of_the_other_person_is_never_that_of_the_reporter(reporter):
    say_who(reporter, who="my_own_doing:adult")
    reporter.tell(category="self_harm")
    assert "age" not in reporter.draft.answers
    assert reporter.draft.next_new_number != 2


def test_each_group_of_categories_has_two_to_six(reporter):
    groups = page_of(reporter.tell(about="me"), "category").split('<details class="disclosure choice-group"')[1:]
    sizes = [group.split("</details>")[0].count('class="choice sends"') for group in groups]
    assert (len(sizes), min(sizes) >= 2, max(sizes) <= 6) == (4, True, True), sizes


@pytest.mark.parametrize("about", ["me", "my_child", "my_own_doing", "public_post"])
def test_wanting_to_die_is_in_no_fold_above_the_rest(reporter, about):
    page = page_of(reporter.tell(about=about), "category")
    folds = page.split('<details class="disclosure choice-group"')
    assert [at for at, part in enumerate(folds) if 'value="self_harm"' in part] == [3]
    assert 'value="self_harm"' in folds[3].split("</details>")[1]
    assert "Lainnya" in folds[4].split("</summary>")[0]
    assert folds[4].count('value="unsure"') == 1


@pytest.mark.safety("K1")
@pytest.mark.parametrize(("category", "count"), [("cyberbullying", 2), ("sextortion", 1)])
def test_empty_choice_that_decides_is_said_once(reporter, category, count):
    reporter.tell(about="me", age="16_17", category=category)
    number = reporter.draft.last_number
    asked = [question.key for question in reporter.draft.questions_at(number)]
    fields = {"questions" if count > 1 else "question": " ".join(asked)}
    page = landed(reporter, reporter.answer(number, **fields))
    assert (len(asked), page.count('class="error-summary"')) == (count, 1)
    assert "Belum ada yang dipilih." in page
    assert not {*asked} & {*reporter.draft.session.data["passed"]}
    assert reporter.answer(number, **fields).status_code == 303  # nobody is held up
    assert {*asked} <= {*reporter.draft.session.data["passed"]}


def test_each_answer_of_a_page_counts_by_itself(reporter):
    reporter.tell(about="me", age="16_17", category="cyberbullying")
    number = reporter.draft.number_of("own_image")
    page = landed(
        reporter,
        reporter.answer(
            number,
            questions="same_school own_image",
            **{"same_school-answer": "teacher", "own_image-answer": "perhaps"},
        ),
    )
    assert 'id="id_own_image-answer_error"' in page
    assert (reporter.draft.answers["same_school"], "own_image" in reporter.draft.answers) == ("teacher", False)


def test_page_of_another_window_loses_no_answer(reporter):
    reporter.tell(about="me", age="16_17", category="cyberbullying")
    number = reporter.draft.number_of("own_image")
    reporter.tell(category="scam")
    assert reporter.answer(number, questions="same_school", **{"same_school-answer": "teacher"}).status_code == 303
    assert reporter.draft.session.data["unfinished"] == {"same_school": "teacher"}


def test_words_beside_send_are_sent_with_it(reporter):
    reporter.tell(**STORY)
    assert finish(reporter, "Mereka mengejek aku.").url == reporter.url("code")
    assert sealed_answers(Case.objects.get())["words"] == "Mereka mengejek aku."


@pytest.mark.safety("K10")
def test_words_may_stay_empty_after_an_answer(reporter):
    reporter.tell(about="me", age="adult", category="threats_stalking", time_and_place="no")
    assert "Biarkan kosong" in check_page(reporter)
    assert finish(reporter, "").url == reporter.url("code")


@pytest.mark.parametrize("button", [{"open": "category"}, {"stay": "1"}, {"back": "1"}, {"language": "en"}, {}])
def test_words_on_the_last_page_are_kept_by_every_button(reporter, button):
    reporter.tell(**STORY)
    finish(reporter, "Belum selesai", **(button or {"nothing": "1"}))
    assert "Belum selesai" in check_page(reporter)
    assert not Case.objects.exists()


def test_last_page_of_another_window_is_shown_before_sending(reporter):
    reporter.tell(**STORY)
    number = reporter.draft.check_number
    reporter.tell(category="scam")
    response = reporter.answer(number, ending="words", answer="Aku ditipu.", send="1")
    assert response.url == reporter.url("step", number=reporter.draft.check_number)
    assert (Case.objects.count(), reporter.draft.answers["words"]) == (0, "Aku ditipu.")


@pytest.mark.safety("H5", "H28")
@pytest.mark.parametrize(("words", "shown"), [("aku mau mati", "119"), ("dia mau bunuh aku", "110")])
def test_words_of_danger_are_sent_at_once_and_help_comes_first(reporter, words, shown):
    reporter.tell(**STORY)
    response = finish(reporter, words)
    assert Case.objects.get().tier <= 1
    page = landed(reporter, response)
    assert ("Simpan kode ini" in page, shown in page, "Terkirim" in page) == (False, True, True)
    assert "Simpan kode ini" in landed(reporter, reporter.client.post(reporter.url("code"), {"help": "1"}))
    assert reporter.client.post(reporter.url("code")).url == reporter.url("done")


@pytest.mark.safety("H8")
def test_form_of_the_version_before_still_answers(reporter):
    """Its pages ask one question each, and its last page sends without a field for words."""
    for key, value in {"about": "me", "category": "scam", "money_sent": "no", "age": "adult"}.items():
        assert reporter.answer(2, question=key, answer=value).status_code == 303
    reporter.answer(7, question="words", answer="Aku ditipu.")
    assert reporter.answer(reporter.draft.check_number, send="1").url == reporter.url("code")
    assert sealed_answers(Case.objects.get())["words"] == "Aku ditipu."


@pytest.mark.safety("H3", "H16")
def test_tile_is_never_stored_as_safe(demo):
    reporter = Reporter()
    reporter.client.post(reporter.url("first_aid", number=14), headers={"Sec-Fetch-Site": "same-origin"})
    say_who(reporter, who="me:13_15")
    reporter.tell(threats_now="yes")
    assert (reporter.draft.answers.get("safety"), reporter.draft.question_of("category").part.name) == (None, "MORE")
    assert finish(reporter, "").url == reporter.url("code")
    assert Case.objects.get().tier == 0


@pytest.mark.parametrize("key", ["about", "own_image", "words"])
def test_forms_name_their_question_for_the_version_before(reporter, key):
    """Its nodes read only the field "question": they then ask again, or keep the words, instead of dropping them."""
    reporter.tell(about="me", age="16_17", category="cyberbullying")
    page = reporter.client.get(reporter.url("step", number=reporter.draft.number_of(key))).content.decode()
    assert key in page.split('name="question" value="')[1].split('"')[0].split()


AGES_SAID = [("under_13", ["Di bawah 13 tahun"]), ("adult", ["18+ tahun"]), ("unknown", [])]


def age_said(page: str) -> list[str]:
    return re.findall("<strong>(.*?)</strong>", page.split('class="progress"')[1].split("</p>")[0])


@pytest.mark.parametrize(("age", "said"), AGES_SAID)
def test_each_page_after_the_age_says_it(reporter, age, said):
    reporter.tell(about="me", age=age)
    assert age_said(page_of(reporter, "category")) == said
    assert age_said(page_of(reporter.tell(category="cyberbullying"), "own_image")) == said
    assert age_said(check_page(reporter)) == []  # there with "Change", in its own line


@pytest.mark.parametrize(("age", "said"), AGES_SAID)
def test_help_page_after_the_age_says_it(reporter, age, said):
    """Who pressed "Being hurt" reads help next."""
    reporter.client.post(reporter.url("first_aid", number=16), headers={"Sec-Fetch-Site": "same-origin"})
    page = reporter.client.get(say_who(reporter, who=f"me:{age}").url)
    assert (page.wsgi_request.path, age_said(page.text)) == (reporter.url("help_page"), said)


def test_money_is_asked_for_by_when_it_was_sent(reporter):
    """Who pressed "Money was sent" is not asked whether it was."""
    reporter.client.post(reporter.url("first_aid", number=15), headers={"Sec-Fetch-Site": "same-origin"})
    page = page_of(reporter.tell(safety="safe", about="me", age="adult"), "money_sent")
    assert "Kapan uang terkirim?" in page
    assert "Belum ada uang terkirim" in page
