"""Compute what readers see now and what they would see, and publish a text.

A text is published at once or at its scheduled time, in both languages or in one.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from education import page_groups
from education.models import Helpline, Publishable, Revision, State, Status
from education.models.bilingual import LANGUAGES
from education.models.revision import OPEN
from education.models.serialization import snapshot, stored_form
from education.publishing import checks, situations
from education.translation import column

PUBLISH_PERMISSION = "education.publish_content"
PUBLISHING_ACTIONS = ("publish", "archive", "restore")  # actions whose revision holds the text that readers saw
TIME_COLUMNS = {"publish_at", "archive_at"}
CHECK_COLUMNS = {"verified_on"}


def published_text(item: Publishable) -> dict | None:
    """Return what readers see of ``item`` now, or saw last; ``None`` if it was never published."""
    if item.state == State.PUBLISHED:
        return snapshot(item)
    shown = Revision.objects.for_item(item).filter(action__in=PUBLISHING_ACTIONS).first()
    return shown.data if shown else None


def pending_or_live(item: Publishable, languages: Collection[str] = LANGUAGES) -> dict:
    """Return what readers would see if ``item`` were published now in ``languages``: the open text, or the row.

    Publishing in one language changes only the texts of that language, also in the situations of a quiz. The other
    language, the helplines, sources and options stay as readers see them. If the item was never published, they go live
    too; the other language stays empty.
    """
    whole = _open_text(item, Revision.objects.open_proposal(item))
    return whole if _covers_all_languages(languages) else _text_in(item, languages, whole, published_text(item))


def _open_text(item: Publishable, proposal: Revision | None) -> dict:
    return proposal.data if proposal else snapshot(item)


def _covers_all_languages(languages: Collection[str]) -> bool:
    return set(languages) == set(LANGUAGES)


def _text_in(item: Publishable, languages: Collection[str], whole: dict, before: dict | None) -> dict:
    """Return what readers would see after publishing ``whole`` in ``languages``; ``before`` is what they saw last."""
    if _covers_all_languages(languages):
        return whole
    if before is None:
        return texts_in_languages(item, whole | _empty_texts(item, languages), whole, languages, before=[])
    return texts_in_languages(item, before, whole, languages)


def texts_in_languages(
    item: Model, onto: dict, data: dict, languages: Collection[str], before: list[dict] | None = None
) -> dict:
    """Return ``onto`` with the texts of ``data`` in ``languages``, also those of situations.

    ``before`` are the situations that the other languages keep (default: those of ``onto``).
    """
    found = onto | columns_in_languages(item, data, languages)
    if situations.NAME in data:
        kept = onto.get(situations.NAME, []) if before is None else before
        found[situations.NAME] = situations.in_languages(kept, data[situations.NAME], languages)
    return found


def candidate_for(item: Publishable, languages: Collection[str] = LANGUAGES) -> checks.Candidate:
    """Return the text that publishing in ``languages`` would show, as input for the publish checks."""
    row = type(item).objects.get(pk=item.pk)
    proposal, before = Revision.objects.open_proposal(row), published_text(row)
    live = before if row.is_published() else None
    data = _text_in(row, languages, _open_text(row, proposal), before)
    return checks.Candidate(row, data, live, bool(proposal and proposal.minor), before=before)


def is_sensitive(item: Publishable) -> bool:
    """Return whether ``item`` is sensitive now, was sensitive when last published, or would be in its open text.

    All three count, so that nobody can avoid the second person by turning the option off first.
    """
    if getattr(item, "sensitive", False):
        return True
    proposal = Revision.objects.open_proposal(item)
    if proposal and proposal.data.get("sensitive"):
        return True
    # While the item is published, readers see the row itself, which was checked first.
    before = None if item.state == State.PUBLISHED else published_text(item)
    return bool(before and before.get("sensitive"))


def columns_in_languages(item: Model, data: dict, languages: Collection[str]) -> dict:
    """Return the columns of ``data`` that hold texts in ``languages``."""
    columns = {column(field, code) for field in item.translated_fields() for code in languages}
    return {name: value for name, value in data.items() if name in columns}


def withdrawn_texts(item: Publishable) -> dict:
    """Return the withdrawn texts of ``item`` in languages that readers do not have, if its newest text was withdrawn.

    After a publication in one language, the row does not contain the other one: the form would lose it otherwise.
    """
    newest, absent = _withdrawn(item)
    texts = columns_in_languages(item, newest.data, absent) if newest else {}
    return {name: text for name, text in texts.items() if text}


def rows_to_edit(item: Publishable, name: str) -> list[dict]:
    """Return the related rows of ``item`` for the form, situations with the words that ``withdrawn_texts`` is about."""
    rows = pending_or_live(item).get(name, [])
    if name != situations.NAME:
        return rows
    newest, absent = _withdrawn(type(item)._default_manager.get(pk=item.pk))  # the form has filled in the words of item
    return situations.in_languages(rows, newest.data.get(name, []), absent) if newest and absent else rows


def _withdrawn(item: Publishable) -> tuple[Revision | None, list[str]]:
    newest = Revision.objects.for_item(item).edits().first()
    absent = [code for code in LANGUAGES if code not in item.languages()]
    return (newest if newest and newest.status == Status.WITHDRAWN else None), absent


def language_choices(item: Publishable) -> list[list[str]]:
    """Return the ways to publish ``item``: both languages, and each single language with a change to publish."""
    whole, last = pending_or_live(item), published_text(item)
    before = last or {}
    single = [[code] for code in LANGUAGES if _has_changes(item, whole, before, code)]
    return [LANGUAGES, *(one for one in single if _text_in(item, one, whole, last) != whole)]


def changed_languages(item: Publishable) -> list[str]:
    """Return the languages in which the open text of ``item`` says something that readers did not see last."""
    whole, before = pending_or_live(item), published_text(item) or {}
    return [code for code in LANGUAGES if _has_changes(item, whole, before, code)]


def wished_time(item: Publishable) -> datetime | None:
    """Return the time that the open text of ``item`` asks for, past or future; ``None`` without one."""
    proposal = Revision.objects.open_proposal(item)
    if item.state == State.PUBLISHED and proposal is None:
        return None
    moment = _as_moment(proposal.data.get("publish_at") if proposal else item.publish_at)
    is_known = proposal is not None and item.publish_at == moment
    return None if is_known and not (moment and moment > timezone.now()) else moment


def starts_at(item: Publishable) -> datetime | None:
    """Return the future publication time of the open text if ``item`` is published now; ``None`` if there is none."""
    moment = wished_time(item) if item.is_published() else None
    return moment if moment and moment > timezone.now() else None


def missed_time(item: Publishable) -> datetime | None:
    """Return the time that the open text of ``item`` asked for, if it passed before anybody approved the text."""
    proposal = Revision.objects.open_proposal(item)
    moment = None if proposal and proposal.status == Status.SCHEDULED else wished_time(item)
    return moment if moment and moment <= timezone.now() and item.state != State.ARCHIVED else None


def _as_moment(value: Any) -> datetime | None:
    return parse_datetime(value) if isinstance(value, str) else value


def publish_open_text(
    item: Publishable, languages: Collection[str] = LANGUAGES, times: dict | None = None
) -> tuple[str, ...]:
    """Publish the open text of ``item`` in ``languages``, with ``times`` in place of those in it.

    What is not published stays an open proposal. Return what ``page_groups.touched`` says about the difference.
    """
    proposal = Revision.objects.open_proposal(item)
    candidate = candidate_for(item, languages)
    times = stored_form(_times_that_hide_nothing(item, candidate.data) | (times or {}))
    whole, data = _open_text(item, proposal) | times, candidate.data | times
    item.outdated_fields = candidate.outdated_fields
    _clear_dead_number_reports(item, data)
    before = snapshot(item)
    touched = page_groups.touched(item, before, data)
    if data != before:
        Revision(data=data).apply_and_save(item)
    if proposal and not proposal.minor:
        item.changed_on = timezone.localdate()
    if stored_form(whole) == stored_form(data):
        close_open_text(item, Status.PUBLISHED)
        item.not_ready = {}
    else:
        _keep_proposal_open(item, proposal, whole)
    return touched


def _times_that_hide_nothing(item: Publishable, data: dict) -> dict:
    """Return the time of ``item`` in place of a later one in ``data``, because no date takes a live page away."""
    moment = _as_moment(data.get("publish_at"))
    is_later = bool(moment and moment > timezone.now() and item.is_published())
    return {"publish_at": item.publish_at} if is_later else {}


def _clear_dead_number_reports(item: Publishable, data: dict) -> None:
    """Delete reports of a dead number up to the day of a newer check, if ``data`` brings a new ``verified_on``."""
    day = data.get("verified_on") if isinstance(item, Helpline) else None
    if day and day != (published_text(item) or {}).get("verified_on"):
        item.dead_number_reports.filter(day__lte=day).delete()


def _keep_proposal_open(item: Publishable, proposal: Revision | None, whole: dict) -> None:
    if proposal is None:
        writer = Revision.objects.for_item(item).edits().first()
        Revision.objects.record(item, writer and writer.author, data=whole, status=Status.WAITING)
        return
    proposal.status, proposal.language, proposal.goes_live_at = Status.WAITING, "", None
    proposal.save(update_fields=["status", "language", "goes_live_at"])


def close_open_text(item: Model, status: Status) -> None:
    """Set the final ``status`` of the open text of ``item``, if there is one."""
    for revision in Revision.objects.for_item(item).filter(status__in=OPEN):
        revision.status = status
        revision.save(update_fields=["status"])


def _has_changes(item: Publishable, whole: dict, before: dict, language: str) -> bool:
    texts = _all_texts(item, whole, language)
    return any(texts.values()) and texts != _all_texts(item, before, language)


def _all_texts(item: Publishable, data: dict, language: str) -> dict:
    rows = situations.texts(data.get(situations.NAME, []), language)
    return columns_in_languages(item, data, [language]) | {situations.NAME: rows}


def _empty_texts(item: Publishable, languages: Collection[str]) -> dict:
    others = [code for code in LANGUAGES if code not in languages]
    return {
        name: None if name.startswith("slug") else "" for name in columns_in_languages(item, snapshot(item), others)
    }
