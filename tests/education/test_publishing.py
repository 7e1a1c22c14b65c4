"""Readers see what is published, between its times, and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from education import urls_for
from education.models import Guide, State

from . import factory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
HOUR = timedelta(hours=1)


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("state", "begins", "ends", "seen"),
    [
        (State.PUBLISHED, None, None, True),
        (State.PUBLISHED, -HOUR, HOUR, True),
        (State.PUBLISHED, timedelta(0), None, True),
        (State.PUBLISHED, HOUR, None, False),
        (State.PUBLISHED, None, -HOUR, False),
        (State.PUBLISHED, None, timedelta(0), False),
        (State.DRAFT, None, None, False),
        (State.IN_REVIEW, None, None, False),
        (State.ARCHIVED, None, None, False),
    ],
)
def test_queryset_and_the_item_have_one_rule(state, begins, ends, seen):
    now = timezone.now()
    guide = factory.guide(
        state=state,
        publish_at=begins if begins is None else now + begins,
        archive_at=ends if ends is None else now + ends,
    )
    assert Guide.objects.published(now).filter(pk=guide.pk).exists() is seen
    assert guide.is_published(now) is seen


@pytest.mark.sampled(3)
@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.ARCHIVED])
def test_what_is_not_published_has_no_address(client, there, state):
    guide = factory.guide(state=state, slug_ind="rahasia", sensitive=True)
    assert client.get(there("education:guide", "rahasia")).status_code == 404
    assert client.get(there("education:guide_by_number", guide.number)).status_code == 404


def test_scheduled_item_appears_without_an_edit(client, there):
    guide = factory.guide(slug_ind="besok", publish_at=timezone.now() + HOUR)
    assert client.get(there("education:guide", "besok")).status_code == 404
    Guide.objects.filter(pk=guide.pk).update(publish_at=timezone.now() - HOUR)
    assert client.get(there("education:guide", "besok")).status_code == 200


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", ["id", "en"])
def test_not_found_page_of_planned_item_offers_search_and_help(client, there, language):
    factory.emergency_set()
    guide = factory.guide(publish_at=timezone.now() + HOUR, title_ind="Rahasia", title_en="Secret")
    page = client.get(there("education:guide", urls_for.slug_in(guide, language), language=language))
    assert page.status_code == 404
    assert f'method="post" action="{there("education:search", language=language)}"' in page.text
    assert page.text.count('<article class="helpline') == 3
    assert guide.text("title", language) not in page.text


def test_unpublished_item_is_in_no_list(client, there):
    audience = factory.audience()
    topic = factory.topic()
    hidden = factory.guide(state=State.DRAFT, topic=topic, title_ind="Belum tayang")
    hidden.audiences.add(audience)
    factory.guide(topic=topic)
    lists = ["education:home", "education:guides"]
    paths = [there(name) for name in lists]
    paths += [there("education:topic", topic.slug_ind), there("education:audience", "remaja"), "/sitemap.xml"]
    for path in [*paths, "/feed/id/"]:
        assert "Belum tayang" not in client.get(path).text, path
