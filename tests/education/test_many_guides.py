"""The lists of guides when there are very many: page by page, so that a cheap phone never reads them all."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from education import urls_for
from education.models import Audience, Topic

from . import factory

pytestmark = pytest.mark.django_db


def many(count: int) -> None:
    """So many guides in two topics; those of the first one are for one audience."""
    topics = factory.topic("scams", order=70, summary_ind="Soal uang."), factory.topic("stalking", order=50)
    audience = factory.audience("teens", summary_ind="Untuk kamu.")
    first, _second = (factory.guides(count // 2, topic=topic) for topic in topics)
    audience.guides.set(first)


@pytest.fixture(params=[100, pytest.param(2000, marks=[pytest.mark.slow, pytest.mark.exhaustive])])
def count(request):
    """A site with 100 guides, or with far more guides than any has today."""
    many(request.param)
    return request.param


@pytest.fixture
def hundred():
    """Five pages of all of them; three of one topic and of the audience."""
    many(100)


def lists(there) -> list[str]:
    """The three kinds of lists of guides."""
    return [
        there("education:guides"),
        there("education:topic", Topic.objects.get(key="scams").slug_ind),
        there("education:audience", Audience.objects.get().slug_ind),
    ]


def test_guide_list_is_paginated(client, there, count):
    for path in lists(there):
        answer = client.get(path)
        assert answer.text.count('<article class="card"') == 24, path
        assert len(answer.content) <= 30_000, path


@pytest.mark.slow
def test_every_guide_stands_on_one_of_the_pages(client, there, count):
    for path in lists(there):
        page, found = client.get(path).context["page"], []
        for number in page.paginator.page_range:
            found += client.get(path, {"page": number}).context["page"].object_list
        assert len(set(found)) == len(found) == page.paginator.count >= count // 2, path


def test_each_page_leads_to_the_one_before_and_the_one_after(client, there, hundred):
    for path in lists(there):
        text = client.get(path, {"page": 2}).text
        assert 'rel="prev" href="?page=1"' in text, path
        assert 'rel="next" href="?page=3"' in text, path


def test_pager_and_language_switch_keep_the_filters(client, there, hundred):
    text = client.get(there("education:guides"), {"audience": "teens", "topic": 70, "page": 2}).text
    assert 'rel="next" href="?audience=teens&amp;topic=70&amp;page=3"' in text
    assert f"{there('education:guides', language='en')}?audience=teens&amp;topic=70&amp;page=2" in text


@pytest.mark.slow
def test_each_list_page_has_its_own_title_and_canonical_url(client, there, hundred):
    for path in lists(there):
        text = client.get(path, {"page": 2}).text
        assert re.search(r"<title>[^<]+ \(Halaman 2 dari \d+\) –", text), path
        assert re.search(r'<meta name="description" content="[^"]+ \(Halaman 2 dari \d+\)">', text), path
        assert f'<link rel="canonical" href="{urls_for.absolute(path)}?page=2">' in text


@pytest.mark.slow
def test_search_engines_find_the_same_page_in_the_other_language(client, there, hundred):
    text = client.get(there("education:guides"), {"page": 2}).text
    english = urls_for.absolute(there("education:guides", language="en"))
    assert f'hreflang="en" href="{english}?page=2"' in text


@pytest.mark.slow
def test_first_list_page_has_plain_url_and_title(client, there, hundred):
    for path in lists(there):
        text = client.get(path, {"page": 1}).text
        assert "(Halaman" not in text
        assert f'<link rel="canonical" href="{urls_for.absolute(path)}">' in text


def test_search_engines_know_a_filtered_list_as_the_whole_one(client, there, hundred):
    path = there("education:guides")
    text = client.get(path, {"topic": 70, "page": 2}).text
    assert f'<link rel="canonical" href="{urls_for.absolute(path)}">' in text


@pytest.mark.slow
@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        *[(word, "") for word in ("x", "", "01", "²", "\x00", "9" * 5000)],
        *[(number, "?page=3") for number in ("4", "9999", "0", "-1")],
    ],
)
def test_unknown_list_page_links_an_existing_one(client, there, hundred, asked, leads_to):
    path = there("education:topic", Topic.objects.get(key="scams").slug_ind)
    answer = client.get(path, {"page": asked})
    assert (answer.status_code, answer.url) == (302, path + leads_to)


@pytest.mark.slow
def test_way_to_a_page_that_is_there_keeps_the_filters(client, there, hundred):
    path = there("education:guides")
    assert client.get(path, {"topic": 70, "page": 99}).url == f"{path}?topic=70&page=3"


@pytest.mark.slow
def test_sensitive_topic_title_stays_neutral_on_every_page(client, there, hundred):
    Topic.objects.filter(key="scams").update(sensitive=True)
    text = client.get(there("education:topic_by_number", Topic.objects.get(key="scams").pk), {"page": 2}).text
    assert "<title>Panduan (Halaman 2 dari 3) –" in text


@pytest.mark.slow
def test_page_of_a_list_is_kept_in_memory(reader, there, hundred):
    for path in lists(there):
        first = reader.get(f"{path}?page=2")
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(f"{path}?page=2").body == first.body
        assert [query["sql"] for query in queries if "cacheversion" not in query["sql"]] == [], path


@pytest.mark.slow
def test_few_guides_have_no_pages(client, there):
    factory.guide().audiences.add(factory.audience("teens"))
    Topic.objects.update(key="scams")
    for path in lists(there):
        assert 'class="pager"' not in client.get(path).text
