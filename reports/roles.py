"""The roles of the moderation desk, as Django groups."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.db.models import Q

from safetycenter.memory import for_seconds
from safetycenter.roles import Account, ensure_groups, has_role_permission, holders

# Triage may see ordinary cases in lists but open none. An outside lead may see withheld cases only (safety rule H25).
KNOW = ["reports.view_case", "reports.view_ordinary"]
READ = ["reports.view_case", "reports.read_case", "reports.handle_case"]
HANDLE = [*KNOW, *READ]
TEMPLATES = ["reports.view_replytemplate", "reports.add_replytemplate", "reports.change_replytemplate"]
# The permission to know of each kind of case: ordinary, restricted, withheld.
KINDS = ("reports.view_ordinary", "reports.handle_restricted", "reports.handle_withheld")
ROLES = {
    "triage": [*KNOW, "reports.admit_case"],
    "moderator": [*HANDLE, "reports.admit_case"],
    "child-safety": [*HANDLE, "reports.handle_restricted", "reports.admit_case", *TEMPLATES],
    "supervisor": [
        *HANDLE,
        "reports.admit_case",
        "reports.supervise",
        *TEMPLATES,
        "reports.view_staffedhours",
        "reports.change_staffedhours",
        "reports.add_staffedhours",
        "reports.delete_staffedhours",
        "reports.view_oncallchannel",
        "reports.change_oncallchannel",
        "reports.add_oncallchannel",
        "reports.view_category",
        "reports.change_category",
        "auth.view_user",
        "auth.change_user",
    ],
    "outside-lead": [*READ, "reports.handle_withheld"],
    "auditor": ["reports.read_audit"],
    "administrator": ["auth.view_user", "auth.add_user", "auth.change_user"],
}


def kinds_known_to(user: Account) -> Q | None:
    """Return the filter for the cases that ``user`` may know of through a role, or None if there are none.

    Plain conditions on two columns, computed here and not in SQL, so that an index can serve them.
    """
    ordinary, restricted, withheld = (has_role_permission(user, name) for name in KINDS)
    if not (ordinary or restricted):
        return Q(withheld=True) if withheld else None
    kind = Q() if ordinary and restricted else Q(restricted=restricted)
    if not withheld:
        return Q(withheld=False) & kind
    return kind | Q(withheld=True) if kind else kind


def ensure_roles(**kwargs: Any) -> None:
    """Create the groups of ROLES with exactly these permissions; called after every migrate."""
    # post_migrate runs app by app; the permissions named above must exist by now.
    for label in ("auth", "reports"):
        create_permissions(apps.get_app_config(label), verbosity=0, using=kwargs["using"])
    ensure_groups(ROLES)


@for_seconds
def has_outside_lead() -> bool:
    """Return whether somebody leads the withheld cases; the result may be up to ``memory.SECONDS`` old."""
    return holders("reports.handle_withheld").exists()
