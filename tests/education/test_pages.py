"""The readers' pages: few queries for any number of items, and what stands on each kind of page."""

import gzip
import random
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from education import urls_for
from education.models import Guide, Term
from education.views import page_size
from tests.education.budgets import MOST_QUERIES
from tests.education.starter_pages import NAMED

from . import factory

pytestmark = pytest.mark.django_db
# A redirect, search results, one-tap feedback and a picture.
NOT_KEPT = {"other_language", "search", "card", "helpful", "number_not_working"}
LIGHT = {"Save-Data": "on"}


def test_every_view_of_readers_is_a_published_page():
    resolver = get_resolver("education.urls.pages")
    views = {pattern.callback for pattern in resolver.url_patterns if pattern.name not in NOT_KEPT}
    assert all(getattr(view, "is_cached_page", False) for view in views)


@pytest.mark.slow
@pytest.mark.parametrize("count", [20, 300])
def test_queries_do_not_grow_with_the_guides(client, there, count):
    audience, topic = factory.audience(), factory.topic()
    factory.emergency_set()
    factory.guides(count, topic=topic, sensitive=True, subject="same")
    audience.guides.set(Guide.objects.all())
    guide = Guide.objects.last()
    items = [urls_for.url_of(item, "id") for item in (guide, topic, audience)]
    items.append(urls_for.url_of_part("handout", guide, "id"))
    named = [there(f"education:{name}") for name in ("home", "guides", "helplines", "emergency")]
    for path in [*items, *named]:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        assert len(queries) <= MOST_QUERIES, path


def test_only_get_and_head_are_answered(client, there):
    assert client.post(there("education:home")).status_code == 405
    assert client.head(there("education:home")).status_code == 200


def test_guide_says_what_it_costs_and_how_long_it_takes(visit):
    text = visit(factory.guide()).text
    assert re.search(r"<span>[1-6] KB</span>", text)
    assert "\N{OBJECT REPLACEMENT CHARACTER}" not in text


def test_save_button_shows_size_of_the_saved_copy(client):
    guide = factory.guide()
    address, button = urls_for.url_of(guide, "en"), r"without internet \(\d+ KB\)"
    whole = re.search(button, client.get(address).text)[0]
    assert re.search(button, client.get(address, {"text": "1"}).text)[0] == whole
    once = [re.search(r"up to (\d+) KB more", client.get(address, headers=of).text)[1] for of in ({}, LIGHT)]
    assert 0 < int(once[1]) < int(once[0])


@pytest.mark.slow
def test_first_guide_of_a_process_needs_no_extra_queries(visit):
    guide = factory.guide()
    visit(guide)
    page_size._saved_with_it.cache_clear()
    with CaptureQueriesContext(connection) as first:
        visit(guide)
    with CaptureQueriesContext(connection) as second:
        visit(guide)
    assert len(first) == len(second)


@pytest.mark.safety("A2")
def test_checklist_is_numbered_and_contents_link_headings(visit):
    text = visit(factory.guide()).text
    assert "<li>Satu.</li><li>Dua.</li>" in text
    assert '<a href="#s2"' in text
    assert '<h2 id="s2">Dua</h2>' in text


def test_overdue_review_is_said_openly(visit, monkeypatch):
    guide = factory.guide(review_due="2020-01-31")
    assert "31 Januari 2020" in visit(guide).text
    assert "31 January 2020" in visit(guide, "en").text


def test_who_reviewed_is_said_or_that_nobody_did(visit):
    assert "Belum ditinjau oleh ahli" in visit(factory.guide(review_due="2999-01-31")).text
    reviewed = visit(factory.guide(reviewed_on="2026-10-01", reviewed_by_ind="psikolog anak")).text
    assert "Ditinjau 1 Oktober 2026 oleh psikolog anak" in reviewed
    assert "Belum ditinjau" not in reviewed


@pytest.mark.slow
def test_source_shows_its_own_date_in_the_language_of_the_page(visit):
    guide = factory.guide()
    guide.sources.create(url="https://example.org/a", publisher="NCMEC", title_ind="Isi", dated="7 Oct 2025")
    assert "7 Oktober 2025" in visit(guide).text
    assert "7 October 2025" in visit(guide, "en").text


def test_guides_are_filtered_by_audience_and_topic(client, there):
    audience, topic = factory.audience(), factory.topic()
    factory.guide(topic=topic, title_ind="Yang dicari").audiences.add(audience)
    factory.guide(title_ind="Yang lain")
    text = client.get(there("education:guides"), {"audience": "teens", "topic": topic.order}).text
    assert "Yang dicari" in text
    assert "Yang lain" not in text


def test_two_filters_that_find_nothing_lead_back_to_each_of_them(client, there):
    audience, topic = factory.audience(), factory.topic()
    text = client.get(there("education:guides"), {"audience": "teens", "topic": topic.order}).text.split("notice")[1]
    assert f'href="?audience={audience.key}"' in text
    assert f'href="?topic={topic.order}"' in text


