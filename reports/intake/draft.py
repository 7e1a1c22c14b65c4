"""A draft: the sealed session of this browser as answers, steps and files."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils import timezone

from ..crypto.sealed_session import OpenSession
from ..crypto.vault.keyring import Keyring
from ..evidence import files
from ..models.evidence import Evidence
from ..questions import KEPT_FACTS, QUESTIONS, SAFETY, Answers, Question, uploads
from ..questions.category import category_of
from ..questions.core import ABOUT, AGE, CATEGORY, is_my_age
from ..questions.wording import EASY
from .risk_in_words import facts_in_words
from .steps import FIRST_QUESTION, Steps

DRAFT, CODE, DONE = "draft", "code", "done"
# Of the session after sending: what the last page needs to make a new code, once, and that code until it is noted.
NEEDED_FOR_NEW, NEW = ("opener", "secret", "reference"), "new"
# Answers about the person this happened to; they do not hold for another person.
PERSON_QUESTIONS = ("age", "own_image", "whose_picture", "picture_minor", "evidence_sexual_check", "whose_life")


class Draft(Steps):
    """The answers given so far, what was typed and not finished, and the files."""

    def __init__(self, session: OpenSession) -> None:
        super().__init__(session, session.read())
        self._saved, self._is_changed = dict(self.answers), False

    @classmethod
    def begin(cls, language: str, answers: Answers | None = None) -> "Draft":
        """Return a new draft that has ``answers`` already, with keys for a case that does not exist yet."""
        facts: dict = {"kind": DRAFT, "language": language, "started": timezone.now().timestamp(), "shown": []}
        facts |= {
            "passed": [key for key in answers or () if key in QUESTIONS],
            "unfinished": {},
            "refused": [],
            "refused_files": [],
            "last": SAFETY.key,
        }
        facts |= {"help": None, "onward": FIRST_QUESTION, "returning": False, "files_forbidden": False}
        draft = cls(OpenSession.make(Keyring.fresh(), **facts))
        draft.answers |= answers or {}
        return draft

    @property
    def form_token(self) -> str:
        """Return a value in every form of this draft that detects forms of another draft. It reveals nothing."""
        return sha256(self.session.case_id.bytes).hexdigest()[:8]

    def answer(self, question: Question, value: Any, left: str = "") -> None:
        """Store one answer; None or an empty one removes it. Also remove answers to questions that no longer apply.

        ``left``: words in the form of a question that was skipped; they are kept apart from the answers.
        """
        if question.key == ABOUT.key and value != self.answers.get(ABOUT.key):
            self._clear_person_answers()
        was_my_age = is_my_age(self.answers)
        if question.key == AGE.key and was_my_age and self.answers.get(ABOUT.key) == "my_own_doing":
            value = None  # the form asks for the age of the other person; that of the reporter stays unknown (H14)
        if value in (None, "", [], {}):
            self.answers.pop(question.key, None)
        else:
            self.answers[question.key] = value
        if question.key == CATEGORY.key and is_my_age(self.answers) != was_my_age:
            self.answers.pop(AGE.key, None)  # it is the age of somebody else; unknown, it counts as a child's
        self.session.data["passed"] = sorted({*self.session.data["passed"], question.key})
        self.keep_unfinished(question, left, keep_error=value or left)

    def _clear_person_answers(self) -> None:
        """Remove the answers about age and pictures: the report is now about someone else, so ask again (H14)."""
        for key in PERSON_QUESTIONS:
            self.answers.pop(key, None)
        self.session.data["passed"] = [key for key in self.session.data["passed"] if key not in PERSON_QUESTIONS]

    def keep_unfinished(self, question: Question, typed: Any, refused: bool = False, keep_error: Any = None) -> None:
        """Keep the contents of a form that was left without "Continue". They are no answer and are never sent.

        ``refused``: sent as an answer that was not valid; the page says so until the reporter continues. A life at
        risk or harm in ``keep_error`` (by default ``typed``) shows help, and rules out questions (safety rule H5).
        """
        if typed and typed != self.answers.get(question.key):
            self.session.data["unfinished"][question.key] = typed
        else:
            self.session.data["unfinished"].pop(question.key, None)
        others = [key for key in self.session.data["refused"] if key != question.key]
        self.change(last=question.key, refused=[*others, question.key] if refused else others)
        self.answers |= facts_in_words(question, keep_error or typed, self.answers)
        self._drop_inapplicable()

    def is_refused(self, question: Question) -> bool:
        """Return whether the contents of the form of ``question`` were sent as an answer and were not valid."""
        return question.key in self.session.data["refused"]

    def is_refused_at(self, number: int) -> bool:
        """Return whether this is so for a question of the page ``number``."""
        return any(self.is_refused(question) for question in self.questions_at(number))

    def note_refused_files(self, refused: list) -> None:
        """Store why files of the last form were refused, so that its page can say so; nothing else of them is kept."""
        if refused != self.session.data["refused_files"]:
            self.session.data["refused_files"] = refused
            self.session.save()

    def unfinished_contents(self, question: Question) -> Any:
        """Return what was left in the form of ``question``, even when that is empty."""
        return self.session.data["unfinished"].get(question.key, "")

    def form_contents(self, question: Question) -> Any:
        """Return the contents of the form of ``question``: what was left unfinished, else the answer, else None."""
        return self.session.data["unfinished"].get(question.key, self.answers.get(question.key))

    @property
    def unfinished(self) -> list[Question]:
        """Return the questions of this draft that were started and not finished."""
        return [question for question in (SAFETY, *self.steps) if question.key in self.session.data["unfinished"]]

    def use_easy_words(self, easy: bool) -> None:
        """Show this form in easier words, or in the ordinary ones again. It is an answer, so staff know of it."""
        if easy:
            self.answers[EASY] = "yes"
        else:
            self.answers.pop(EASY, None)

    def pass_page(self, number: int) -> None:
        """Count the questions of the page ``number`` as passed: those without an answer were skipped."""
        shown = {question.key for question in self.questions_at(number)}
        self.change(passed=sorted({*self.session.data["passed"], *shown}))

    def change(self, **facts: Any) -> None:
        """Change these facts; ``save_changes`` stores them."""
        self.session.data |= facts
        self._is_changed = True

    def save_changes(self) -> None:
        """Store the changes of a request once; each POST restarts its time. Raises ConflictError."""
        if self.answers != self._saved:
            self.save()
        elif self._is_changed:
            self.session.save()
            self._is_changed = False
        else:
            self.session.extend()

    def _drop_inapplicable(self) -> None:
        if self.answers.get("own_image") == "yes":
            self.answers["image_told"] = "yes"  # kept despite later answers (H14)
        asked = {question.key for question in self._sequence} | {*KEPT_FACTS}
        dropped = self.answers.keys() - asked
        self.answers = {key: value for key, value in self.answers.items() if key in asked}
        # Asked again when they apply again: the answer that is gone may decide how soon somebody must look.
        self.session.data["passed"] = [key for key in self.session.data["passed"] if key not in dropped]
        self.session.data["files_forbidden"] |= category_of(self.answers).files_forbidden

    def save(self) -> None:
        """Seal the answers that still apply; remove files that they forbid. Raises ConflictError."""
        self._drop_inapplicable()
        # A file is added under the lock, together with its key: a draft without such a key has none, or ConflictError.
        forbidden = self.forbidden_files if self._has_keys_of_files else []
        for item in forbidden:
            self.session.keyring.wrapped.pop(item.key_name, None)
        self.session.write(self.answers)
        for item in forbidden:
            files.remove(item)
        self._saved, self._is_changed = dict(self.answers), False

    @property
    def allowed_files(self) -> str:
        """Return which files may be in this draft: "none", "text" or "all"."""
        rule = uploads(self.answers, self.files_forbidden)
        return files.allowed(rule, self.answers.get("evidence_sexual_check"))

    @property
    def files(self) -> list[Evidence]:
        """Return the files added so far; the key of each is on the keyring."""
        if not self._has_keys_of_files:
            return []
        return [item for item in self.session.row.evidence.all() if item.key_name in self.session.keyring.wrapped]

    @property
    def _has_keys_of_files(self) -> bool:
        return any(name.startswith("file:") for name in self.session.keyring.wrapped)

    @property
    def forbidden_files(self) -> list[Evidence]:
        """Return files that were added before an answer that forbids them."""
        allowed = self.allowed_files
        return [item for item in self.session.row.evidence.all() if not files.is_permitted(item.kind, allowed)]

    def remove_file(self, file_id: UUID) -> None:
        """Remove one file: its key, its row and its bytes. Do nothing when there is no such file."""
        if item := self.session.row.evidence.filter(pk=file_id).first():
            with self.session.locked():
                self.session.keyring.wrapped.pop(item.key_name, None)
                self.session.save()
            files.remove(item)
