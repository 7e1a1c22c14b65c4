"""Publishing workflow: the table ``ACTIONS`` and ``perform``, which runs one of them.

Saving never changes what readers see of a published item. Only an action does, or the time of a scheduled text.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from education.models import Publishable, Revision, State, Status
from education.models.bilingual import LANGUAGES
from education.models.serialization import deleted_references, snapshot
from education.publishing import checks, decision, groups, guards, not_needed, not_ready, translation_status, unpublish
from education.publishing.decision import ActionInput, Decision
from education.publishing.guards import may_change, may_write, must_not_be_author
from education.publishing.publication import (
    PUBLISH_PERMISSION,
    TIME_COLUMNS,
    candidate_for,
    changed_languages,
    close_open_text,
    language_choices,
    pending_or_live,
    published_text,
    starts_at,
    texts_in_languages,
)
from safetycenter.page_cache import cache_version
from safetycenter.transitions import NotAllowed, Transition, require

# Names from the modules below that the admin imports from here.
__all__ = [
    "candidate_for",
    "checks",
    "language_choices",
    "may_change",
    "may_write",
    "must_not_be_author",
    "pending_or_live",
    "published_text",
    "starts_at",
]
MAX_NOTE_LENGTH = 300
APPROVE_PERMISSION = "education.approve_content"
UNPUBLISH_PERMISSION = "education.unpublish_content"
ONCE_PUBLIC = (State.PUBLISHED, State.ARCHIVED)


def _return(item: Publishable, action_input: ActionInput) -> None:
    if not action_input.note.strip():
        raise NotAllowed(_("Say in the note what should change."))
    close_open_text(item, Status.RETURNED)


def _withdraw(item: Publishable, action_input: ActionInput) -> None:
    if not guards.is_own_text(item, action_input.by) and not action_input.note.strip():
        raise NotAllowed(_("Somebody else wrote this. Say in the note why you withdraw it."))
    close_open_text(item, Status.WITHDRAWN)
    if item.state in ONCE_PUBLIC:
        item.not_ready = {}


def _confirm(item: Publishable, action_input: ActionInput) -> dict:
    """Mark the fields named in ``confirmed`` as up to date; the record names them."""
    confirmed = [gap for gap in translation_status.outdated_entries(item) if gap.name in action_input.confirmed]
    if not confirmed or len(confirmed) < len(action_input.confirmed):
        raise NotAllowed(_("The text has changed in the meantime. Compare it again."))
    if refusal := may_change(item, {gap.language for gap in confirmed}, action_input.by):
        raise NotAllowed(refusal)
    item.outdated_fields = {
        name: mark for name, mark in item.outdated_fields.items() if name not in {gap.column for gap in confirmed}
    }
    labels = ", ".join(translation_status.label(item, gap.field, gap.language) for gap in confirmed)
    return {"note": f"{labels}. {action_input.note}"[:MAX_NOTE_LENGTH]}


_OPEN = (State.IN_REVIEW, *ONCE_PUBLIC)
_NOT_ARCHIVED = (State.DRAFT, State.IN_REVIEW, State.PUBLISHED)
_BACK = {State.IN_REVIEW: State.DRAFT}
ACTIONS = {
    "submit": Transition(gettext_lazy("Submit for review"), (State.DRAFT,), State.IN_REVIEW, condition=may_write),
    "publish": Transition(
        pgettext_lazy("a button", "Publish"),
        (State.DRAFT, *_OPEN),
        State.PUBLISHED,
        permission=PUBLISH_PERMISSION,
        condition=guards.may_publish,
        effect=decision.publish,
    ),
    "schedule": Transition(
        gettext_lazy("Approve for the scheduled time"),
        (State.PUBLISHED,),
        permission=PUBLISH_PERMISSION,
        condition=guards.may_schedule,
        effect=decision.schedule,
    ),
    "publish_now": Transition(
        gettext_lazy("Publish now"),
        (State.PUBLISHED,),
        State.PUBLISHED,
        permission=PUBLISH_PERMISSION,
        condition=guards.waits_for_time,
        effect=decision.publish_now,
    ),
    "cancel_time": Transition(
        gettext_lazy("Cancel the time"),
        (State.PUBLISHED,),
        permission=UNPUBLISH_PERMISSION,
        condition=guards.waits_for_time,
        effect=decision.cancel_time,
    ),
    "approve": Transition(
        gettext_lazy("Approve for a publisher"),
        _OPEN,
        permission=APPROVE_PERMISSION,
        condition=guards.may_request_changes,
        effect=decision.recommend,
    ),
    "return": Transition(
        gettext_lazy("Request changes"), _OPEN, _BACK, condition=guards.may_request_changes, effect=_return
    ),
    "withdraw": Transition(gettext_lazy("Withdraw"), _OPEN, _BACK, condition=guards.may_withdraw, effect=_withdraw),
    "confirm": Transition(
        gettext_lazy("Mark as up to date"), (State.PUBLISHED,), condition=guards.may_confirm, effect=_confirm
    ),
    "not_needed": Transition(
        gettext_lazy("Not needed in this language"),
        _NOT_ARCHIVED,
        condition=may_write,
        effect=lambda item, action_input: not_needed.mark(item, action_input.confirmed, action_input.by),
    ),
    "needed": Transition(
        gettext_lazy("Needed after all"),
        _NOT_ARCHIVED,
        condition=may_write,
        effect=lambda item, action_input: not_needed.unmark(item, action_input.confirmed, action_input.by),
    ),
    "not_ready": Transition(
        gettext_lazy("Mark as not ready"),
        (State.DRAFT, *_OPEN),
        condition=may_write,
        effect=lambda item, action_input: not_ready.mark(item, action_input.languages, action_input.by),
    ),
    "ready": Transition(
        gettext_lazy("Mark as ready"),
        (State.DRAFT, *_OPEN),
        condition=may_write,
        effect=lambda item, action_input: not_ready.unmark(item, action_input.languages, action_input.by),
    ),
    "archive": Transition(
        gettext_lazy("Unpublish"),
        (State.PUBLISHED,),
        State.ARCHIVED,
        permission=UNPUBLISH_PERMISSION,
        condition=guards.may_unpublish,
        effect=lambda item, action_input: unpublish.unpublish(item, action_input.by, action_input.note),
    ),
    "confirm_unpublish": Transition(
        gettext_lazy("Keep unpublished"),
        (State.ARCHIVED,),
        permission=UNPUBLISH_PERMISSION,
        condition=unpublish.may_decide,
        effect=lambda item, action_input: unpublish.confirm_unpublished(item),
    ),
    "restore": Transition(
        gettext_lazy("Republish"),
        (State.ARCHIVED,),
        State.PUBLISHED,
        permission=PUBLISH_PERMISSION,
        condition=unpublish.may_restore,
        effect=lambda item, action_input: unpublish.confirm_unpublished(item),
    ),
}


@cache_version.batch()
def perform(
    item: Publishable,
    name: str,
    by: Any,
    note: str = "",
    confirmed: Collection[str] = (),
    languages: Collection[str] = LANGUAGES,
    chosen: Decision | None = None,
) -> Publishable:
    """Perform the action ``name`` of ACTIONS on ``item`` as the user ``by``; return the updated item.

    ``note`` and ``confirmed`` answer the publish checks, or name the fields to confirm. ``languages`` are those to
    publish: all, or one; ``chosen`` says when, and what readers learn. Raises NotAllowed with a sentence for that
    person if the role, the state or the text does not allow the action.
    """
    item = type(item).objects.select_for_update().get(pk=item.pk)
    if ACTIONS[name].target == State.PUBLISHED:
        groups.hold(item, snapshot(item), pending_or_live(item))
    action = require(ACTIONS, name, item, by)
    action_input = ActionInput(by, note, frozenset(confirmed), languages, chosen or Decision())
    record = (action.effect(item, action_input) if action.effect else None) or {}
    item.state = _target(action, item.state)
    item.save()
    Revision.objects.record(item, by, **({"note": note.strip(), "action": name} | record))
    return item


def _target(action: Transition, state: str) -> str:
    target = action.target.get(state) if isinstance(action.target, dict) else action.target
    return target or state


def is_saved_as_proposal(item: Model) -> bool:
    """Return whether a saved change waits for a publisher, because readers see the row."""
    return isinstance(item, Publishable) and item.state == State.PUBLISHED


@cache_version.batch()
def save_proposal(item: Model, by: Any, data: dict, note: str = "", minor: bool = False) -> Revision:
    """Save ``data`` as the newest text of ``item``: as a proposal if the item is published, else as its current text.

    The caller saves the row itself if the item is not published. A minor edit on top of a proposal that changes the
    meaning does not make that proposal minor.
    """
    proposal = Revision.objects.open_proposal(item)
    if proposal:
        minor = minor and proposal.minor
        proposal.status = Status.REPLACED
        proposal.save(update_fields=["status"])
    status = Status.WAITING if is_saved_as_proposal(item) else Status.SAVED
    return Revision.objects.record(item, by, note=note, minor=minor, data=data, status=status)


@cache_version.batch()
def restore(item: Model, to: Revision, languages: list[str], by: Any) -> Revision:
    """Restore what ``item`` said in the revision ``to``: everything, or the texts of one language.

    A published item gets a proposal instead. Raises NotAllowed if ``by`` may not, or if its address or number is taken.
    """
    item = type(item).objects.select_for_update().get(pk=item.pk)
    if refusal := may_write(item, by) or may_change(item, languages, by):
        raise NotAllowed(refusal)
    data = _restored_texts(item, pending_or_live(item), to.data, languages)
    data |= {field.name: getattr(item, field.attname) for field in deleted_references(item, data)}
    if not is_saved_as_proposal(item):
        checks.require_unique(checks.Candidate(item, data, None))
        Revision(data=data).apply_and_save(item)
    note = _("Back to version %(number)d.") % {"number": to.number}
    return save_proposal(item, by, data, note=note)


def publish_only(item: Publishable, languages: Collection[str], by: Any, note: str = "") -> Publishable:
    """Publish what changed in ``languages`` of ``item``, and nothing else. Raises NotAllowed as ``perform``."""
    item = type(item).objects.get(pk=item.pk)
    if list(languages) in language_choices(item):
        return perform(item, "publish", by, note, languages=languages)
    # One language is no choice where it is everything that changes: then all languages are the same.
    if not set(languages) & set(changed_languages(item)):
        raise NotAllowed(_("No draft change is waiting in this language only."))
    return perform(item, "publish", by, note)


def _restored_texts(item: Model, now: dict, data: dict, languages: Collection[str]) -> dict:
    """Return ``now`` with what ``data`` brings back, without times: they belong to the original publication."""
    if set(languages) == set(LANGUAGES):
        return now | {name: value for name, value in data.items() if name not in TIME_COLUMNS}
    return texts_in_languages(item, now, data, languages)
