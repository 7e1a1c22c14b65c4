"""Declare the translated fields of reports."""

from modeltranslation.translator import TranslationOptions, register

from .models import Category, ReplyTemplate


@register(Category)
class CategoryTranslation(TranslationOptions):
    """Names and descriptions, as displayed to reporters."""

    fields = ("name", "description")


@register(ReplyTemplate)
class ReplyTemplateTranslation(TranslationOptions):
    """Texts in the language of the reporter, titles in the language of the desk."""

    fields = ("title", "text")
    required_languages = ("id", "en")
