"""The pages of invitations: for administrators who invite and revoke, and for the person who enrols."""

from typing import Any

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from safetycenter.hints import AdminMixin
from safetycenter.roles import assignable_roles, role_name

from . import invitations, proof
from .staff_forms import ChoosePasswordForm, InvitationForm


class InvitationsMixin(AdminMixin):
    """Mixin of the accounts in the admin: the page that invites and revokes."""

    def get_urls(self) -> list[URLPattern]:
        """Return the URLs of accounts and of this page."""
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.invite_or_revoke))
        return [path("invitations/", view, name="auth_user_invitations"), *super().get_urls()]

    def invite_or_revoke(self, request: HttpRequest) -> HttpResponse:
        """Show the unfinished invitations; with POST, make one and show its link this once, or revoke one."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        proof.require(request)
        if "revoke" in request.POST:
            return self._revoke(request)
        form = InvitationForm(request.POST or None, roles=assignable_roles(request.user))
        link = ""
        if request.method == "POST" and form.is_valid():
            link = self._invite(request, form)
            form = InvitationForm(roles=assignable_roles(request.user))
        return _page(request, "account/invitations.html", _("Invitations"), _listed() | {"form": form, "link": link})

    def _invite(self, request: HttpRequest, form: InvitationForm) -> str:
        chosen = form.cleaned_data
        names = {group.name for group in chosen["groups"]}
        token = invitations.invite(request.user, chosen["username"], chosen["first_name"], names)  # type: ignore[arg-type]
        return settings.DESK_URL + reverse("account_invitation", args=[token])

    def _revoke(self, request: HttpRequest) -> HttpResponse:
        number = request.POST["revoke"]
        if invitations.revoke(int(number) if number.isdecimal() else 0, request.user):  # type: ignore[arg-type]
            messages.success(request, _("The invitation is revoked."))
        else:
            messages.error(request, _("This invitation cannot be revoked any more: its account is in use."))
        return redirect("admin:auth_user_invitations")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person choose their password. They are signed in then, and led to their second factor."""
    invitation = invitations.find(token)
    if invitation is None:
        return _page(request, "account/invitation_over.html", _("This link cannot be used"), {}, status=404)
    if request.user.is_authenticated:
        return _page(request, "account/invitation_signed_in.html", _("Your invitation"), {})
    named = User(username=invitation.username, first_name=invitation.first_name)
    form = ChoosePasswordForm(named, request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = invitations.accept(invitation, form.cleaned_data["new_password1"])
        if person is not None:
            return _sign_in(request, person)
        form.add_error(None, _("This name was taken meanwhile, or the link was used. Ask who invited you."))
    context = {"form": form, "named": named, "roles": [role_name(role) for role in invitation.roles]}
    return _page(request, "account/invitation.html", _("Your invitation"), context)


def _sign_in(request: HttpRequest, person: User) -> HttpResponse:
    login(request, person)
    reauthenticate_by_password(request)  # or the next page would ask for the password that was just chosen
    return redirect("mfa_index" if settings.STAFF_SECOND_FACTOR else "admin:index")


def _listed() -> dict[str, Any]:
    rows = [(row, [role_name(role) for role in row.roles]) for row in invitations.unfinished()]
    return {"rows": rows, "hours": settings.INVITATION_HOURS}


def _page(request: HttpRequest, template: str, title: str, context: dict, status: int = 200) -> HttpResponse:
    return render(request, template, {**admin.site.each_context(request), "title": title, **context}, status=status)
