"""The easy-to-read versions keep their rules: short sentences, help at hand, nothing that the guide does not say."""

import re
from itertools import product

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override

from education.rendering import html_text, rich_text
from education.starter import files
from tests.education.content_rules import GUIDES, LANGUAGES, NEVER, leads_on

NEEDED = {
    2,
    3,
    5,
    6,
    7,
    9,
    12,
    16,
    21,
    22,
    24,
    25,
    26,
    27,
    28,
    31,
    32,
    33,
    34,
    36,
    37,
}  # what a frightened or weakly reading person needs most
EASY = {number for number, guide in GUIDES.items() if "easy" in guide["id"]}
MOST_WORDS, FAIR_WORDS = 12, 7
NOT_THE_PICTURE = {
    "id": r"[Jj]angan tangkap layar (gambar seksual|gambarnya)",
    "en": r"[Dd]on't screenshot (the |sexual )*(picture|it)",
}
ANYTHING_SENT = {"id": r"[Jj]angan kirim", "en": r"[Dd]on't send"}
both = pytest.mark.parametrize(("number", "language"), list(product(sorted(EASY), LANGUAGES)))


def easy(number: int, language: str) -> str:
    return GUIDES[number][language]["easy"]


def lines(number: int, language: str) -> list[str]:
    """Return its sentences as a reader sees them; a colon ends a sentence too."""
    return [part for text in html_text.sentences(easy(number, language)) for part in re.split(r"(?<=:)\s", text)]


def digits(text: str) -> set[str]:
    return set(re.findall(r"\d[\d-]*", text))


@pytest.mark.safety("A4")
def test_the_guides_that_are_needed_most_have_one():
    assert EASY >= NEEDED


@pytest.mark.safety("A4")
@both
def test_its_sentences_are_short(number, language):
    lengths = [len(sentence.split()) for sentence in lines(number, language)]
    assert max(lengths) <= MOST_WORDS
    assert sum(lengths) / len(lengths) <= FAIR_WORDS


@pytest.mark.parametrize("number", sorted(EASY))
def test_both_languages_are_built_alike(number):
    shapes = [re.findall(r"<(h2|li|blockquote|p|a)\b", easy(number, language)) for language in LANGUAGES]
    assert shapes[0] == shapes[1]


@both
def test_it_names_the_police_and_a_way_without_speaking(number, language):
    text = strip_tags(easy(number, language))
    assert re.search(r"\b110\b", text)
    assert re.search(r"WhatsApp \w+ SAPA 129", text) or number in {9, 33}  # of money: the bank comes first


@both
def test_it_says_no_number_that_the_guide_does_not_say(number, language):
    guide, known = GUIDES[number], {line["slug"]: line for line in files.items("helplines")}
    told = " ".join([*guide[language]["checklist"], guide[language]["short_answer"], guide[language]["body"]])
    fixed = [slug for slug, line in known.items() if line["emergency"]]
    told += " ".join(c["value"] for slug in (*guide["helplines"], *fixed) for c in known[slug]["channels"])
    assert digits(strip_tags(easy(number, language))) <= digits(told)


@both
def test_who_speaks_of_a_sexual_picture_says_not_to_copy_or_send_it(number, language):
    text = strip_tags(easy(number, language))
    if re.search(r"seksual|sexual pict", text) and number != 24:  # 24 says that nobody asks for one
        assert re.search(NOT_THE_PICTURE[language], text)
        assert re.search(ANYTHING_SENT[language], text)


@both
def test_nothing_in_it_hurts_or_shouts(number, language):
    text = strip_tags(easy(number, language))
    assert re.findall(rf"{NEVER[language]}|!", text, re.I) == []


@pytest.mark.parametrize("number", sorted(EASY))
def test_it_speaks_as_its_guide_does(number):
    formal = bool(re.search(r"\bAnda\b", GUIDES[number]["id"]["body"]))
    text = re.sub(r"“[^”]*”", "", strip_tags(easy(number, "id")))
    assert not re.search(r"\b[Kk]amu\b|\b[Aa]ku\b" if formal else r"\bAnda\b", text)


@both
def test_its_links_lead_on_and_stay_easy_where_they_can(number, language):
    for path in re.findall(r'href="(/[^"]*)"', easy(number, language)):
        with override(language):
            assert leads_on(path, language), path
        if found := re.match(rf"/{language}/p/(\d+)/(.*)", path):
            assert bool(found[2]) == (int(found[1]) in EASY), path


@both
def test_the_cleaner_leaves_it_as_it_was_written(number, language):
    text = easy(number, language)
    assert rich_text.clean(text).count("<") == text.count("<")


@pytest.mark.parametrize("number", [6, 27, 31])
@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_at_the_end_reads_first_what_to_do(number, language):
    first = easy(number, language).split("</h2>")[0]
    assert {"id": "mengakhiri hidup", "en": "ending your life"}[language] in first
