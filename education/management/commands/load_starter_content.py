"""Load the starter content. Loading again adds no duplicates and never overwrites an editor's changes."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Model

from education import models
from education.management import corrections, starter_rows
from education.models.serialization import snapshot
from education.publishing import correction_facts, translation_status, workflow
from education.search import documents
from education.starter import files, text_dates
from safetycenter.page_cache import cache_version

DAYS = "text_dates"  # the name of the row that says which days were given to the texts
WITHOUT = "without a topic or audience that is not published here"


class Command(BaseCommand):
    """``manage.py load_starter_content``"""

    help = "Load topics, audiences, helplines, guides, pages, news, glossary and organisations from the starter files."

    def handle(self, **options: Any) -> None:
        """Load everything and print a summary."""
        with cache_version.batch():
            loader = Loader()
            is_first = not loader.loaded  # then every known word is of a text that was loaded now
            found = loader.load_all()
            if not is_first and (found["new"] or found["updated"]):
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
        self.keys: dict[type[Model], set] = {}  # of the rows that existed before this load
        self.new: list[tuple[models.StarterItem, models.Revision]] = []  # stored at the end, in few queries
        self.proposed: list[Any] = []  # items with a new correction: the checks read them when everything is loaded

    def load_all(self) -> dict[str, list[str]]:
        """Load every kind, referenced kinds first. Return the names of the items by outcome."""
        for kind, (model, key, save) in starter_rows.SAVERS.items():
            for item in files.items(kind):
                name = f"{kind}:{item[key]}"
                self.found[self._load(name, model, {key: item[key]}, item, save)].append(name)
        self._date_texts()
        models.StarterItem.objects.bulk_create([loaded for loaded, _revision in self.new])
        models.Revision.objects.bulk_create([revision for _loaded, revision in self.new])
        for row in self.proposed:
            correction_facts.note_findings(row)
        return self.found

    def _date_texts(self) -> None:
        """Give the texts that nobody edited here their days, once for each file of days: an older version knew none."""
        file_digest = corrections.digest(text_dates.read())
        known = self.loaded.get(DAYS)
        if known and known.file_digest == file_digest:
            return
        for kind, key in text_dates.KEYS.items() if self.loaded else ():
            for row in starter_rows.SAVERS[kind][0].objects.all():
                self._date(row, f"{kind}:{getattr(row, key)}", text_dates.day_of(kind, getattr(row, key)))
        models.StarterItem.objects.update_or_create(name=DAYS, defaults={"file_digest": file_digest})

    def _date(self, row: models.Publishable, name: str, day: date | None) -> None:
        loaded = self.loaded.get(name)
        if day and row.changed_on != day and loaded and loaded.row_digest == corrections.text_digest(snapshot(row)):
            row.changed_on = day
            row.save(update_fields=["changed_on"])

    def _row(self, model: type[Model], key: dict) -> Model | None:
        """Return the row with ``key`` that existed before this load."""
        [(column, value)] = key.items()
        if model not in self.keys:
            self.keys[model] = set(model.objects.values_list(column, flat=True))
        return model.objects.filter(**key).first() if value in self.keys[model] else None

    def _load(self, name: str, model: type[Model], key: dict, item: dict, save: Callable) -> str:
        before = self.loaded.get(name)
        file_digest = corrections.digest(item)
        if before and before.file_digest == file_digest:
            return "same"
        row = self._row(model, key)
        old_texts = snapshot(row) if row else None
        edited = before and row and before.row_digest not in ("", corrections.text_digest(old_texts))
        # Publishing an editor's open text, written before the correction, would undo the correction unnoticed.
        if edited or (before and row and corrections.has_open_text(row)):
            return self._propose(before, row, item, save)
        # A missing row was deleted by an editor. A row that existed before the first load belongs to an editor too.
        if (before is None) != (row is None) or (before and not before.row_digest):
            return self._keep(name, row)
        row = row or model(**key)
        note = corrections.note_of(self._missing(name, row, item))[: workflow.MAX_NOTE_LENGTH]
        save(row, item)
        corrections.keep_checks(row, old_texts)
        _mark_outdated(row, old_texts)
        texts = snapshot(row)  # as the file has them: a later correction is compared with this version
        row.refresh_from_db()
        loaded = before or models.StarterItem(name=name)
        loaded.file_digest, loaded.row_digest = file_digest, corrections.text_digest(snapshot(row))
        loaded.correction_skipped = False
        if not before:
            self.new.append((loaded, models.Revision(item=row, number=1, data=texts, note=note)))
            return "new"
        loaded.save()
        models.Revision.objects.record(row, by=None, note=note, data=texts)
        return "updated"

    def _propose(self, before: models.StarterItem, row: Model, item: dict, save: Callable) -> str:
        """Propose the shipped correction of an edited item. If that is not possible, mark the item as kept."""
        missing = self._missing(before.name, row, item)
        done = corrections.propose_correction(row, corrections.shipped_text(row, item, save), missing)
        before.correction_skipped = not done
        if done:
            before.file_digest = corrections.digest(item)
            self.proposed.append(row)
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


def _mark_outdated(row: Model, old_texts: dict | None) -> None:
    """Mark the other language as out of date if the file changed in one language, as publishing does."""
    if old_texts and isinstance(row, models.Publishable):
        row.outdated_fields = translation_status.compute(row, old_texts, snapshot(row), was_live=row.is_published())
        row.save(update_fields=["outdated_fields"])
