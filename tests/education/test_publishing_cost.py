"""What publishing and saving from the admin cost: how often the pages become stale, and how many queries are asked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from education import workflow
from education.models import Revision, State
from safetycenter import generation

from . import factory
from .test_editorial import a_guide, send
from .test_proposals import act

pytestmark = pytest.mark.django_db
MOST_TO_PUBLISH = 110


@pytest.fixture
def guide():
    """A published guide with three helplines and seven sources."""
    factory.emergency_set()
    guide = a_guide()
    factory.fits(guide, *(factory.helpline(f"line-{n}", "0800-1-500-771") for n in range(3)))
    for n in range(7):
        guide.sources.create(url=f"https://example.org/{n}", publisher="Example", position=n)
    return guide


@pytest.fixture
def proposed(guide, person):
    """The same guide with a proposal."""
    changes = {"title_ind": "Judul usulan", "title_en": "Proposed title"}
    workflow.keep(guide, person("editor", "penulis"), workflow.text_to_publish(guide) | changes)
    return guide


def test_publishing_raises_the_generation_once(signed_in, proposed):
    client, before = signed_in("publisher"), generation.current()
    with CaptureQueriesContext(connection) as asked:
        client.post(act(proposed, "publish"))
    proposed.refresh_from_db()
    print(len(asked), "queries to publish")
    assert proposed.title_en == "Proposed title"
    assert generation.current() == before + 1
    assert len(asked) <= MOST_TO_PUBLISH


@pytest.mark.logs_errors
def test_publishing_that_fails_raises_nothing(signed_in, proposed, monkeypatch):
    client, before = signed_in("publisher"), generation.current()

    def fail(*_arguments, **_options):
        raise LookupError

    monkeypatch.setattr(type(Revision.objects), "write", fail)  # called after all rows were replaced
    with pytest.raises(LookupError):
        client.post(act(proposed, "publish"))
    proposed.refresh_from_db()
    assert (proposed.title_en == "Proposed title", generation.current()) == (False, before)


def test_saving_a_draft_raises_the_generation_once(signed_in, guide):
    guide.state = State.DRAFT
    guide.save()
    client, before = signed_in("editor"), generation.current()
    send(client, guide, title_ind="Judul lain")
    guide.refresh_from_db()
    assert guide.title_ind == "Judul lain"
    assert generation.current() == before + 1
