"""The workflow from draft to published: who may do what in which state, and the message of a refusal."""

import pytest

from education.models import Guide, Revision, State, Status
from education.publishing import workflow
from safetycenter.transitions import NotAllowed

from . import factory

pytestmark = pytest.mark.django_db
D, R, P, A = State.DRAFT, State.IN_REVIEW, State.PUBLISHED, State.ARCHIVED
WRITERS = {"author", "editor", "translator", "reviewer", "publisher"}
TARGETS = {
    ("submit", D): R,
    ("return", R): D,
    ("withdraw", R): D,
    ("approve", R): R,
    ("publish", D): P,
    ("publish", R): P,
    ("publish", A): P,
    ("archive", P): A,
}


@pytest.mark.sampled(13)
@pytest.mark.parametrize("state", [D, R, P, A])
@pytest.mark.parametrize("name", sorted(workflow.ACTIONS))
@pytest.mark.parametrize("role", sorted(WRITERS | {"moderator"}))
def test_every_action_by_every_role_in_every_state(person, name, state, role):
    guide = factory.guide(state=state)
    of_role = {"publish": {"publisher"}, "approve": {"reviewer"}, "archive": WRITERS - {"translator"}}
    of_role["withdraw"] = {"publisher"}  # nobody here wrote the guide
    allowed = of_role.get(name, WRITERS)
    if (name, state) in TARGETS and role in allowed:
        assert workflow.perform(guide, name, person(role), note="So it is.").state == TARGETS[name, state]
    else:
        with pytest.raises(NotAllowed, match=r"\w\."):
            workflow.perform(guide, name, person(role), note="So it is.")
        assert Guide.objects.get(pk=guide.pk).state == state


def test_publishing_writes_a_revision_with_its_author(person):
    publisher = person("publisher")
    guide = workflow.perform(factory.sourced(factory.guide(state=D)), "publish", publisher)
    revision = Revision.objects.for_item(guide).get()
    assert (revision.number, revision.author) == (1, publisher)
    assert revision.data["title_en"] == guide.title_en


@pytest.mark.sampled(3)
@pytest.mark.parametrize("missing", ["title_ind", "slug_ind", "short_answer_ind"])
def test_what_is_not_written_is_not_published(person, missing):
    guide = factory.guide(state=D, **factory.ONLY_INDONESIAN, **{missing: None})
    with pytest.raises(NotAllowed):
        workflow.perform(guide, "publish", person("publisher"))


def test_language_without_its_text_is_not_published(person):
    with pytest.raises(NotAllowed, match=r"English|Inggris"):
        workflow.perform(factory.guide(state=D, body_en="<p></p>"), "publish", person("publisher"))


@pytest.fixture
def propose(person):
    """``propose(guide, title_en="…")``: somebody's proposal for a live guide; returns the guide as readers see it."""

    def do(guide, by="translator", **changes):
        author = by if hasattr(by, "pk") else person(by)
        workflow.save_proposal(guide, author, workflow.pending_or_live(guide) | changes)
        return Guide.objects.get(pk=guide.pk)

    return do


@pytest.fixture
def proposal(propose):
    """A live guide for which a translator proposed another title, in both languages."""
    return propose(factory.guide(title_en="What readers see"), title_en="What was proposed", title_ind="Usulan")


def test_proposal_goes_live_when_a_publisher_publishes_it(proposal, person):
    guide = workflow.perform(proposal, "publish", person("publisher"))
    assert Guide.objects.get(pk=guide.pk).title_en == "What was proposed"
    assert Revision.objects.open_proposal(guide) is None
    assert (
        Revision.objects.for_item(guide).filter(status=Status.PUBLISHED).get().data["title_en"] == "What was proposed"
    )


def test_proposal_carries_sources_helplines_and_audiences(propose, person):
    guide, line, teens = factory.guide(), factory.helpline("sapa", "129"), factory.audience()
    guide.sources.create(url="https://old.example/", publisher="Old")
    source = {"url": "https://new.example/", "publisher": "New", "title_ind": "", "title_en": "", "dated": "2026"}
    source |= {"checked_on": "2026-11-24"}
    rows = {"sources": [source | {"position": 0}], "guidehelpline_set": [{"helpline": line.pk, "position": 0}]}
    workflow.perform(propose(guide, audiences=[teens.pk], **rows), "publish", person("publisher"))
    assert [row.publisher for row in guide.sources.all()] == ["New"]
    assert [*guide.helplines.all(), *guide.audiences.all()] == [line, teens]


