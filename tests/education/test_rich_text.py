"""Which HTML editors and imports may use, and what remains of all other HTML."""

import re
from pathlib import Path

import django_prose_editor
import html5lib
import pytest
from django.conf import settings
from django.utils.translation import override

from education.admin import differences
from education.models import Guide
from education.rendering import boxes, marked_words, rich_text

from . import factory
from .payloads import PAYLOADS

HARMLESS = "<h2>A</h2><h3>B</h3><p>C <strong>d</strong> <em>e</em></p><ul><li>f</li></ul><ol><li>g</li></ol>"
ALLOWED = {"h2", "h3", "p", "ul", "ol", "li", "strong", "em", "blockquote", "a", "br", "figure", "img", "figcaption"}


def left(html: str) -> tuple[set[str], list[tuple[str, str]]]:
    """The tags of ``html`` and their attributes, as a browser reads them."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    elements = [element for element in tree.iter() if isinstance(element.tag, str) and element is not tree]
    return {e.tag for e in elements}, [pair for e in elements for pair in e.attrib.items()]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_sanitizer_removes_unsafe_html(payload):
    for html in (rich_text.clean(payload), rich_text.render(payload, "id").html):
        tags, attributes = left(html)
        assert tags <= ALLOWED
        assert {name for name, _value in attributes} <= {"href", "rel", "id", "data-file", "alt", "class"}
        assert all(value in {*boxes.BOXES, "steps", "box-name"} for name, value in attributes if name == "class")
        assert all(value.startswith(("https:", "mailto:", "tel:")) for name, value in attributes if name == "href")
        assert all(value.startswith("s") for name, value in attributes if name == "id")
        assert all(value == "7" for name, value in attributes if name == "data-file")


def test_sanitizer_keeps_allowed_html():
    assert rich_text.clean(HARMLESS) == HARMLESS
    assert rich_text.clean('<p><a href="/id/bantuan/">x</a></p>') == (
        '<p><a href="/id/bantuan/" rel="noopener noreferrer">x</a></p>'
    )


def test_class_stays_only_where_its_box_belongs():
    kept = '<p class="callout-tip">a</p><ol class="steps"><li>b</li></ol>'
    others = '<p class="steps">c</p><ol class="callout-tip"><li>d</li></ol><ul class="steps"><li>e</li></ul>'
    assert rich_text.clean(kept + others).count("class=") == 2
    assert rich_text.clean(kept) == kept


def test_box_has_its_name_in_the_language_of_the_text():
    html = '<p class="callout-say">a</p><p class="callout-say">b</p><p>c</p><p class="callout-say">d</p>'
    for language, name in {"id": "Contoh kalimat", "en": "Words you can use"}.items():
        with override("en"):
            shown = rich_text.render(html, language).html
        assert shown.count(f'<strong class="box-name">{name}</strong>') == 2  # neighbours are one box
    assert "box-name" not in rich_text.clean(rich_text.render(html, "id").html)


def test_comparison_says_that_a_box_or_steps_changed():
    plain, boxed = "<p>a</p><ol><li>b</li></ol>", '<p class="notice-alerts">a</p><ol class="steps"><li>b</li></ol>'
    assert not marked_words.is_same(plain, boxed)
    new = "".join(words for kind, words in differences.diff_pieces(plain, boxed) if kind == "new")
    assert all(part in new for part in ("[", "1)"))
    with override("id"):
        indonesian = marked_words.digest(boxed)
    with override("en"):
        assert marked_words.digest(boxed) == indonesian


def test_empty_paragraph_is_an_empty_text():
    assert rich_text.clean("<p></p>") == ""
    assert rich_text.clean("<p> <br></p>") == ""
    assert rich_text.clean(None) == ""


def test_headings_get_numbers_that_say_nothing():
    rendered = rich_text.render("<h2>Diancam <em>pakai</em> foto</h2><p>x</p><h2>Dua</h2>", "id")
    assert rendered.headings == (("s1", "Diancam pakai foto"), ("s2", "Dua"))
    assert '<h2 id="s1">Diancam <em>pakai</em> foto</h2>' in rendered.html


def test_words_are_counted_across_tags():
    html = "<h2>Satu dua</h2><p>tiga<strong>!</strong></p><ul><li>empat</li><li>lima</li></ul>"
    assert rich_text.word_count(html) == 5


@pytest.mark.django_db
def test_rich_text_is_sanitized_on_every_save(visit):
    dirty = "<p>Halo<script>alert(1)</script></p>"
    saved, updated = factory.guide(body_ind=dirty), factory.guide()
    assert Guide.objects.get(pk=saved.pk).body_ind == "<p>Halo</p>"
    Guide.objects.filter(pk=updated.pk).update(body_ind=dirty)
    for guide in (saved, updated):
        assert "<script>alert" not in visit(guide).text


@pytest.mark.django_db
def test_saving_in_english_keeps_the_translation_empty():
    guide = factory.guide(**factory.ONLY_INDONESIAN)
    with override("en"):
        guide.save()
    assert not Guide.objects.get(pk=guide.pk).text("body", "en")


@pytest.mark.django_db
def test_field_that_is_not_translated_is_empty():
    guide = factory.guide(**factory.ONLY_INDONESIAN)
    with override("en"):
        assert (guide.title, guide.localized.title) == ("", guide.title_ind)


def test_catalogue_for_the_editors_project_is_complete():
    """What is ready to be sent translates each text that the installed editor gives to ``gettext``."""
    package = Path(django_prose_editor.__file__).parent
    script = (package / "static/django_prose_editor/editor.js").read_text()
    name = re.search(r"(\w+)=window\.gettext\|\|", script)[1]
    asked = set(re.findall(rf'\b{name}\("([^"]+)"\)', script))
    ready = Path(settings.BASE_DIR, "docs/upstream/django-prose-editor/djangojs.po").read_text()
    translated = set(re.findall(r'^msgid "(.+)"\nmsgstr ".+"$', ready, re.MULTILINE))
    assert len(asked) > 20
    assert asked - translated == set()
