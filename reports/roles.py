"""The roles of the moderation desk, as Django groups."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.db.models import Q

from safetycenter.memory import cached_for_seconds
from safetycenter.roles import Account, add_to_groups, ensure_groups, has_role_permission, users_with_permission

# Triage may see ordinary cases in lists but open none. An outside lead may see withheld cases only (safety rule H25).
KNOW_PERMISSIONS = ["reports.view_case", "reports.view_ordinary"]
READ_PERMISSIONS = ["reports.view_case", "reports.read_case", "reports.handle_case"]
SORT_PERMISSIONS = ["reports.sort_case", "reports.release_quarantined"]
HANDLE_PERMISSIONS = [*KNOW_PERMISSIONS, *READ_PERMISSIONS]
TEMPLATE_PERMISSIONS = ["reports.view_replytemplate", "reports.add_replytemplate", "reports.change_replytemplate"]
CHECKLIST_PERMISSIONS = ["reports.view_checklistitem", "reports.add_checklistitem", "reports.change_checklistitem"]
# Roles of guides that also word the checklists of the desk. None of these permissions opens a report.
EDITORS = dict.fromkeys(("editor", "publisher"), CHECKLIST_PERMISSIONS)
# The permission to know of each kind of case: ordinary, restricted, withheld.
KIND_PERMISSIONS = ("reports.view_ordinary", "reports.handle_restricted", "reports.handle_withheld")
ROLES = {
    "triage": [*KNOW_PERMISSIONS, *SORT_PERMISSIONS],
    "moderator": [*HANDLE_PERMISSIONS, *SORT_PERMISSIONS],
    "child-safety": [
        *HANDLE_PERMISSIONS,
        *SORT_PERMISSIONS,
        "reports.handle_restricted",
        *TEMPLATE_PERMISSIONS,
        *CHECKLIST_PERMISSIONS,
    ],
    "supervisor": [
        *HANDLE_PERMISSIONS,
        *SORT_PERMISSIONS,
        "reports.supervise",
        *TEMPLATE_PERMISSIONS,
        *CHECKLIST_PERMISSIONS,
        "reports.view_staffedhours",
        "reports.change_staffedhours",
        "reports.add_staffedhours",
        "reports.delete_staffedhours",
        "reports.view_oncallchannel",
        "reports.change_oncallchannel",
        "reports.add_oncallchannel",
        "reports.view_category",
        "reports.change_category",
        "reports.view_desksettings",
        "reports.change_desksettings",
        "reports.view_agency",
        "reports.add_agency",
        "reports.change_agency",
        "reports.view_team",
        "reports.add_team",
        "reports.change_team",
        "reports.change_routingtable",
        "reports.view_breach",
        "reports.add_breach",
        "reports.change_breach",
        "reports.view_demand",
        "reports.add_demand",
        "reports.change_demand",
        "reports.view_quarterfigures",
        "reports.view_figurecorrection",
        "reports.add_figurecorrection",
        "auth.view_user",
        "auth.change_user",
    ],
    "outside-lead": [*READ_PERMISSIONS, *SORT_PERMISSIONS, "reports.handle_withheld"],
    "auditor": ["reports.read_audit"],
    "administrator": [
        "auth.view_user",
        "auth.add_user",
        "auth.change_user",
        "reports.view_custodylead",
        "reports.add_custodylead",
    ],
}


def filter_known_to(user: Account) -> Q | None:
    """Return the filter for the cases that ``user`` may know of through a role, or None if there are none.

    Plain conditions on two columns, computed here and not in SQL, so that an index can serve them.
    """
    ordinary, restricted, withheld = (has_role_permission(user, name) for name in KIND_PERMISSIONS)
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
    add_to_groups(EDITORS)


@cached_for_seconds
def has_outside_lead() -> bool:
    """Return whether somebody leads the withheld cases; the result may be up to ``memory.CACHE_SECONDS`` old."""
    return users_with_permission("reports.handle_withheld").exists()
