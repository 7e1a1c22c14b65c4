"""The roles of the moderators' room, as groups."""

from django.apps import apps
from django.contrib.auth.management import create_permissions

from safetycenter.roles import ensure_groups

HANDLE = ["reports.view_case", "reports.handle_case"]
TEMPLATES = ["reports.view_replytemplate", "reports.add_replytemplate", "reports.change_replytemplate"]
ROLES = {
    "triage": ["reports.view_case", "reports.admit_case"],
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
    "outside-lead": [*HANDLE, "reports.handle_restricted", "reports.handle_withheld"],
    "auditor": ["reports.read_audit"],
    "administrator": ["auth.view_user", "auth.add_user", "auth.change_user"],
}


def ensure_roles(**kwargs) -> None:
    """Create the groups of ROLES with exactly these permissions; called after every migrate."""
    # post_migrate runs app by app; the permissions named above must exist by now.
    for label in ("auth", "reports"):
        create_permissions(apps.get_app_config(label), verbosity=0, using=kwargs["using"])
    ensure_groups(ROLES)
