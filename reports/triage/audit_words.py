"""What an entry of the staff log was about, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safetycenter.roles import role_name

from ..audit import staff_log
from ..models.case import Case
from ..models.staff_event import StaffEvent
from ..models.watch import OnCallChannel

_INVITATION = {
    "made": gettext_lazy("invited"),
    "accepted": gettext_lazy("invitation accepted"),
    "finished": gettext_lazy("enrolled with two-step verification"),
    "revoked": gettext_lazy("invitation revoked"),
}


def staff_fact(event: StaffEvent) -> str:
    """Return what the entry was about: a case number, an account with its roles, how many rows. Never content."""
    return _WORDS.get(event.action, _number)(event.facts)


def _search(facts: dict[str, Any]) -> str:
    number = Case(reference=facts["case"]).display_reference if "case" in facts else ""
    if facts["result"] == "seen":
        return number
    return _("%(number)s, which they may not see") % {"number": number} if number else _("no such case")


def _rights(facts: dict[str, Any]) -> str:
    said = [str(facts["account"])]
    if facts["new"]:
        said.append(_("new account"))
    if "invitation" in facts:
        said.append(str(_INVITATION[facts["invitation"]]))
    said += [_("to be given: %(role)s") % {"role": role_name(role)} for role in facts.get("roles", ())]
    said += [_("given: %(role)s") % {"role": role_name(role)} for role in facts["given"]]
    said += [_("taken away: %(role)s") % {"role": role_name(role)} for role in facts["taken"]]
    if "is_active" in facts or "is_staff" in facts:
        on = facts.get("is_active", True) and facts.get("is_staff", True)
        said.append(_("switched on") if on else _("switched off"))
    if "signed_out" in facts:
        said.append(_("signed out everywhere"))
    return ", ".join(said)


def _export(facts: dict[str, Any]) -> str:
    return _("%(n)s lines") % {"n": facts["rows"]}


def _check(facts: dict[str, Any]) -> str:
    return _("intact") if facts["intact"] else _("changed")


def _pair(facts: dict[str, Any]) -> str:
    """Return the name of the files of a key pair, as ``check_keys`` shows it."""
    return f"{facts['audience']}-{facts['pair']}"


def _channel(facts: dict[str, Any]) -> str:
    return str(OnCallChannel.Kind(facts["kind"]).label)


def _number(facts: dict[str, Any]) -> str:
    """Return the numbers of the entry, such as that of the demand in its register."""
    return ", ".join(_("no. %(n)s") % {"n": value} for value in facts.values() if isinstance(value, int))


_WORDS = {
    staff_log.SEARCHED: _search,
    staff_log.RIGHTS: _rights,
    staff_log.EXPORTED: _export,
    staff_log.CHECKED: _check,
    staff_log.KEY_RETIRED: _pair,
    **dict.fromkeys(staff_log.CHANNEL_CHANGES, _channel),
}
