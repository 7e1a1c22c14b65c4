"""What one entry of the audit log adds to the counters. The counting and the recount both read this table."""

from typing import Any

from ..models.state import OPEN_STATES, State
from ..models.tally import Tally

M = Tally.Measure
ENDED = (State.RESOLVED, State.CLOSED)
OBJECTIONS = ("request_review", "request_other")
OPENINGS = {"viewed": "case", "file_opened": "file", "revealed": "picture"}
# Actions that are a measure whatever they change.
_BY_ACTION = {
    "submitted": M.RECEIVED,
    "withdraw": M.WITHDRAWN,
    **dict.fromkeys(OBJECTIONS, M.OBJECTION),
    "erased": M.ERASED,
    "reply": M.ANSWERED,
    "ask": M.ANSWERED,
}
Flow = tuple[str, str, int | None]  # measure, value, slot


def flows_of(action: str, facts: dict[str, Any]) -> list[Flow]:
    """Return what an event adds to the counters of the day on which it happened, once each."""
    found: list[Flow] = []
    if action in _BY_ACTION:
        found.append((_BY_ACTION[action], "", None))
    before, after = facts.get("from"), facts.get("to")
    if before != after and after == State.RESOLVED:
        found.append((M.RESOLVED, "", None))
    if before != after and after == State.CLOSED:
        found.append((M.CLOSED, facts.get("outcome", ""), None))
    if before in OPEN_STATES and after not in OPEN_STATES:
        found.append((M.DONE, "", None))
    if "first_look_in" in facts:
        found.append((M.FIRST_LOOK, "", facts["first_look_in"]))
    if "first_word" in facts:
        found.append((M.FIRST_WORD, "", facts["first_word"]))
    if "review" in facts:
        found.append((M.REVIEWED, facts["review"], None))
    return found
