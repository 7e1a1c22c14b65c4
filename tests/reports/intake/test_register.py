"""One register on a page: *kamu* and *aku* for people who may be young, *Anda* and *saya* for parents and teachers."""

import pytest

from reports.models import Case
from reports.questions import QUESTIONS
from reports.questions.category import DECLARED
from tests.database import undone

from .walk import TO_ADULTS, TO_THE_YOUNG, Walk, found

# The picture and the life are the child's: help with the reporter's own speaks to that person as to everyone.
OF_THE_CHILD = {"whose_picture": "other", "whose_life": "friend"}
VOICES = [choice.key for choice in QUESTIONS["about"].choices]


def place(about: str, category: str) -> int:
    """Whether a walk takes the first answers (0) or the last (-1): in turns, so each category is walked with both."""
    return -((VOICES.index(about) + [*DECLARED].index(category)) % 2)


@pytest.mark.parametrize(("about", "category"), [("my_child", "sextortion"), ("my_student", "offline_harm")])
def test_adult_for_a_child_reads_only_formal_pages(demo, about, category):
    assert not found(TO_THE_YOUNG, Walk(about, category, **OF_THE_CHILD).through())


@pytest.mark.parametrize(
    ("category", "given", "page"),
    [
        ("ncii", {"whose_picture": "me", "picture_minor": "yes"}, "own_image_minor"),
        ("sextortion", {"whose_picture": "me", "picture_minor": "no", "age": "adult"}, "own_image_adult"),
        ("self_harm", {"whose_life": "me"}, "life"),
    ],
)
def test_adult_whose_own_picture_or_life_it_is_reads_formal_help(demo, category, given, page):
    pages = Walk("my_child", category, **given).through()
    assert page in {name.split()[-1] for name in pages}
    assert not found(TO_THE_YOUNG, pages)


def test_teen_reads_no_formal_page(demo):
    assert not found(TO_ADULTS, Walk("me", "cyberbullying", age="13_15").through())


@pytest.mark.slow
@pytest.mark.sampled(3)
@pytest.mark.parametrize("category", DECLARED)
@pytest.mark.parametrize("about", ["my_child", "my_student"])
def test_every_page_for_a_child_is_formal(demo, about, category):
    assert not found(TO_THE_YOUNG, Walk(about, category, place(about, category), **OF_THE_CHILD).through())


@pytest.mark.slow
@pytest.mark.sampled(3)
@pytest.mark.parametrize("category", DECLARED)
@pytest.mark.parametrize("about", ["me", "friend", "stranger", "public_post", "my_own_doing"])
def test_every_page_for_the_young_is_informal(demo, about, category):
    assert not found(TO_ADULTS, Walk(about, category, place(about, category)).through())


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("about", VOICES)
def test_every_voice_reports_a_category(demo, about, language):
    reports(about, [*DECLARED][VOICES.index(about)], language)


@pytest.mark.slow
@pytest.mark.parametrize("category", DECLARED)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_voice_reports_every_category(demo, remembered, category, language):
    for about in VOICES:
        with undone():
            reports(about, category, language)


def reports(about: str, category: str, language: str) -> None:
    """Walk the form, and return with the code."""
    pages = Walk(about, category, language=language, brief=True).through()
    assert {"code", "done", "visit"} <= {*pages}, about
    assert Case.objects.get().tier is not None, about


def test_parent_reads_of_the_child_in_the_names_of_the_groups(demo):
    pages = {about: Walk(about, "cyberbullying", language="en").through() for about in ("my_child", "me")}
    assert "A child is being bothered or threatened" in pages["my_child"]["category"]
    assert "I am being bothered or threatened" in pages["me"]["category"]
