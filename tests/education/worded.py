"""Items whose every text column holds a word of its column only, so that tests can look for each of them."""

import json

from django.db import models
from modeltranslation.fields import TranslationField

from education.models import Organisation, Revision, State
from education.models.bilingual import LANGUAGES
from education.models.serialization import content_columns, row_names, snapshot
from education.rendering.rich_text import RichTextField

from . import factory, help_blocks
from .kept_versions import MARKED, plain_word, word

LINK = "https://lama.example/"
# Keys, ways to reach somebody, and options whose texts have a form.
_NO_TEXT = {"key", "name", "block", "subject", "app", "value", "open_hours", "dated"}
_UNUSED = ("choice_3", "because_3", "choice_4", "because_4")


def _page(state: str = State.PUBLISHED):
    return factory.page("about" if state == State.PUBLISHED else "traces", state=state)


def _help_text(state: str = State.PUBLISHED):
    return help_blocks.block("sextortion-me" if state == State.PUBLISHED else "sextortion-child", state=state)


def _organisation(state: str = State.PUBLISHED):
    return Organisation.objects.create(key=plain_word(), name_ind="Badan", name_en="Body", state=state)


MAKERS = {
    "audience": lambda **options: factory.audience(
        plain_word(), slug_ind=plain_word(), slug_en=plain_word(), **options
    ),
    "guide": factory.guide,
    "helpblock": _help_text,
    "helpline": lambda **options: factory.helpline(plain_word(), "129", **options),
    "lesson": factory.lesson,
    "news": factory.news,
    "organisation": _organisation,
    "page": _page,
    "platform": factory.platform,
    "quiz": factory.quiz,
    "term": factory.term,
    "topic": factory.topic,
}
WITH_SOURCES = {"guide", "news", "page", "platform", "helpblock"}


def make(kind: str, **options):
    """An item of ``kind`` with a source, where its kind has them, and a word in every text."""
    item = MAKERS[kind](**options)
    if kind in WITH_SOURCES:
        item.sources.create(url=f"https://{plain_word()}.example/", publisher="A", checked_on="2026-11-26")
    Revision(data=with_words(item, snapshot(item))).apply_and_save(item)
    return type(item).objects.get(pk=item.pk)


def with_words(item, data: dict, languages=LANGUAGES) -> dict:
    """``data`` with a new word in every text in ``languages``; with both, also in texts that have no language."""
    changed = _with_words(type(item), data, languages)
    for name in row_names(item):
        model = getattr(type(item), name).rel.related_model
        changed[name] = [_with_words(model, row, languages) for row in data[name]]
    return changed


def words(data: dict, languages=LANGUAGES) -> set[str]:
    """The words of ``data``: those of columns in ``languages``, also of situations; with both of them everything."""
    if set(languages) == set(LANGUAGES):
        return set(MARKED.findall(json.dumps(data, ensure_ascii=False)))
    endings = tuple({"id": "_ind", "en": "_en"}[code] for code in languages)
    parts = [data, *data.get("scenarios", [])]
    texts = (str(text) for part in parts for name, text in part.items() if name.endswith(endings))
    return set(MARKED.findall(" ".join(texts)))


def texts_in(model, languages) -> dict[str, str]:
    """New texts for the table of ``model``, by its headings."""
    columns = (column for column in content_columns(model) if _is_text(column, languages))
    return {
        f"{column.translated_field.name}_{column.language}": _text(column)
        for column in columns
        if isinstance(column, TranslationField)
    }


def _with_words(model, data: dict, languages) -> dict:
    columns = [column for column in content_columns(model) if _is_text(column, languages)]
    # A third choice of a situation needs more than words.
    return data | {one.name: _text(one) for one in columns if one.name in data and not one.name.startswith(_UNUSED)}


def _is_text(column, languages) -> bool:
    field = getattr(column, "translated_field", column)
    if not isinstance(field, models.CharField | models.TextField) or field.choices:
        return False
    if isinstance(column, TranslationField):
        return column.language in languages
    is_slug = isinstance(field, models.SlugField)
    return not is_slug and column.name not in _NO_TEXT and set(languages) == set(LANGUAGES)


def _text(column) -> str:
    field = getattr(column, "translated_field", column)
    if isinstance(field, models.SlugField):
        return plain_word()
    if isinstance(field, models.URLField) or field.name in {"url", "source_url"}:
        return f"https://{plain_word()}.example/"
    if isinstance(field, RichTextField):
        return f'<h2>{word()}</h2><p>{word()} <a href="{LINK}">x</a>.</p>'
    return word()
