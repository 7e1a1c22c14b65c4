"""Each topic and audience has its own drawing."""

import re

import pytest
from django.conf import settings

from education.starter import files
from education.templatetags.education import art

from . import factory

pytestmark = pytest.mark.django_db
KEYS = [item["key"] for kind in ("topics", "audiences") for item in files.items(kind)]


def head_of(text: str) -> str:
    """The head of a guide or topic."""
    return re.search(r'<header class="head">.*?</header>', text, re.DOTALL)[0]


@pytest.mark.parametrize("key", KEYS)
def test_every_topic_and_audience_has_a_drawing_of_its_own(key):
    assert (settings.BASE_DIR / f"templates/_partials/art/{key}.svg").exists()
    assert (settings.BASE_DIR / f"static/img/cards/{key}.png").exists()
    assert 'aria-hidden="true"' in art(key)


def test_new_topic_shows_the_logo_until_it_has_a_drawing():
    assert art("new-topic") == art("another")
    assert "<svg" in art("new-topic")


def test_guide_and_topic_show_the_drawing_of_the_topic(visit):
    topic = factory.topic("scams")
    for item in (factory.guide(topic=topic), topic):
        assert art("scams").strip() in head_of(visit(item).text)
