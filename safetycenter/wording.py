"""Other wordings of the texts of the interface, for the person who reads this page: formal, or in easy words.

The ordinary text is the one that every ``gettext`` call and ``{% translate %}`` tag names. The catalogues may have two
other entries for it, each written and reviewed as a sentence; no rule replaces words:

- *formal*: the same English sentence with the context "formal". Its Indonesian says *Anda* and *saya*, not *kamu* and
  *aku*. A sentence that addresses nobody needs none.
- *easy*: another English sentence, declared with ``declare_easy``, with the context "easy".

``use`` chooses the wording of one request. A text without the wanted entry is shown as it is.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import trans_real

FORMAL, EASY = "formal", "easy"
CONTEXT_SEPARATOR = trans_real.CONTEXT_SEPARATOR


@dataclass(frozen=True)
class Wording:
    """Which wording a person reads: formal address, easy words, both or neither."""

    formal: bool = False
    easy: bool = False


ORDINARY = Wording()
_used: ContextVar[Wording] = ContextVar("wording", default=ORDINARY)
_easy_texts: dict[str, str] = {}


def current() -> Wording:
    """Return the wording of this request."""
    return _used.get()


@contextmanager
def use(wording: Wording) -> Iterator[None]:
    """Show every text in ``wording`` until the block ends, in every language."""
    token = _used.set(wording)
    try:
        yield
    finally:
        _used.reset(token)


def pgettext(context: str, text: str) -> str:
    """Return ``text``: it marks an entry for the catalogues, where ``makemessages`` knows this name."""
    return text


def npgettext(context: str, singular: str, plural: str) -> str:
    """Return ``singular``: the same for an entry with a plural."""
    return singular


def declare_easy(texts: Mapping[str, str]) -> None:
    """Make the easy texts known: {ordinary English text: easy English text}."""
    _easy_texts.update(texts)


@contextmanager
def use_for(request: HttpRequest, wording: Wording) -> Iterator[None]:
    """Do as ``use`` does, and note ``wording`` on ``request``, for an error page that is made after the block."""
    request.wording = wording  # type: ignore[attr-defined]
    with use(wording):
        yield


def noted_on(request: HttpRequest) -> Wording:
    """Return the wording that ``use_for`` noted; the ordinary one if none was known yet."""
    return getattr(request, "wording", ORDINARY)


class WordedTranslation(trans_real.DjangoTranslation):
    """The catalogue of one language, which prefers the entry of the wording in use."""

    def gettext(self, message: str) -> str:
        """Return ``message`` translated, in the wording in use."""
        wording = _used.get()
        if wording == ORDINARY:
            return super().gettext(message)
        easy = _easy_texts.get(message) if wording.easy else None
        found = self._in_context(FORMAL, easy or message) if wording.formal else None
        if found is None and easy:
            found = self._in_context(EASY, easy) or easy
        return super().gettext(message) if found is None else found

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the right plural form translated; a formal one is declared with ``npgettext``."""
        if _used.get().formal:
            singular, plural = (f"{FORMAL}{CONTEXT_SEPARATOR}{text}" for text in (msgid1, msgid2))
            found = super().ngettext(singular, plural, n)
            if CONTEXT_SEPARATOR not in found:
                return found
        return super().ngettext(msgid1, msgid2, n)

    def _in_context(self, context: str, message: str) -> str | None:
        found: Any = super().gettext(f"{context}{CONTEXT_SEPARATOR}{message}")
        return None if CONTEXT_SEPARATOR in found else found


def install() -> None:
    """Have Django read its catalogues with ``WordedTranslation``. Django names no setting for this."""
    trans_real.DjangoTranslation = WordedTranslation  # type: ignore[misc]
    trans_real._translations.clear()  # type: ignore[attr-defined]
