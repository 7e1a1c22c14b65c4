"""Perform one action of the table ``actions.ACTIONS`` on a case.

``perform`` locks the row, checks, runs the effect, saves and records, in one transaction. A refusal carries the
sentence that the user reads. Only time closes a case without a person (``closing``).
"""

from collections.abc import Iterable
from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from safetycenter.hints import Text
from safetycenter.roles import Actor
from safetycenter.transitions import NotAllowed, Transition, available, require

from ..models.case import Case
from ..models.watch import Notice
from ..referral import time_to_refer
from ..staffing.notices import PAGED_ONCE, PAGED_ONCE_FACTS
from ..statistics import counting
from . import audit, closing, clusters, fingerprints, lease, second_look
from .actions import ACTIONS, REPORTER_ACTIONS, STAFF_ACTIONS
from .case_action import CaseAction, ReporterAction, SealedParts, StaffAction, TimedAction
from .case_effects import clock

__all__ = ["ACTIONS", "REPORTER_ACTIONS", "STAFF_ACTIONS", "NotAllowed", "StaleError", "allowed", "labels", "perform"]


class StaleError(NotAllowed):
    """Raised when another user has changed the case since this user's page was rendered."""


def perform(case: Case, name: str, by: Actor = None, expected_version: int | None = None, **details: object) -> Case:
    """Perform one action and return the case as saved. ``details`` are the arguments of the action's effect.

    ``by`` is the member of staff; None for the reporter and for housekeeping. ``expected_version``
    is the version that the user's page displayed. Raises NotAllowed with a full sentence, and
    StaleError when the case has changed since then.
    """
    with transaction.atomic():
        cases = Case.objects if by is None else Case.objects.visible_to(by)
        locked = cases.for_update().filter(pk=case.pk).first()
        if locked is None:
            raise NotAllowed(_("Case not found."))
        if expected_version is not None and locked.version != expected_version:
            raise StaleError(_("Someone else changed this case while you were reading. Check the case again."))
        left = clusters.with_points(locked) if clusters.leaves(name, details) else []
        done = perform_locked(locked, name, by, **details)
    end_points(left)
    return done


def end_points(cases: Iterable[Case]) -> None:
    """End the points for linked reports of those ``cases`` that are alone now, one row at a time (no deadlocks)."""
    for case in cases:
        with suppress(NotAllowed):
            perform(case, clusters.ALONE)


def perform_locked(locked: Case, name: str, by: Actor = None, **details: object) -> Case:
    """Perform one action on a case whose row the caller has locked, found among those that ``by`` may see.

    See ``perform``.
    """
    row = require(ACTIONS, name, locked, by)
    details |= _under_replaced_keys(locked, row)
    before, sealed, risk = locked.state, fingerprints.of(locked), audit.risk_facts(locked)
    row_before = vars(locked).copy()
    facts = row.effect(locked, by, **details) or {}  # type: ignore[misc]
    locked.state = _target(row, locked) or locked.state
    closing.clear_obsolete_columns(locked)
    is_new_handler = locked.handler_id != row_before["handler_id"]
    if locked.handler_id is not None and (is_new_handler or (by is not None and locked.handler_id == by.pk)):
        locked.lease_until, locked.last_handler_id = lease.end_of(locked), locked.handler_id
    clock.update_due_time(locked)
    time_to_refer.start(locked, timezone.now())
    locked.version += 1
    side = audit.REPORTER if isinstance(row, ReporterAction) else None
    facts = facts | fingerprints.changed_since(sealed, locked)  # a new dict: effects return shared ones
    facts |= dict(audit.risk_facts(locked).items() - risk.items())
    facts |= counting.count(row_before, locked, name, facts)
    event = audit.append(locked, name, by, side, **{"from": before, "to": locked.state}, **facts)
    locked.save(update_fields=_changed_fields(row_before, locked))
    second_look.draw(before, locked)
    _page_if_needed(locked, event, facts)
    return locked


def _under_replaced_keys(case: Case, row: CaseAction) -> dict:
    """Refuse actions that need sealed parts if these were replaced; return details for the others (no new keys)."""
    parts = row.sealed_parts if isinstance(row, StaffAction | TimedAction) else SealedParts.UNUSED
    if parts == SealedParts.UNUSED or not fingerprints.replaced(case):
        return {}
    if parts == SealedParts.RENEWED:
        return {"renew": False}
    raise NotAllowed(fingerprints.refusal_sentence(case))


def _changed_fields(before: dict, case: Case) -> list[str]:
    """Return only the changed fields, so that a public node needs no right to update the rest (deploy/grants.sql)."""
    fields = Case._meta.concrete_fields
    return [field.name for field in fields if before[field.attname] != getattr(case, field.attname)]


def _page_if_needed(case: Case, event: audit.Event, facts: dict) -> None:
    # At most one notice per case: it is sent repeatedly until somebody reviews the case again. Others are sent once.
    is_due = (case.tier == 0 and "clock" in facts) or (case.tier in clock.URGENT and "alarm" in facts)
    repeated = Notice.objects.filter(event__case=case).exclude(event__action__in=PAGED_ONCE)
    is_once = event.action in PAGED_ONCE or not facts.keys().isdisjoint(PAGED_ONCE_FACTS)
    if is_once or (is_due and not repeated.exists()):
        Notice.objects.create(event=event)


def labels() -> dict[str, Text]:
    """Return the label of every action of a case, by name."""
    return {name: row.label for name, row in ACTIONS.items()}


def allowed(case: Case, by: Actor) -> dict[str, StaffAction]:
    """Return the actions of the case page that ``by`` may take on ``case`` now, in the order of the buttons."""
    return available({name: row for name, row in STAFF_ACTIONS.items() if not row.own_page}, case, by)


def allowed_to_reporter(case: Case) -> set[str]:
    """Return the names of the actions that the holder of the reporter's code may take now."""
    return set(available(REPORTER_ACTIONS, case, None))


def _target(row: Transition, case: Case) -> str | None:
    return row.target.get(case.state) if isinstance(row.target, dict) else row.target  # type: ignore[return-value]
