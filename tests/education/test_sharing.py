"""Printed and shared texts name a way without speaking beside a call, and the limit of 112 (K3, A3)."""

import re

import pytest
from django.utils import translation

from education import urls_for
from education.helplines import selection
from education.models import Guide, Lesson
from education.views.sharing import MAX_CHAT_LENGTH, chat_text

from . import factory, starter_pages

pytestmark = pytest.mark.django_db
SAPA = "08111-129-129"
LIMIT = {"id": "di semua daerah", "en": "not in every district"}


def sheets(language: str):
    """Each helpline on each sheet that is printed: the sheets of guides, and those that pupils take home."""
    with translation.override(language):
        for guide in Guide.objects.published():
            text = starter_pages.page(urls_for.url_of_part("handout", guide, language)).text
            yield from re.findall(r'<div lang="\w+">\s*<dt>.*?</dd>', text, re.DOTALL)
        for lesson in Lesson.objects.published():
            text = starter_pages.page(urls_for.url_of(lesson, language)).text
            yield from re.findall(r'<li lang="\w+">\s*<strong>.*?</li>', text, re.DOTALL)


@pytest.mark.safety("K3", "A3")
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.sampled(2)
def test_printed_calls_have_a_text_channel_and_112_limit(starter, remembered, language):
    blocks = list(sheets(language))
    with translation.override(language):
        silent = [
            e.helpline.localized.name for _label, es in selection.directory_groups() for e in es if e.chat_instead
        ]
    assert sum(">112<" in block for block in blocks) >= 2
    for block in blocks:
        assert SAPA in block or not any(f">{name}<" in block for name in silent), block
        assert LIMIT[language] in block or ">112<" not in block, block


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", ["id", "en"])
def test_chat_text_names_one_text_channel(starter, language):
    with translation.override(language):
        for guide in Guide.objects.published().filter(sensitive=False):  # others have no text for a chat
            entries = selection.for_guide(guide)
            text = chat_text(guide, entries, urls_for.absolute(urls_for.canonical_path(guide, language)))
            assert len(text) <= MAX_CHAT_LENGTH
            help_lines = text.split("\n\n")[-2]
            assert not any(entry.chat_instead for entry in entries[:2]) or help_lines.count(SAPA) == 1, text


def test_chat_text_has_112_limit_and_a_text_channel():
    factory.helpline("darurat-112", "112", is_regional=True)
    factory.helpline("sapa-129", "wa:08222-129-129", emergency=True)
    with translation.override("id"):
        text = chat_text(factory.guide(), selection.by_slugs(["darurat-112"]), "https://example.org/")
    assert "112 (tidak ada di semua daerah)" in text
    assert "08222-129-129" in text
