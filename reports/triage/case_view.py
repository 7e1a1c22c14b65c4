"""A case opened at the desk: its answers in words, links defanged, thread and notes in the clear for this one page."""

import json
import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from safetycenter.roles import Account, has_role_permission

from ..crypto.vault import keys
from ..crypto.vault.box import UnreadableError
from ..crypto.vault.keyring import NARRATIVE, ErasedError
from ..crypto.vault.keys import KeyMissingError
from ..models.answers import displayed_answers
from ..models.blind_index import IdentifierDigest
from ..models.case import Case
from ..models.message import Message, Note
from .flags import coerced
from .replaced import refusal

LINK = re.compile(r"\b(https?)://(\S+)", re.IGNORECASE)
# A name is tried from its first label only, so that "a.a.a.…" takes time in proportion to its length.
BARE = re.compile(
    r"(?<![\w-])(?<![\w-]\.)((?:[\w-]+\.)+(?:com|net|org|id|co|me|io|tv|link|site|xyz|app|gg|ly)\b\S*)", re.IGNORECASE
)
IN_WORDS = ("text", "long")


class CaseView:
    """What a member of staff may read of ``case`` now. Parts that were erased are None."""

    def __init__(self, case: Case, by: Account | None = None) -> None:
        self.case, self.by = case, by
        self.problem = refusal(case, by)
        try:
            self._ring = None if self.problem else case.staff_keyring()
        except (KeyMissingError, UnreadableError, TypeError):
            self._ring, self.problem = None, _("You do not have the decryption key for this case.")

    @property
    def ring(self) -> Any:
        """The keyring, for opening files."""
        return self._ring

    def answers(self) -> dict:
        """The answers as they were kept."""
        return self._document(NARRATIVE, self.case.answers, "answers")

    def facts(self) -> list[dict]:
        """Answers that are choices; never whether somebody of this site is meant (H25)."""
        told = (row for row in displayed_answers(self.answers()) if row["key"] != "staff_conflict")
        return [row for row in told if row["kind"] not in IN_WORDS]

    def story(self) -> list[dict]:
        """Answers in the reporter's own words, defanged."""
        rows = [row for row in displayed_answers(self.answers()) if row["kind"] in IN_WORDS]
        return [row | {"shown": defang(row["shown"])} for row in rows]

    def thread(self) -> list[dict]:
        """Messages with the reporter, in order."""
        return [
            {"side": message.side, "by": message.by, "sent_at": message.sent_at, "text": self._text(message)}
            for message in self.case.messages.select_related("by")
        ]

    def notes(self) -> list[dict]:
        """Team notes, in order."""
        return [
            {"by": note.by, "sent_at": note.written_at, "text": self._note(note)}
            for note in self.case.notes.select_related("by", "key")
        ]

    def coerced(self) -> str:
        """Whether the reporter said that someone tells them to withdraw; empty when they did not withdraw."""
        answer = coerced(self.case)
        return {"": "", "yes": _("Yes"), "no": _("No")}.get(answer, _("Not answered"))

    def _note(self, note: Note) -> str:
        # What child safety wrote among each other stays with them when a restriction ends.
        is_theirs = note.key.audience not in (keys.DESK, self.case.staff_audience)
        if is_theirs and not (self.by and has_role_permission(self.by, self.case.child_safety)):
            return _("This note is for child safety only.")
        return self._opened(note.text)

    def _text(self, message: Message) -> str:
        return self._opened(lambda: defang(message.text(self._ring))) if self._ring else _("This cannot be opened.")

    def _opened(self, read: Callable[[], str]) -> str:
        """What ``read`` opens, or a sentence that says why it cannot: one bad piece must not hide the others."""
        try:
            return read()
        except ErasedError:
            return _("This message has been erased.")
        except (UnreadableError, KeyMissingError):
            return _("This cannot be opened.")

    def _document(self, name: str, sealed: bytes | None, field: str) -> dict:
        if not sealed or self._ring is None:
            return {}
        try:
            return json.loads(self._ring.open(name, "case", field, sealed))
        except (ErasedError, UnreadableError):
            return {}


def defang(text: str) -> str:
    """Links that nobody can click or fetch by accident: ``hxxps://example[.]com/x``."""
    text = LINK.sub(lambda m: f"{m[1].lower().replace('tt', 'xx')}://{m[2].replace('.', '[.]')}", text)
    return BARE.sub(lambda m: m[1].replace(".", "[.]"), text)


def linked(case: Case, user: Account) -> list[Case]:
    """Other cases that this person may see and that name the same account, link or number."""
    same = IdentifierDigest.objects.filter(digest__in=case.marks.values("digest")).exclude(case=case).values("case")
    return list(Case.objects.visible_to(user).filter(pk__in=same)[:20])