@pytest.mark.slow
def test_proposal_for_a_fixed_page_carries_its_sources(publish):
    page = factory.page()
    source = {"url": "https://new.example/", "publisher": "New", "title_ind": "", "title_en": "", "dated": "2026"}
    publish(page, sources=[source | {"checked_on": None, "position": 0}])
    assert [row.publisher for row in page.sources.all()] == ["New"]


def test_minor_proposal_leaves_the_date_of_the_last_change(person):
    guide = factory.guide(changed_on="2026-01-01")
    workflow.save_proposal(guide, person("editor"), workflow.pending_or_live(guide) | {"number": 907}, minor=True)
    workflow.perform(guide, "publish", person("publisher"))
    assert str(Guide.objects.get(pk=guide.pk).changed_on) == "2026-01-01"


def test_withdrawn_proposal_stays_in_the_versions(proposal, person):
    guide = workflow.perform(proposal, "withdraw", person("publisher"), note="Not now.")
    assert Guide.objects.get(pk=guide.pk).title_en == "What readers see"
    assert Revision.objects.open_proposal(guide) is None
    assert Revision.objects.for_item(guide).filter(data__title_en="What was proposed").exists()


def test_withdraw_of_anothers_proposal_needs_a_publisher(proposal, person):
    with pytest.raises(NotAllowed):
        workflow.perform(proposal, "withdraw", person("editor"))
    author = Revision.objects.open_proposal(proposal).author
    assert workflow.perform(proposal, "withdraw", author)


@pytest.fixture
def in_review(person):
    """A guide that its author handed in, and that a translator has translated."""
    author, guide = person("author", "penulis"), factory.guide(state=D)
    for by in (author, person("translator", "penerjemah")):
        workflow.save_proposal(guide, by, workflow.pending_or_live(guide))
    return workflow.perform(guide, "submit", author)


@pytest.mark.parametrize("name", ["penerjemah", "lain"])
def test_text_in_review_is_not_withdrawn_by_others(in_review, person, django_user_model, name):
    by = django_user_model.objects.filter(username=name).first() or person("editor", name)
    with pytest.raises(NotAllowed, match="penulis atau penerbit"):
        workflow.perform(in_review, "withdraw", by, note="So it is.")


def test_author_withdraws_a_text_in_review(in_review, django_user_model):
    author = django_user_model.objects.get(username="penulis")
    assert workflow.perform(in_review, "withdraw", author).state == D


def test_publisher_says_why_a_text_is_withdrawn(in_review, person):
    publisher = person("publisher")
    with pytest.raises(NotAllowed, match="Orang lain"):
        workflow.perform(in_review, "withdraw", publisher, note=" ")
    assert workflow.perform(in_review, "withdraw", publisher, note="Dua kali.").state == D


def test_only_a_publisher_publishes_a_proposal(proposal, person):
    with pytest.raises(NotAllowed):
        workflow.perform(proposal, "publish", person("editor"))


def test_without_a_proposal_a_live_guide_is_not_published_again(person):
    with pytest.raises(NotAllowed):
        workflow.perform(factory.guide(), "publish", person("publisher"))


def test_return_needs_a_note_and_ends_the_wait(proposal, person):
    reviewer = person("reviewer")
    with pytest.raises(NotAllowed):
        workflow.perform(proposal, "return", reviewer, note=" ")
    workflow.perform(proposal, "return", reviewer, note="Shorter, please.")
    assert Revision.objects.open_proposal(proposal).status == Status.RETURNED
    assert Revision.objects.for_item(proposal).filter(action="return").get().note == "Shorter, please."
    with pytest.raises(NotAllowed):
        workflow.perform(proposal, "publish", person("publisher"))


def test_newer_proposal_takes_the_place_of_the_one_before(proposal, propose):
    propose(proposal, by="editor", title_en="Newer")
    assert Revision.objects.waiting_proposal(proposal).data["title_en"] == "Newer"
    assert Revision.objects.for_item(proposal).filter(status=Status.REPLACED).count() == 1


