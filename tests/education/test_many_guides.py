"""The list of guides when there are very many: page by page, so that a cheap phone never reads them all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from education.models import Guide, State

from . import factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_thousand():
    """Two thousand guides of one audience in two topics."""
    topics = factory.topic("scams", order=70), factory.topic("stalking", order=50)
    audience = factory.audience("teens")
    made = Guide.objects.bulk_create(
        Guide(number=n, state=State.PUBLISHED, topic=topics[n % 2], **factory.texts(n)) for n in range(1000, 3000)
    )
    through = Guide.audiences.through
    through.objects.bulk_create(through(guide=guide, audience=audience) for guide in made if guide.topic == topics[0])


def test_a_phone_never_reads_more_than_one_page_of_them(client, there, two_thousand):
    answer = client.get(there("education:guides"))
    assert answer.text.count('<article class="card"') == 60
    assert len(answer.content) <= 50_000


def test_every_guide_stands_on_one_of_the_pages(client, there, two_thousand):
    path, found = there("education:guides"), []
    for number in range(1, 35):
        found += client.get(path, {"page": number}).context["page"].object_list
    assert len(set(found)) == len(found) == 2000


def test_the_way_to_the_next_page_keeps_the_filters_and_so_does_the_other_language(client, there, two_thousand):
    text = client.get(there("education:guides"), {"audience": "teens", "topic": 70, "page": 2}).text
    assert 'rel="next" href="?audience=teens&amp;topic=70&amp;page=3"' in text
    assert f"{there('education:guides', language='en')}?audience=teens&amp;topic=70&amp;page=2" in text


def test_a_page_that_is_not_there_is_not_found(client, there):
    factory.guide()
    for page in ("0", "2", "01", "-1", "x", "", "²"):
        assert client.get(there("education:guides"), {"page": page}).status_code == 404, page


def test_a_page_of_the_list_is_kept_in_memory(reader, there, two_thousand):
    path = there("education:guides") + "?page=2"
    first = reader.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(path).body == first.body
    assert [query["sql"] for query in queries if "generation" not in query["sql"]] == []


def test_few_guides_have_no_pages(client, there):
    factory.guide()
    assert 'class="pager"' not in client.get(there("education:guides")).text
