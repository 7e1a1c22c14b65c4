"""Steps of editors that a sequence may have besides those of one text: corrections of a release, and told changes.

Both are parts of the machine in ``test_unpublished_columns.py``: they use its items, people and words.
"""

from django.db import models
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import rule
from modeltranslation.fields import TranslationField

from education.admin.corrections import page_address
from education.management import corrections
from education.models import Revision, State
from education.models.bilingual import LANGUAGES
from education.models.serialization import content_columns, snapshot
from education.publishing import correction_facts, workflow
from education.publishing.decision import Decision
from education.rendering import html_text
from education.rendering.rich_text import RichTextField
from safetycenter.release import VERSION

from . import worded
from .admin_pages import ROLES
from .kept_versions import MARKED, Editors, plain_word, word

PUBLISHERS = {"publisher", "second"}
KEPT = 5  # sentences of changes that a page shows
# Pages that may be sensitive and say what changed, each with a text that has two marked words and "x" in a row.
SENSITIVE = {"guide": "body", "page": "body", "platform": "report"}

kinds, roles = st.sampled_from(sorted(worded.MAKERS)), st.sampled_from([*ROLES, "second"])
some_languages = st.sampled_from([LANGUAGES, ["id"], ["en"]])


def plain_fields(model) -> list[str]:
    """The translated texts of ``model`` without markup and addresses that a release corrects."""
    no_text = models.SlugField | models.URLField | RichTextField
    columns = [one for one in content_columns(model) if isinstance(one, TranslationField)]
    fields = {one.translated_field.name: one.translated_field for one in columns}
    fixed = {one.translated_field.name for one in columns if one.name in corrections.ROUTINE_FIELDS}
    texts = {name for name, field in fields.items() if isinstance(field, models.CharField | models.TextField)}
    return sorted(name for name in texts - fixed if not isinstance(fields[name], no_text))


class Releases(Editors):
    """A release corrects what was edited here, and somebody decides on all corrections of a kind together.

    ``clashes`` are the keys of corrections in place of words of this site, ``forms`` what the page of a kind sent last.
    """

    def __init__(self):
        super().__init__()
        self.clashes: set[int] = set()
        self.forms: dict[str, list[str]] = {}

    @rule(kind=kinds, place=st.integers(0, 20), clash=st.booleans(), languages=some_languages)
    def correct(self, kind, place, clash, languages):
        """This site changes a text of a page that it had from the project; a release changes another, or the same."""
        item, self.last = self.row(self.items[kind]), kind
        if item.state != State.PUBLISHED:
            return
        self.do(item, "withdraw", "second")  # nothing is proposed over an editor's text
        self.versions[kind].append(Revision.objects.record(self.row(item), None))  # as a release loads it
        fields, shipped = plain_fields(type(item)), snapshot(self.row(item))
        ours, theirs = (fields[(place + step) % len(fields)] for step in (0, 0 if clash else 1))
        if clash or ours != theirs:
            text = workflow.pending_or_live(item) | self.new_words(ours, LANGUAGES)
            self.versions[kind].append(workflow.save_proposal(item, self.people["editor"], text))
            self.publish(kind, "second", LANGUAGES)
        item = self.row(item)
        if corrections.propose_correction(item, shipped | self.new_words(theirs, languages), []):
            correction_facts.note_findings(item)
            if ours == theirs and clash:
                self.clashes.add(Revision.objects.open_proposal(item).pk)

    def new_words(self, field: str, languages) -> dict[str, str]:
        """The columns of ``field`` in ``languages``, each with a word that no reader has seen."""
        texts = {f"{field}_{'ind' if code == 'id' else code}": word() for code in languages}
        self.hidden |= set(texts.values())
        return texts

    @rule(kind=kinds, who=roles, step=st.sampled_from(["accept", "decline"]), earlier=st.booleans())
    def decide_by_kind(self, kind, who, step, earlier):
        """Somebody sends every open correction of a kind, as the page shows it now or as it showed it before."""
        desk, address, self.last = Client(), page_address(VERSION, kind), kind
        desk.force_login(self.people[who])
        page = desk.get(address)
        if page.status_code == 404:
            return
        rows = [*page.context["ready"], *page.context["alone"]] if page.context["kind"].key == kind else []
        form = self.forms.get(kind, []) if earlier else [row.shown for row in rows]
        self.forms[kind] = form or [row.shown for row in rows]
        seen = {int(key): int(number) for key, number in (one.split(":") for one in form)}
        before = {one.pk: one for one in Revision.objects.filter(release=VERSION)}
        newest = Revision.objects.latest_number(self.items[kind])
        sent = {"kind": kind, "do": step, "agree": "on", "shown": form, "reason": "Kata kami."}
        assert desk.post(address, sent).status_code == (302 if who in PUBLISHERS else 403)
        for one in Revision.objects.filter(release=VERSION):
            if one.status == before[one.pk].status:
                continue
            assert before[one.pk].is_open, "decided twice"
            assert who in PUBLISHERS
            assert seen[one.pk] == newest, "decided on what nobody saw"
            assert step == "decline" or one.pk not in self.clashes, "words of this site were replaced"
            if step == "accept":
                self.show(kind, one.data, LANGUAGES)


