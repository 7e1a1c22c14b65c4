"""Declare the translated fields of reports."""

from typing import ClassVar

from django.conf import settings
from modeltranslation.translator import TranslationOptions, register
from modeltranslation.utils import build_localized_fieldname

from .models import Agency, Breach, Category, ChecklistItem, DeskSettings, FigureCorrection, ReplyTemplate, Team


class _WithFallback(TranslationOptions):
    """A text that is missing in one language is read in the other: an empty name in the form would be worse."""

    fallback_languages: ClassVar = {"default": tuple(code for code, _name in settings.LANGUAGES)}


@register(Category)
class CategoryTranslation(_WithFallback):
    """Names and descriptions, as displayed to reporters."""

    fields = ("name", "description")


@register(Agency)
class AgencyTranslation(_WithFallback):
    """Names for staff and packages, and the way to report there, in the language of the reporter."""

    fields = ("name", "how_to_report")


@register(Breach)
class BreachTranslation(_WithFallback):
    """The notice, in the language of the person who reads it."""

    fields = ("notice",)
    required_languages = tuple(code for code, _name in settings.LANGUAGES)


@register(DeskSettings)
class DeskSettingsTranslation(_WithFallback):
    """The wellbeing line, in the language of the desk."""

    fields = ("wellbeing",)


@register(ReplyTemplate)
class ReplyTemplateTranslation(_WithFallback):
    """Texts in the language of the reporter, titles in the language of the desk."""

    fields = ("title", "text", "formal")
    required_languages = tuple(code for code, _name in settings.LANGUAGES)


@register(Team)
class TeamTranslation(_WithFallback):
    """Names, as staff read them."""

    fields = ("name",)


@register(ChecklistItem)
class ChecklistItemTranslation(_WithFallback):
    """What to do, in the language of the desk, and the text for the reply, in the language of the reporter."""

    fields = ("title", "text", "formal")
    required_languages: ClassVar[dict] = {"default": ("title",)}


@register(FigureCorrection)
class FigureCorrectionTranslation(_WithFallback):
    """Corrections of published figures, as everybody reads them."""

    fields = ("text",)
    required_languages = tuple(code for code, _name in settings.LANGUAGES)


def translated(row: dict, *fields: str) -> dict[str, str]:
    """Return the columns of ``fields`` in a row of a starter file, for the languages in which each is written."""
    return {
        build_localized_fieldname(field, code): row[code][field].strip()
        for code, _name in settings.LANGUAGES
        for field in fields
        if field in row.get(code, ())
    }
