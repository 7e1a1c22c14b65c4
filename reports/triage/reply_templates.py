"""Reply templates: which ones a case is offered, in its language first, and how one is inserted into the message."""

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from safetycenter.memory import for_seconds

from ..models.case import Case
from ..models.reply import ReplyTemplate

LANGUAGES = {"id": "ind", "en": "en"}  # language → suffix of its column


def templates_for(case: Case) -> list:
    """Return the choices of a select: an empty one, then a group in the case's language, then one in the other."""
    ours = [template for template in _active() if template.category_id in (None, case.category_id)]
    first = sorted(ours, key=lambda template: template.category_id is None)  # templates of the category first
    groups = [
        (_language(code), [(f"{template.key}:{code}", template.title) for template in first])
        for code in sorted(LANGUAGES, key=lambda code: code != case.language)
    ]
    return [("", _("Choose a template"))] + (groups if first else [])


@for_seconds
def _active() -> list[ReplyTemplate]:
    """Return all active templates, the same for every case and everybody; up to ``memory.SECONDS`` old."""
    return list(ReplyTemplate.objects.filter(active=True).order_by("category_id", "order"))


def insert(typed: str, choice: str) -> str:
    """Return ``typed`` followed by the text of ``choice`` (``key:language``). An invalid choice adds nothing."""
    key, _colon, language = choice.partition(":")
    template = ReplyTemplate.objects.filter(key=key, active=True).first()
    if template is None or language not in LANGUAGES:
        return typed
    text = getattr(template, f"text_{LANGUAGES[language]}")
    return f"{typed.rstrip()}\n\n{text}" if typed.strip() else text


def _language(code: str) -> str:
    return get_language_info(code)["name_translated"]
