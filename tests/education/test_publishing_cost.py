"""What publishing and saving from the admin cost: how often the pages become stale, and how many queries are asked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from education.admin import publishable
from education.admin.formsets import submitted_snapshot
from education.models import Guide, Revision, State
from education.models.serialization import snapshot
from education.publishing import workflow
from education.publishing.dry_run import rolled_back
from safetycenter.page_cache import cache_version
from tests.education.admin_pages import a_guide, act_page, change_page, filled, send

from . import factory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
MOST_TO_PUBLISH = 105  # on PostgreSQL, where topic and audiences are held until the page is live
MOST_TO_PROPOSE = 38


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
    workflow.save_proposal(guide, person("editor", "penulis"), workflow.pending_or_live(guide) | changes)
    return guide


def test_publishing_raises_the_cache_version_once(signed_in, proposed):
    client, before = signed_in("publisher"), cache_version.current()
    with CaptureQueriesContext(connection) as asked:
        client.post(act_page(proposed, "publish"))
    proposed.refresh_from_db()
    print(len(asked), "queries to publish")
    assert proposed.title_en == "Proposed title"
    assert cache_version.current() == before + 1
    assert len(asked) <= MOST_TO_PUBLISH


@pytest.mark.slow
@pytest.mark.logs_errors
def test_publishing_that_fails_raises_nothing(signed_in, proposed, monkeypatch):
    client, before = signed_in("publisher"), cache_version.current()

    def fail(*_arguments, **_options):
        raise LookupError

    monkeypatch.setattr(type(Revision.objects), "record", fail)  # called after all rows were replaced
    with pytest.raises(LookupError):
        client.post(act_page(proposed, "publish"))
    proposed.refresh_from_db()
    assert (proposed.title_en == "Proposed title", cache_version.current()) == (False, before)


@pytest.mark.slow
def test_saving_a_draft_raises_the_cache_version_once(signed_in, guide):
    guide.state = State.DRAFT
    guide.save()
    client, before = signed_in("editor"), cache_version.current()
    send(client, guide, title_ind="Judul lain")
    guide.refresh_from_db()
    assert guide.title_ind == "Judul lain"
    assert cache_version.current() == before + 1


@pytest.mark.slow
def test_saving_a_proposal_writes_nothing_else(signed_in, guide):
    client = signed_in("editor")
    typed = filled(client, guide) | {"title_ind": "Judul lain", "sources-0-publisher": "Baru"}
    with CaptureQueriesContext(connection) as asked:
        assert client.post(change_page(guide), typed).status_code == 302
    writes = [query["sql"].split('"')[1] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    print(len(asked), "queries to propose")
    assert Revision.objects.waiting_proposal(guide).data["sources"][0]["publisher"] == "Baru"
    assert len(asked) <= MOST_TO_PROPOSE
    # The text, the log entry, what was typed and not saved before, and the message.
    assert writes == ["education_revision", "django_admin_log", "education_unsavedtext", "django_session"]


def _guide() -> Guide:
    guide = a_guide(also_for_others="")
    factory.fits(guide, factory.helpline("b", "0800-1-500-771"), factory.helpline("a", "0800-1-500-772"))
    for place in (2, 1, 1):
        guide.sources.create(url=f"https://example.org/{place}", publisher=f"P{place}", position=place)
    return guide


def _of_topic(item):
    item.audiences.add(factory.audience(f"a{item.pk}"))
    return item


def _news():
    news = factory.news()
    news.sources.create(url="https://example.org/", publisher="P", checked_on="2026-11-01")
    return news


ITEMS = {
    "guide": (_guide, {"title_ind": "Lain", "sources-0-position": "9", "guidehelpline_set-0-position": "7"}),
    "helpline": (lambda: factory.helpline("a", "119", "wa:08111-129-129"), {"name_en": "New", "provinces": ["32"]}),
    "quiz": (lambda: _of_topic(factory.quiz()), {"title_ind": "Lain", "scenarios-0-choice_1_en": "Wait."}),
    "lesson": (factory.lesson, {"title_ind": "Lain", "minutes": "40"}),
    "news": (_news, {"title_en": "Other", "sources-0-checked_on": "2026-11-02"}),
    "page": (factory.page, {"body_ind": "<h2>Satu</h2><p>Isi lain.</p>"}),
    "term": (factory.term, {"slang_ind": "vcs"}),
}


@pytest.mark.sampled(5)
@pytest.mark.parametrize("kind", ITEMS)
def test_proposal_says_what_saving_its_forms_would(signed_in, monkeypatch, kind):
    make, changes = ITEMS[kind]
    item = make()
    put = []

    def both(form, formsets):
        text = submitted_snapshot(form, formsets)
        with rolled_back():
            form.instance.save()
            form.save_m2m()
            for formset in formsets:
                formset.save()
            put.append(snapshot(type(item).objects.get(pk=item.pk)))
        return text

    monkeypatch.setattr(publishable, "submitted_snapshot", both)
    send(signed_in("publisher"), item, **changes)
    proposal = Revision.objects.waiting_proposal(item)
    assert [proposal.data] == put
    assert proposal.data != snapshot(type(item).objects.get(pk=item.pk))
