"""From draft to reader: who may do what, from which state, and what is refused in words."""

import pytest

from education import workflow
from education.models import Guide, Revision, State
from safetycenter.transitions import NotAllowed

from . import factory

pytestmark = pytest.mark.django_db
D, R, P, A = State.DRAFT, State.IN_REVIEW, State.PUBLISHED, State.ARCHIVED
WRITERS = {"author", "editor", "translator", "reviewer", "publisher"}
TARGETS = {
    ("submit", D): R,
    ("return", R): D,
    ("publish", D): P,
    ("publish", R): P,
    ("publish", A): P,
    ("archive", P): A,
}


@pytest.mark.parametrize("state", [D, R, P, A])
@pytest.mark.parametrize("name", ["submit", "return", "publish", "archive"])
@pytest.mark.parametrize("role", sorted(WRITERS | {"moderator"}))
def test_every_action_by_every_role_in_every_state(person, name, state, role):
    guide = factory.guide(state=state)
    allowed = WRITERS if name in {"submit", "return"} else {"publisher"}
    if (name, state) in TARGETS and role in allowed:
        assert workflow.perform(guide, name, person(role)).state == TARGETS[name, state]
    else:
        with pytest.raises(NotAllowed, match=r"\w\."):
            workflow.perform(guide, name, person(role))
        assert Guide.objects.get(pk=guide.pk).state == state


def test_publishing_writes_a_revision_with_its_author(person):
    publisher = person("publisher")
    guide = workflow.perform(factory.guide(state=D), "publish", publisher)
    revision = Revision.objects.of(guide).get()
    assert (revision.number, revision.author) == (1, publisher)
    assert revision.data["title_en"] == guide.title_en


@pytest.mark.parametrize("missing", ["title_ind", "slug_ind", "short_answer_ind"])
def test_what_is_not_written_is_not_published(person, missing):
    guide = factory.guide(state=D, **factory.ONLY_INDONESIAN, **{missing: None})
    with pytest.raises(NotAllowed):
        workflow.perform(guide, "publish", person("publisher"))


def test_a_language_without_its_text_is_not_published(person):
    with pytest.raises(NotAllowed, match=r"English|Inggris"):
        workflow.perform(factory.guide(state=D, body_en="<p></p>"), "publish", person("publisher"))


@pytest.fixture
def proposal(person):
    """A live guide for which a translator proposed another title."""
    guide = factory.guide(title_en="What readers see")
    guide.title_en = "What was proposed"
    Revision.objects.write(guide, person("translator"), waiting=True)
    return Guide.objects.get(pk=guide.pk)


def test_a_proposal_goes_live_when_a_publisher_accepts_it(proposal, person):
    guide = workflow.perform(proposal, "accept", person("publisher"))
    assert Guide.objects.get(pk=guide.pk).title_en == "What was proposed"
    assert Revision.objects.waiting_for(guide) is None


def test_a_dropped_proposal_is_gone_from_the_work_but_not_from_the_revisions(proposal, person):
    guide = workflow.perform(proposal, "decline", person("publisher"))
    assert Guide.objects.get(pk=guide.pk).title_en == "What readers see"
    assert Revision.objects.waiting_for(guide) is None
    assert Revision.objects.of(guide).filter(data__title_en="What was proposed").exists()


def test_only_a_publisher_accepts(proposal, person):
    with pytest.raises(NotAllowed):
        workflow.perform(proposal, "accept", person("editor"))
