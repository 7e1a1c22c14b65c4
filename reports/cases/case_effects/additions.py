"""Effect of an answer or file that a reporter adds after sending, without the code (reports/intake/more.py)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from safetycenter.transitions import NotAllowed

from ... import priority
from ...crypto.receipts import secret_fingerprint
from ...crypto.vault.appender import Appender
from ...models import addition
from ...models.case import Case, State
from ...models.evidence import Evidence
from ...questions import Answers
from ...questions.category import DECLARED, category_of
from ...questions.core import said_own_life_at_risk
from . import clock, data_requests, in_words, reporter, shared


def add(
    case: Case,
    by: None,
    ring: Appender | None = None,
    given: dict | None = None,
    known: Answers | None = None,
    answers: Answers | None = None,
    evidence: Sequence[Evidence] = (),
    code: str = "",
) -> dict:
    """Add what was ``given`` now, and files. It only raises, restricts and withholds, and a promise only gets sooner.

    ``known`` is what was known before, ``answers`` the same with what was given: what staff decided since then is
    changed only by something new. A case that waits for its reporter, or has ended, returns to the queue. Raises
    NotAllowed if ``code`` is no longer the code of the case.
    """
    if code and not has_same_code(case, code):
        raise NotAllowed(_("Nothing can be added here any more."))
    if evidence and (case.restricted or case.suspected_material_at or case.files_forbidden):
        raise NotAllowed(_("Nothing can be added here any more."))  # decided while the files arrived (H14, K7)
    data_requests.end_pause(case)
    before = case.tier
    if case.left_open_at and case.state == State.ESCALATED:  # reopened like a resolved case
        case.state = State.RESOLVED
    shared.attach_files(case, list(evidence), ring)
    reporter.require_lead_decision(case)
    facts = {"answers": int(bool(given)), "files": len(evidence)}
    if ring and given:
        addition.add(case, ring, given)
        facts |= _apply(case, given, known or {}, answers or {})
    if case.state in shared.BACK_TO_TRIAGE:
        facts |= clock.requeue(case)
    _return_to_people(case, before)
    return facts


def _apply(case: Case, given: dict, known: Answers, answers: Answers) -> dict:
    """Fill columns, raise tier and points, restrict and withhold. Return facts for the audit log."""
    facts: dict = {}
    _set_columns(case, given)
    case.files_forbidden = case.files_forbidden or category_of(answers).files_forbidden
    if _is_worse(known, answers) or _has_new_danger(case, known, answers):
        facts |= in_words.raise_for(case, answers)
    if "age" in given:  # with the category that staff have set since
        facts |= in_words.raise_for(case, {"age": case.age_band, "category": case.category_id})
    if "risk" in given or said_own_life_at_risk(given):
        facts |= clock.raise_to_p0(case)
    elif priority.tier(answers) == case.tier:
        new = [name for name in priority.tier_rules(answers) if name not in priority.tier_rules(known)]
        case.tier_rules = list(dict.fromkeys([*case.tier_rules, *new]))
    _add_reasons(case, [reason for reason in priority.reasons(answers) if reason not in priority.reasons(known)])
    return facts


def has_same_code(case: Case, code: str) -> bool:
    """Return whether ``code`` (``secret_fingerprint``) is the code of ``case``, and nobody has said it was found."""
    return case.frozen_at is None and secret_fingerprint(bytes(case.secret_salt or b"")) == code


def _is_worse(known: Answers, answers: Answers) -> bool:
    """Return whether ``answers`` are more urgent, or for fewer people, than what was known."""
    closes = priority.is_restricted(answers) > priority.is_restricted(known)
    conflict = answers.get("staff_conflict") == "yes"
    return closes or conflict or priority.tier(answers) < priority.tier(known)


def _has_new_danger(case: Case, known: Answers, answers: Answers) -> bool:
    """Return whether ``answers`` tell of a danger that was not known, in a case that staff have made less urgent."""
    new = set(priority.tier_rules(answers)) - set(priority.tier_rules(known))
    return bool(new) and priority.tier(answers) < case.tier


def _set_columns(case: Case, given: dict) -> None:
    """Fill clear columns that are still empty. The category is left to staff.

    "18 or over" is left out: it would make a case less protected.
    """
    chosen = DECLARED.get(given.get("category", ""))
    if not case.platform:
        case.platform = given.get("platform", "")
    if case.age_band == Case.AgeBand.UNKNOWN and given.get("age") in priority.AGE_BANDS[:-1]:
        case.age_band = given["age"]
    if chosen or given.get("account_or_link") or given.get("province"):
        case.indexed = False  # what it names is read again, at a desk


def _add_reasons(case: Case, found: list[str]) -> None:
    """Add the reasons for points that are new; a certain one replaces the unsure one, none is lost."""
    for reason in found:
        sure = reason.removesuffix(priority.UNSURE)
        if sure in case.reasons or reason in case.reasons:
            continue
        clock.remove_reason(case, sure + priority.UNSURE)
        clock.add_reason(case, reason)


def _return_to_people(case: Case, tier_before: int) -> None:
    if case.tier < tier_before and not case.answered_at:
        case.due_at = min(case.due_at, clock.next_deadline(case))
    if case.state == State.QUARANTINED and case.tier in clock.URGENT:
        case.state = State.TRIAGE  # H19
    if case.seen_at or case.handler_id or case.answered_at:  # somebody has read what was there before
        clock.record_unread_reply(case)
    case.look_again_at = None
    if case.state in shared.BACK_TO_TRIAGE:
        shared.unassign(case)
        clock.reserve(case)
