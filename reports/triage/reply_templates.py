"""Reply templates: which ones a case is offered, in its language and register first, and how one is inserted.

A choice is ``key:language``, or ``key:language:formal`` for the text that speaks to a parent, carer or teacher.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib import admin
from django.template.defaultfilters import linebreaks_filter
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from ..checklists.desk_texts import reply_templates
from ..models.case import Case
from ..models.checklist import ChecklistItem
from ..models.reply import Life, ReplyTemplate
from ..starter_rows import FORMAL, shipped_formal

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True)
class Choice:
    """A template in one language and register."""

    template: ReplyTemplate
    language: str
    formal: bool = False

    @property
    def value(self) -> str:
        """The value in the select."""
        return ":".join([self.template.key, self.language, *([FORMAL] if self.formal else [])])

    @property
    def text(self) -> str:
        """The text, or "" if it is not written."""
        return getattr(self.template, build_localized_fieldname(FORMAL if self.formal else "text", self.language)) or ""

    def with_text(self) -> "Choice":
        """Return this choice, or the ordinary one if the formal text is not written."""
        return self if self.text else Choice(self.template, self.language)


def templates_for(case: Case, formal: bool = False, life: str = Life.OWN) -> list:
    """Return the choices of a select: an empty one, then a group for each language and register, the case's first."""
    ours = _templates_of(case, life)
    kinds = [(code, register) for code in LANGUAGES for register in (False, True)]
    kinds.sort(key=lambda kind: (kind[0] != case.language, kind[1] != formal))
    groups = [(_name(*kind), [Choice(template, *kind) for template in ours]) for kind in kinds]
    written = [(name, [(c.value, c.template.title) for c in choices if c.text]) for name, choices in groups]
    return [("", _("Choose a template")), *((name, choices) for name, choices in written if choices)]


def insert(typed: str, choice: str, prepared: Callable[[str], str] = str) -> str:
    """Return ``typed`` with the text of ``choice``; an invalid choice adds nothing.

    It takes the place of the same template in the other register, if that is in ``typed`` unchanged, and otherwise goes
    below. ``prepared`` is what the box makes of a template, such as its gaps filled in.
    """
    chosen = _chosen(choice)
    if chosen is None:
        return typed
    text = prepared(chosen.text)
    other = prepared(Choice(chosen.template, chosen.language, not chosen.formal).text)
    plain = typed.replace("\r\n", "\n")
    if other and other in plain:
        return plain.replace(other, text)
    return f"{typed.rstrip()}\n\n{text}" if typed.strip() else text


def first_for(case: Case, formal: bool = False, life: str = Life.OWN) -> str:
    """Return the choice of the first template for this case in the reporter's language and register, or "".

    About somebody else's life (``life``) only a text of that register is first: another one speaks to the reporter.
    """
    first = next(iter(_templates_of(case, life)), None)
    if first and not formal and life == Life.OTHER != first.life:
        return ""
    found = Choice(first, case.language, formal).with_text() if first else None
    return found.value if found and found.text else ""


def in_other_language(choice: str) -> str:
    """Return the text of ``choice`` in another language than the chosen one, in the same register, or ""."""
    if (chosen := _chosen(choice)) is None:
        return ""
    others = (Choice(chosen.template, code, chosen.formal).with_text() for code in LANGUAGES if code != chosen.language)
    return next((other.text for other in others if other.text), "")


@admin.display(description=gettext_lazy("shipped text for a parent or teacher, not in use"))
def proposed_formal(text: ReplyTemplate | ChecklistItem) -> str:
    """Return the shipped texts for a parent or teacher in the languages where a template or checklist item has none."""
    return linebreaks_filter(shipped_formal(text))


def _templates_of(case: Case, life: str) -> list[ReplyTemplate]:
    """Return the templates that may be offered for ``case``: about the right ``life``, those of its category first."""
    ours = [template for template in reply_templates() if template.category_id in (None, case.category_id)]
    fitting = [template for template in ours if template.life in ("", life)]
    return sorted(fitting, key=lambda template: (template.category_id is None, template.life != life))


def _chosen(choice: str) -> Choice | None:
    key, language, register = [*choice.split(":"), "", ""][:3]
    template = next((template for template in reply_templates() if template.key == key), None)
    if template is None or language not in LANGUAGES or register not in ("", FORMAL):
        return None
    return Choice(template, language, register == FORMAL).with_text()


def _name(language: str, formal: bool) -> str:
    name = get_language_info(language)["name_translated"]
    return _("%(language)s, to a parent or teacher") % {"language": name} if formal else name
