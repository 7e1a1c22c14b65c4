"""Links from text to guides: by number in the text, by the readable address on the page, never naming a harm."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from education.models import State
from tests.education.budgets import MOST_QUERIES

from . import factory

pytestmark = pytest.mark.django_db
TO = '<h2>Satu</h2><p>Baca <a href="/id/p/{0}/">ini</a> dan <a href="/id/p/{0}/#s2">itu</a>.</p>'


def linking_to(guide) -> dict[str, str]:
    """Texts of a guide in both languages that link to ``guide``."""
    text = TO.format(guide.number)
    checklist = f'Buka <a href="/id/p/{guide.number}/">ini</a>.'
    return {"body_ind": text, "body_en": text.replace("/id/", "/en/"), "checklist_ind": checklist, "easy_ind": text}


def test_guide_link_uses_the_readable_url(visit):
    other = factory.guide()
    page = visit(factory.guide(**linking_to(other)))
    assert page.text.count(f'href="/id/panduan/{other.slug_ind}/"') >= 2
    assert f'href="/id/panduan/{other.slug_ind}/#s2"' in page.text
    assert f"/p/{other.number}/" not in page.text


def test_guide_link_uses_the_slug_of_its_language(visit):
    other = factory.guide()
    page = visit(factory.guide(**linking_to(other)), "en")
    assert f'href="/en/guides/{other.slug_en}/#s2"' in page.text


@pytest.mark.slow
@pytest.mark.parametrize("part", ["handout", "easy"])
def test_links_to_guide_parts_use_readable_urls(client, there, part):
    other = factory.guide()
    guide = factory.guide(**linking_to(other))
    page = client.get(there(f"education:{part}", guide.slug_ind)).text
    assert f'href="/id/panduan/{other.slug_ind}/' in page
    assert f"/p/{other.number}/" not in page


def test_link_to_sensitive_guide_stays_neutral(visit):
    other = factory.guide(sensitive=True)
    page = visit(factory.guide(**linking_to(other)))
    assert f'href="/id/p/{other.number}/#s2"' in page.text
    assert other.slug_ind not in page.text


@pytest.mark.slow
def test_link_to_unpublished_guide_stays_neutral(visit):
    other = factory.guide(state=State.DRAFT)
    page = visit(factory.guide(**linking_to(other)))
    assert other.slug_ind not in page.text


def test_linked_guide_of_another_topic_is_not_related(visit):
    other, same = factory.guide(), factory.guide()
    page = visit(factory.guide(topic=same.topic, **linking_to(other)))
    assert page.context["related"] == [same]


@pytest.mark.slow
def test_guide_links_work_in_all_kinds_of_pages(client, visit, there):
    other = factory.guide()
    text = TO.format(other.number)
    factory.page(body_ind=text)
    quiz = factory.quiz()
    quiz.scenarios.update(because_1_ind=f'<a href="/id/p/{other.number}/">Baca</a>')
    pages = [client.get(there("education:about")), visit(quiz)]
    pages += [visit(factory.news(body_ind=text)), visit(factory.lesson(body_ind=text))]
    for page in pages:
        assert f'href="/id/panduan/{other.slug_ind}/' in page.text, page.request["PATH_INFO"]


@pytest.mark.slow
@pytest.mark.parametrize("part", ["guide", "handout", "easy"])
def test_guide_with_links_stays_within_the_limit(client, there, part):
    factory.emergency_set()
    guide = factory.guide(**linking_to(factory.guide()))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(there(f"education:{part}", guide.slug_ind)).status_code == 200
    assert len(queries) <= MOST_QUERIES
