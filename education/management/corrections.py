"""Apply corrections of a new release to items that editors have changed or checked in the meantime."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils.translation import gettext as _

from education.models import (
    Audience,
    Helpline,
    Publishable,
    Revision,
    State,
    Status,
    Topic,
    helpline_fields,
)
from education.models.bilingual import LANGUAGES, columns
from education.models.serialization import snapshot, stored_form
from education.publishing import authorship, correction_facts, workflow
from education.publishing.dry_run import rolled_back
from education.translation import column
from safetycenter.release import VERSION

# Columns filled in by a routine check. They belong to the operator; a file cannot correct them.
ROUTINE_FIELDS = {
    *(column for field in helpline_fields.FIELDS if not field.in_files for column in field.columns),
    *{"reviewed_on", *columns("reviewed_by")},
    *{"review_due", "app_tried_on", "tried_on", "checked_on", "is_stored_copy"},
    *{"publish_at", "archive_at"},
}


def digest(content: dict) -> str:
    """Return a SHA-256 of ``content`` in hex. Equal contents have equal digests."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, cls=DjangoJSONEncoder).encode()).hexdigest()


def text_digest(data: dict) -> str:
    """Return the digest of a snapshot without the columns of routine checks, and without empty columns.

    A release may add a column. It is empty in every row, and must not make the row look edited.
    """
    return digest(_filled(_text(data)))


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _filled(one) for name, one in value.items() if one}
    return [_filled(one) for one in value] if isinstance(value, list) else value


def _text(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _text(one) for name, one in value.items() if name not in ROUTINE_FIELDS}
    return [_text(one) for one in value] if isinstance(value, list) else value


def keep_checks(row: Model, before: dict | None) -> None:
    """Restore the routine checks in the snapshot ``before`` on ``row`` after an update. Does nothing for None.

    A helpline whose channels changed loses its checks, because nobody has tried the new number.
    """
    if before is None:
        return
    is_new_number = isinstance(row, Helpline) and _text(before["channels"]) != _text(snapshot(row)["channels"])
    checked = {name: value for name, value in before.items() if name in ROUTINE_FIELDS and value}
    if is_new_number:
        checked = {"verified_on": None} | dict.fromkeys(columns("verified_by"), "")
    Revision(data=checked).apply_to(row).save()
    _keep_checks_of_sources(row, before)


def _keep_checks_of_sources(row: Any, before: dict) -> None:
    """Restore from the snapshot ``before`` the day of each source that was checked here later, or better.

    Better is a page that somebody opened, while the file has read only a copy.
    """
    checked = {source["url"]: source for source in before.get("sources", [])}
    for source in row.sources.filter(url__in=checked) if checked else ():
        old = checked[source.url]
        opened_here = getattr(source, "is_stored_copy", False) and not old.get("is_stored_copy")
        if old["checked_on"] and (opened_here or str(source.checked_on or "") < old["checked_on"]):
            data = {name: old[name] for name in ("checked_on", "is_stored_copy") if name in old}
            Revision(data=data).apply_to(source).save()


def shipped_text(row: Model, item: dict, save: Callable) -> dict:
    """Return the snapshot that ``row`` would have if ``save`` wrote the starter file's ``item``; nothing is changed.

    Sources keep the day on which they were checked here.
    """
    with rolled_back():
        copy = type(row).objects.get(pk=row.pk)
        before = snapshot(copy)
        save(copy, item)
        _keep_checks_of_sources(copy, before)
        return snapshot(copy)


def left_out(row: Model, item: dict) -> list[str]:
    """Return the names of the topic and audiences of the starter file's ``item`` that ``row`` does not get.

    A page that readers see gets none that is not published here.
    """
    if "topic" not in item or not (isinstance(row, Publishable) and row.state == State.PUBLISHED):
        return []
    groups = [*Topic.objects.filter(key=item["topic"]), *Audience.objects.filter(key__in=item.get("audiences", ()))]
    return [str(group) for group in groups if not group.is_published()]


