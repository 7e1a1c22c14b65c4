"""Which texts of reports have two languages."""

from modeltranslation.translator import TranslationOptions, register

from .models import Category


@register(Category)
class CategoryTranslation(TranslationOptions):
    """Names and descriptions as the reporter reads them."""

    fields = ("name", "description")
