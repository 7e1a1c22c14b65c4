"""Which texts of reports have two languages."""

from modeltranslation.translator import TranslationOptions, register

from .models import Category, ReplyTemplate


@register(Category)
class CategoryTranslation(TranslationOptions):
    """Names and descriptions as the reporter reads them."""

    fields = ("name", "description")


@register(ReplyTemplate)
class ReplyTemplateTranslation(TranslationOptions):
    """Replies exist in the language of the reporter; their titles in the language of the desk."""

    fields = ("title", "text")
    required_languages = ("id", "en")
