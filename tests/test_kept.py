"""Parts of a page that are made once in some seconds: for whom they are the same, and what they cannot see."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from safetycenter import memory, wording

MADE_ONCE = "{% load kept %}{% kept easy=easy cards=cards %}{{ easy }}{{ cards.made }}{{ LANGUAGE }}{% endkept %}"


class Cards:
    """A list that counts how often a page asked for it."""

    def __init__(self):
        self.times = 0

    @property
    def made(self):
        self.times += 1
        return ""


@pytest.fixture(autouse=True)
def kept_for_a_minute(monkeypatch):
    monkeypatch.setattr(memory, "CACHE_SECONDS", 60)


def test_kept_part_is_made_once_for_the_same_values():
    cards, page = Cards(), Template(MADE_ONCE)
    for easy in (True, True, False, True):
        assert page.render(Context({"easy": easy, "cards": cards})) == str(easy)
    assert cards.times == 2


def test_kept_part_is_made_again_for_another_list():
    first, second, page = Cards(), Cards(), Template(MADE_ONCE)
    for cards in (first, second):
        page.render(Context({"cards": cards}))
    assert (first.times, second.times) == (1, 1)


def test_kept_part_is_made_for_each_language_and_wording():
    cards, page = Cards(), Template(MADE_ONCE)
    for language, words in (("id", wording.ORDINARY), ("en", wording.ORDINARY), ("id", wording.Wording(easy=True))):
        with translation.override(language), wording.use(words):
            page.render(Context({"cards": cards}))
    assert cards.times == 3


def test_kept_part_is_dropped_with_everything_that_is_remembered():
    cards, page = Cards(), Template(MADE_ONCE)
    page.render(Context({"cards": cards}))
    memory.clear()
    page.render(Context({"cards": cards}))
    assert cards.times == 2


def test_kept_part_sees_no_value_of_one_visitor(rf):
    facts = {"request": rf.get("/rahasia/"), "csrf_token": "bukan-untukmu", "words": "Aku takut", "SITE_NAME": "Situs"}
    page = Template(
        "{% load kept %}{% kept %}{{ SITE_NAME }}{% csrf_token %}{{ words }}{{ request.path }}{% endkept %}"
    )
    assert page.render(Context(facts)) == "Situs"


def test_kept_part_takes_values_with_names_only():
    with pytest.raises(TemplateSyntaxError):
        Template("{% load kept %}{% kept words %}{% endkept %}")
