"""The shipped content and the code agree: addresses, topics, the cleaner, numbers that become links.

What the texts themselves must say is checked by ``make check-content`` (tools/check_content).
"""

import re
import tomllib

import pytest
from django.conf import settings
from django.urls import resolve
from django.utils.html import strip_tags
from django.utils.translation import override

from education.models import Channel, Helpline
from education.rendering import rich_text
from education.rendering.phone_links import linker_of
from education.starter import files
from education.urls_for import page_name

LANGUAGES = ("id", "en")
RICH_TEXTS = {"guides": ("body", "easy"), "pages": ("body",), "news": ("body",), "lessons": ("body", "handout")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fixed_page_is_reached_by_the_slug_of_its_file(language):
    slugs = {page["key"]: page[language]["slug"] for page in files.items("pages")}
    with override(language):
        reached = {key: resolve(f"/{language}/{slug}/").view_name for key, slug in slugs.items()}
    assert reached == {key: page_name(key) for key in slugs}


@pytest.mark.parametrize("kind", RICH_TEXTS)
def test_cleaner_keeps_every_shipped_text(kind):
    texts = [
        item[language][field].strip()
        for item in files.items(kind)
        for language in LANGUAGES
        for field in RICH_TEXTS[kind]
        if field in item[language]
    ]
    assert [text[:80] for text in texts if shape(rich_text.clean(text)) != shape(text)] == []


def shape(text: str) -> tuple[list[str], int]:
    """The words of a text, and the number of its tags."""
    return strip_tags(text).replace("’", "'").split(), text.count("<")


def test_topics_of_report_categories_exist():
    path = settings.BASE_DIR / "reports" / "starter" / "categories.toml"
    categories = tomllib.loads(path.read_text())["categories"]
    assert {category["topic"] for category in categories} <= {topic["key"] for topic in files.items("topics")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.django_db
def test_where_a_tap_calls_sapa_another_opens_the_chat(language):
    link = linker_of(
        Channel(helpline=Helpline(**files.columns(line, files.HELPLINE)), **files.columns(way, files.CHANNEL))
        for line in files.items("helplines")
        for way in line["channels"]
    )
    blocks = [re.split(r"</(?:p|li|blockquote)>", link(guide[language]["body"])) for guide in files.items("guides")]
    calls = [block for guide in blocks for block in guide if 'href="tel:129"' in block]
    assert calls
    assert [block for block in calls if "wa.me/628111129129" not in block] == []
