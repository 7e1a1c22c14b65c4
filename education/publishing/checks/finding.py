"""What a check looks at, and what it says."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from education.models import Revision
from education.models.bilingual import LANGUAGES
from education.publishing import translation_status
from education.translation import column

ERROR, CONFIRM, WARNING, KNOWN = "error", "confirm", "warning", "known"


@dataclass(frozen=True)
class Finding:
    """One sentence of the gate.

    An ``ERROR`` blocks, a ``CONFIRM`` needs a tick under its ``name``, a ``WARNING`` a note. ``KNOWN`` is a warning
    that
    holds for what readers saw last too, so this change did not make it: it needs nothing. ``field`` is the column to
    go to, empty when it is about the whole item.
    """

    level: str
    text: str
    field: str = ""
    name: str = ""

    @property
    def asks(self) -> str:
        """What is said to someone who went on without the tick or the note."""
        if self.level == CONFIRM:
            return _("%(finding)s Tick that you know this, then publish.") % {"finding": self.text}
        return _("There are warnings. Write in the note why you publish all the same.")


class Candidate:
    """A text on its way to readers: ``item`` as it would be, ``data`` as a revision keeps it.

    ``live`` is what readers see now, ``None`` when they see nothing; ``before`` what they saw last, also when it was
    taken down since (left out: ``live``); ``minor`` says that no meaning was changed.
    """

    def __init__(
        self, row: Model, data: dict, live: dict | None, minor: bool = False, before: dict | None = None
    ) -> None:
        self.row = row
        self.data = data
        self.live = live
        self.before = before or live
        self.minor = minor
        self.item = _made_from(row, data)

    @cached_property
    def languages(self) -> list[str]:
        """The languages in which readers would find it."""
        return self.item.languages()

    @cached_property
    def live_languages(self) -> list[str]:
        """The languages in which readers find it now."""
        return _made_from(self.row, self.live).languages() if self.live else []

    @cached_property
    def before_languages(self) -> list[str]:
        """The languages in which readers found it last."""
        return _made_from(self.row, self.before).languages() if self.before else []

    @cached_property
    def behind(self) -> dict:
        """Which language will be behind in which field once readers see it."""
        return translation_status.compute(self.row, self.before, self.data, self.minor)

    @property
    def topic(self) -> Any:
        """The topic of a guide; ``None`` for everything else."""
        return getattr(self.item, "topic", None) if getattr(self.item, "topic_id", None) else None

    def has(self, field: str) -> bool:
        """Whether this kind of item has the translated ``field``."""
        return hasattr(self.item, column(field, LANGUAGES[0]))

    def texts(self, *fields: str) -> Iterator[tuple[str, str, str]]:
        """Column, language and text of those ``fields`` that are written, in the languages that readers would see."""
        for language in self.languages:
            for field in fields:
                if self.has(field) and (text := self.item.text(field, language)):
                    yield column(field, language), language, text

    def row_texts(self, rows: str) -> Iterator[tuple[str, str, str]]:
        """The same for what stands in its ``rows``: their name, language and text."""
        for language in self.languages:
            for row in self.data.get(rows, []):
                written = (text for name, text in row.items() if name.endswith(column("", language)))
                yield from ((rows, language, text) for text in written if text)


def _made_from(row: Model, data: dict) -> Model:
    """Return an item like ``row`` that says ``data``, not saved. The default of a number would ask the database."""
    number = {"number": row.number} if hasattr(row, "number") else {}
    return Revision(data=data).copy_to(type(row)(pk=row.pk, **number))


def label(said: Candidate, field: str, language: str) -> str:
    """``Title (English)``."""
    return str(said.item._meta.get_field(column(field, language)).verbose_name)


def quoted(text: str, most: int = 80) -> str:
    """The beginning of ``text`` in quotation marks."""
    return f"“{text}”" if len(text) <= most else f"“{text[:most].rsplit(' ', 1)[0]} …”"
