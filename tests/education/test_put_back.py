"""An older version is put back although something that it names was deleted, or belongs to another item by now."""

import pytest
from django.urls import reverse

from education.models import Guide, Revision, State
from education.publishing import workflow
from tests.education.admin_pages import a_guide, act, proposal_page

from . import factory

pytestmark = pytest.mark.django_db


def with_a_deleted_topic(**fields) -> tuple[Guide, Revision]:
    """A guide, and its first version, whose topic was deleted since."""
    old = factory.topic()
    guide = a_guide(topic=old, title_ind="Lama", **fields)
    first = Revision.objects.record(guide, by=None)
    guide.topic, guide.title_ind = factory.topic(title_ind="Topik baru"), "Baru"
    guide.save()
    old.delete()
    return guide, first


def put_back(client, revision):
    return client.post(reverse("admin:education_revision_restore", args=[revision.pk]), follow=True)


def test_draft_keeps_its_topic_if_the_old_one_was_deleted(signed_in):
    guide, first = with_a_deleted_topic(state=State.DRAFT)
    client = signed_in("editor")
    assert client.get(reverse("admin:education_revision_change", args=[first.pk])).status_code == 200
    assert "tidak dikembalikan: topik" in put_back(client, first).text
    guide = Guide.objects.get(pk=guide.pk)
    assert (guide.title_ind, guide.topic.title_ind) == ("Lama", "Topik baru")


def test_live_guide_keeps_its_topic_if_the_old_one_was_deleted(signed_in):
    guide, first = with_a_deleted_topic()
    page = put_back(signed_in("editor"), first)
    assert (page.status_code, "tidak dikembalikan: topik" in page.text) == (200, True)
    act(signed_in("publisher"), guide, "publish")
    guide = Guide.objects.get(pk=guide.pk)
    assert (guide.title_ind, guide.topic.title_ind) == ("Lama", "Topik baru")


def test_draft_change_names_a_topic_that_was_deleted(signed_in, person, client):
    guide, other = a_guide(), factory.topic()
    workflow.save_proposal(guide, person("author"), workflow.pending_or_live(guide) | {"topic": other.pk})
    other.delete()
    page = signed_in("publisher").get(proposal_page(guide))
    assert "sudah dihapus" in page.text
    preview = page.context["previews"][0][1][0][2]
    assert client.get(preview).status_code == 200
    act(client, guide, "publish")
    assert not Revision.objects.open_proposal(guide)
    assert Guide.objects.get(pk=guide.pk).topic == guide.topic


@pytest.mark.parametrize("name", ["slug_en", "number"])
def test_draft_is_not_put_back_over_a_taken_address(signed_in, name):
    guide = a_guide(state=State.DRAFT, slug_en="taken", number=9_741)
    first = Revision.objects.record(guide, by=None)
    Guide.objects.filter(pk=guide.pk).update(slug_en="other", number=9_742, title_en="Kept")
    factory.guide(**{name: {"slug_en": "taken", "number": 9_741}[name]})
    page = put_back(signed_in("editor"), first)
    assert "isi lain" in page.text
    assert Guide.objects.get(pk=guide.pk).title_en == "Kept"


def test_number_of_another_guide_blocks_publishing(signed_in, person):
    guide = a_guide()
    workflow.save_proposal(guide, person("author"), workflow.pending_or_live(guide) | {"number": 9_743})
    factory.guide(number=9_743)
    client = signed_in("publisher")
    page = client.get(proposal_page(guide))
    assert "“9743”" in page.text
    assert client.get(page.context["previews"][0][1][0][2]).status_code == 200
    act(client, guide, "publish")
    assert Guide.objects.get(pk=guide.pk).number == guide.number
