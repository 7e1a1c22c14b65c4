"""Search: roots, slang and typos lead to the text; nothing typed stays anywhere; nothing hostile breaks it."""

import gzip
from datetime import timedelta

import pytest
from django.utils import timezone

from education.models import KnownWord, State, Synonym, Topic
from education.search import find
from education.search.stems import stem, words
from safetycenter import limits
from tests.education import factory

pytestmark = pytest.mark.both_databases


def titles(text: str, language: str = "id", **only) -> list[str]:
    return [found.title for found in find(text, language, **only).results]


@pytest.fixture
def scam(db):
    """A guide about scams."""
    return factory.guide(
        title_ind="Cek dulu", short_answer_ind="Kena penipuan? Telepon bank.", title_en="Check first",
        short_answer_en="Were you scammed? Call the bank.",
        body_ind="<h2>Satu</h2><p>Jangan beri kode kepada siapa pun.</p>",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("root", "family"),
    [
        ("tipu", "penipuan menipu ditipu tertipu ketipu"),
        ("rundung", "perundungan dirundung merundung"),
        ("leceh", "pelecehan dilecehkan melecehkan"),
        ("peras", "pemerasan diperas memeras"),
        ("kuntit", "penguntitan dikuntit menguntit"),
        ("ancam", "ancaman diancam mengancam terancam"),
        ("lapor", "laporan melaporkan dilaporkan pelapor"),
        ("sebar", "tersebar disebarkan menyebar penyebaran"),
    ],
)
def test_indonesian_words_of_one_family_have_one_root(root, family):
    assert {stem(word, "id") for word in family.split()} == {root}


def test_english_words_of_one_family_have_one_root():
    assert {stem(word, "en") for word in ("threat", "threats")} == {"threat"}
    assert {stem(word, "en") for word in ("blackmail", "blackmailed", "blackmailing")} == {"blackmail"}


def test_another_form_of_the_word_finds_the_guide(scam):
    assert titles("aku tertipu") == ["Cek dulu"]
    assert titles("scammed", "en") == ["Check first"]


def test_only_texts_of_the_readers_language_are_found(scam):
    assert titles("penipuan", "en") == []


def test_slang_that_editors_taught_finds_the_guide(scam):
    Synonym.objects.create(language="id", typed="kena scam\nkibulin", means="penipuan")
    assert titles("kena scam") == ["Cek dulu"]
    assert titles("kibulin") == ["Cek dulu"]


def test_other_words_of_the_glossary_find_the_guide(scam):
    factory.term(term_ind="penipuan", slang_ind="soceng", term_en="scam", definition_ind="x", definition_en="x")
    assert "Cek dulu" in titles("soceng")


def test_typo_is_repaired_and_said(scam):
    answer = find("pnipuan", "id")
    assert [found.title for found in answer.results] == ["Cek dulu"]
    assert answer.suggestion == "penipuan"


def test_word_far_from_all_is_left_alone(scam):
    answer = find("xyzzyq", "id")
    assert answer.results == []
    assert answer.suggestion == ""


def test_english_word_is_not_repaired_while_others_match(scam):
    answer = find("banks tall", "en")  # "tall" is a word, though one letter from "call"
    assert answer.results != []
    assert answer.suggestion == ""


@pytest.mark.slow
def test_zero_result_search_offers_similar_english_words(client, scam, there):
    answer = find("scammmed", "en")
    assert (answer.suggestion, answer.similar) == ("scammed", True)
    page = client.post(there("education:search", language="en"), {"q": "scammmed"}).text
    assert "as you typed them" in page
    assert "Check first" in page


@pytest.mark.parametrize(("language", "typed"), [("en", "ditipu"), ("id", "scammed")])
def test_search_links_other_language_without_words_in_url(client, scam, there, language, typed):
    other = "id" if language == "en" else "en"
    page = client.post(there("education:search", language=language), {"q": typed}).text
    offer = page[page.index('<form class="notice') :].split("</form>")[0]
    assert f'method="post" action="{there("education:search", language=other)}"' in offer
    assert f'name="q" value="{typed}"' in offer
    assert " 1 " in offer


