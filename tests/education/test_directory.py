"""The helpline directory: read once for each cache version, right after every publish, in every process."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from education.admin import preview
from education.helplines import directory
from education.models import Channel, Helpline
from safetycenter.models import CacheVersion
from safetycenter.page_cache import per_version

from . import factory
from .budgets import MOST_QUERIES

pytestmark = pytest.mark.django_db


def values() -> list[str]:
    """The numbers of the directory."""
    return [channel.value for channel in directory.channels()]


def test_directory_has_only_published_helplines_with_a_channel():
    factory.helpline("a", "1500-111")
    factory.helpline("draft", "1500-222", state="draft")
    factory.helpline("retired", "1500-333", status="retired")
    factory.helpline("none")
    assert values() == ["1500-111"]


def test_directory_is_read_once_for_each_version():
    factory.helpline("a", "1500-111").topics.add(factory.topic("scams"))
    for read in (directory.channels, directory.topics, directory.audiences):
        read()
        with CaptureQueriesContext(connection) as queries:
            read()
        assert ["cacheversion" in query["sql"] for query in queries] == [True]


@pytest.mark.slow
def test_directory_follows_an_unpublished_helpline(client, there, signed_in):
    line = factory.helpline("a", "1500-111")
    assert "tel:1500111" in client.get(there("education:helplines")).text
    archive = reverse("admin:education_helpline_act", args=[line.pk, "archive"])
    signed_in("publisher").post(archive, {"note": "Nobody answers."})
    assert "tel:1500111" not in client.get(there("education:helplines")).text


def test_directory_follows_a_published_number(client, there, publish):
    line = factory.helpline("a", "1500-111", source_date="2026-11-01", serves_ind="Ini", serves_en="This")
    assert "tel:1500111" in client.get(there("education:helplines")).text
    channel = {"kind": "phone", "value": "1500-222", "text_route": False, "position": 0}
    publish(line, channels=[channel | {"label_ind": "", "label_en": ""}])
    text = client.get(there("education:helplines")).text
    assert ("tel:1500222" in text, "tel:1500111" in text) == (True, False)


@pytest.mark.safety("K2")
def test_directory_follows_a_planned_end(client, there, monkeypatch):
    now = timezone.now()
    factory.helpline("a", "1500-111", archive_at=now + timedelta(hours=1))
    assert "tel:1500111" in client.get(there("education:helplines")).text
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=2))
    assert "tel:1500111" not in client.get(there("education:helplines")).text


def test_directory_follows_a_change_made_by_another_process(client, there):
    factory.helpline("a", "1500-111")
    client.get(there("education:helplines"))
    Channel.objects.update(value="1500-222")
    assert "tel:1500111" in client.get(there("education:helplines")).text
    CacheVersion.objects.update(number=F("number") + 1)
    assert "tel:1500222" in client.get(there("education:helplines")).text


def test_preview_of_a_number_never_reaches_readers(client, there, person):
    line = factory.helpline("a", "1500-111", state="draft")
    assert "tel:1500111" in client.get(preview.preview_url(line, "id")).text
    assert "tel:1500111" not in client.get(there("education:helplines")).text
    factory.guide()  # gives the number of the version that the preview rolled back to a real one
    assert "tel:1500111" not in client.get(there("education:helplines")).text


@pytest.fixture
def full_guide():
    """A guide with everything that takes a query: sources, helplines, variants, links, related guides, a quiz."""
    factory.emergency_set()
    factory.term()
    topic, audience = factory.topic(), factory.audience()
    linked, _related = factory.guide(), factory.guide(topic=topic)
    link = f'<a href="/id/p/{linked.number}/">Baca</a>'
    guide, variant = (factory.guide(topic=topic, subject="same", body_ind=f"<p>{link}</p>") for _ in range(2))
    for one in (guide, variant):
        one.audiences.add(audience)
    factory.fits(guide, Helpline.objects.first())
    guide.sources.create(url="https://example.org", publisher="x")
    factory.quiz(topic=topic)
    return guide


def test_guide_page_takes_seven_queries_after_the_first(visit, full_guide):
    per_version.clear()
    counts = []
    for _visit in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert visit(full_guide).status_code == 200
        counts.append(len(queries))
    assert counts[0] <= MOST_QUERIES
    assert counts[1] == 7