class TestSensitive:
    """On a sensitive guide a second person reads before readers do."""

    @pytest.fixture
    def heavy(self):
        guide = factory.guide(sensitive=True)
        factory.fits(guide, factory.helpline("sapa-129", "129"))
        return guide

    def test_author_cannot_publish_own_sensitive_proposal(self, heavy, propose, person):
        writer = person("publisher", "writer")
        propose(heavy, by=writer, number=9911)
        with pytest.raises(NotAllowed, match=r"another publisher|penerbit lain"):
            workflow.perform(heavy, "publish", writer)
        assert workflow.perform(heavy, "publish", person("publisher", "second")).number == 9911

    def test_unsetting_sensitive_does_not_skip_second_person(self, heavy, propose, person):
        writer = person("publisher")
        propose(heavy, by=writer, sensitive=False)
        with pytest.raises(NotAllowed):
            workflow.perform(heavy, "publish", writer)

    def test_draft_needs_the_second_person_too(self, heavy, person):
        writer = person("publisher")
        Guide.objects.filter(pk=heavy.pk).update(state=D)
        Revision.objects.record(factory.sourced(heavy), writer)
        with pytest.raises(NotAllowed):
            workflow.perform(heavy, "publish", writer)

    def test_submitting_does_not_make_an_author(self, heavy, person):
        Guide.objects.filter(pk=heavy.pk).update(state=D)
        Revision.objects.record(factory.sourced(heavy), person("editor"))
        publisher = person("publisher")
        workflow.perform(heavy, "submit", publisher)
        assert workflow.perform(heavy, "publish", publisher).state == P

    def test_unpublish_by_one_publisher_is_immediate_and_recorded(self, heavy, person):
        alone = person("publisher", "alone")
        assert workflow.perform(heavy, "archive", alone, note="An agency asks.").state == A
        assert Revision.objects.for_item(heavy).get().action == "archive"
        with pytest.raises(NotAllowed):
            workflow.perform(heavy, "publish", alone)
        assert workflow.perform(heavy, "publish", person("publisher", "second")).state == P

    def test_plain_guide_is_published_by_its_writer(self, propose, person):
        writer = person("publisher")
        guide = propose(factory.guide(), by=writer, number=9912)
        assert workflow.perform(guide, "publish", writer).number == 9912


class TestGoingBack:
    """An older version comes back as a text to publish."""

    @pytest.fixture
    def changed(self, person):
        """A live guide and its first version, both languages of which said something else."""
        guide = factory.guide(title_ind="Lama", title_en="Old")
        first = Revision.objects.record(guide, person("editor"))
        Guide.objects.filter(pk=guide.pk).update(title_ind="Baru", title_en="New")
        return Guide.objects.get(pk=guide.pk), first

    @pytest.mark.parametrize(
        ("languages", "titles"), [(["id", "en"], ("Lama", "Old")), (["id"], ("Lama", "New")), (["en"], ("Baru", "Old"))]
    )
    def test_restore_covers_both_languages_or_one(self, changed, person, languages, titles):
        guide, first = changed
        proposal = workflow.restore(guide, first, languages, person("author"))
        assert (proposal.data["title_ind"], proposal.data["title_en"]) == titles
        assert proposal.status == Status.WAITING
        assert Guide.objects.get(pk=guide.pk).title_en == "New"

    def test_draft_takes_it_at_once(self, changed, person):
        guide, first = changed
        Guide.objects.filter(pk=guide.pk).update(state=D)
        workflow.restore(guide, first, ["id", "en"], person("author"))
        assert Guide.objects.get(pk=guide.pk).title_en == "Old"

    @pytest.mark.parametrize("languages", [["id", "en"], ["id"]])
    def test_translator_brings_back_the_translation_only(self, changed, person, languages):
        guide, first = changed
        with pytest.raises(NotAllowed):
            workflow.restore(guide, first, languages, person("translator"))
        assert workflow.restore(guide, first, ["en"], person("translator", "two")).data["title_en"] == "Old"

    def test_restore_needs_write_permission(self, changed, person):
        guide, first = changed
        with pytest.raises(NotAllowed):
            workflow.restore(guide, first, ["id", "en"], person("moderator"))
