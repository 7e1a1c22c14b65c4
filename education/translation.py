"""Which fields exist in both languages. The library names the Indonesian columns ``…_ind``, not ``…_id``."""

from modeltranslation.translator import TranslationOptions, register

from education import models


class _Texts(TranslationOptions):
    # A missing translation is an empty text, but a missing address is NULL: two empty ones would clash.
    empty_values = {"slug": None, "": ""}


@register(models.Topic)
class TopicTexts(_Texts):
    fields = ("title", "slug", "summary")


@register(models.Audience)
class AudienceTexts(_Texts):
    fields = ("name", "slug", "summary")


@register(models.Guide)
class GuideTexts(_Texts):
    fields = ("title", "slug", "short_answer", "checklist", "body", "reviewed_by")


@register([models.GuideSource, models.NewsSource])
class SourceTexts(_Texts):
    fields = ("title",)


@register(models.Helpline)
class HelplineTexts(_Texts):
    fields = ("name", "serves", "who_answers", "hours", "wait", "note")


@register(models.Organisation)
class OrganisationTexts(_Texts):
    fields = ("name", "role")


@register(models.Page)
class PageTexts(_Texts):
    fields = ("title", "short_answer", "body")


@register(models.News)
class NewsTexts(_Texts):
    fields = ("title", "slug", "summary", "body")


@register(models.Term)
class TermTexts(_Texts):
    fields = ("term", "slang", "definition")
