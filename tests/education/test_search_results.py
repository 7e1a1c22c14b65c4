"""Search results: phrases, useful excerpts, and for whom a guide is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from education import urls_for
from education.models import State, Synonym
from education.search import documents, find, index, query
from education.search.stems import stem
from education.views.search import _helplines
from safetycenter.page_cache import per_version
from tests.education import factory
from tests.education.budgets import MOST_QUERIES

pytestmark = pytest.mark.both_databases

MOST_QUERIES_COLD = 22  # in a process that has not read the words, the directory and the items of this version
MONEY = ["ketipu uang", "penipuan transfer", "investasi bodong", "kripto", "cod", "i lost money", "scammed"]
TYPED = [
    "penipuan uang",  # several kinds of results
    "dipukul ayah",  # pinned, and someone is being hurt
    "aku mau mati",  # a life is at risk
    "anak saya dibully",  # a carer
    "rpp keamanan digital",  # a pinned list page
    "pnipuan",  # a typo
    "xyzzyq",  # nothing found, in either language
]


def titles(text: str, language: str = "id") -> list[str]:
    return [found.title for found in find(text, language).results]


@pytest.fixture
def pupils(db):
    """Two guides: one has a phrase, the other its words far from each other."""
    near = factory.guide(title_ind="Dekat", short_answer_ind="Foto dan video pribadi.")
    far = "Foto keluarga di dinding rumah nenek sudah lama. Baju, sepatu, dan buku itu barang pribadi."
    return near, factory.guide(title_ind="Jauh", short_answer_ind=far)


def test_multi_word_synonym_matches_adjacent_words_only(pupils):
    Synonym.objects.create(language="id", typed="pap", means="pribadi foto")
    assert titles("pap") == ["Dekat"]


def test_phrase_does_not_reach_from_the_title_into_the_text(db):
    factory.guide(title_ind="Jangan kirim foto", short_answer_ind="Pribadi itu milikmu.")
    Synonym.objects.create(language="id", typed="pap", means="foto pribadi")
    assert titles("pap") == []


def test_only_the_whole_phrase_is_marked(db):
    factory.guide(title_ind="Cek", short_answer_ind="Belajar online itu biasa. Penipuan online juga ada di mana-mana.")
    Synonym.objects.create(language="id", typed="scam", means="penipuan online")
    (found,) = find("scam", "id").results
    assert found.excerpt == "<mark>Penipuan</mark> <mark>online</mark> juga ada di mana-mana."


def test_clock_time_in_words_is_not_read_as_a_blow(db):
    factory.guide(title_ind="Jam belajar", short_answer_ind="Mulai pukul sepuluh malam.")
    assert titles("dipukul ayah") == []


def test_drafts_take_no_place_among_the_best_hits(client, db, there):
    topic = factory.topic()
    for n in range(60):
        state = State.ARCHIVED if n % 2 else State.DRAFT
        factory.guide(title_ind=f"Kulkas {n}", short_answer_ind="Kulkas.", state=state, topic=topic)
    late = timezone.now() + timedelta(days=1)
    factory.guide(title_ind="Kulkas besok", short_answer_ind="Kulkas.", publish_at=late)
    seen = factory.guide(title_ind="Dapur", body_ind="<h2>Satu</h2><p>Pintu kulkas.</p>")
    assert titles("kulkas") == ["Dapur"]
    assert urls_for.url_of(seen, "id") in client.post(there("education:search"), {"q": "kulkas"}).text


def test_no_hit_reads_a_whole_table_of_items(db):
    """Its item is looked up by the primary key, or PostgreSQL reads the table once for all hits."""
    group = query.plain_term("kulkas", "id").group
    sql, parameters = index.statement([group], "id", 20)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'' if connection.vendor == 'postgresql' else 'QUERY PLAN'} {sql}", parameters)
        plan = "\n".join(row[-1] for row in cursor)
    tables = [kind._meta.db_table for kind in documents.KINDS]
    if connection.vendor == "postgresql":
        by_key = sum(f"using {table}_pkey" in plan for table in tables)
        assert by_key + plan.count("(hashed SubPlan") == len(tables), plan
    else:
        assert [one for one in tables if f"SEARCH {one} USING INTEGER PRIMARY KEY" not in plan] == [], plan


def test_light_words_count_only_alone(db):
    tapped = factory.guide(title_ind="Disadap", short_answer_ind="Ponsel yang disadap.")
    phones = factory.guide(title_ind="HP anak", short_answer_ind="HP dan grup WA.")
    assert titles("hp di sadap")[0] == tapped.title_ind
    assert titles("hp") == [phones.title_ind]


def test_sentence_of_many_guides_gives_way_to_the_short_answer(db):
    for n in range(5):
        body = "<p>Simpan nomor rekening itu.</p>"
        factory.guide(title_ind=f"Panduan {n}", short_answer_ind=f"Jawaban {n}.", body_ind=body)
    assert [str(found.excerpt) for found in find("rekening", "id").results] == [
        "Jawaban 0.",
        "Jawaban 1.",
        "Jawaban 2.",
    ]


def test_repeated_excerpt_is_replaced_by_the_next_sentence(db):
    for name in ("Satu", "Dua"):
        body = f"<p>Simpan nomor rekening yang kamu lihat itu. Cek dulu rekening milik kakak {name}.</p>"
        factory.guide(title_ind=name, short_answer_ind=f"Jawaban {name}.", body_ind=body)
    first, second = (str(found.excerpt) for found in find("rekening", "id").results)
    assert first == "Simpan nomor <mark>rekening</mark> yang kamu lihat itu."
    assert second == "Cek dulu <mark>rekening</mark> milik kakak Dua."


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["cek rekening yang mengirim pesan itu;", "“Rekening siapa ini, dan untuk apa?", "Cek rekening."]
)
def test_sentence_fragment_is_no_excerpt(db, piece):
    factory.guide(title_ind="Panduan", short_answer_ind="Jawaban.", body_ind=f"<p>{piece}</p>")
    assert [str(found.excerpt) for found in find("rekening", "id").results] == ["Jawaban."]


def test_guides_that_only_mention_a_word_are_left_out(db):
    for n in range(4):
        factory.guide(title_ind=f"Rekening {n}", short_answer_ind=f"Soal rekening nomor {n}.")
    factory.guide(title_ind="Lain", short_answer_ind="x", body_ind="<p>Ada rekening di sana.</p>")
    assert titles("rekening") == [f"Rekening {n}" for n in range(4)]


def test_parts_of_a_text_stay_apart_in_an_excerpt(db):
    factory.lesson(
        title_ind="Belajar",
        short_answer_ind="Jawab.",
        goals_ind="Kenali tanda yang sering muncul lebih dulu\nTolak ajakan",
    )
    (found,) = find("tanda", "id").results
    assert found.excerpt == "Kenali <mark>tanda</mark> yang sering muncul lebih dulu"


def test_other_words_for_a_word_are_found_and_not_shown(db):
    factory.term(term_ind="kekerasan", slang_ind="KSBE", definition_ind="Artinya begini.")
    (found,) = find("ksbe", "id").results
    assert found.excerpt == "Artinya begini."


@pytest.mark.parametrize(
    ("chatted", "written"),
    [("dikucilin", "mengucilkan"), ("ngancem", "mengancam"), ("nyebarin", "menyebarkan"), ("males", "malas")],
)
def test_chat_spelling_has_the_standard_stem(chatted, written):
    assert stem(chatted, "id") == stem(written, "id")


@pytest.mark.parametrize("word", ["login", "bitcoin", "admin"])
def test_borrowed_word_keeps_its_root(word):
    assert stem(word, "id") == word


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "meant", "similar"),
    [("penipun", "penipu", False), ("peniupan", "penipuan", True), ("dilecekan", "dilecehkan", True)],
)
def test_slip_inside_an_affixed_word_is_repaired_and_said(starter, typed, meant, similar):
    answer = find(typed, "id")
    assert (answer.suggestion, answer.similar) == (meant, similar)


@pytest.mark.slow
@pytest.mark.sampled(3)
@pytest.mark.parametrize("typed", MONEY)
def test_lost_money_search_finds_scam_guide_and_helpline(starter, typed):
    answer = find(typed, "id")
    lines = [entry.helpline.slug for entry in _helplines(answer)]
    assert answer.results[0].item.number in {9, 33}
    assert lines[:2] == ["iasc", "ojk-157"]


def test_teachers_find_the_lesson_plans_beside_the_guide(client, there, starter):
    page = client.post(there("education:search"), {"q": "rpp keamanan digital"}).text.split('class="results"')[1]
    assert page.index('href="/id/panduan/') < page.index(f'href="{there("education:lessons")}"')


def test_common_words_return_few_results(starter):
    assert len(find("simpan bukti", "id").results) < 10


@pytest.mark.slow
def test_result_says_for_whom_a_guide_is(client, there, starter):
    page = client.post(there("education:search"), {"q": "waktu layar"}).text.split('class="results"')[1]
    assert "Untuk orang tua dan wali" in page.split("</li>")[0]


def test_hours_say_that_they_are_hours(client, there, starter):
    small, results = client.get(there("education:emergency")), client.post(there("education:search"), {"q": "ketipu"})
    for page in (small.text, results.text):
        assert "Buka: Belum kami pastikan" in page
        assert "<span>Belum kami pastikan" not in page


def asked(queries: CaptureQueriesContext) -> list[str]:
    """The queries without savepoints, which only a test has."""
    return [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]


@pytest.mark.sampled(6)
@pytest.mark.parametrize("typed", TYPED)
def test_search_takes_few_queries(client, there, starter, typed):
    per_version.clear()
    counts = []
    for _search in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.post(there("education:search"), {"q": typed})
        counts.append(len(asked(queries)))
    assert counts[0] <= MOST_QUERIES_COLD
    assert counts[1] <= MOST_QUERIES


@pytest.mark.sampled(6)
@pytest.mark.parametrize("typed", TYPED)
def test_first_search_of_a_process_takes_few_queries(client, there, starter, typed):
    """The server has read the words, the items and the directory before."""
    per_version.clear()
    per_version.warm_up()
    with CaptureQueriesContext(connection) as queries:
        client.post(there("education:search"), {"q": typed})
    assert len(asked(queries)) <= MOST_QUERIES
