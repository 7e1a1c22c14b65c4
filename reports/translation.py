"""Declare the translated fields of reports."""

from typing import ClassVar

from django.conf import settings
from modeltranslation.translator import TranslationOptions, register
from modeltranslation.utils import build_localized_fieldname

from .models import Agency, Breach, Category, ChecklistItem, DeskSettings, FigureCorrection, ReplyTemplate, Team


@register(Category)
class CategoryTranslation(TranslationOptions):
    """Names and descriptions, as displayed to reporters."""

    fields = ("name", "description")


@register(Agency)
class AgencyTranslation(TranslationOptions):
    """Names for staff and packages, and the way to report there, in the language of the reporter."""

    fields = ("name", "how_to_report")


@register(Breach)
class BreachTranslation(TranslationOptions):
    """The notice, in the language of the person who reads it."""

    fields = ("notice",)
    required_languages = tuple(code for code, _name in settings.LANGUAGES)


@register(DeskSettings)
class DeskSettingsTranslation(TranslationOptions):
    """The wellbeing line, in the language of the desk."""

    fields = ("wellbeing",)


@register(ReplyTemplate)
class ReplyTemplateTranslation(TranslationOptions):
    """Texts in the language of the reporter, titles in the language of the desk."""

    fields = ("title", "text")
    required_languages = tuple(code for code, _name in settings.LANGUAGES)


@register(Team)
class TeamTranslation(TranslationOptions):
    """Names, as staff read them."""

    fields = ("name",)


@register(ChecklistItem)
class ChecklistItemTranslation(TranslationOptions):
    """What to do, in the language of the desk, and the text for the reply, in the language of the reporter."""

    fields = ("title", "text")
    required_languages: ClassVar[dict] = {"default": ("title",)}


@register(FigureCorrection)
class FigureCorrectionTranslation(TranslationOptions):
    """Corrections of published figures, as everybody reads them."""

    fields = ("text",)
    required_languages = tuple(code for code, _name in settings.LANGUAGES)


def translated(row: dict, *fields: str) -> dict[str, str]:
    """Return the columns of ``fields`` in a row of a starter file, for the languages in which it is written."""
    return {
        build_localized_fieldname(field, code): row[code][field].strip()
        for code, _name in settings.LANGUAGES
        for field in fields
        if code in row
    }
