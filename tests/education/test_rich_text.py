"""Which HTML editors and imports may use, and what remains of all other HTML."""

import html5lib
import pytest
from django.utils.translation import override

from education.models import Guide
from education.rendering import rich_text

from . import factory

HARMLESS = "<h2>A</h2><h3>B</h3><p>C <strong>d</strong> <em>e</em></p><ul><li>f</li></ul><ol><li>g</li></ol>"
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><circle/></svg>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:x">x</a>',
    '<p onclick="alert(1)">x</p>',
    '<p style="background:url(//evil.example)">x</p>',
    '<h2 id="s1" class="x">x</h2>',
    "<iframe src=//evil.example></iframe>",
    "<form action=//evil.example><input name=a><button>x</button></form>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<style>@import '//evil.example';</style>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<template><script>alert(1)</script></template>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<object data=x></object><embed src=x>",
    "<h2>a<script>x</script></h2>",
    "<p>a<p/onmouseover=alert(1)>b",
]
ALLOWED = {"h2", "h3", "p", "ul", "ol", "li", "strong", "em", "blockquote", "a", "br"}


def left(html: str) -> tuple[set[str], list[tuple[str, str]]]:
    """The tags of ``html`` and their attributes, as a browser reads them."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    elements = [element for element in tree.iter() if isinstance(element.tag, str) and element is not tree]
    return {e.tag for e in elements}, [pair for e in elements for pair in e.attrib.items()]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_sanitizer_removes_unsafe_html(payload):
    for html in (rich_text.clean(payload), rich_text.render(payload).html):
        tags, attributes = left(html)
        assert tags <= ALLOWED
        assert {name for name, _value in attributes} <= {"href", "rel", "id"}
        assert all(value.startswith(("https:", "mailto:", "tel:")) for name, value in attributes if name == "href")
        assert all(value.startswith("s") for name, value in attributes if name == "id")


def test_sanitizer_keeps_allowed_html():
    assert rich_text.clean(HARMLESS) == HARMLESS
    assert rich_text.clean('<p><a href="/id/bantuan/">x</a></p>') == (
        '<p><a href="/id/bantuan/" rel="noopener noreferrer">x</a></p>'
    )


def test_empty_paragraph_is_an_empty_text():
    assert rich_text.clean("<p></p>") == ""
    assert rich_text.clean("<p> <br></p>") == ""
    assert rich_text.clean(None) == ""


def test_headings_get_numbers_that_say_nothing():
    rendered = rich_text.render("<h2>Diancam <em>pakai</em> foto</h2><p>x</p><h2>Dua</h2>")
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