def note_of(names: list[str]) -> str:
    """Return the sentence for a version that lacks the topic and audiences called ``names``; empty without any."""
    text = _("Not taken over, because readers do not see it here: %(names)s.")
    return text % {"names": ", ".join(names)} if names else ""


def has_open_text(row: Model) -> bool:
    """Return whether an editor's text for ``row`` is waiting, returned, or scheduled."""
    open_one = Revision.objects.open_proposal(row) if isinstance(row, Publishable) else None
    return open_one is not None and open_one.author is not None


def propose_correction(row: Model, shipped: dict, missing: list[str]) -> bool:
    """Propose the project's changes since the last load for an edited, published ``row``; the note names ``missing``.

    Return False if that is not possible, or if all that changed is missing. Fields that only the editors changed stay
    as they are. Nothing is proposed while an editor's proposal is open, since an item has one proposal at a time; the
    next load tries again.
    """
    if not workflow.is_saved_as_proposal(row) or has_open_text(row):
        return False
    base, now = _last_shipped(row), snapshot(row)
    changed = {
        name: value
        for name, value in shipped.items()
        if name not in ROUTINE_FIELDS and _text(value) != _text(base.get(name))
    }
    proposed = {name: value for name, value in changed.items() if _text(value) != _text(now.get(name))}
    if not proposed:
        return not missing
    edited = [name for name in _edited(base, now) if name in proposed or name not in changed]
    note = note_of(missing)[: workflow.MAX_NOTE_LENGTH]
    minor = _is_of_one_language(proposed, shipped, now)
    revision = workflow.save_proposal(row, None, now | changed, note=note, minor=minor)
    revision.release, revision.shipped = VERSION, stored_form(shipped)
    revision.correction = correction_facts.facts(row, now, proposed, edited)
    revision.save(update_fields=["release", "shipped", "correction"])
    return True


def _last_shipped(row: Any) -> dict:
    """Return the text of ``row`` as the project had it when it was last loaded or decided on; empty without one.

    A correction that was published or declined is decided: what it said is not proposed a second time.
    """
    versions = Revision.objects.for_item(row).filter(author=None, action="")
    loaded = versions.filter(status=Status.SAVED).first()
    decided = versions.filter(status__in=(Status.PUBLISHED, Status.WITHDRAWN), shipped__isnull=False).first()
    if decided and (loaded is None or decided.number > loaded.number):
        return decided.shipped
    return loaded.data if loaded else {}


def _edited(base: dict, now: dict) -> list[str]:
    """Return the columns in which this site says something else than the project's ``base``.

    Anchors of headings are no words: saving adds them to the text of the file.
    """
    return [
        name
        for name, value in now.items()
        if name not in ROUTINE_FIELDS
        and (value or base.get(name))
        and authorship.differs(_filled(_text(base.get(name))), _filled(_text(value)), is_rich=True)
    ]


def _is_of_one_language(proposed: dict, shipped: dict, now: dict) -> bool:
    """Return whether a correction changes texts of one language only, and the other one says what the project says.

    Then the project has both languages as they should be, and neither becomes out of date.
    """
    for code in LANGUAGES:
        end, others = column("", code), [column("", other) for other in LANGUAGES if other != code]
        names = {one for name in proposed for one in _changed_names(name, now.get(name), proposed[name])}
        if all(name.endswith(end) for name in names):
            twins = [name.removesuffix(end) + other for name in names & set(now) for other in others]
            return not any(authorship.differs(now.get(name), shipped.get(name), is_rich=True) for name in twins)
    return False


def _changed_names(name: str, old: Any, new: Any) -> set[str]:
    """Return the column ``name``; of a list with as many rows as before, the columns that changed in them."""
    if not (isinstance(old, list) and isinstance(new, list) and len(old) == len(new)):
        return {name}
    if not all(isinstance(one, dict) for one in (*old, *new)):
        return {name}
    return {key for a, b in zip(_text(old), _text(new), strict=True) for key in a if a[key] != b.get(key)}
