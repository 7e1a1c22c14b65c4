"""What a reporter may add after sending, in the same browser: which questions are left, and what each answer does.

Adding needs no key that opens an answer, and of the answers only KEPT and a wish to die: the questions that are left,
the signals of all answers (only to raise the tier), and the public half of a pair that seals new parts
(``crypto.vault.appender``). It goes when the reporter finishes or leaves, or 20 minutes after the last button, and with
it what makes a new code (``draft.NEEDED_FOR_NEW``), which does open the report.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Iterator
from typing import Any

from django.db import transaction

from ..cases import lifecycle
from ..cases.case_effects import additions
from ..crypto.receipts import secret_fingerprint
from ..crypto.sealed_session import OpenSession
from ..crypto.vault.appender import ADDED, Appender, new_pair
from ..evidence import files
from ..evidence.upload import SealedUpload
from ..models.case import Case, State
from ..questions import QUESTIONS, SAFETY, TOLD_BEFORE, Question, sequence, signals, uploads
from ..questions.core import said_own_life_at_risk, strictest
from ..roles import has_outside_lead
from . import help_pages
from .draft import DONE, NEEDED_FOR_NEW, NEW, Draft
from .recommendations import app_of, is_urgent, of_another_life
from .risk_in_words import facts_in_words

MORE = "more"  # the name of this part in the session
# Kept of the answers that were sent. All other questions only ask whether a question was answered.
KEPT = (
    *("about", "category", "picture_threat", "age", "evidence_sexual_check"),
    *("own_image", "whose_picture", "picture_minor", "whose_life"),  # which help fits (H27)
)
# Of what is added now: the answers on which another question, its wording or a help page depends.
# fmt: off
DECIDING = {
    *KEPT, "safety", "money_sent", "platform", "alone", "someone_near", "account_kind", "already_sent", "they_want",
    "threatened_with", "same_school", "school_help", "meeting", "tracker", "knows_place", "call_for_violence",
    "loan_collector", "relation", "risk", "in_words",
}
# fmt: on
FILES, FILE_CHECK, CONFLICT = "evidence", "evidence_sexual_check", "staff_conflict"
SAFETY_HELP = "safety"  # the page of help after the question about safety; all others are in help_pages


def prepare(draft: Draft, salt: bytes) -> dict:
    """Return what the session keeps for later, and add the private half of the pair to the keys of the report.

    ``salt`` is that of the code: with another code nothing can be added.
    """
    private, public = new_pair()
    draft.session.keyring.add(ADDED, private)  # type: ignore[union-attr]
    answers = draft.answers
    given = {key for key in (SAFETY.key, *QUESTIONS) if answers.get(key)} | ({FILES} if draft.files else set())
    kept = {*KEPT, SAFETY.key} if said_own_life_at_risk(answers) else KEPT
    facts = {key: answers[key] for key in kept if key in answers}
    asked = {question.key for question in sequence(answers)}
    return {
        "code": secret_fingerprint(salt),
        "public": urlsafe_b64encode(public).decode(),
        "given": sorted(given),
        "left": sorted(asked - given),
        "unfit": sorted({question.key for question in sequence(facts)} - asked),
        "facts": facts,
        "told": signals(answers),
        "uploads": uploads(answers, draft.files_forbidden),
        "shown": draft.session.data["shown"],
        "help": None,
    } | {"typed": {}, "refused": "", "left_out": "", "refused_files": []}


class More:
    """What is left to add in one session. Changes are stored by ``add`` and ``keep``."""

    def __init__(self, session: OpenSession, case: Case) -> None:
        self.session, self.case = session, case
        self.state = session.data[MORE]
        self.state.setdefault("left_out", "")  # a session that began before the site was upgraded

    @classmethod
    def of(cls, session: OpenSession | None) -> "More | None":
        """Return what may be added in ``session``; None if nothing, or not any more."""
        if session is None or session.data["kind"] != DONE or not session.data.get(MORE):
            return None
        case = Case.objects.exclude(state=State.PURGED).filter(pk=session.case_id).first()
        return cls(session, case) if case and may_add(case, session.data[MORE]) else None

    @property
    def question(self) -> Question | None:
        """The next question without an answer, worded for what is known; None if there is none."""
        return next(iter(self.open), None)

    def open_question(self, key: str) -> Question | None:
        """Return the question ``key`` if it may be answered now: neither answered nor passed in the meantime."""
        return next((question for question in self.open if question.key == key), None)

    @property
    def open(self) -> list[Question]:
        """The questions that are left; those that a first review can do without come last."""
        return sorted(self._applying, key=lambda question: question.later(self.facts))

    @property
    def facts(self) -> dict:
        """What is known: who it is about, category, age, and of what was added now that on which more depends."""
        return self.state["facts"]

    @property
    def _with_risk(self) -> dict:
        """The facts, with whose death the words spoke of before sending: not in ``facts``, where it would not raise."""
        return {"risk": risk} | self.facts if (risk := self.session.data["help"].get("risk")) else self.facts

    @property
    def uploads(self) -> str:
        """Which files may be added, as ``questions.uploads`` says it. The strictest rule that ever held applies."""
        if self.case.restricted or self.case.suspected_material_at:
            return "none"
        return strictest(self.state["uploads"], uploads(self.facts, self.case.files_forbidden))

    @property
    def allowed_files(self) -> str:
        """Which files may be added: "none", "text" or "all"."""
        return files.allowed(self.uploads, self.facts.get(FILE_CHECK))

    def add(self, question: Question, value: Any, typed: Any = None) -> None:
        """Seal and send the answer ``value`` to ``question``, or None; the question counts as passed.

        ``typed``: what was in the form, also if it is no answer. Words about a life at risk or harm raise the report
        in any case (H5, H28). Raises ConflictError after a double tap; then nothing was added.
        """
        in_words = facts_in_words(question, typed if typed is not None else value, self._with_risk)
        given = ({question.key: value} if value else {}) | dict(in_words)
        self._pass(question.key)
        with transaction.atomic():
            if given:
                self._send(given)
            self.session.save()

    def add_files(self, sent: list[SealedUpload]) -> None:
        """Add files that were sealed while they arrived; none passes. Raises ConflictError after a double tap."""
        self._pass(FILES)
        with transaction.atomic():
            ring = self._ring
            evidence = [files.create_evidence(upload, ring) for upload in sent]
            if evidence:
                self._perform(ring=ring, evidence=evidence)
            self.session.save()

    def keep(self, question: Question, typed: Any, refused: bool = False, left_out: bool = False) -> None:
        """Keep what is in the form of ``question`` without sending it, except that its words may raise the report."""
        self.state["typed"] = {question.key: typed} if typed else {}
        self.state |= {"refused": question.key if refused else "", "left_out": question.key if left_out else ""}
        self.raise_by_words(question, typed)

    def raise_by_words(self, question: Question, typed: Any) -> None:
        """Raise the report for words that are not sent, and store what was changed (H5, H28)."""
        in_words = facts_in_words(question, typed, self._with_risk)
        with transaction.atomic():
            if any(value != self.facts.get(key) for key, value in in_words.items()):
                self._send(dict(in_words))
            self.session.save()

    def note_refused_files(self, refused: list) -> None:
        """Keep why files were refused, so that the page can say so."""
        self.state["refused_files"] = refused
        self.session.save()

    def help_was_read(self, keep: bool = False) -> None:
        """Go on after a page of help, or ``keep`` it and only restart the time."""
        self.state["help"] = self.state["help"] if keep else None
        self.session.save()

    def end(self) -> None:
        """Delete from the session what adding needs."""
        end(self.session)

    @property
    def _ring(self) -> Appender:
        return Appender(self.case.pk, urlsafe_b64decode(self.state["public"]))

    @property
    def _applying(self) -> Iterator[Question]:
        if SAFETY.key not in self.state["given"]:
            yield SAFETY
        asked = {question.key: question for question in sequence(self.facts)}
        for key, question in QUESTIONS.items():
            if key not in self.state["given"] and self._applies(key, asked) and self._fits(key):
                yield asked.get(key) or question.worded_for(self.facts)

    def _applies(self, key: str, asked: Collection[str]) -> bool:
        """Return whether ``key`` was left when the report was sent, or applies because of something added since."""
        return key in self.state["left"] or (key in asked and key not in self.state["unfit"])

    def _fits(self, key: str) -> bool:
        if key == CONFLICT:
            return has_outside_lead()
        if key == FILE_CHECK:
            return self.uploads == "ask" and FILES not in self.state["given"]
        return key != FILES or (self.allowed_files != "none" and not self._declined_files)

    @property
    def _declined_files(self) -> bool:
        return self.uploads == "ask" and self.facts.get(FILE_CHECK) != "no"

    def _all(self) -> dict:
        """Return what the priority is derived from: what is known here, and the signals of everything told before."""
        return {**self.facts, TOLD_BEFORE: self.state["told"]}

    def _send(self, given: dict) -> None:
        before = help_pages.all_due(self.facts, {*self.state["given"]} - given.keys(), self.state["shown"])
        answers = self._all() | given
        self._perform(ring=self._ring, given=given, known=self._all(), answers=answers)
        self.state["told"] = signals(answers)
        self.state["facts"] = self.facts | {key: value for key, value in given.items() if key in DECIDING}
        self._choose_help(given, before)
        last = self.session.data["help"]
        last["app"] = app_of({"platform": last.get("app", {}).get("key", "")} | self.facts)
        risk = {"life": True, "mine": True, "risk": given["risk"]} if "risk" in given else {}
        last |= risk | of_another_life(self._with_risk)
        last["urgent"] = last["urgent"] or is_urgent(self.facts)

    def _perform(self, **details: Any) -> None:
        """Take the action. Raises NotAllowed when nothing can be added any more."""
        self.case = lifecycle.perform(self.case, "reporter_added", code=self.state["code"], **details)

    def _choose_help(self, given: dict, before: list[str]) -> None:
        due = help_pages.all_due(self.facts, {*self.state["given"]}, self.state["shown"])
        mark = next((mark for mark in due if mark not in before), None)
        if given.get(SAFETY.key, "safe") != "safe":
            mark = SAFETY_HELP
        if mark:
            self.state["help"], self.state["shown"] = help_pages.page_of(mark), [*self.state["shown"], mark]

    def _pass(self, key: str) -> None:
        """Count the question as answered or passed. A session of DRAFT_HOURS at most asks it once."""
        self.state["given"] = sorted({*self.state["given"], key})
        self.state |= {"typed": {}, "refused": "", "left_out": "", "refused_files": []}


def may_add(case: Case, state: dict) -> bool:
    """Return whether this session may still add to ``case``: its code is still the one that the session has shown."""
    return additions.has_same_code(case, state["code"])


def end(session: OpenSession) -> None:
    """Delete from ``session`` what adding needs, if it is there, and what makes a new code."""
    ended = {MORE, *(() if NEW in session.data else NEEDED_FOR_NEW)} & session.data.keys()
    if ended:
        session.data = {name: value for name, value in session.data.items() if name not in ended}
        session.save()
