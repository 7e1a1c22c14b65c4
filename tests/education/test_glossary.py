"""A glossary word is explained at its first occurrence only, without a link, a script or a wrong meaning."""

import re

import pytest
from django.conf import settings

from education.models import State, Term
from education.rendering import glossary
from education.starter import files

from . import factory

pytestmark = pytest.mark.django_db
SHOWN = re.compile(r'(?:<label class="word"><span>([^<]*)</span>)?<button[^>]* popovertarget="w\d+">([^<]*)</button>')


def shown(html: str, language: str = "id") -> list[str]:
    """The words that are marked in ``html``."""
    return [
        label + last for label, last in SHOWN.findall(glossary.mark_terms(html, glossary.explained_terms(), language))
    ]


@pytest.fixture
def words():
    factory.term(term_ind="kekerasan seksual", term_en="sexual violence")
    factory.term(term_ind="pemikatan (grooming)", term_en="grooming")
    factory.term(term_ind="SARA", term_en="SARA")
    slang = {"slang_ind": "judol\nslot", "explained": Term.Explained.SLANG}
    factory.term(term_ind="judi online", term_en="online loan app", **slang)


def test_first_use_opens_the_meaning_beside_it(words):
    html = glossary.mark_terms("<p>Soal grooming, lalu grooming lagi.</p>", glossary.explained_terms(), "id")
    ids = re.findall(r'<span class="meaning" id="(w\d+)" popover>', html)
    assert ids == ["w1"]
    assert html.count("<b>pemikatan (grooming)</b> <span>Arti.</span>") == 1
    assert "</span> lalu grooming lagi.</p>" in html


def test_term_and_punctuation_stay_on_one_line(words):
    html = glossary.mark_terms("<p>Dia dirayu (grooming), lalu diam.</p>", glossary.explained_terms(), "id")
    held = re.search(r'<span class="held">(.*?)</span>', html)[1]
    assert re.sub("<[^>]+>", "", held) == "(grooming),"


def test_term_of_several_words_makes_only_the_last_a_button(words):
    html = glossary.mark_terms("<p>Soal kekerasan seksual.</p>", glossary.explained_terms(), "id")
    button = '<button type="button" class="word" popovertarget="w1">seksual</button>'
    assert f'<label class="word"><span>kekerasan </span>{button}</label>' in html


def test_glossary_term_is_not_a_link(words):
    html = glossary.mark_terms("<p>Kekerasan seksual dan grooming.</p>", glossary.explained_terms(), "id")
    assert "href" not in html
    assert "kekerasan-seksual" not in html


def test_longest_word_wins_and_only_whole_words_count(words):
    factory.term(term_ind="kekerasan")
    assert shown("<p>Kekerasan seksual. Berkekerasan. Prakekerasan.</p>") == ["Kekerasan seksual"]


@pytest.mark.sampled(4)
@pytest.mark.parametrize("tag", ["h2", "h3", "blockquote", "a"])
def test_headings_links_and_quotes_are_left_alone(words, tag):
    assert shown(f"<{tag}>grooming <strong>judol</strong></{tag}>") == []
    assert shown(f"<{tag}>grooming</{tag}><p>grooming</p>") == ["grooming"]


def test_tags_and_attributes_are_not_marked(words):
    html = '<p><a href="https://x.id/?a=1&amp;grooming" rel="noopener noreferrer">di sini</a></p>'
    assert glossary.mark_terms(html, glossary.explained_terms(), "id") == html


@pytest.mark.slow
def test_abbreviation_is_not_a_name(words):
    assert shown("<p>Sara pulang.</p>") == []
    assert shown("<p>Soal SARA.</p>") == ["SARA"]


def test_slang_is_marked_only_where_an_editor_chose_so(words):
    factory.term(term_ind="persetujuan", slang_ind="izin")
    assert shown("<p>Tanpa izin, main judol.</p>") == ["judol"]


def test_english_words_may_stand_in_the_plural(words):
    assert shown("<p>Two online loan apps.</p>", "en")[0] == "online loan apps"


def test_words_that_are_not_explained_or_not_published_stay_text(words):
    factory.term(term_ind="bunuh diri", explained=Term.Explained.NO)
    factory.term(term_ind="doksing", state=State.DRAFT)
    assert shown("<p>bunuh diri, doksing</p>") == []


def test_meaning_cannot_bring_markup(words):
    factory.term(term_ind="aneh", definition_ind="<script>x</script>")
    assert "<script>" not in glossary.mark_terms("<p>aneh</p>", glossary.explained_terms(), "id")


def test_guide_a_page_and_a_lesson_explain_their_words(client, visit, words, there):
    body = {"body_ind": "<p>Tentang grooming.</p>"}
    factory.page("about", **body)
    answers = [
        visit(factory.guide(**body, sensitive=True)),
        visit(factory.lesson(**body)),
        client.get(there("education:about")),
    ]
    assert [SHOWN.findall(answer.text)[0][1] for answer in answers] == ["grooming"] * 3


def test_suicide_words_are_not_marked(starter):
    assert set(Term.objects.filter(explained=Term.Explained.NO).values_list("key", flat=True)) >= {
        "suicide",
        "self-harm",
    }


@pytest.mark.parametrize(
    ("text", "language"),
    [
        *(("Akun privat", "id"), ("nomor laporan", "id"), ("private account", "en"), ("report number", "en")),
        ("persetujuan orang kedua", "id"),
    ],
)
def test_homonym_of_a_glossary_word_is_not_marked(text, language):
    terms = [Term(pk=n, **files.columns(item, files.TERM)) for n, item in enumerate(files.items("glossary"))]
    terms = [term for term in terms if term.explained != Term.Explained.NO]
    html = f"<p>{text}</p>"
    assert glossary.mark_terms(html, terms, language) == html


def test_meaning_is_in_brackets_without_popover_support():
    css = (settings.BASE_DIR / "static/css/education.css").read_text()
    plain, _supported = css.split("@supports selector(:popover-open)")
    assert re.search(r'\.meaning::before {\s+content: " \("', plain)
    assert re.search(r'\.meaning::after {\s+content: "\)"', plain)
