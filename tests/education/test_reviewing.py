"""Reviewers decide on every kind of text under the workflow, and never on their own words."""

import pytest
from django.urls import reverse

from education.admin.translation_matrix import KINDS
from education.models import Organisation, Revision, State
from education.publishing import workflow
from tests.education.admin_pages import act_page, proposal_page

from . import factory, help_blocks

pytestmark = pytest.mark.django_db
FACTORIES = (
    *(factory.guide, factory.page, factory.news, factory.quiz, factory.lesson, factory.term, factory.platform),
    *(factory.topic, factory.audience, help_blocks.block),
)


def one_of_each() -> list:
    """A published item of each kind; the helpline is one that every page shows."""
    named = {"name_ind": "Lembaga", "name_en": "Body", "state": State.PUBLISHED}
    line = factory.helpline("polri-110", "110", emergency=True)
    return [make() for make in FACTORIES] + [line, Organisation.objects.create(key="badan", **named)]


def propose(item, by) -> None:
    """Let ``by`` write another text in the first column of the item that has one."""
    text = workflow.pending_or_live(item)
    name = next(column for column in text if column.endswith("_en") and text[column] and "slug" not in column)
    workflow.save_proposal(item, by, text | {name: "Other words"})


def approved(item) -> bool:
    return Revision.objects.for_item(item).filter(action="approve").exists()


def test_reviewer_approves_every_kind(signed_in, person):
    author, client, items = person("author"), signed_in("reviewer"), one_of_each()
    assert {type(item) for item in items} == set(KINDS)
    for item in items:
        propose(item, author)
        assert f'action="{act_page(item, "approve")}"' in client.get(proposal_page(item)).text, item
        client.post(act_page(item, "approve"), {"note": "Benar."})
        assert approved(item), item


def test_nobody_approves_their_own_words_of_any_kind(client, person):
    reviewer = person("reviewer")
    client.force_login(reviewer)
    for item in one_of_each():
        propose(item, reviewer)
        client.post(act_page(item, "approve"), {"note": "Benar."})
        assert not approved(item), item


@pytest.mark.parametrize("role", ["author", "editor", "translator", "publisher"])
def test_only_a_reviewer_approves(signed_in, person, role):
    writer, topic = person("author", "penulis"), factory.topic()
    propose(topic, writer)
    client = signed_in(role)
    assert act_page(topic, "approve") not in client.get(proposal_page(topic)).text
    client.post(act_page(topic, "approve"), {"note": "Benar."})
    assert not approved(topic)


@pytest.mark.both_databases
def test_first_page_lists_what_a_reviewer_may_decide(signed_in, person, remembered, django_assert_max_num_queries):
    author, items = person("author"), (factory.helpline("sapa", "129"), factory.quiz(), factory.topic())
    for item in items:
        propose(item, author)
    client = signed_in("reviewer")
    client.get(reverse("admin:index"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("admin:index")).text
    assert all(f'href="{proposal_page(item)}"' in page for item in items)
