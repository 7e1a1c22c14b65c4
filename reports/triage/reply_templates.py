"""Reply templates: which ones a case is offered, in its language first, and how one is inserted into the message."""

from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from ..checklists.desk_texts import reply_templates
from ..models.case import Case

COLUMNS = {code: build_localized_fieldname("text", code) for code, _name in settings.LANGUAGES}


def templates_for(case: Case) -> list:
    """Return the choices of a select: an empty one, then a group for each language, the case's first."""
    ours = [template for template in reply_templates() if template.category_id in (None, case.category_id)]
    first = sorted(ours, key=lambda template: template.category_id is None)  # templates of the category first
    groups = [
        (_language(code), [(f"{template.key}:{code}", template.title) for template in first if getattr(template, text)])
        for code, text in sorted(COLUMNS.items(), key=lambda column: column[0] != case.language)
    ]
    return [("", _("Choose a template")), *((name, choices) for name, choices in groups if choices)]


def insert(typed: str, choice: str) -> str:
    """Return ``typed`` followed by the text of ``choice`` (``key:language``). An invalid choice adds nothing."""
    key, _colon, language = choice.partition(":")
    template = next((template for template in reply_templates() if template.key == key), None)
    if template is None or language not in COLUMNS:
        return typed
    text = getattr(template, COLUMNS[language])
    return f"{typed.rstrip()}\n\n{text}" if typed.strip() else text


def first_for(case: Case) -> str:
    """Return the choice (``key:language``) of the first template for this case in the reporter's language, or ""."""
    ours = [template for template in reply_templates() if template.category_id in (None, case.category_id)]
    first = min(ours, key=lambda template: template.category_id is None, default=None)
    return f"{first.key}:{case.language}" if first and getattr(first, COLUMNS[case.language]) else ""


def in_other_language(choice: str) -> str:
    """Return the text of ``choice`` (``key:language``) in another language than the chosen one, or ""."""
    key, _colon, language = choice.partition(":")
    template = next((template for template in reply_templates() if template.key == key), None)
    others = [column for code, column in COLUMNS.items() if code != language]
    return next((text for column in others if (text := getattr(template, column, ""))), "")


def _language(code: str) -> str:
    return get_language_info(code)["name_translated"]