def test_other_language_is_not_offered_when_it_has_no_more(client, scam, there):
    assert '<form class="notice' not in client.post(there("education:search"), {"q": "penipuan"}).text
    assert '<form class="notice' not in client.post(there("education:search"), {"q": "xyzzyq"}).text


def test_suicide_words_in_other_language_show_crisis_line(client, there, starter):
    page = client.post(there("education:search", language="en"), {"q": "pengen ngilang"}).text
    assert page.index("healing119") < page.index('role="search"')


def test_school_behind_one_address_may_search_at_the_same_time():
    assert limits.SEARCH.max_hits / (limits.SEARCH.window / timedelta(minutes=1)) >= 60


def test_text_with_more_of_the_words_stands_first(scam):
    other = factory.guide(title_ind="Penipuan", short_answer_ind="Kode bank.")
    assert titles("penipuan kode") == [other.title_ind, "Cek dulu"]


def test_stop_words_are_ignored(scam):
    factory.guide(title_ind="Kalau saya dan kamu", short_answer_ind="Yang ini untuk itu.")
    assert titles("saya kena penipuan dan itu") == ["Cek dulu"]


def test_excerpt_marks_what_was_found(scam):
    (found,) = find("kode", "id").results
    assert "Jangan beri <mark>kode</mark> kepada siapa pun." in found.excerpt


def test_excerpt_shows_text_and_never_runs_it(db):
    factory.guide(title_ind="Aneh", short_answer_ind="Kode <script>alert(1)</script> & penipuan")
    (found,) = find("penipuan", "id").results
    assert "<script>" not in found.excerpt


def test_what_is_not_published_is_not_found(scam):
    scam.state = State.ARCHIVED
    scam.save()
    assert titles("penipuan") == []


def test_what_is_planned_is_found_when_its_time_has_come(scam):
    scam.publish_at = timezone.now() + timedelta(hours=1)
    scam.save()
    assert titles("penipuan") == []
    scam.publish_at = timezone.now() - timedelta(hours=1)
    scam.save()
    assert titles("penipuan") == ["Cek dulu"]


def test_what_was_deleted_is_not_found(scam):
    scam.delete()
    assert titles("penipuan") == []


def test_changed_text_is_found_by_its_new_words_only(scam):
    scam.short_answer_ind = "Judi bukan cara cari uang."
    scam.save()
    assert titles("judi") == ["Cek dulu"]
    assert titles("penipuan") == []


def test_retired_helpline_is_not_found(db):
    line = factory.helpline("iasc", "157", name_ind="Pusat Penipuan")
    assert titles("penipuan") == ["Pusat Penipuan"]
    line.status = "retired"
    line.save()
    assert titles("penipuan") == []


def test_audience_narrows_the_search(scam):
    teens = factory.audience()
    other = factory.guide(title_ind="Penipuan lain")
    other.audiences.add(teens)
    assert titles("penipuan", audience="teens") == ["Penipuan lain"]


def test_topic_narrows_the_search(scam):
    other = factory.guide(title_ind="Penipuan lain")
    assert titles("penipuan", topic=other.topic.key) == ["Penipuan lain"]


HOSTILE = [
    "' OR 1=1 --",
    '"" AND (NEAR title_stems:*',
    "a" * 5000,
    "penipuan " * 2000,
    "\x00\x01",
    "%_&|!()<->:*",
    "<script>alert(1)</script>",
    "مرحبا 你好 🙂",
    "'; DROP TABLE education_guide; --",
    "AND OR NOT NEAR",
    "title_stems : x",
    "-",
    "'’-’",
]


@pytest.mark.sampled(11)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_text_breaks_the_page(client, scam, there, text, method):
    answer = getattr(client, method)(there("education:search"), {"q": text})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_odd_filters_are_ignored(client, scam, there):
    answer = client.get(there("education:search"), {"q": "penipuan", "audience": "x" * 999, "topic": "\x00"})
    assert "Cek dulu" in answer.text


