"""The packages of a case on the page ``refer``: what is in each, and what this person may do with it now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from safetycenter.roles import Account, has_role_permission
from safetycenter.wording import ORDINARY, Wording

from ..cases import lifecycle, referral_guards
from ..crypto.vault import keys
from ..crypto.vault.box import KeyMissingError, UnreadableError
from ..models.case import Case
from ..models.referral import Referral
from ..referral import package
from ..referral.sheet import passed_on_message
from .defang import defang
from .referral_forms import REFERRAL_FORMS, ReferralForm

ON_PACKAGE = ("approve_referral", "send_referral", "refer", "referral_failed")
Rows = Mapping[str, Any]


@dataclass(frozen=True)
class Card:
    """One package as the page shows it: its facts, and the forms of what this person may do with it now."""

    referral: Referral
    facts: list[dict]
    forms: list[dict]
    may_download: bool
    needs_approval: bool


def card(referral: Referral, case: Case, user: Account, allowed: Rows, bound: Rows, words: Wording = ORDINARY) -> Card:
    """Return the card of one package. A refused form stays on it with its words. ``words``: how the reporter reads."""
    fitting = [name for name in ON_PACKAGE if name in allowed and _fits(name, referral, case, user)]
    forms = [row(name, case, allowed, bound, referral, words) for name in ON_PACKAGE if name in {*fitting, *bound}]
    return Card(
        referral,
        _facts(opened(referral, user)),
        [form for form in forms if form and (form["name"] in fitting or form["open"])],
        not referral_guards.may_export(case, user, referral),
        referral_guards.needs_approval(referral),
    )


def _fits(name: str, referral: Referral, case: Case, user: Account) -> bool:
    """Return whether the action can be done with this package, beyond what the row of the action says of the case."""
    waits = referral_guards.needs_approval(referral)
    if name == "approve_referral":
        return waits and referral.prepared_by_id != user.pk
    states = {
        "send_referral": referral_guards.TO_HAND_OVER,
        "refer": referral_guards.HANDED_OVER,
        "referral_failed": (Referral.State.SENT,),
    }
    return not waits and referral.state in states[name]


def row(
    name: str,
    case: Case,
    allowed: Rows,
    bound: Rows,
    referral: Referral | None = None,
    words: Wording = ORDINARY,
) -> Any:
    """Return the action with its form, or None if it is neither allowed nor has words to give back."""
    kept = bound.get(name)
    if kept is not None and referral and kept.data.get("referral") != str(referral.pk):
        kept = None  # it belongs to another package
    if name not in allowed and kept is None:
        return None
    known = {"referral": referral.pk, "receipt": referral.receipt} if referral else {"referral": None}
    form = kept or form_of(name, case, text=passed_on_message(case.language, words), **known)
    return {"name": name, "label": lifecycle.ACTIONS[name].label, "form": form, "open": kept is not None}


def form_of(name: str, case: Case, data: Any = None, **initial: Any) -> Any:
    """Return the form of an action, bound to ``data`` or with ``initial`` values. Its ids are unique on the page."""
    form = REFERRAL_FORMS[name]
    options = {"case": case} if issubclass(form, ReferralForm) else {}
    prefix = f"{name}-{initial.get('referral') or (data or {}).get('referral') or 'new'}"
    return form(data, initial={"version": case.version} | initial, auto_id=f"{prefix}-%s", **options)  # type: ignore[arg-type]


def opened(referral: Referral, user: Account) -> bytes | None:
    """Return the package, or None if this person or this desk cannot open it.

    A package made for child safety stays with them when a restriction ends, as their notes do.
    """
    case = referral.case
    is_theirs = referral.key.audience not in (keys.DESK, case.staff_audience)
    if is_theirs and not has_role_permission(user, case.child_safety_permission):
        return None
    try:
        return referral.package()
    except (KeyMissingError, UnreadableError):
        return None


def _facts(content: bytes | None) -> list[dict]:
    """Return label, values and certainty of each fact in the active language, with links that nobody can click."""
    if content is None:
        return []
    language = translation.get_language()
    rows = []
    for fact in package.report(content)["facts"]:
        value = fact["value"].get(language) or next(iter(fact["value"].values()))
        values = value if isinstance(value, list) else [value]
        label, certainty = (fact[name].get(language, "") for name in ("label", "in_words"))
        rows.append({"label": label, "certainty": certainty, "values": [defang(text) for text in values]})
    return rows
