"""An old slug redirects permanently in its language; a current address makes no query for redirects."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from education.models import Guide, SlugRedirect, State

from . import factory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def rename(item, **slugs):
    """Save ``item`` with other slugs."""
    for column, slug in slugs.items():
        setattr(item, column, slug)
    item.save()


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("make", "name"),
    [
        (factory.guide, "guide"),
        (factory.news, "news_item"),
        (factory.topic, "topic"),
        (factory.audience, "audience"),
    ],
)
def test_old_slug_leads_to_the_new_address(client, there, make, name):
    rename(make(slug_ind="lama", slug_en="old"), slug_ind="baru", slug_en="new")
    for language, old, new in (("id", "lama", "baru"), ("en", "old", "new")):
        answer = client.get(there(f"education:{name}", old, language=language))
        target = there(f"education:{name}", new, language=language)
        assert (answer.status_code, answer["Location"]) == (301, target)


def test_chain_of_moves_is_one_step(client, there):
    guide = factory.guide(slug_ind="satu")
    rename(guide, slug_ind="dua")
    rename(guide, slug_ind="tiga")
    for old in ("satu", "dua"):
        assert client.get(there("education:guide", old))["Location"] == there("education:guide", "tiga")


def test_back_at_its_first_address_it_leads_nowhere_else(client, there):
    guide = factory.guide(slug_ind="satu")
    rename(guide, slug_ind="dua")
    rename(guide, slug_ind="satu")
    assert client.get(there("education:guide", "satu")).status_code == 200
    assert client.get(there("education:guide", "dua"))["Location"] == there("education:guide", "satu")
    assert SlugRedirect.objects.count() == 1


def test_current_slug_wins_over_a_redirect(client, there):
    rename(factory.guide(slug_ind="rebutan"), slug_ind="pindah")
    factory.guide(slug_ind="rebutan", title_ind="Yang baru")
    assert "Yang baru" in client.get(there("education:guide", "rebutan")).text


def test_slug_of_the_other_language_leads_on_too(client, there):
    rename(factory.guide(slug_ind="lama", slug_en="here"), slug_ind="baru")
    assert client.get(there("education:guide", "lama", language="en"))["Location"] == (
        there("education:guide", "here", language="en")
    )


@pytest.mark.sampled(3)
@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.ARCHIVED])
def test_redirect_hides_unpublished_items(client, there, state):
    guide = factory.guide(slug_ind="lama")
    rename(guide, slug_ind="baru")
    Guide.objects.filter(pk=guide.pk).update(state=state)
    assert client.get(there("education:guide", "lama")).status_code == 404


def test_slug_of_a_draft_is_not_kept():
    rename(factory.guide(slug_ind="lama", state=State.DRAFT), slug_ind="baru")
    assert not SlugRedirect.objects.exists()


def test_current_slug_needs_no_redirect_query(client, there):
    guide = factory.guide()
    with CaptureQueriesContext(connection) as queries:
        client.get(there("education:guide", guide.slug_ind))
    assert not [query for query in queries if SlugRedirect._meta.db_table in query["sql"]]