@pytest.mark.safety("H9")
def test_form_posts_so_that_no_address_tells_what_was_typed(client, scam, there):
    page = client.get(there("education:search")).text
    assert f'method="post" action="{there("education:search")}"' in page


def test_page_is_neutral_and_never_kept(client, scam, there):
    answer = client.post(there("education:search"), {"q": "penipuan"})
    assert "no-store" in answer["Cache-Control"]
    assert "penipuan" not in answer.text.split("</title>")[0].lower()
    assert '<meta name="robots" content="noindex">' in answer.text
    assert not answer.cookies


@pytest.mark.parametrize("method", ["get", "post"])
def test_results_go_out_compressed(client, scam, there, method):
    answer = getattr(client, method)(there("education:search"), {"q": "penipuan"}, headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "Cek dulu" in gzip.decompress(answer.content).decode()


def test_what_was_typed_is_not_logged(client, scam, there, caplog):
    client.post(there("education:search"), {"q": "pnipuan rahasiaku"})
    assert "rahasiaku" not in caplog.text
    assert "pnipuan" not in caplog.text


def test_page_without_results_shows_helplines_and_ways_on(client, there, db):
    factory.emergency_set()
    page = client.post(there("education:search"), {"q": "xyzzyq"}).text
    assert "tel:110" in page
    assert there("reports:start") in page


def test_very_many_searches_wait_and_still_show_helplines(client, there, starter, monkeypatch):
    monkeypatch.setattr("safetycenter.limits.Limit.hit", lambda *_args: False)
    answer = client.post(there("education:search"), {"q": "penipuan"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "tel:110" in answer.text
    assert there("education:topic", Topic.objects.first().slug_ind) in answer.text


def test_words_are_read_without_accents_and_case():
    assert words("Kénа — PÉNIPUAN, teman-teman!")[1:] == ["penipuan", "teman-teman"]


@pytest.mark.slow
@pytest.mark.parametrize("word", ["diperkosa", "pemerkosaan", "hamil", "suami", "culik"])
def test_real_word_is_never_exchanged_for_another(starter, word):
    assert find(word, "id").suggestion == ""


@pytest.mark.sampled(3)
@pytest.mark.parametrize("typed", ["saya diperkosa", "kdrt", "suami memukul", "dicabuli"])
def test_hurt_search_shows_the_support_service(starter, typed):
    assert "sapa-129" in [found.item.slug for found in find(typed, "id").results if found.kind == "helpline"]


@pytest.mark.slow
@pytest.mark.parametrize(("language", "typed"), [("id", "gak kuat lagi"), ("en", "cutting"), ("id", "pengen ngilang")])
def test_words_that_editors_marked_show_the_crisis_lines(starter, language, typed):
    assert find(typed, language).crisis
    assert not find("penipuan" if language == "id" else "scam", language).crisis


def test_clock_time_is_not_read_as_a_blow(db):
    factory.guide(title_ind="Jam belajar", short_answer_ind="Mulai pukul 20.00.")
    assert titles("dipukul ayah") == []


def test_words_of_a_draft_are_no_spelling_suggestion(db):
    guide = factory.guide(title_ind="Kucinghutan", state=State.DRAFT)
    guide.save()
    assert find("kucinghutam", "id").suggestion == ""
    guide.state = State.PUBLISHED
    guide.save()
    assert find("kucinghutam", "id").suggestion == "kucinghutan"


def test_words_of_an_unpublished_page_are_forgotten(db):
    guide = factory.guide(title_ind="Kucinghutan")
    factory.guide(title_ind="Serigalahutan")
    assert find("kucinghutam", "id").suggestion == "kucinghutan"
    guide.state = State.ARCHIVED
    guide.save()
    assert find("kucinghutam", "id").suggestion == ""
    assert find("serigalahutam", "id").suggestion == "serigalahutan"


@pytest.mark.slow
def test_lesson_characters_are_no_spelling_suggestion(starter):
    assert not KnownWord.objects.filter(word="mira").exists()
    assert find("miras", "id").suggestion == ""
