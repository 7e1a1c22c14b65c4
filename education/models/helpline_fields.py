"""How each field of ``Helpline`` is used outside its model: in translation, forms, starter files, cards and search.

A new field needs a column in ``education.models.directory`` and one declaration here. Topics, audiences and channels
are related rows and not declared.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .bilingual import columns
from .directory import Helpline


class Section(StrEnum):
    """The parts of the editors' form."""

    HEAD = "head"
    CHECKED = "checked"
    TEXT = "text"
    PROVINCES = "provinces"


@dataclass(frozen=True)
class HelplineField:
    """How one field is used.

    ``beside``: in the form, on the same row as the field before. ``in_files``: the starter files give its value; if
    not, a routine check of the operator fills it in, which a file never changes. ``is_list``: its value in a file stays
    a list. ``searched``: search finds the helpline by its text.

    ``fact`` is its label among the facts of a card, in the order of the declarations. ``value`` returns the text of the
    fact, if that is not the field itself; no fact is shown without a text. ``css_class`` is the class of the fact.
    """

    name: str
    section: Section = Section.TEXT
    beside: bool = False
    translated: bool = False
    in_files: bool = True
    is_list: bool = False
    searched: bool = False
    fact: str | Promise = ""
    value: Callable[[Helpline], str] | None = None
    css_class: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of its database columns: one for each language if it is translated."""
        return columns(self.name) if self.translated else (self.name,)

    def text(self, line: Helpline) -> str:
        """Return the text of the fact for ``line`` in the reader's language, empty if it is not known."""
        if self.value:
            return self.value(line)
        return str(getattr(line.localized if self.translated else line, self.name) or "")


def _free(line: Helpline) -> str:
    return gettext("Free") if line.cost_free else ""


def _identity(line: Helpline) -> str:
    return "" if line.identity == Helpline.Identity.UNKNOWN else line.get_identity_display()


FIELDS = (
    HelplineField("slug", Section.HEAD),
    HelplineField("order", Section.HEAD, beside=True),
    HelplineField("kind", Section.HEAD),
    HelplineField("status", Section.HEAD, beside=True),
    HelplineField("emergency", Section.HEAD),
    HelplineField("verified_on", Section.CHECKED, in_files=False),
    HelplineField("verified_by", Section.CHECKED, translated=True, in_files=False),
    HelplineField("source_date", Section.CHECKED),
    HelplineField("source_url", Section.CHECKED, beside=True),
    HelplineField("name", translated=True),  # the title of its search document
    HelplineField("serves", translated=True),  # the lead of its search document
    HelplineField("who_answers", translated=True, searched=True),
    HelplineField("hours", translated=True, fact=_("Hours"), value=lambda line: line.hours_text, css_class="hours"),
    HelplineField("open_hours"),
    HelplineField("wait", translated=True, fact=_("How long it takes")),
    HelplineField(
        "provinces", Section.PROVINCES, is_list=True, fact=_("Where"), value=lambda line: line.province_names
    ),
    HelplineField("cost_free", fact=_("Cost"), value=_free, css_class="cost"),
    HelplineField("identity", beside=True, fact=_("Your name"), value=_identity),
    HelplineField("is_regional", beside=True),
    HelplineField("spoken", translated=True, fact=_("Languages")),
    HelplineField("note", translated=True),
)


def rows(section: Section) -> list[tuple[str, ...]]:
    """Return the rows of columns of one part of the editors' form."""
    found: list[tuple[str, ...]] = []
    for field in FIELDS:
        if field.section == section:
            found.append((found.pop() if field.beside else ()) + field.columns)
    return found
