"""Base class of items in several languages, and the choice of the language to show."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

LANGUAGES = [code for code, _name in settings.LANGUAGES]  # the original language first


def columns(field: str) -> tuple[str, ...]:
    """Return the columns of a translated field, in the order of the languages: ``title_ind``, ``title_en``."""
    return tuple(build_localized_fieldname(field, code) for code in LANGUAGES)


def has_slug(slug: str) -> models.Q:
    """Return the condition that an item has ``slug`` in any language."""
    return models.Q(*((column, slug) for column in columns("slug")), _connector=models.Q.OR)


def unique_slugs(model: str) -> list[models.BaseConstraint]:
    """Return the constraints that a slug is unique in each language. ``model`` begins their names."""
    return [models.UniqueConstraint(fields=[column], name=f"{model}_{column}") for column in columns("slug")]


class Wording:
    """The translated fields of one item in one language, such as ``words.title``. Empty fields are empty strings.

    All fields come from the same language. A fallback per field would mix two languages on one page.
    """

    def __init__(self, item: "Bilingual", language: str) -> None:
        self._item = item
        self.language = language

    def __getattr__(self, field: str) -> Any:
        if field.startswith("_"):
            raise AttributeError(field)
        return getattr(self._item, build_localized_fieldname(field, self.language)) or ""


class Bilingual(models.Model):
    """Abstract base of models that are written in the languages of the site.

    ``required_fields`` names the translated fields without which a language does not count as written.
    """

    required_fields: tuple[str, ...] = ("title",)
    objects: ClassVar[Any]  # each model sets a manager

    class Meta:
        abstract = True

    def languages(self) -> list[str]:
        """Return the codes of the languages in which this item is written, the original language first."""
        return [code for code in LANGUAGES if all(self.text(field, code) for field in self.required_fields)]

    def text(self, field: str, language: str) -> str:
        """Return one translated field in exactly ``language``, without a fallback."""
        return getattr(self, build_localized_fieldname(field, language)) or ""

    @classmethod
    def translated_fields(cls) -> tuple[str, ...]:
        """Return the names of the fields that exist in every language, in model order."""
        known = translator.get_options_for_model(cls).all_fields
        return tuple(field.name for field in cls._meta.concrete_fields if field.name in known)

    def language_shown(self, wanted: str) -> str:
        """Return ``wanted`` if the item is written in it, else the first language in which it is written."""
        written = self.languages()
        return wanted if wanted in written or not written else written[0]

    @property
    def localized(self) -> Wording:
        """Return the wording in the reader's language, or all of it in the first one in which it is written."""
        return Wording(self, self.language_shown(get_language() or settings.LANGUAGE_CODE))