@pytest.mark.sampled(2)
@pytest.mark.parametrize("page", ["education:guides", "education:topic"])
def test_card_says_for_whom_its_guide_is(client, there, page):
    guide = factory.guide()
    guide.audiences.add(factory.audience(name_ind="Untuk remaja"))
    path = there(page, *([guide.topic.slug_ind] if page.endswith("topic") else []))
    card = client.get(path).text.split('<article class="card"')[1].split("</article>")[0]
    assert "Untuk remaja" in card


def test_topic_filter_is_folded_and_names_the_choice(client, there):
    topic = factory.topic(title_ind="Dirundung")
    fold = client.get(there("education:guides"), {"topic": topic.order}).text.split("<details")[1]
    assert "Dirundung" in fold.split("</summary>")[0]


@pytest.mark.parametrize("language", ["id", "en"])
def test_not_found_page_links_help_and_other_language(client, there, language):
    text = client.get(f"/{language}/no-such-thing/", follow=True).text
    other = "en" if language == "id" else "id"
    assert f'href="/{other}/no-such-thing/" hreflang="{other}"' in text
    for name in ("education:emergency", "education:helplines", "reports:check"):
        assert f'href="{there(name, language=language)}"' in text


@pytest.mark.parametrize("path", ["/id/", "/id/no-such-thing/"])
def test_search_is_offered_where_a_reader_begins_or_is_lost(client, there, path):
    assert f'action="{there("education:search")}"' in client.get(path, follow=True).text


@pytest.mark.sampled(5)
@pytest.mark.parametrize("query", ["audience=nobody", "topic=bullying", "topic=9999", "topic=%C2%B2", "audience="])
def test_unknown_filter_is_not_found(client, there, query):
    assert client.get(f"{there('education:guides')}?{query}").status_code == 404


def test_glossary_is_in_the_order_of_the_language(client, there):
    factory.term(term_ind="anonim", term_en="unknown")
    factory.term(term_ind="zat", term_en="agent", slang_en="stuff\nthing")
    assert (text := client.get(there("education:glossary")).text).index("anonim") < text.index("zat")
    assert (text := client.get(there("education:glossary", language="en")).text).index("agent") < text.index("unknown")
    assert "stuff, thing" in text


def test_letters_of_the_glossary_lead_to_their_words(client, there):
    for word in ("zat", "Anonim", "ékolokasi", "2FA", "aman"):
        factory.term(term_ind=word)
    text = client.get(there("education:glossary")).text
    assert re.findall(r'<a href="#([^"]+)">([^<]+)</a>', text.split('class="letters')[1].split("</nav>")[0]) == [
        *[("0-9", "0-9"), ("a", "A"), ("e", "E"), ("z", "Z")]
    ]
    parts = dict(re.findall(r'<h2 id="([^"]+)">(.*?)</section>', text, re.DOTALL))
    assert {letter: re.findall("<dt>(.*?)</dt>", part) for letter, part in parts.items()} == {
        "0-9": ["2FA"],
        "a": ["aman", "Anonim"],
        "e": ["ékolokasi"],
        "z": ["zat"],
    }


@pytest.mark.slow
def test_glossary_of_250_words_is_one_light_page(client, there, starter):
    terms = list(Term.objects.all())
    for n in range(250 - len(terms)):
        term = terms[n % len(terms)]
        text = "".join(random.Random(n).sample(term.definition_ind, len(term.definition_ind)))
        terms.append(factory.unsaved_term(term_ind=f"{term.term_ind} {n}", definition_ind=text))
    Term.objects.bulk_create(term for term in terms if not term.pk)
    assert len(gzip.compress(client.get(there("education:glossary")).content)) <= 25_000


def test_fixed_page_with_sources_costs_no_more_queries(client, starter, there):
    for name in NAMED:
        with CaptureQueriesContext(connection) as queries:
            client.get(there(f"education:{name}"))
        assert len(queries) <= MOST_QUERIES, name


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("name", "words"), [("easy", "Versi mudah dibaca"), ("handout", "Satu lembar untuk dicetak")])
def test_versions_of_a_guide_have_their_own_titles(client, there, starter, name, words):
    page = client.get(there(f"education:{name}", Guide.objects.get(number=2).slug_ind)).text
    assert words in page.split("<title>")[1].split("</title>")[0]


@pytest.mark.safety("K18")
@pytest.mark.parametrize("language", ["id", "en"])
def test_organisations_page_claims_no_partnership(client, starter, there, language):
    page = client.get(there("education:organisations", language=language)).text
    main = page.partition("<main")[2].partition("</main>")[0]
    assert "<article" in main
    assert not re.search(r"<img|<svg|\b(mitra|partner)", main, re.IGNORECASE)
