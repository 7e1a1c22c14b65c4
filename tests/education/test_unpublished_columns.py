"""After any sequence of editors' actions readers see no word of any column of any kind that they may not see now.

That is a word that was not published yet, that something else replaced, or that was taken down.
``test_unpublished_words.py`` and ``test_unpublished_kinds.py`` follow one text of each item, and find it where it
belongs too. Here every text column holds a word, and every public address is read.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import reduce
from pathlib import Path
from typing import ClassVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from education import urls_for
from education.admin.tables import files
from education.admin.tables.kinds import KINDS as TABLES
from education.library import alts, renditions, store
from education.links import replacing
from education.models import Guide, Quiz, Revision, SearchDoc, State, Status
from education.models.bilingual import LANGUAGES
from education.publishing import due, translation_status, workflow
from education.publishing.decision import Decision
from education.translation import column
from safetycenter.page_cache import export, export_store
from safetycenter.release import VERSION
from safetycenter.transitions import NotAllowed

from . import factory, kept_versions, library, worded
from .admin_pages import ROLES
from .as_nginx import application
from .kept_versions import MARKED, QUOTED, plain_word, word
from .release_steps import PUBLISHERS, Releases, ToldChanges, kinds, roles, some_languages

BY_NUMBER = {
    Guide: ("guide_by_number", "handout_by_number", "easy_by_number", "helpful_why"),
    Quiz: ("quiz_by_number",),
}
PLAIN = ("/feed/id/", "/feed/en/", "/sitemap.xml", "/robots.txt", "/offline-worker.js")
# Kinds whose corrections are accepted or declined with the others: helplines are numbers, and the help texts here lack
# what the checks want, so that no correction replaces the editor's text.
DECIDED_TOGETHER = set(worded.MAKERS) - {"helpline", "helpblock"}
STEPS = ("submit", "withdraw", "return", "approve", "confirm_unpublish", "not_ready", "ready")


class Newsroom(Releases, ToldChanges):
    """A published item and a draft of each kind, a picture in the draft of a guide, and a person of each role.

    ``hidden`` has every word that was ever written, ``seen`` those that readers saw once, ``shown`` those that
    readers of each kind may see now, by language (empty: texts of no language, and rows of the item), ``replaced``
    those that they had until something else was published, and not before it was taken down.
    """

    snapshot: ClassVar[Callable]  # returns the words of all pages that nginx serves
    every: ClassVar[int] = 5  # after so many steps every address is read; a word that leaked is still there

    def __init__(self):
        super().__init__()
        self.items = {kind: worded.make(kind) for kind in worded.MAKERS}
        self.drafts = {kind: worded.make(kind, state=State.DRAFT) for kind in worded.MAKERS}
        self.shown: dict[str, dict[str, set[str]]] = {kind: {} for kind in self.items}
        self.replaced: dict[str, set[str]] = {kind: set() for kind in self.items}
        self.versions = {kind: [Revision.objects.record(item, None)] for kind, item in self.items.items()}
        for kind, item in self.items.items():
            self.show(kind, workflow.pending_or_live(item), LANGUAGES)
        self.hidden = set().union(*(worded.words(workflow.pending_or_live(item)) for item in self.drafts.values()))
        self.hidden |= self.seen
        self.picture, self.asked, self.steps, self.last = library.picture(), 0, 0, "guide"
        draft = self.drafts["guide"]
        cover = {"cover": self.picture, "cover_alt_ind": word(), "cover_alt_en": word()}
        self.hidden |= {cover["cover_alt_ind"], cover["cover_alt_en"]}
        Guide.objects.filter(pk=draft.pk).update(**cover, body_ind=library.figure(self.picture, alt=word()))
        self.hidden |= worded.words(workflow.pending_or_live(self.row(draft)))

    def teardown(self):
        """Take everything away: the next sequence has the same fixed pages and the same picture."""
        super().teardown()
        Revision.objects.all().delete()
        for kind in sorted(worded.MAKERS, key=("topic", "guide").__contains__):  # what others refer to comes last
            for item in (self.items[kind], self.drafts[kind]):
                self.row(item).delete()
        self.picture.delete()

    def row(self, item):
        """The item as the database has it."""
        return type(item).objects.get(pk=item.pk)

    def do(self, item, name: str, who: str, **options) -> bool:
        """Return whether the step was allowed; every confirmation is given."""
        item, self.last = self.row(item), item._meta.model_name
        if "confirmed" not in options and name in {"publish", "schedule"}:
            found = workflow.checks.findings(workflow.candidate_for(item, options["languages"]))
            options["confirmed"] = {one.name for one in found}
        try:
            workflow.perform(item, name, self.people[who], note="So.", **options)
        except NotAllowed:
            return False
        if name in {"publish", "schedule"}:
            self.note_told(self.last, name, options["chosen"].told)
        return True

    def show(self, kind: str, said: dict, languages):
        """Readers may now see ``said`` of the kind in ``languages``."""
        parts = {code: worded.words(said, [code]) for code in languages}
        if set(languages) == set(LANGUAGES):
            parts[""] = worded.words(said).difference(*parts.values())
        before = set().union(*self.shown[kind].values())
        self.shown[kind] |= parts
        self.replaced[kind] |= before.difference(*self.shown[kind].values())
        self.seen |= set().union(*parts.values())
        self.versions[kind] += list(Revision.objects.for_item(self.items[kind])[:1])

    @initialize(who=roles.filter(lambda role: role != "translator"), languages=some_languages)
    def begin(self, who, languages):
        """A text of each kind is written; those of some are published in some languages."""
        for number, kind in enumerate(sorted(worded.MAKERS)):
            self.write(kind, who, LANGUAGES)
            if number % 3 == 0:
                self.publish(kind, "second", languages)

    @rule(kind=kinds, who=roles, changed=some_languages, hours=st.sampled_from([0, 5]))
    def write(self, kind, who, changed, hours=0):
        """Somebody saves a text with a new word in every column that they may write."""
        item = self.row(self.items[kind])
        changed = ["en"] if workflow.may_change(item, changed, self.people[who]) else changed
        if item.state != State.PUBLISHED:
            return
        text = worded.with_words(item, workflow.pending_or_live(item), changed)
        moment = self.hours_later(hours) if hours else None
        self.hidden |= worded.words(text)
        text |= {"publish_at": moment} if "publish_at" in text else {}
        self.versions[kind].append(workflow.save_proposal(item, self.people[who], text))

    @rule(kind=kinds, who=roles, languages=some_languages)
    def publish(self, kind, who, languages):
        """Somebody tries to publish a text at once."""
        said = workflow.pending_or_live(self.row(self.items[kind]))
        if self.do(self.items[kind], "publish", who, languages=languages, chosen=Decision(now=True)):
            assert who in PUBLISHERS
            self.show(kind, said, languages)

    @rule(
        who=roles.filter(lambda role: role != "translator"),
        how=st.sampled_from(["add", "remove", "turn", "judge"]),
        languages=some_languages,
    )
    def change_situations(self, who, how, languages):
        """Somebody adds, removes, orders or judges the situations of a quiz, and one language of it may go live."""
        item = self.row(self.items["quiz"])
        if item.state != State.PUBLISHED:
            return
        text = workflow.pending_or_live(item)
        rows = text["scenarios"]
        new = {**factory.SCENARIO, "guide": None, "position": len(rows) + 1}
        new |= {f"situation_{ending}": word() for ending in ("ind", "en")}
        changed = {
            "add": [new, *rows],
            "remove": rows[1:] or [new],
            "turn": rows[::-1],
            "judge": [row | {"verdict_1": "think", "choice_1_ind": word()} for row in rows],
        }[how]
        text |= {"scenarios": changed}
        self.hidden |= worded.words(text)
        self.versions["quiz"].append(workflow.save_proposal(item, self.people[who], text))
        self.publish("quiz", "second", languages)

    @rule(kind=kinds, languages=some_languages)
    def approve_for_later(self, kind, languages):
        """A publisher approves a text for a time."""
        chosen = Decision(at=self.hours_later(3))
        self.do(self.items[kind], "schedule", "second", languages=languages, chosen=chosen)

    @rule(hours=st.sampled_from([1, 6]))
    def time_passes(self, hours):
        """The clock moves on, and what is due is published."""
        self.later += timedelta(hours=hours)
        waited = list(Revision.objects.filter(status=Status.SCHEDULED, goes_live_at__lte=timezone.now()))
        newest = Revision.objects.latest("pk").pk
        due.publish_due()
        for one in waited:
            if kept_versions.went_live(one, newest):
                kind = one.content_type.model
                self.note_told(kind, "publish", {"": " ".join(self.promised.pop(kind, ()))})
                self.show(kind, one.data, [one.language] if one.language else LANGUAGES)

    @rule(kind=kinds, who=roles, draft=st.booleans(), name=st.sampled_from(STEPS))
    def step(self, kind, who, draft, name):
        """Somebody presses a button that changes nothing for readers."""
        self.do(self.drafts[kind] if draft else self.items[kind], name, who)

    @rule(kind=kinds, who=roles)
    def away_and_back(self, kind, who):
        """Somebody takes it down, or puts it back."""
        away = self.row(self.items[kind]).state == State.ARCHIVED
        if self.do(self.items[kind], "restore" if away else "archive", who):
            self.replaced[kind] = set()

    @rule(kind=kinds, who=roles, name=st.sampled_from(["confirm", "not_needed", "needed"]))
    def say_of_a_language(self, kind, who, name):
        """Somebody says "still correct" of all that is behind, or that a missing text is needed, or not."""
        item = self.row(self.items[kind])
        behind = {one.name for one in translation_status.outdated_entries(item)}
        missing = {column(field, "en") for field in translation_status.missing_fields(item, "en")}
        asked = {"confirm": behind, "not_needed": missing, "needed": set(item.not_needed)}[name]
        self.do(item, name, who, confirmed=asked)

    @rule(kind=kinds, who=roles, languages=some_languages, place=st.integers(0, 20), alone=st.booleans())
    def put_back(self, kind, who, languages, place, alone):
        """Somebody puts any version back, also one that was never published; a publisher may publish only that."""
        item = self.row(self.items[kind])
        version = self.versions[kind][place % len(self.versions[kind])]
        try:
            said = workflow.restore(item, version, list(languages), self.people[who]).data
            if alone:
                workflow.publish_only(self.row(item), languages, self.people["second"], "So.")
        except NotAllowed:
            return
        self.hidden |= worded.words(said)
        if alone:
            self.show(kind, said, languages)

    @rule(kind=st.sampled_from(sorted(model._meta.model_name for model in TABLES if model.__name__ != "Synonym")))
    def import_a_table(self, kind):
        """A publisher imports a table with new texts for an item and a draft."""
        model = type(self.items[kind])
        key = TABLES[model].key
        rows = []
        for item in (self.items[kind], self.drafts[kind]):
            texts = {name: text for name, text in worded.texts_in(model, LANGUAGES).items() if "body" not in name}
            self.hidden |= worded.words(texts)
            rows.append({key: str(getattr(item, key))} | texts)
        headings = [key, *(name for name in rows[0] if name in {one for one, _field in TABLES[model].columns()})]
        desk, address = Client(), reverse(f"admin:education_{kind}_import")
        desk.force_login(self.people["publisher"])
        table = SimpleUploadedFile("a.csv", files.write(headings, [[row[name] for name in headings] for row in rows]))
        page = desk.post(address, {"file": table, "note": "Dari tabel"}).text
        if found := re.search(r'name="package" value="([^"]+)"', page):
            assert desk.post(address, {"package": found[1]}).status_code == 302

    @rule(who=st.sampled_from(["editor", "publisher"]))
    def replace_a_link(self, who):
        """Somebody replaces an address everywhere: as draft changes."""
        new = f"https://{plain_word()}.example/"
        self.hidden |= worded.words({"url": new})
        chosen = [one.name for one in replacing.plan(worded.LINK, new, self.people[who])]
        replacing.propose(worded.LINK, new, chosen, self.people[who])

    @rule()
    def replace_the_picture(self):
        """The file of a picture that only a draft shows is replaced."""
        content = library.encoded(library.drawing())
        store.put(self.picture, renditions.make(content, len(content)))
        alts.note_replaced(self.picture)

    @invariant()
    def no_version_is_lost(self):
        """Every version that any step ever made is there, with its content."""
        self.require_versions()

    def public(self) -> set[str]:
        """The words that readers may see now: nothing of what is away."""
        public = [kind for kind, item in self.items.items() if self.row(item).state == State.PUBLISHED]
        parts = [words for kind in public for words in (*self.shown[kind].values(), *self.told.get(kind, ()))]
        return set().union(*parts)

    @invariant()
    def readers_see_no_word_that_is_not_published_now(self):
        """Exported pages, and every other public address: also those of drafts, and where they lead."""
        self.steps += 1
        is_full = self.steps % Newsroom.every == 0
        asked = sorted(worded.MAKERS) if is_full else [self.last]
        texts = [Newsroom.snapshot()] if is_full else []
        texts += [self.text_of(address) for address in self.addresses(asked)]
        never = self.hidden - self.public()
        quoted = set(MARKED.findall(" ".join(part for text in texts for part in QUOTED.findall(text))))
        assert not sorted(quoted & never.difference(*self.replaced.values()))
        assert not sorted(never.intersection(MARKED.findall(" ".join(QUOTED.sub("", text) for text in texts))))
        self.require_no_match(never)
        self.require_unknown(self.hidden)
        assert Client().get(library.address(self.picture)).status_code != 200

    @invariant()
    def searches_find_no_draft(self):
        """A search by an address, as by the form, finds nothing that readers do not see."""
        hidden = [item for item in map(self.row, self.items.values()) if item.state != State.PUBLISHED]
        for item in (self.drafts[self.last], *hidden):
            self.asked += 1
            words = sorted(worded.words(workflow.pending_or_live(item)))[0]
            answer = Client(REMOTE_ADDR=f"127.1.{self.asked // 250}.{self.asked % 250}").get("/id/cari/", {"q": words})
            assert item not in [one.item for one in answer.context["found"]]

    def require_no_match(self, never: set[str]):
        """The index has no word of ``never``, but of items that readers do not see: these are never found."""
        items = {(kind, item.pk): self.row(item).state for kind, item in self.items.items()}
        docs = {(one["kind"], one["object_id"]): str(one) for one in SearchDoc.objects.values()}
        public = [text for key, text in docs.items() if items.get(key) == State.PUBLISHED]
        assert not sorted(never.intersection(MARKED.findall(" ".join(public))))
        away = " ".join(text for key, text in docs.items() if items.get(key) == State.ARCHIVED)
        assert not sorted((self.hidden - self.seen).intersection(MARKED.findall(away)))

    def text_of(self, address: str) -> str:
        """What an address shows, or where it leads, without the words of the address: a missing page repeats it."""
        answer = Client().get(address)
        text = answer.headers.get("Location", "") + answer.text
        return reduce(lambda rest, known: rest.replace(known, ""), MARKED.findall(address), text)

    def addresses(self, asked: list[str]) -> list[str]:
        """Public addresses beside the exported ones, with those of the items and drafts of the kinds ``asked``."""
        found = list(PLAIN)
        for code in LANGUAGES:
            with override(code):
                found += [reverse("reports:first_aid", args=[number]) for number in (1, 2, 3)]
                for kind in asked:
                    found += _addresses_of(self.row(self.drafts[kind]), code)
                    found += _addresses_of(self.row(self.items[kind]), code)
        return list(dict.fromkeys(found))


def _addresses_of(item, code: str) -> list[str]:
    """The addresses of an item that may not be public, by its name and by its number."""
    found = [urls_for.url_of(item, code)] if urls_for.has_page(item) else []
    if isinstance(item, Guide):
        found += [urls_for.url_of_part(part, item, code) for part in ("handout", "easy")]
    return found + [reverse(f"education:{name}", args=[item.number]) for name in BY_NUMBER.get(type(item), ())]


@pytest.fixture
def snapshot(tmp_path, monkeypatch) -> Callable[[], str]:
    """Write the snapshot of nginx again, with every page, and return its words."""
    folder = tmp_path / "snapshots"
    monkeypatch.setattr(export_store, "COMPRESSED", {"": bytes})

    def write() -> str:
        export.write(folder, application)
        return "".join(path.read_text() for path in sorted(Path(folder).rglob("index.html")))

    return write


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sequences", "steps", "fresh"),  # the first step writes a text of each kind
    [
        (1, 4, False),
        pytest.param(2, 10, False, marks=pytest.mark.slow),
        pytest.param(12, 15, True, marks=[pytest.mark.slow, pytest.mark.exhaustive]),
    ],
)
def test_unpublished_words_of_any_column_are_never_visible(person, snapshot, sequences, steps, fresh):
    Newsroom.snapshot, Newsroom.every = staticmethod(snapshot), min(steps, 5)
    Newsroom.people = {role: person(role) for role in ROLES} | {"second": person("publisher", "kedua")}
    run_state_machine_as_test(Newsroom, settings=kept_versions.sequences(sequences, steps, fresh))


@pytest.fixture
def newsroom(person, snapshot):
    """The newsroom before its first step, to take chosen ones; every address is read each time."""
    Newsroom.snapshot, Newsroom.every = staticmethod(snapshot), 1
    Newsroom.people = {role: person(role) for role in ROLES} | {"second": person("publisher", "kedua")}
    newsroom = Newsroom()
    yield newsroom
    newsroom.teardown()


@pytest.mark.django_db
def test_words_of_any_kind_are_gone_once_it_is_taken_down(newsroom):
    users_first = sorted(worded.MAKERS, key=("audience", "topic").__contains__)  # a topic in use stays
    assert [kind for kind in users_first if not newsroom.do(newsroom.items[kind], "archive", "second")] == []
    newsroom.readers_see_no_word_that_is_not_published_now()
    newsroom.searches_find_no_draft()


@pytest.mark.django_db
def test_corrections_of_a_kind_show_their_words_only_once_accepted(newsroom):
    for kind in sorted(worded.MAKERS):
        newsroom.correct(kind, 0, clash=False, languages=LANGUAGES)
        newsroom.decide_by_kind(kind, "editor", "accept", earlier=False)
    waiting = Revision.objects.filter(release=VERSION, status=Status.WAITING)
    assert {one.content_type.model for one in waiting} == set(worded.MAKERS) - {"helpblock"}
    newsroom.readers_see_no_word_that_is_not_published_now()
    for kind in sorted(worded.MAKERS):
        newsroom.decide_by_kind(kind, "second", "accept", earlier=True)
        newsroom.decide_by_kind(kind, "second", "accept", earlier=True)
    accepted = {one.content_type.model for one in Revision.objects.filter(release=VERSION, status=Status.PUBLISHED)}
    assert accepted == DECIDED_TOGETHER
    newsroom.no_version_is_lost()
    newsroom.readers_see_no_word_that_is_not_published_now()


@pytest.mark.slow
@pytest.mark.django_db
def test_corrections_of_our_words_are_declined_and_never_shown(newsroom):
    for kind in sorted(worded.MAKERS):
        newsroom.correct(kind, 0, clash=True, languages=LANGUAGES)
        newsroom.decide_by_kind(kind, "publisher", "accept", earlier=False)
        newsroom.decide_by_kind(kind, "publisher", "decline", earlier=False)
    assert not Revision.objects.filter(release=VERSION, status=Status.PUBLISHED).exists()
    declined = {one.content_type.model for one in Revision.objects.filter(release=VERSION, status=Status.WITHDRAWN)}
    assert declined == DECIDED_TOGETHER
    newsroom.no_version_is_lost()
    newsroom.readers_see_no_word_that_is_not_published_now()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind", ["guide", *(pytest.param(one, marks=pytest.mark.slow) for one in ("page", "platform"))]
)
def test_sentence_about_a_sensitive_page_shows_no_word_that_it_lost(newsroom, kind):
    newsroom.tell(kind, quoted=False, languages=LANGUAGES, at_once=True, who="second")
    assert newsroom.told[kind]
    newsroom.tell(kind, quoted=True, languages=LANGUAGES, at_once=True, who="publisher")
    newsroom.tell(kind, quoted=False, languages=LANGUAGES, at_once=False, who="second")
    newsroom.readers_see_no_word_that_is_not_published_now()
    newsroom.time_passes(6)
    assert len(newsroom.told[kind]) == 2
    newsroom.readers_see_no_word_that_is_not_published_now()
