"""After any sequence of editors' actions readers see published words only: every kind of text but guides.

``test_unpublished_words.py`` has guides, with their pictures, copies and previews.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from education import urls_for
from education.models import Picture, Revision, SearchDoc, State, Status
from education.models.bilingual import LANGUAGES
from education.models.serialization import snapshot
from education.publishing import due, workflow
from education.publishing.decision import Decision
from education.search.documents import KINDS as SEARCHED
from safetycenter.transitions import NotAllowed

from . import factory, kept_versions, library
from .admin_pages import ROLES
from .kept_versions import MARKED, QUOTED, Editors, word

ENDINGS = {"id": "_ind", "en": "_en"}
# How an item of each kind is made, the text that changes, and the lists that show it.
KINDS: dict[str, tuple[Callable, str, tuple[str, ...]]] = {
    "news": (factory.news, "title", ("news", "home")),
    "platform": (factory.platform, "short_answer", ("platforms", "compare_platforms")),
    "quiz": (factory.quiz, "title", ("quizzes",)),
    "lesson": (factory.lesson, "title", ("lessons",)),
    "topic": (factory.topic, "title", ("home", "guides")),
    "helpline": (lambda **fields: factory.helpline(f"garis-{word()}", "129", **fields), "name", ("helplines", "home")),
}
kinds, roles = st.sampled_from(sorted(KINDS)), st.sampled_from(ROLES)
some_languages = st.sampled_from([LANGUAGES, ["id"], ["en"]])


class Newsroom(Editors):
    """A published item and a draft of each kind, a picture in a guide, and a person of each role.

    ``shown`` is what readers may see of each item in each language, ``hidden`` every word that was unpublished when
    written, ``last`` the kind that the last step was about, ``replaced`` what readers of each kind had until something
    else was published, and not before it was taken down.
    """

    reader: ClassVar[Callable]  # returns the bytes that the page store keeps

    def __init__(self):
        super().__init__()
        self.items, self.drafts, self.hidden, self.last = {}, {}, set(), "news"
        for kind, (make, field, _lists) in KINDS.items():
            self.items[kind] = make(**{field + ending: word() for ending in ENDINGS.values()})
            self.drafts[kind] = make(state=State.DRAFT, **{field + ending: word() for ending in ENDINGS.values()})
            self.hidden |= self.words(snapshot(self.drafts[kind]))
        self.shown = {
            kind: {code: self.words(snapshot(item), [code]) for code in LANGUAGES} for kind, item in self.items.items()
        }
        self.seen |= {one for texts in self.shown.values() for words in texts.values() for one in words}
        self.first = {kind: Revision.objects.record(item, None) for kind, item in self.items.items()}
        self.away: set[str] = set()
        self.replaced: dict[str, set[str]] = {kind: set() for kind in KINDS}
        self.picture = library.picture()
        self.guide = factory.guide(topic=self.items["topic"], **library.both(self.picture))

    def teardown(self):
        """Take everything away: the next sequence has the same picture."""
        super().teardown()
        self.guide.delete()
        for item in (*self.items.values(), *self.drafts.values()):
            Revision.objects.for_item(item).delete()
            self.row(item).delete()
        Revision.objects.for_item(self.picture).delete()
        self.picture.delete()

    def words(self, data: dict, languages=LANGUAGES) -> set[str]:
        """The marked words of a text in some languages."""
        texts = [str(value) for code in languages for name, value in data.items() if name.endswith(ENDINGS[code])]
        return set(MARKED.findall(" ".join(texts)))

    def row(self, item):
        """The item as the database has it."""
        return type(item).objects.get(pk=item.pk)

    def do(self, kind: str, name: str, who: str, **options) -> bool:
        """Return whether the step was allowed; every confirmation is given."""
        self.last, item = kind, self.row(self.items[kind])
        found = workflow.checks.findings(workflow.candidate_for(item, options["languages"])) if options else ()
        agreed = {one.name for one in found}
        try:
            workflow.perform(item, name, self.people[who], note="So.", confirmed=agreed, **options)
        except NotAllowed:
            return False
        return True

    def show(self, kind: str, said: dict, languages):
        """Readers may now see ``said`` of the kind in ``languages``."""
        for code in languages:
            self.replaced[kind] |= set() if kind in self.away else self.shown[kind][code]
            self.shown[kind][code] = self.words(said, [code])
            self.seen |= self.shown[kind][code]

    @initialize(order=st.permutations(sorted(KINDS)), who=roles.filter(lambda role: role != "translator"))
    def begin(self, order, who):
        """A text of each kind is written, and then waits, or is approved, returned, published or taken away."""
        waits, approved, returned, english, both, away = order
        for kind in order:
            self.save(kind, who, LANGUAGES, timezone.now() + timedelta(hours=5) if kind == approved else None)
        self.do(approved, "schedule", "second", languages=LANGUAGES)
        self.do(returned, "return", "second")
        self.publish(english, "second", ["en"])
        self.publish(both, "second", LANGUAGES)
        self.step(away, "away", "second")
        for self.last in order:
            self.readers_see_published_words_only()
        self.last = waits

    @rule(kind=kinds, who=roles, changed=some_languages, decided=some_languages)
    def write(self, kind, who, changed, decided):
        """Somebody saves a text, and a second publisher publishes it, or one language of it."""
        if self.save(kind, who, changed):
            self.publish(kind, "second", decided)

    @rule(kind=kinds, who=roles, changed=some_languages, decided=some_languages, approved=st.booleans())
    def write_for_later(self, kind, who, changed, decided, approved):
        """Somebody saves a text with a time, and a second publisher approves it, or not yet."""
        if self.save(kind, who, changed, timezone.now() + timedelta(hours=5)) and approved:
            self.do(kind, "schedule", "second", languages=decided)

    def save(self, kind, who, changed, moment=None) -> bool:
        """Save a text with new words in the languages that this role may write; False for a text that is away."""
        item, self.last = self.items[kind], kind
        changed = ["en"] if workflow.may_change(item, changed, self.people[who]) else changed
        if kind in self.away:
            return False
        words = {KINDS[kind][1] + ENDINGS[code]: word() for code in changed}
        self.hidden |= set(words.values())
        text = workflow.pending_or_live(self.row(item)) | words | {"publish_at": moment}
        workflow.save_proposal(self.row(item), self.people[who], text)
        return True

    def publish(self, kind, who, languages):
        """Somebody tries to publish a text at once."""
        said = workflow.pending_or_live(self.row(self.items[kind]))
        if self.do(kind, "publish", who, languages=languages, chosen=Decision(now=True)):
            assert who in {"publisher", "second"}
            self.away.discard(kind)
            self.show(kind, said, languages)

    @rule(kind=kinds)
    def put_back(self, kind):
        """A publisher puts the English of the first version back, and publishes only that."""
        if kind in self.away:
            return
        item, self.last = self.row(self.items[kind]), kind
        said = workflow.restore(item, self.first[kind], ["en"], self.people["publisher"]).data
        try:
            workflow.publish_only(self.row(item), ["en"], self.people["second"], "So.")
        except NotAllowed:
            return
        self.show(kind, said, ["en"])

    @rule(hours=st.sampled_from([1, 6]))
    def time_passes(self, hours):
        """The clock moves on, and what is due is published."""
        self.later += timedelta(hours=hours)
        waited = Revision.objects.filter(status=Status.SCHEDULED, goes_live_at__lte=timezone.now())
        waiting = {
            kind: waited.filter(pk__in=Revision.objects.for_item(item)).first() for kind, item in self.items.items()
        }
        newest = Revision.objects.latest("pk").pk
        due.publish_due()
        for kind, revision in waiting.items():
            if revision and kept_versions.went_live(revision, newest):
                self.last = kind
                self.show(kind, revision.data, [revision.language] if revision.language else LANGUAGES)

    @rule(
        kind=kinds,
        name=st.sampled_from(["publish", "away", "withdraw", "return", "approve", "submit", "confirm_unpublish"]),
        who=roles,
    )
    def step(self, kind, name, who):
        """Somebody presses a button; those but the first two change nothing for readers."""
        if name == "publish":
            self.publish(kind, who, LANGUAGES)
        elif name != "away":
            self.do(kind, name, who)
        elif self.do(kind, "restore" if kind in self.away else "archive", who):
            self.away ^= {kind}
            self.replaced[kind] = set()

    @rule(kind=kinds, name=st.sampled_from([*workflow.ACTIONS]), who=roles.filter(lambda role: role != "publisher"))
    def press_at_a_draft(self, kind, name, who):
        """Somebody who may not publish tries a step at a draft."""
        self.last = kind
        try:
            workflow.perform(self.row(self.drafts[kind]), name, self.people[who], note="So.")
        except NotAllowed:
            return
        assert name not in {"publish", "schedule", "restore"}

    @rule(who=roles, code=st.sampled_from(LANGUAGES))
    def reword_the_picture(self, who, code):
        """Somebody changes the alt text of the library: a page keeps its words until it is published with new ones."""
        text = snapshot(Picture.objects.get(pk=self.picture.pk)) | {f"alt{ENDINGS[code]}": word()}
        self.hidden |= self.words(text)
        revision = workflow.save_proposal(self.picture, self.people[who], text)
        revision.apply_and_save(Picture.objects.get(pk=self.picture.pk))

    @invariant()
    def no_version_is_lost(self):
        """Every version that any step ever made is listed, with its content."""
        self.require_versions(self.items[self.last], self.drafts[self.last])

    @invariant()
    def readers_see_published_words_only(self):
        """Pages and lists of the kind, the feed, the site map and the guide with the picture."""
        item, kind = self.items[self.last], self.last
        never = self.hidden - {one for texts in self.shown.values() for words in texts.values() for one in words}
        gone = set().union(*self.shown[kind].values()) if kind in self.away else set()
        texts = [Newsroom.reader(address).body.decode() for address in ("/feed/id/", "/sitemap.xml")]
        for code in LANGUAGES:
            own = [Newsroom.reader(address).body.decode() for address in self.addresses(code)]
            assert (kind in self.away) is not any(one in text for one in self.shown[kind][code] for text in own)
            texts += own
        quoted = [part for text in texts for part in QUOTED.findall(text)]
        texts = [QUOTED.sub("", text) for text in texts]
        assert not [hidden for hidden in never | gone if any(hidden in text for text in texts)], kind
        never_quoted = (never - self.replaced[kind]) | gone
        assert not [hidden for hidden in never_quoted if any(hidden in part for part in quoted)], kind
        if type(item) in SEARCHED:
            found = str(list(SearchDoc.objects.filter(kind=SEARCHED[type(item)], object_id=item.pk).values()))
            assert not [hidden for hidden in never if hidden in found]
        self.require_unknown(self.hidden)
        for draft in (self.drafts[kind], *([item] if kind in self.away else [])):
            name = getattr(self.row(draft), f"{KINDS[kind][1]}_ind")
            answer = Client().post("/id/cari/", {"q": name})
            assert draft not in [one.item for one in answer.context["found"]], name

    def addresses(self, code: str) -> list[str]:
        """The pages that may show the item of the last step, its draft or the picture, in one language."""
        item, kind = self.row(self.items[self.last]), self.last
        shown = [one for one in (item, self.drafts[kind], self.guide) if urls_for.has_page(one)]
        with override(code):
            return [
                *(reverse(f"education:{name}") for name in KINDS[kind][2]),
                *(urls_for.url_of(one, code) for one in shown),
            ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sequences", "fresh"),
    [(2, False), pytest.param(8, True, marks=[pytest.mark.slow, pytest.mark.exhaustive])],
)
def test_unpublished_words_of_any_kind_are_never_visible(person, kept_pages, sequences, fresh):
    Newsroom.reader = staticmethod(kept_pages)
    Newsroom.people = {role: person(role) for role in ROLES} | {"second": person("publisher", "kedua")}
    run_state_machine_as_test(Newsroom, settings=kept_versions.sequences(sequences, fresh=fresh))
