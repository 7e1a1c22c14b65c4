"""Effect of moving a case to another category: the strictest rule that ever held for the case is kept (H14)."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from safetycenter.transitions import NotAllowed

from ... import priority
from ...crypto.vault.keyring import ErasedError
from ...models.addition import all_answers
from ...models.case import Case
from ...models.category import Category
from ...questions import Answers
from ...questions.category import category_of
from ...routing.rules import route_again
from . import child_safety, clock, shared


def change_category(case: Case, by: User, category: Category, reason: str) -> dict:
    """Move the case to ``category``, as if the reporter had chosen it.

    Tier and points may rise and never fall, so that the place in the queue never gets worse; files that may not be
    added stay forbidden, and a case of the new category that only child safety may see is handed to child safety. The
    team follows the routing rules, unless a person has chosen it. The answers keep what the reporter chose.
    """
    if category.pk == case.category_id:
        raise NotAllowed(_("The case already has this category."))
    answers: Answers = {**_answers(case), "category": category.pk}
    facts = shared.add_reason(case, by, reason) | {"category": category.pk, "category_before": case.category_id}
    case.category = category
    case.files_forbidden = case.files_forbidden or category_of(answers).files_forbidden
    if case.files_forbidden:
        case.gate_entries.update(strict=True)
    case.reasons = _reasons(case, answers)
    case.score = sum(priority.REASONS[key][0] for key in case.reasons)
    tier, rules = priority.raised(case.tier, answers), priority.tier_rules(answers)
    raised = tier < case.tier
    if raised:
        clock.raise_tier(case, tier, rules)
    if priority.is_restricted(answers) and not case.restricted:
        return facts | child_safety.hand_over(case)
    return facts | route_again(case) | (clock.requeue(case) if raised and case.handler_id is None else {})


def _reasons(case: Case, answers: Answers) -> list[str]:
    """Return the reasons for the points: each keeps the more certain of both degrees, and none is lost."""
    held, unsure = {*case.reasons, *priority.reasons(answers)}, priority.UNSURE
    return [key for key in priority.REASONS if key in held and not (unsure in key and key.removesuffix(unsure) in held)]


def _answers(case: Case) -> Answers:
    try:
        return all_answers(case, case.staff_keyring())
    except (ErasedError, TypeError) as error:
        raise NotAllowed(_("The answers of this case have been erased.")) from error