class ToldChanges(Editors):
    """A publisher tells readers of a sensitive page what changed. A sentence must not quote what was taken out.

    ``told`` are the words of the sentences of each kind that readers see, the newest first, ``promised`` those of the
    sentence that was approved last for a time.
    """

    def __init__(self):
        super().__init__()
        self.told: dict[str, list[set[str]]] = {}
        self.promised: dict[str, set[str]] = {}

    @rule(
        kind=st.sampled_from(sorted(SENSITIVE)),
        quoted=st.booleans(),
        languages=some_languages,
        at_once=st.booleans(),
        who=st.sampled_from(["second", "publisher", "reviewer"]),
    )
    def tell(self, kind, quoted, languages, at_once, who):
        """A page becomes or stays sensitive with other words, and somebody tells readers so, now or for a time."""
        item, self.last = self.row(self.items[kind]), kind
        if item.state != State.PUBLISHED:
            return
        text = worded.with_words(item, workflow.pending_or_live(item), LANGUAGES) | {"sensitive": True}
        for ending in ("ind", "en"):  # without digits, which a sentence may not have
            body = f'<h2>{plain_word()}</h2><p>{plain_word()} <a href="{worded.LINK}">x</a>.</p>'
            text[f"{SENSITIVE[kind]}_{ending}"] = body
        if kind == "guide":
            text["guidehelpline_set"] = [{"helpline": self.items["helpline"].pk, "position": 0}]
        self.hidden |= worded.words(text)
        sentences = {code: self.sentence(item, kind, code, quoted) for code in languages}
        self.versions[kind].append(workflow.save_proposal(item, self.people["editor"], text))
        at = self.hours_later(3)
        chosen = Decision(now=True, told=sentences) if at_once else Decision(at=at, told=sentences)
        done = self.do(item, "publish" if at_once else "schedule", who, languages=LANGUAGES, chosen=chosen)
        if done and at_once:
            self.show(kind, text, LANGUAGES)

    def sentence(self, item, kind: str, code: str, quoted: bool) -> str:
        """Three words in a row: of what readers see now and will not see, or new ones."""
        if quoted:
            return html_text.words(item.text(SENSITIVE[kind], code))
        words = [plain_word() for _place in range(3)]
        self.hidden |= set(words)
        return " ".join(words)

    def note_told(self, kind: str, name: str, told: dict):
        """Readers see the sentences ``told``, or will at the approved time: no word that they had and lost."""
        words = set(MARKED.findall(" ".join(told.values()))) - self.seen
        if name == "schedule":
            self.promised[kind] = words
        elif words:
            self.told[kind] = [words, *self.told.get(kind, [])][:KEPT]
            self.seen |= words
