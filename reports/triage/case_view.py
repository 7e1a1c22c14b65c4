"""An opened case: its answers in words, links defanged, thread and notes decrypted for this one page."""

import json
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property, reduce
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, prefetch_related_objects
from django.utils.translation import gettext as _

from safetycenter.roles import Account, has_role_permission

from ..cases import fingerprints, known_files, lifecycle
from ..checklists import items
from ..checklists.items import TICK
from ..crypto.vault import keys
from ..crypto.vault.box import UnreadableError
from ..crypto.vault.keyring import NARRATIVE, ErasedError
from ..crypto.vault.keys import KeyMissingError
from ..evidence import files
from ..models import addition
from ..models.answers import displayed_answers
from ..models.case import Case
from ..models.event import Event
from ..models.evidence import Evidence
from ..models.message import Message, Note
from ..models.reply import Life
from ..models.sent_file import SentFile
from ..models.state import Degree
from ..questions import Question, sequence
from ..questions.closing import ACCOUNT_OR_LINK, HELP_WANTED
from ..questions.core import about_myself, said_own_life_at_risk
from .content_line import content_line
from .defang import defang
from .flags import coerced
from .replaced import PartsCheck

IN_WORDS = ("text", "long")
LIVES = {"me": Life.OWN, "friend": Life.OTHER, "post": Life.OTHER}  # by the answer to whose life is at risk
# Questions that only the form asks.
NOT_ASKED_AGAIN = {
    "category",
    "staff_conflict",
    "access_needs",
    "evidence_sexual_check",
    "help_wanted",
    "reported_in_app",
}
NO_STEPS = ("viewed", "file_opened", "file_refused", "revealed", TICK)  # events that changed nothing in the case
WORDS_A_MINUTE = 180
HASH_LETTERS = 8
CANNOT_BE_MOVED = ("deadline", "meeting", "time_and_place", "money_sent")
# Actions that the timeline shows as said between us and an agency.
WITH_AGENCY = ("send_referral", "refer", "referral_failed")
LATEST = 100  # events of the timeline
ALWAYS_READ = Q(action=TICK)  # also the older ones: the checklist shows what is done


