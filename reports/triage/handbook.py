"""The handbook of the desk: one page for each role, with its rights, for everyone who has a role here."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from safetycenter.hints import Text
from safetycenter.roles import Account, has_role_permission, role_name

from . import rights
from .handbook_names import NAMES
from .handbook_texts import AT_THE_DESK, TEXTS


@require_GET
def handbook(request: HttpRequest) -> HttpResponse:
    """Go to the page of one's own role. Raises PermissionDenied for people without a role."""
    own = own_pages(request.user)
    if not own:
        raise PermissionDenied
    return redirect("admin:reports_handbook_role", role=own[0])


@require_GET
def role_page(request: HttpRequest, role: str) -> HttpResponse:
    """Show the page of one role to anybody who has a role. Raises Http404 for an unknown one, else PermissionDenied."""
    if not own_pages(request.user):
        raise PermissionDenied
    if role not in TEXTS:
        raise Http404
    context = {
        **admin.site.each_context(request),
        "title": _("Handbook: %(role)s") % {"role": role_name(role)},
        "role": role,
        "has_cases": has_role_permission(request.user, "reports.view_case"),
        "pages": pages(),
        "parts": [(heading, [sentence(text) for text in texts]) for heading, texts in (*TEXTS[role], AT_THE_DESK)],
        "rights": rights.of_role(role),
    }
    return render(request, "reports/triage/handbook.html", context)


def pages() -> list[tuple[str, Text]]:
    """Return key and name of the page of each role."""
    return [(role, role_name(role)) for role in TEXTS]


def own_pages(user: Account) -> list[str]:
    """Return the pages of the roles that ``user`` has; all for a superuser."""
    if user.is_superuser:
        return list(TEXTS)
    roles = set(user.groups.values_list("name", flat=True))
    return [role for role in TEXTS if role in roles]


def sentence(text: Text) -> SafeString:
    """Return ``text`` with the names of buttons and pages filled in and marked."""
    marked = {name: format_html("<b>{}</b>", label) for name, label in NAMES.items()}
    return SafeString(escape(str(text)) % marked)
