"""Load the starter content. Loading again adds no duplicates and never overwrites an editor's changes."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Model
from django.utils import timezone

from education import models
from education.management import corrections
from education.models.serialization import snapshot
from education.publishing import translation_status, workflow
from education.rendering import heading_anchors
from education.search import documents
from education.starter import files
from safetycenter.page_cache import cache_version

WITHOUT = "without a topic or audience that is not published here"


class Command(BaseCommand):
    """``manage.py load_starter_content``"""

    help = "Load topics, audiences, helplines, guides, pages, news, glossary and organisations from the starter files."

    def handle(self, **options: Any) -> None:
        """Load everything and print a summary."""
        with cache_version.batch():
            found = Loader().load_all()
            if found["new"] or found["updated"]:
                documents.forget_words()
        counts = {outcome: len(found[outcome]) for outcome in ("new", "updated", "same", "proposed", "kept")}
        self.stdout.write(
            "Starter content: {new} new, {updated} updated, {same} unchanged, {proposed} proposed for items edited "
            "here, {kept} kept as edited here.".format_map(counts)
        )
        for outcome in ("proposed", "kept", WITHOUT):
            if found[outcome]:
                self.stdout.write(f"  {outcome}: {', '.join(found[outcome])}")


class Loader:
    """Loads the files. It stores digests of what was loaded, to detect changes by editors."""

    def __init__(self) -> None:
        self.loaded = {item.name: item for item in models.StarterItem.objects.all()}
        self.found: defaultdict[str, list[str]] = defaultdict(list)

    def load_all(self) -> dict[str, list[str]]:
        """Load every kind, referenced kinds first. Return the names of the items by outcome."""
        for kind, (model, key, save) in LOADERS.items():
            for item in files.items(kind):
                name = f"{kind}:{item[key]}"
                self.found[self._load(name, model, {key: item[key]}, item, save)].append(name)
        return self.found

    def _load(self, name: str, model: type[Model], key: dict, item: dict, save: Callable) -> str:
        before = self.loaded.get(name)
        file_digest = corrections.digest(item)
        if before and before.file_digest == file_digest:
            return "same"
        row = model.objects.filter(**key).first()
        old_texts = snapshot(row) if row else None
        edited = before and row and before.row_digest not in ("", corrections.text_digest(old_texts))
        # Publishing an editor's open text, written before the correction, would undo the correction unnoticed.
        if edited or (before and row and corrections.has_open_text(row)):
            return self._propose(before, row, item, save)
        # A missing row was deleted by an editor. A row that existed before the first load belongs to an editor too.
        if (before is None) != (row is None) or (before and not before.row_digest):
            return self._keep(name, row)
        row = row or model(**key)
        note = corrections.note_of(self._missing(name, row, item))
        save(row, item)
        corrections.keep_checks(row, old_texts)
        _mark_outdated(row, old_texts)
        models.Revision.objects.record(row, by=None, note=note[: workflow.MAX_NOTE_LENGTH])
        row.refresh_from_db()
        models.StarterItem.objects.update_or_create(
            name=name,
            defaults={
                "file_digest": file_digest,
                "row_digest": corrections.text_digest(snapshot(row)),
                "correction_skipped": False,
            },
        )
        return "updated" if before else "new"

    def _propose(self, before: models.StarterItem, row: Model, item: dict, save: Callable) -> str:
        """Propose the shipped correction of an edited item. If that is not possible, mark the item as kept."""
        missing = self._missing(before.name, row, item)
        done = corrections.propose_correction(row, corrections.shipped_text(row, item, save), missing)
        before.correction_skipped = not done
        if done:
            before.file_digest = corrections.digest(item)
        before.save()
        return "proposed" if done else "kept"

    def _missing(self, name: str, row: Model, item: dict) -> list[str]:
        """Return the names of the topic and audiences that ``row`` does not get, and note them for the summary."""
        names = corrections.left_out(row, item)
        if names:
            self.found[WITHOUT].append(f"{name} ({', '.join(names)})")
        return names

    def _keep(self, name: str, row: Model | None) -> str:
        """Leave an item unchanged that an editor deleted, or created under a key that the project now uses."""
        if row is not None:
            models.StarterItem.objects.update_or_create(name=name, defaults={"correction_skipped": True})
        return "kept"


def _fill(row: Model, item: dict, fields: set[str], **more: Any) -> None:
    for column, value in (files.columns(item, fields) | more).items():
        setattr(row, column, _with_anchors(value, getattr(row, column, None)))
    if isinstance(row, models.Publishable):
        if row._state.adding:  # later the state belongs to the publishers: an unpublished item stays unpublished
            is_listed = "topic" not in more or more["topic"].is_published()
            row.state = models.State.PUBLISHED if is_listed else models.State.DRAFT
        row.changed_on = timezone.localdate()
    row.save()


def _with_anchors(value: Any, before: Any) -> Any:
    """Keep the anchors of the headings, because links in texts written on this site use them."""
    has_headings = isinstance(value, str) and "<h2" in value
    return heading_anchors.keep_anchors(value, before or "") if has_headings else value


def _mark_outdated(row: Model, old_texts: dict | None) -> None:
    """Mark the other language as out of date if the file changed in one language, as publishing does."""
    if old_texts and isinstance(row, models.Publishable):
        row.outdated_fields = translation_status.compute(row, old_texts, snapshot(row), was_live=row.is_published())
        row.save(update_fields=["outdated_fields"])


def _replace_rows(related: Any, rows: list[dict]) -> None:
    related.all().delete()
    for position, columns in enumerate(rows):
        related.create(position=position, **columns)


def _save_audience(row: Any, item: dict[str, Any]) -> None:
    _fill(row, item, files.AUDIENCE)


def _save_topic(row: Any, item: dict[str, Any]) -> None:
    _fill(row, item, files.TOPIC)


def _topic(row: Any, key: str) -> models.Topic:
    """Return the topic with ``key``. A page that readers see keeps its own while that one is not published here."""
    topic = models.Topic.objects.get(key=key)
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
LOADERS = {
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
