"""What the page of all languages shows: the choices of kind, language, person and status."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from education.models.bilingual import LANGUAGES
from education.translation import language_name

WORK = "work"  # the choice of everything that somebody must write or decide
NOBODY = "-"  # the choice of items that nobody here wrote


@dataclass(frozen=True)
class MatrixFilter:
    """The chosen kind, language, person and status; each is empty for all."""

    kind: str = ""
    language: str = ""
    person: str = ""
    state: str = ""

    @classmethod
    def read(cls, sent: QueryDict, kinds: Iterable[str], states: Iterable[str]) -> "MatrixFilter":
        """Return what an address asks for. Unknown choices count as all; ``work=1`` is the old name of a status."""
        state = sent.get("state", WORK if sent.get("work") == "1" else "")
        return cls(
            kind=_known(sent.get("kind", ""), kinds),
            language=_known(sent.get("language", ""), LANGUAGES),
            person=sent.get("person", "")[:150],
            state=_known(state, [WORK, *states]),
        )

    def fits(self, row: Any) -> bool:
        """Return whether the page shows ``row``: the status counts in the chosen language only."""
        if self.person and self.person != (row.writer or NOBODY):
            return False
        marks = [mark for code, _name, found in row.cells if self.language in {"", code} for mark in found]
        if self.state == WORK:
            return any(mark.needs_work for mark in marks)
        return not self.state or any(mark.name == self.state for mark in marks)

    def choices(
        self, kinds: Mapping[str, str], states: Mapping[str, Any], people: Iterable[str], me: str
    ) -> list[dict[str, Any]]:
        """Return the lists of the form: each with its name, its label and its pairs of value and text."""
        others = sorted(set(people) - {me, ""})
        return [
            _list("kind", _("Kind"), self.kind, kinds),
            _list("language", _("Language"), self.language, {code: language_name(code) for code in LANGUAGES}),
            _list(
                "person", _("Last written by"), self.person, {me: _("me"), **{one: one for one in others}} | _nobody()
            ),
            _list("state", _("Status"), self.state, {WORK: _("Needs attention"), **states}),
        ]


def _known(value: str, known: Iterable[str]) -> str:
    return value if value in known else ""


def _nobody() -> dict[str, str]:
    return {NOBODY: _("nobody here")}


def _list(name: str, label: str, chosen: str, texts: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "label": label, "chosen": chosen, "texts": {"": _("All"), **texts}}
