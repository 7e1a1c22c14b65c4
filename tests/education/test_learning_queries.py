"""Pages of quizzes and lessons need few queries for any number of items, and none when cached."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safetycenter.page_cache import cache_version
from tests.education.budgets import MOST_QUERIES

from . import factory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def much():
    """Twenty quizzes and lessons of one topic and audience, and twenty words."""
    with cache_version.batch():
        return twenty()


def twenty() -> tuple:
    factory.emergency_set()
    topic, teachers = factory.topic(), factory.audience("educators")
    guide = factory.guide(topic=topic, body_ind="<p>kata1 kata2 kata3</p>")
    link = f'<a href="/id/p/{guide.number}/">Baca</a>'
    for n in range(20):
        factory.term(term_ind=f"kata{n}")
        quiz = factory.quiz(topic=topic, leads_to=guide)
        lesson = factory.lesson(topic=topic, body_ind=f"<p>{link}</p>")
        quiz.audiences.add(teachers)
        quiz.scenarios.create(guide=guide, **(factory.SCENARIO | {"because_1_ind": link}))
        lesson.guides.add(guide)
        lesson.quizzes.add(quiz)
    return topic, teachers, guide, quiz, lesson


def test_no_page_takes_more_queries_than_the_limit(client, visit, much, there):
    pages = [lambda item=item: visit(item) for item in much]
    pages += [lambda name=name: client.get(there(f"education:{name}")) for name in ("quizzes", "lessons")]
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            answer = page()
        assert answer.status_code == 200
        assert len(queries) <= MOST_QUERIES, answer.request["PATH_INFO"]


@pytest.mark.slow
def test_glossary_is_read_once_for_each_version(visit, much):
    guide = much[2]
    visit(guide)
    with CaptureQueriesContext(connection) as queries:
        assert 'class="word"' in visit(guide).text
    assert [query["sql"] for query in queries if "education_term" in query["sql"]] == []


@pytest.mark.slow
def test_cached_page_runs_no_query(reader, much, there):
    address = there("education:quiz", much[3].slug_ind)
    reader.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(address).status == 200
    assert not [query for query in queries if "education_" in query["sql"]]
