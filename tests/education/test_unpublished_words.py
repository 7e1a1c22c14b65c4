"""After any sequence of editors' actions readers see published words and pictures only."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from education import public_pages, urls_for
from education.admin import preview
from education.models import Guide, Revision, SearchDoc, State, Status
from education.models.bilingual import LANGUAGES
from education.publishing import due, workflow
from education.publishing.decision import Decision
from education.rendering import figures
from safetycenter.page_cache import export, export_store
from safetycenter.transitions import NotAllowed

from . import factory, kept_versions, library
from .admin_pages import ROLES
from .as_nginx import application
from .kept_versions import QUOTED, Editors, word

LISTS = ("/id/panduan/", "/en/guides/", "/id/", "/en/")
REAL_NOW = timezone.now


class Newsroom(Editors):
    """A guide that readers see, a draft, a person of each role, and a clock.

    ``shown`` is what readers may see in each language, ``hidden`` every word that was written,
    ``replaced`` what readers had until something else was published, and not before a page was taken down.
    """

    pictures: ClassVar[list] = []
    snapshot: ClassVar[Callable]  # returns the names of the files that nginx serves, and the words in its pages
    reader: ClassVar[Callable]  # returns the bytes that the page store keeps

    def __init__(self):
        super().__init__()
        self.shown = {"id": word(), "en": word()}
        self.guide = factory.guide(title_ind=self.shown["id"], title_en=self.shown["en"])
        self.first = Revision.objects.record(self.guide, None)
        self.away = False
        self.drawn: dict[str, set[int]] = {"id": set(), "en": set(), "cover": set()}
        titles = {"title_ind": word(), "title_en": word()}
        self.hidden: set[str] = set(titles.values())
        self.draft = factory.guide(state=State.DRAFT, topic=self.guide.topic, **titles)
        self.marked: set[str] = set()
        self.replaced: set[str] = set()
        self.seen |= set(self.shown.values())
        self.begin_behind()

    def begin_behind(self):
        """English is behind from the start, so that its page quotes what changed in Indonesian."""
        words = {"title_ind": word()}
        self.hidden |= {*words.values(), *self.shown.values()}
        workflow.save_proposal(self.row(), self.people["editor"], workflow.pending_or_live(self.row()) | words)
        self.publish("publisher", LANGUAGES)
        assert self.replaced

    def teardown(self):
        """Restore the clock, and take the guide away: the next one shows the same pictures."""
        super().teardown()
        for guide in (self.row(), self.draft):
            Revision.objects.for_item(guide).delete()
            Guide.objects.get(pk=guide.pk).delete()

    def do(self, name: str, who: str, **options) -> bool:
        """Return whether the step was allowed; every confirmation is given."""
        guide = self.row()
        agreed = {one.name for one in self.found(guide, options["languages"])} if options else set()
        try:
            workflow.perform(guide, name, self.people[who], note="So.", confirmed=agreed, **options)
        except NotAllowed:
            return False
        return True

    def found(self, guide, languages):
        """What the publish checks find."""
        return workflow.checks.findings(workflow.candidate_for(guide, languages))

    def row(self) -> Guide:
        """The guide as the database has it."""
        return Guide.objects.get(pk=self.guide.pk)

    @rule(
        who=st.sampled_from(ROLES),
        changed=st.sampled_from([["id"], ["en"], ["id", "en"]]),
        hours=st.sampled_from([0, 0, 5]),
        languages=st.sampled_from([None, LANGUAGES, ["id"], ["en"]]),
        pictures=st.tuples(*2 * [st.sampled_from([None, 0, 1])]),
    )
    def write(self, who, changed, hours, languages, pictures):
        """Somebody saves a text of a live page, with or without a time, and a publisher decides on it, or not yet."""
        if self.away or workflow.may_change(self.guide, changed, self.people[who]):
            return
        words = {f"title_{'ind' if code == 'id' else 'en'}": word() for code in changed}
        self.hidden |= set(words.values())
        words |= self.with_pictures(changed, *pictures)
        moment = timezone.now() + timedelta(hours=hours) if hours else None
        text = workflow.pending_or_live(self.row()) | words | {"publish_at": moment}
        workflow.save_proposal(self.row(), self.people[who], text)
        if languages and hours:
            self.do("schedule", "publisher", languages=languages)
        elif languages:
            self.publish("publisher", languages)

    def with_pictures(self, changed, shown, cover):
        """The texts in the languages ``changed`` with a picture of the library, and the guide with another as cover."""
        body = "<h2>Satu</h2><p>Isi.</p>" + (library.figure(self.pictures[shown]) if shown is not None else "")
        texts = {f"body_{'ind' if code == 'id' else 'en'}": body for code in changed}
        key = self.pictures[cover].pk if cover is not None else None
        return texts | {"cover": key, "cover_alt_ind": "Kunci", "cover_alt_en": "A key"}

    @rule(
        who=st.sampled_from(ROLES),
        languages=st.sampled_from([LANGUAGES, ["id"], ["en"]]),
        now=st.booleans(),
    )
    def publish(self, who, languages, now=False):
        """Somebody tries to publish both languages, or one, at once or if the text asks for no time."""
        said = workflow.pending_or_live(self.row())
        if self.do("publish", who, languages=languages, chosen=Decision(now=now)):
            assert who == "publisher"
            self.show(said, languages)
            self.away = False

    @rule(
        who=st.sampled_from(ROLES),
        languages=st.sampled_from([LANGUAGES, ["id"], ["en"]]),
        hours=st.sampled_from([-1, 2]),
    )
    def approve_for_a_time(self, who, languages, hours):
        """Somebody chooses a time that the text did not ask for."""
        at = timezone.now() + timedelta(hours=hours)
        if self.do("schedule", who, languages=languages, chosen=Decision(at=at)):
            assert (who, hours) == ("publisher", 2)

    @rule(who=st.sampled_from(ROLES), language=st.sampled_from(["id", "en"]), ready=st.booleans())
    def mark(self, who, language, ready):
        """A writer says that a language is ready, or not."""
        try:
            workflow.perform(self.row(), "ready" if ready else "not_ready", self.people[who], languages=[language])
        except NotAllowed:
            return
        (self.marked.discard if ready else self.marked.add)(language)
        assert self.row().not_ready.keys() == self.marked

    @rule()
    def put_back(self):
        """A publisher puts the English of the first version back, and publishes only that."""
        if self.away:
            return
        publisher = self.people["publisher"]
        said = workflow.restore(self.row(), self.first, ["en"], publisher).data
        try:
            workflow.publish_only(self.row(), ["en"], publisher, "So.")
        except NotAllowed:
            return
        self.show(said, ["en"])

    @rule(hours=st.sampled_from([1, 6]))
    def time_passes(self, hours):
        """The clock moves on, and what is due is published."""
        self.later += timedelta(hours=hours)
        scheduled = Revision.objects.for_item(self.guide).filter(status=Status.SCHEDULED)
        waited = scheduled.filter(goes_live_at__lte=timezone.now()).first()
        if due.publish_due():
            self.show(waited.data, [waited.language] if waited.language else LANGUAGES)

    @rule(
        name=st.sampled_from(["withdraw", "return", "approve", "submit", "confirm_unpublish"]),
        who=st.sampled_from(ROLES),
    )
    def step(self, name, who):
        """A step after which readers see the same."""
        if self.do(name, who) and name == "withdraw":
            self.marked = set()

    @rule(who=st.sampled_from(ROLES))
    def away_and_back(self, who):
        """Somebody takes it down, or puts it back."""
        if self.do("restore" if self.away else "archive", who):
            assert not self.away or who == "publisher"
            self.away = not self.away
            self.replaced = set()

    @rule(
        name=st.sampled_from([*workflow.ACTIONS]), who=st.sampled_from([role for role in ROLES if role != "publisher"])
    )
    def press_at_a_draft(self, name, who):
        """Somebody who may not publish tries a step at a draft, and sees its new words in no other place."""
        words = {"title_en": word()}
        self.hidden |= set(words.values())
        row = Guide.objects.get(pk=self.draft.pk)
        if row.state == State.DRAFT:
            Guide.objects.filter(pk=row.pk).update(**words)
            workflow.save_proposal(row, self.people[who], workflow.pending_or_live(row) | words)
        try:
            workflow.perform(row, name, self.people[who], note="So.")
        except NotAllowed:
            return
        assert name not in {"publish", "schedule", "restore"}

    def show(self, said: dict, languages):
        """Readers may now see ``said`` in ``languages``."""
        assert not self.marked & set(languages) & self.changed(said)
        if not Revision.objects.open_proposal(self.guide):
            self.marked = set()
        if set(languages) == set(LANGUAGES):
            self.drawn["cover"] = {said["cover"]} - {None}
        if not self.away:
            self.replaced |= {self.shown[code] for code in languages}
        for code in languages:
            self.drawn[code] = figures.keys(said[f"body_{'ind' if code == 'id' else 'en'}"])
            self.shown[code] = said[f"title_{'ind' if code == 'id' else 'en'}"]
        self.seen |= set(self.shown.values())

    def changed(self, said: dict) -> set[str]:
        """The languages in which ``said`` differs from what readers saw."""
        return {code for code in LANGUAGES if said[f"title_{'ind' if code == 'id' else 'en'}"] != self.shown[code]}

    @invariant()
    def no_version_is_lost(self):
        """Every version that any step ever made is listed, with its content."""
        self.require_versions(self.guide, self.draft)

    @invariant()
    def readers_get_published_pictures_only(self):
        """Pages, their copies (offline, of nginx) and the files themselves: exactly the pictures that are published."""
        public = set() if self.away else set().union(*self.drawn.values())
        kept, _words = Newsroom.snapshot()
        for picture in self.pictures:
            address = library.address(picture)
            names = set(picture.files.values_list("name", flat=True))
            assert names & kept == (names if picture.pk in public else set())
            assert (Client().get(address).status_code == 200) == (picture.pk in public)
            for code in () if self.away else LANGUAGES:
                page = Client().get(urls_for.url_of(self.row(), code)).text  # what the worker keeps too
                assert (address in page) == (picture.pk in self.drawn[code] | self.drawn["cover"])

    @invariant()
    def readers_see_published_words_only(self):
        """Each page shows its published title, and no address anything that was not published."""
        _names, words = Newsroom.snapshot()
        texts = [words]
        for address in ("/feed/id/", "/feed/en/", "/sitemap.xml", *LISTS, urls_for.url_of(self.draft, "id")):
            texts.append(Newsroom.reader(address).body.decode())
        for code in ("id", "en"):
            answer = Newsroom.reader(urls_for.url_of(self.row(), code))
            assert answer.status == (404 if self.away else 200)
            assert self.away or self.shown[code] in answer.body.decode()
            assert (self.shown[code] in words) is not self.away
            texts.append(answer.body.decode())
        self.require_unknown(self.hidden)
        never = self.hidden - set(self.shown.values())
        gone = set(self.shown.values()) if self.away else set()
        quoted = [part for text in texts for part in QUOTED.findall(text)]
        texts = [QUOTED.sub("", text) for text in texts]
        assert not [hidden for hidden in never | gone if any(hidden in text for text in texts)]
        assert not [hidden for hidden in (never - self.replaced) | gone if any(hidden in part for part in quoted)]
        found = str(list(SearchDoc.objects.filter(kind="guide", object_id=self.guide.pk).values()))
        assert not [hidden for hidden in never if hidden in found]
        for guide in (self.draft, self.row()) if self.away else (self.draft,):
            answer = Client().post("/id/cari/", {"q": guide.title_ind}).text
            assert urls_for.url_of(guide, "id") not in answer

    @invariant()
    def nobody_reads_a_preview_without_its_signature(self):
        """A link to a preview opens only as it was signed."""
        for guide in (self.guide, self.draft):
            address = preview.preview_url(guide, "id")
            head, token = address.rstrip("/").rsplit("/", 1)
            for forged in (f"{head}/{token[:-1]}{'A' if token[-1] != 'A' else 'B'}/", f"{head}/guide.{guide.pk}/"):
                assert Client().get(forged).status_code == 404


@pytest.fixture
def snapshot(tmp_path, monkeypatch) -> Callable[[], tuple[set[str], str]]:
    """Write the snapshot of nginx again. Return the names of all its files, and the words of its pages."""
    folder = tmp_path / "snapshots"
    monkeypatch.setattr("django.conf.settings.SNAPSHOT_PATHS", f"{__name__}.pages_with_guides")
    monkeypatch.setattr(export_store, "COMPRESSED", {"": bytes})

    def write() -> tuple[set[str], str]:
        export.write(folder, application)
        pages = "".join(path.read_text() for path in sorted(Path(folder).rglob("index.html")))
        return {path.name for path in Path(folder).rglob("*")}, pages

    return write


def pages_with_guides() -> dict[str, str]:
    """The pages of a snapshot that show guides: their own, and the lists."""
    own = {urls_for.url_of(guide, code) for guide in Guide.objects.all() for code in LANGUAGES}
    return {path: shows for path, shows in public_pages.paths().items() if path in own | set(LISTS)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sequences", "fresh"),
    [(2, False), pytest.param(8, True, marks=[pytest.mark.slow, pytest.mark.exhaustive])],
)
def test_unpublished_words_are_never_visible(person, snapshot, kept_pages, sequences, fresh):
    Newsroom.snapshot, Newsroom.reader = staticmethod(snapshot), staticmethod(kept_pages)
    Newsroom.pictures = [library.picture(name) for name in ("kunci", "gembok")]
    Newsroom.people = {role: person(role) for role in ROLES}
    run_state_machine_as_test(Newsroom, settings=kept_versions.sequences(sequences, fresh=fresh))
