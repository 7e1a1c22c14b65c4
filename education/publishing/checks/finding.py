"""Input and output of the publish checks: ``Candidate`` and ``Finding``."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from education.models import Revision
from education.models.bilingual import LANGUAGES
from education.models.serialization import content_columns
from education.publishing import translation_status
from education.translation import column

ERROR, CONFIRM, WARNING, KNOWN = "error", "confirm", "warning", "known"


@dataclass(frozen=True)
class Finding:
    """One finding of a publish check.

    An ``ERROR`` blocks publication, a ``CONFIRM`` needs a tick under its ``name``, a ``WARNING`` needs a note.
    ``KNOWN`` is one that already applied to the text that readers saw last (``was`` says at which level): this change
    did not cause it, so it needs nothing. ``field`` is the column to go to, empty if the finding concerns the whole
    item. A finding whose sentence holds figures or quotes has a ``name``: it stays known when they change. ``about``
    is what it counts and ``amount`` how bad it is; with more of either it is not known. An error is known only while
    ``field`` and ``parts``, the other columns that it rests on, say the same as before
    (docs/decisions/publish-checks.md). ``prescribed`` marks a sentence of the safety rules that is missing.
    """

    level: str
    text: str
    field: str = ""
    name: str = ""
    about: frozenset[str] = frozenset()
    amount: float = 0
    parts: frozenset[str] = frozenset()
    was: str = ""
    prescribed: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Return what a finding has in common with the same one on another version of the text."""
        return self.name or self.text, self.field

    @property
    def reminder(self) -> str:
        """Return the sentence for a publisher who continued without the tick or the note."""
        if self.level == CONFIRM:
            return _("%(finding)s Tick the box to confirm, then publish.") % {"finding": self.text}
        return _("There are warnings. Explain in the note why you publish anyway.")


class Candidate:
    """A text to be published: ``item`` as it would be, ``data`` in the format of a revision.

    ``live`` is what readers see now, ``None`` if they see nothing. ``before`` is what they saw last, even if it was
    unpublished since (default: ``live``). ``minor`` means that the meaning did not change.
    """

    def __init__(
        self, row: Model, data: dict, live: dict | None, minor: bool = False, before: dict | None = None
    ) -> None:
        self.row = row
        self.data = data
        self.live = live
        self.before = before or live
        self.minor = minor
        self.item = _unsaved_copy(row, data)

    @cached_property
    def languages(self) -> list[str]:
        """Return the languages in which readers would find the item."""
        return self.item.languages()

    @cached_property
    def live_languages(self) -> list[str]:
        """Return the languages in which readers find the item now."""
        return _unsaved_copy(self.row, self.live).languages() if self.live else []

    @cached_property
    def before_languages(self) -> list[str]:
        """Return the languages in which readers found the item last."""
        return _unsaved_copy(self.row, self.before).languages() if self.before else []

    @cached_property
    def outdated_fields(self) -> dict:
        """Return the ``outdated_fields`` value of the item after publication."""
        was_live = self.live is not None
        return translation_status.compute(self.row, self.before, self.data, self.minor, was_live=was_live)

    @property
    def topic(self) -> Any:
        """Return the topic of a guide, quiz or lesson, or ``None`` for other items."""
        return getattr(self.item, "topic", None) if getattr(self.item, "topic_id", None) else None

    def columns_in(self, language: str) -> frozenset[str]:
        """Return the columns that hold texts in ``language``. A safety error rests on all of them."""
        return frozenset(column(field, language) for field in self.item.translated_fields())

    def says_the_same(self, names: Iterable[str]) -> bool:
        """Return whether readers of each column or list in ``names`` get what they get now."""
        pairs = [((self.live or {}).get(name), self.data.get(name)) for name in names]
        return all(
            not translation_status.differs(old, new) if isinstance(old, str) and isinstance(new, str) else old == new
            for old, new in pairs
        )

    def has_field(self, field: str) -> bool:
        """Return whether this model has the translated ``field``."""
        return hasattr(self.item, column(field, LANGUAGES[0]))

    def texts(self, *fields: str) -> Iterator[tuple[str, str, str]]:
        """Yield column, language and text of the non-empty ``fields``, in the languages that readers would see."""
        for language in self.languages:
            for field in fields:
                if self.has_field(field) and (text := self.item.text(field, language)):
                    yield column(field, language), language, text

    def row_texts(self, rows: str) -> Iterator[tuple[str, str, str]]:
        """Yield name, language and text of the related ``rows``, in the languages that readers would see."""
        for language in self.languages:
            for row in self.data.get(rows, []):
                written = (text for name, text in row.items() if name.endswith(column("", language)))
                yield from ((rows, language, text) for text in written if text)


def _unsaved_copy(row: Model, data: dict) -> Model:
    """Return an unsaved copy of ``row`` with ``data``.

    The number is set, because its default would run a query, and what it refers to, which stays where ``data`` names an
    item that was deleted.
    """
    shared = {field.attname: getattr(row, field.attname) for field in content_columns(row) if field.many_to_one}
    number = {"number": row.number} if hasattr(row, "number") else {}
    return Revision(data=data).apply_to(type(row)(pk=row.pk, **number, **shared))


def label(candidate: Candidate, field: str, language: str) -> str:
    """Return the field's label with its language, such as ``Title (English)``."""
    return str(candidate.item._meta.get_field(column(field, language)).verbose_name)


def quoted(text: str, most: int = 80) -> str:
    """Return the beginning of ``text``, at most ``most`` characters, in quotation marks."""
    return f"“{text}”" if len(text) <= most else f"“{text[:most].rsplit(' ', 1)[0]} …”"
