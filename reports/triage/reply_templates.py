"""Replies to begin from: which ones a case is offered, in its language first, and how one goes into the box."""

from django.db.models import Q
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from ..models.case import Case
from ..models.reply import ReplyTemplate

LANGUAGES = {"id": "ind", "en": "en"}  # language → suffix of its column


def templates_for(case: Case) -> list:
    """Choices of a list: nothing first, then a group for the language of the case, then one for the other."""
    ours = Q(category=None) | Q(category=case.category_id)
    templates = list(ReplyTemplate.objects.filter(ours, active=True).order_by("category_id", "order"))
    first = sorted(templates, key=lambda template: template.category_id is None)  # those of the category come first
    groups = [
        (_language(code), [(f"{template.key}:{code}", template.title) for template in first])
        for code in sorted(LANGUAGES, key=lambda code: code != case.language)
    ]
    return [("", _("Choose a template"))] + (groups if first else [])


def insert(typed: str, choice: str) -> str:
    """What was typed, and below it the text of ``choice`` (``key:language``). An odd choice adds nothing."""
    key, _colon, language = choice.partition(":")
    template = ReplyTemplate.objects.filter(key=key, active=True).first()
    if template is None or language not in LANGUAGES:
        return typed
    text = getattr(template, f"text_{LANGUAGES[language]}")
    return f"{typed.rstrip()}\n\n{text}" if typed.strip() else text


def _language(code: str) -> str:
    return get_language_info(code)["name_translated"]