class CaseView:
    """The parts of ``case`` that a member of staff may read now. Erased parts are None."""

    def __init__(self, case: Case, by: Account | None = None) -> None:
        self.case, self.by = case, by
        recent = Q(number__gt=case.events_count - LATEST)
        shown = case.events.filter(fingerprints.NAMES_PARTS | ALWAYS_READ | recent)
        self._events = list(fingerprints.with_previous(shown).select_related("by"))
        telling = [event for event in self._events if fingerprints.FACT_KEY in event.facts]
        self.parts = PartsCheck.of(case, telling, by)
        self.problem = self.parts.explanation
        try:
            self._ring = None if self.problem else case.staff_keyring()
        except (KeyMissingError, UnreadableError, TypeError):
            self._ring, self.problem = None, _("You do not have the decryption key for this case.")
        self._added = addition.opened(case, self._ring) if self._ring else []

    @property
    def ring(self) -> Any:
        """The keyring that opens the files."""
        return self._ring

    def answers(self) -> dict:
        """The answers that were sent, with those that were added later."""
        sent = self._open_document(NARRATIVE, self.case.answers, "answers")
        return reduce(addition.merged, (added.answers for added in self._added), sent) if sent else {}

    def life(self) -> str:
        """Whose life the texts for the reporter speak of, where one may be at risk.

        If the reporter did not say whose, or does not know, it is the life of the person whom the report is about.
        """
        answers = self.answers()
        named = LIVES.get(answers.get("whose_life", ""))
        is_own = said_own_life_at_risk(answers) or about_myself(answers) or "about" not in answers
        return named or (Life.OWN if is_own else Life.OTHER)

    def timeline(self) -> list[Event]:
        """The latest events, the newest first."""
        return self._events[: -LATEST - 1 : -1]

    def checklist(self) -> list[items.Line]:
        """The checklist of the category, with what is done."""
        return items.lines(self.case, self._events, self.life())

    def facts(self) -> list[dict]:
        """The answers that are choices, without whether somebody of this site is meant (H25)."""
        told = (row for row in self._displayed if row["key"] != "staff_conflict")
        return [row for row in told if row["kind"] not in IN_WORDS]

    def story(self) -> list[dict]:
        """The answers in the reporter's own words, defanged."""
        rows = [row for row in self._displayed if row["kind"] in IN_WORDS]
        return [row | {"shown": defang(row["shown"])} for row in rows]

    def asked(self) -> str:
        """What the reporter wants, in words; empty if they did not say."""
        return next((row["shown"] for row in self._displayed if row["key"] == HELP_WANTED.key), "")

    def known(self) -> list[dict]:
        """The facts, without what the reporter wants or does not know, each with ``degree``: how sure it is (H23)."""
        own = {HELP_WANTED.key, "old_report"}  # shown apart, and the category, unless it was added later
        own |= {row["key"] for row in self.missing()}
        rows = [row for row in self.facts() if row["key"] not in own and (row["key"] != "category" or row["added_at"])]
        return [row | {"degree": Degree(self.case.fact_degrees.get(row["key"], Degree.TOLD))} for row in rows]

    def accounts(self) -> str:
        """The accounts, links and numbers that the reporter named, defanged, to be copied."""
        return defang(self.answers().get(ACCOUNT_OR_LINK.key, ""))

    def missing(self) -> list[dict]:
        """The questions for this report that have no answer, or "I don't know" in the words of ``told``, by ``key``."""
        answers, told = self.answers(), {row["key"]: row["shown"] for row in self._displayed}
        if not answers:
            return []
        asked = [question for question in sequence(answers) if question.choices and question.key not in NOT_ASKED_AGAIN]
        return [
            {
                "key": question.key,
                "title": question.desk_title or question.title,
                "told": told.get(question.key, ""),
            }
            for question in asked
            if _is_open(question, answers.get(question.key))
        ]

    def story_words(self) -> int:
        """The number of words that the reporter wrote, so that staff know how long reading takes."""
        return sum(len(row["shown"].split()) for row in self.story())

    def story_minutes(self) -> int:
        """How many minutes reading the story takes, at least one."""
        return max(1, round(self.story_words() / WORDS_A_MINUTE))

    def content_line(self) -> list[str]:
        """What kind of content to expect in the story."""
        return content_line(self.case, self.answers())

    def fixed(self) -> list[dict]:
        """The facts about a time that cannot be moved: of a threat, a meeting or a payment, if any."""
        answers = self.answers()
        told = [row for row in self.known() if row["key"] in CANNOT_BE_MOVED]
        told = [row for row in told if answers[row["key"]] not in ("no", "unknown", "unsure")]
        return [row | {"told_at": row["added_at"] or self.case.received_at} for row in told]

    def hash_prefix(self, item: Evidence) -> str:
        """The first letters of the SHA-256 of a file, so that staff can name it unopened; empty without its key."""
        with suppress(ErasedError, UnreadableError, TypeError, AttributeError):  # the last one without a keyring
            return files.facts(item, self._ring)["sha256"][:HASH_LETTERS]
        return ""

    def named(self) -> str:
        """The accounts and links as the reporter typed them: for a hotline's form, shown once (safety rule K6)."""
        return self.answers().get(ACCOUNT_OR_LINK.key, "")

    @cached_property
    def _displayed(self) -> list[dict]:
        """Each answer in words; ``added_at`` is the time of one that was added later."""
        rows = displayed_answers(self.answers(), self.case.category)
        times = {key: added.added_at for added in self._added for key in added.answers}
        return [row | {"added_at": times.get(row["key"])} for row in rows]

    def thread(self) -> list[dict]:
        """The messages with the reporter, in order; ``visible_from`` is set while the reporter cannot read one yet."""
        return [
            {
                "side": message.side,
                "by": message.by,
                "sent_at": message.sent_at,
                "visible_from": message.visible_from if message.is_waiting else None,
                "text": self._text(message),
            }
            for message in self.case.messages.all()
        ]

    def notes(self) -> list[dict]:
        """The team notes, in order."""
        return [{"by": note.by, "sent_at": note.written_at, "text": self._note(note)} for note in self.case.notes.all()]

    def said(self) -> list[dict]:
        """Messages, team notes and steps with agencies, the newest first; ``look`` is the class of the style sheet."""
        looks = {"staff": "from-team", "reporter": "from-reporter"}
        thread = [message | {"look": looks[message["side"]]} for message in self.thread()]
        notes = [note | {"look": "is-note", "visible_from": None} for note in self.notes()]
        agency = [self._with_agency(event) for event in self._events if event.action in WITH_AGENCY]
        return sorted(thread + notes + agency, key=lambda entry: entry["sent_at"], reverse=True)

    def _with_agency(self, event: Event) -> dict:
        text = str(lifecycle.ACTIONS[event.action].label)
        by = f"{event.facts.get('agency', '')} · {event.by}"
        return {"look": "from-agency", "by": by, "sent_at": event.at, "visible_from": None, "text": text}

    def told(self) -> list[dict]:
        """What staff told the reporter, in order: what a second person needs instead of the story."""
        return [message for message in self.thread() if message["side"] == "staff"]

    def done(self) -> list[Event]:
        """The actions of staff since the report came, in order, without who looked at it or ticked off an item."""
        return [event for event in self._events if event.by_id and event.action not in NO_STEPS]

    def coerced(self) -> str:
        """Whether the reporter said that someone makes them withdraw; empty when they did not withdraw."""
        answer = coerced(self.case)
        return {"": "", "yes": _("Yes"), "no": _("No")}.get(answer, _("Not answered"))

    def _note(self, note: Note) -> str:
        # Notes that child safety wrote for each other stay with them when a restriction ends.
        is_theirs = note.key.audience not in (keys.DESK, self.case.staff_audience)
        if is_theirs and not (self.by and has_role_permission(self.by, self.case.child_safety_permission)):
            return _("This note is for child safety only.")
        return self._text_or_error(note.text)

    def _text(self, message: Message) -> str:
        if (ring := self._ring) is None:
            return _("This cannot be opened.")
        text = self._text_or_error(lambda: defang(message.text(ring)))
        return f"{text}\n\n({_('with a file')})" if vars(message).get("has_file") else text

    def _text_or_error(self, read: Callable[[], str]) -> str:
        """Return the text that ``read`` opens, or a sentence with the error: one bad part must not hide the others."""
        try:
            return read()
        except ErasedError:
            return _("This message has been erased.")
        except (UnreadableError, KeyMissingError):
            return _("This cannot be opened.")

    def _open_document(self, name: str, sealed: bytes | None, field: str) -> dict:
        if not sealed or self._ring is None:
            return {}
        try:
            return json.loads(self._ring.open(name, "case", field, sealed))
        except (ErasedError, UnreadableError):
            return {}


def _is_open(question: Question, answer: Any) -> bool:
    unsure = {choice.key for choice in question.choices if choice.unsure}
    given = answer if isinstance(answer, list) else [answer]
    return not answer or unsure.issuperset(given)


def read_parts(case: Case, by: Account) -> None:
    """Read the parts of ``case`` that its page shows and on which its actions depend, with one query each."""
    evidence = Prefetch("evidence", known_files.with_known(Evidence.objects.all(), by))
    has_file = Exists(SentFile.objects.filter(message=OuterRef("pk")))
    messages = Prefetch("messages", Message.objects.select_related("by").annotate(has_file=has_file))
    notes = Prefetch("notes", Note.objects.select_related("by", "key"))
    prefetch_related_objects([case], "data_keys", evidence, messages, notes)
