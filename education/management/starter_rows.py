"""Write the items of the starter files into their rows: one function for each kind."""

from typing import Any

from django.db.models import Model
from django.utils import timezone

from education import models
from education.management import pictures_left_out
from education.publishing import not_needed
from education.rendering import heading_anchors
from education.starter import files, text_dates


def _fill(row: Model, item: dict, fields: set[str], **more: Any) -> None:
    for column, value in (files.columns(item, fields) | more).items():
        # No file brings a picture: a number in its text would show another one, which nobody chose for it here.
        value = pictures_left_out.without(value)
        setattr(row, column, _with_anchors(value, getattr(row, column, None)))
    if isinstance(row, models.Publishable):
        if row._state.adding:  # later the state belongs to the publishers: an unpublished item stays unpublished
            is_listed = "topic" not in more or more["topic"].is_published()
            row.state = models.State.PUBLISHED if is_listed else models.State.DRAFT
        kind, key = _NAMES[type(row)]
        row.changed_on = text_dates.day_of(kind, item.get(key)) or timezone.localdate()
        known = not_needed.from_file(item.get("not_needed", ()))
        row.not_needed = {name: entry for name, entry in known.items() if not getattr(row, name)} | row.not_needed
    row.save()


def _with_anchors(value: Any, before: Any) -> Any:
    """Keep the anchors of the headings, because links in texts written on this site use them."""
    has_headings = isinstance(value, str) and "<h2" in value
    return heading_anchors.keep_anchors(value, before or "") if has_headings else value


def _replace_rows(related: Any, rows: list[dict]) -> None:
    related.all().delete()
    owner = {related.field.name: related.instance}
    related.bulk_create([related.model(position=at, **columns, **owner) for at, columns in enumerate(rows)])


def _save_audience(row: Any, item: dict[str, Any]) -> None:
    _fill(row, item, files.AUDIENCE)


def _save_topic(row: Any, item: dict[str, Any]) -> None:
    _fill(row, item, files.TOPIC)


def _topic(row: Any, key: str) -> models.Topic:
    """Return the topic with ``key``. A page that readers see keeps its own while that one is not published here."""
    topic: Any = models.Topic.objects.get(key=key)
    return row.topic if row.state == models.State.PUBLISHED and not topic.is_published() else topic


def _save_helpline(row: Any, item: dict[str, Any]) -> None:
    _fill(row, item, files.HELPLINE)
    row.topics.set(models.Topic.objects.filter(key__in=item["topics"]))
    row.audiences.set(models.Audience.objects.filter(key__in=item["audiences"]))
    _replace_rows(row.channels, [files.columns(channel, files.CHANNEL) for channel in item["channels"]])


def _save_helpline_role(row: Any, item: dict[str, Any]) -> None:
    _fill(row, item, {"role"}, helpline=models.Helpline.objects.filter(slug=item["helpline"]).first())


def _save_guide(row: Any, item: dict[str, Any]) -> None:
    _fill(row, item, files.GUIDE, topic=_topic(row, item["topic"]))
    row.audiences.set(models.Audience.objects.published().filter(key__in=item["audiences"]))
    _replace_rows(row.sources, [files.marked_source_columns(source) for source in item["sources"]])
    known = models.Helpline.objects.in_bulk(item["helplines"], field_name="slug")
    _replace_rows(row.guidehelpline_set, [{"helpline": known[slug]} for slug in item["helplines"] if slug in known])


def _save_quiz(row: Any, item: dict[str, Any]) -> None:
    _fill(row, item, files.QUIZ, topic=_topic(row, item["topic"]))
    row.audiences.set(models.Audience.objects.published().filter(key__in=item["audiences"]))
    guides = models.Guide.objects.in_bulk([one["guide"] for one in item["scenarios"]], field_name="number")
    _replace_rows(row.scenarios, [_scenario(one, guides.get(one["guide"])) for one in item["scenarios"]])


def _scenario(item: dict, guide: models.Guide | None) -> dict:
    columns = files.columns(item, {"situation"}) | {"guide": guide}
    for place, choice in enumerate(item["choices"], start=1):
        columns[f"verdict_{place}"] = choice["verdict"]
        texts = files.columns(choice, {"choice", "because"})
        columns |= {column.replace("_", f"_{place}_", 1): text for column, text in texts.items()}
    return columns


def _save_lesson(row: Any, item: dict[str, Any]) -> None:
    _fill(row, item, files.LESSON, topic=_topic(row, item["topic"]))
    row.guides.set(models.Guide.objects.filter(number__in=item["guides"]))
    row.quizzes.set(models.Quiz.objects.filter(number__in=item["quizzes"]))
    row.helplines.set(models.Helpline.objects.filter(slug__in=item["helplines"]))


def _save_page(row: Any, item: dict[str, Any]) -> None:
    _fill(row, item, files.PAGE)
    _replace_rows(row.sources, [files.source_columns(source) for source in item.get("sources", [])])


def _save_news(row: Any, item: dict[str, Any]) -> None:
    _fill(row, item, files.NEWS)
    _replace_rows(row.sources, [files.source_columns(source) for source in item["sources"]])


def _save_term(row: Any, item: dict[str, Any]) -> None:
    _fill(row, item, files.TERM)


def _save_synonym(row: Any, item: dict[str, Any]) -> None:
    _fill(row, item, files.SYNONYM)


def _save_organisation(row: Any, item: dict[str, Any]) -> None:
    _fill(row, item, files.ORGANISATION)


def _save_platform(row: Any, item: dict[str, Any]) -> None:
    _fill(row, files.platform_texts(item), files.PLATFORM, **files.platform_facts(item))
    _replace_rows(row.sources, [files.platform_source_columns(source) for source in item["sources"]])


def _save_help(row: Any, item: dict[str, Any]) -> None:
    _fill(row, item, files.HELP, guide=models.Guide.objects.filter(number=item["guide"]).first())
    _replace_rows(row.sources, [files.source_columns(source) for source in item["sources"]])


# For each starter file: the model, the field that identifies an item permanently, and the function that saves it.
SAVERS = {
    "audiences": (models.Audience, "key", _save_audience),
    "topics": (models.Topic, "key", _save_topic),
    "helplines": (models.Helpline, "slug", _save_helpline),
    "helpline_roles": (models.HelplineRole, "role", _save_helpline_role),
    "guides": (models.Guide, "number", _save_guide),
    "quizzes": (models.Quiz, "number", _save_quiz),
    "lessons": (models.Lesson, "key", _save_lesson),
    "platforms": (models.Platform, "key", _save_platform),
    "pages": (models.Page, "key", _save_page),
    "news": (models.News, "key", _save_news),
    "glossary": (models.Term, "key", _save_term),
    "synonyms": (models.Synonym, "key", _save_synonym),
    "organisations": (models.Organisation, "key", _save_organisation),
    "help": (models.HelpBlock, "name", _save_help),
}
_NAMES: dict[type, tuple[str, str]] = {model: (kind, key) for kind, (model, key, _save) in SAVERS.items()}
