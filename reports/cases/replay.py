"""Apply the ledger to a database that was restored from a backup, so that nothing withdrawn or erased comes back.

A changed code cannot be restored, because only its reporter has it. The code of the backup works again, and may be the
one that somebody found: reading with it is stopped, as after "someone found my code" (safety rule H6). Decisions
of staff, of which the ledger knows only a part, are set again, and the case is held until a lead has decided again.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from safetycenter.transitions import NotAllowed

from ..models.case import Case, State
from ..models.event import Event
from . import ledger, lifecycle, reminders, retention
from .case_effects import restored
from .ledger import Line

log = logging.getLogger(__name__)


@dataclass
class Replayed:
    """What a replay did: counts by kind, and the references of cases that a person has to look at, with the reason."""

    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    for_people: list[tuple[str, str]] = field(default_factory=list)
    damaged: int = 0  # lines that no desk of this site wrote; nothing was done for them
    failed: list[str] = field(default_factory=list)  # references of cases that stopped with an error


def replay(lines: Iterable[Line | None]) -> Replayed:
    """Apply every line whose event the database lacks. It can be repeated: an erased case stays erased."""
    result, by_case = Replayed(), defaultdict(list)
    for line in lines:
        if line is None:
            result.damaged += 1
        elif line.case_id:
            by_case[line.case_id].append(line)
    for case_id, of_case in by_case.items():
        _replay_alone(case_id, of_case, result)
    return result


def _replay_alone(case_id: UUID, lines: list[Line], result: Replayed) -> None:
    """Replay one case. An error there must not leave the other cases as they were in the backup."""
    try:
        _replay_case(case_id, _unknown(lines), result)
    except Exception:  # any: what stops one case is not foreseen
        log.exception("a case could not be replayed")
        case = Case.objects.filter(pk=case_id).first()
        result.failed.append(case.display_reference if case else "?")


def _unknown(lines: list[Line]) -> list[Line]:
    rows = Event.objects.filter(case=lines[0].case_id).values_list("digest", "action", "facts")
    known = {bytes(digest).hex() for digest, _action, _facts in rows}
    for _digest, action, facts in rows:
        known.update(facts.get(restored.LINES, []) if action == restored.ACTION else [])
    # Two copies of a ledger may have the same line. Within a day the order is that of the file.
    new = (line for line in dict.fromkeys(lines) if line.event not in known)
    return sorted(new, key=lambda line: line.day)


def _replay_case(case_id: UUID, lines: list[Line], result: Replayed) -> None:
    case = Case.objects.filter(pk=case_id).exclude(state=State.PURGED).first()
    if case is None or not lines:  # it arrived after the backup, was erased before it, or nothing is missing
        return
    by_action = {line.action: line for line in lines}
    if erased := by_action.get(retention.ERASED):
        result.counts["erased"] += retention.erase(case, erased.why or retention.WITHDRAWN)
        return
    if {"files_erased", "destroy_files"} & by_action.keys():
        result.counts["files erased"] += retention.erase_files(case)
    _replay_withdrawal(case, lines, result)
    _replay_code(case, by_action.keys(), result)
    _set_again(case, [line for line in lines if line.action in ledger.LISTED], result)


def _replay_code(case: Case, actions: Collection[str], result: Replayed) -> None:
    if "freeze" in actions and not case.frozen_at:
        _perform(case, "freeze", result)
    elif "new_code" in actions and not case.frozen_at:
        _perform(case, restored.CODE_LOST, result)
        result.for_people.append((case.display_reference, "new_code"))
    elif "reminder_erased" in actions:
        result.counts["addresses erased"] += reminders.erase(case, reminders.OFF)


def _set_again(case: Case, lines: list[Line], result: Replayed) -> None:
    if not lines:
        return
    decided = sorted({line.action for line in lines})
    people = {int(line.why) for line in lines if line.action in ledger.HIDING and line.why.isdecimal()}
    details: dict[str, object] = {"decided": decided, "people": people, "lines": [line.event for line in lines]}
    _perform(case, restored.ACTION, result, details)
    result.for_people += [(case.display_reference, action) for action in decided]


def _replay_withdrawal(case: Case, lines: list[Line], result: Replayed) -> None:
    asked = [line for line in lines if line.action in ("withdraw", "cancel_withdrawal")]
    if not asked or (asked[-1].action == "withdraw") == bool(case.withdraw_at):
        return
    details: dict[str, object] = {}
    if asked[-1].action == "withdraw":
        details["needs_lead"] = asked[-1].why == ledger.NEEDS_LEAD
    _perform(case, asked[-1].action, result, details)


def _perform(case: Case, action: str, result: Replayed, details: dict[str, object] | None = None) -> None:
    try:
        lifecycle.perform(case, action, None, None, **(details or {}))
    except NotAllowed:
        result.for_people.append((case.display_reference, action))
    else:
        result.counts[action] += 1
