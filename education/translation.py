"""Fields that exist in both languages. The library names the Indonesian columns ``…_ind``, not ``…_id``."""

from django.apps import apps
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from modeltranslation.fields import TranslationField
from modeltranslation.translator import TranslationOptions, register
from modeltranslation.utils import build_localized_fieldname

from education import models
from education.models import helpline_fields
from education.models.platform import SECTIONS


class _Texts(TranslationOptions):
    # There is no fallback: ``Bilingual.localized`` chooses one language for a whole item. The library would choose for
    # each field, and so mix two languages on one page.
    # A missing translation is an empty text, but a missing slug is NULL, because two empty slugs would not be unique.
    empty_values = {"slug": None, "": ""}


@register(models.Topic)
class TopicTexts(_Texts):
    fields = ("title", "slug", "summary")


@register(models.Audience)
class AudienceTexts(_Texts):
    fields = ("name", "slug", "summary")


@register(models.Guide)
class GuideTexts(_Texts):
    fields = ("title", "slug", "short_answer", "checklist", "cover_alt", "body", "easy", "reviewed_by")


@register([models.GuideSource, models.HelpSource, models.NewsSource, models.PageSource, models.PlatformSource])
class SourceTexts(_Texts):
    fields = ("title",)


@register(models.Helpline)
class HelplineTexts(_Texts):
    fields = tuple(field.name for field in helpline_fields.FIELDS if field.translated)


@register(models.Channel)
class ChannelTexts(_Texts):
    fields = ("label",)


@register(models.Organisation)
class OrganisationTexts(_Texts):
    fields = ("name", "role")


@register(models.Page)
class PageTexts(_Texts):
    fields = ("title", "short_answer", "body")


@register(models.Platform)
class PlatformTexts(_Texts):
    fields = ("slug", "short_answer", *SECTIONS)


@register(models.Picture)
class PictureTexts(_Texts):
    fields = ("alt", "caption")


@register(models.News)
class NewsTexts(_Texts):
    fields = ("title", "slug", "summary", "body")


@register(models.Quiz)
class QuizTexts(_Texts):
    fields = ("title", "slug", "summary")


@register(models.Scenario)
class ScenarioTexts(_Texts):
    fields = ("situation", *(f"{part}_{place}" for place in range(1, 5) for part in ("choice", "because")))


@register(models.Lesson)
class LessonTexts(_Texts):
    fields = (
        *("title", "slug", "grades", "short_answer", "goals", "materials"),
        *("warning", "opt_out", "body", "disclosure", "handout"),
    )


@register(models.Term)
class TermTexts(_Texts):
    fields = ("term", "slang", "definition")


@register(models.HelpBlock)
class HelpBlockTexts(_Texts):
    fields = ("title", "lines", "steps", "say", "closing")


def column(field: str, language: str) -> str:
    """Return the column of a translated field: ``title`` in ``en`` is ``title_en``."""
    return build_localized_fieldname(field, language)


def language_name(code: str) -> str:
    """Return the native name of a language: Bahasa Indonesia, English."""
    return capfirst(get_language_info(code)["name_local"])


def label_translated_fields() -> None:
    """Label translated columns ``Title (English)``, also in messages. The library writes ``Title [en]``."""
    for model in apps.get_app_config("education").get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, TranslationField):
                field.verbose_name = _lazy_label(field.translated_field.verbose_name, language_name(field.language))


def _label(text: str, language: str) -> str:
    return f"{text} ({language})"


_lazy_label = lazy(_label, str)
