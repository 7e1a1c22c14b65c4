"""What a session that is locked, or has just ended, is answered: no page of the desk opens, nothing sent is lost."""

from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from safetycenter import kept_form
from safetycenter.hints import View

from . import confirm, idle, kept_post

# What a locked session may open: the pages that take the proof, and signing out.
OPEN = {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout", "logout"}


def end(request: HttpRequest) -> None:
    """End this session, and note for ``answer`` whose it was."""
    request.ended_for = request.user.pk  # type: ignore[attr-defined]
    logout(request)


def answer(request: HttpRequest, view: View) -> HttpResponseBase | None:
    """Return the answer in place of ``view``; None if it may answer. Otherwise this request counts as activity."""
    if idle.is_locked(request):
        return _answer_locked(request, view)
    if request.user.is_authenticated and not idle.is_background(view):
        idle.remember_activity(request)
    person = getattr(request, "ended_for", None)
    if person is None or idle.is_background(view) or _keeps_by_itself(view):
        return None
    if not (sealed := request.POST.get(kept_post.FIELD, "")):  # else the session ended while this page was locked
        if not kept_post.is_keepable(request):
            return None
        sealed = kept_post.seal(request, person)
    return kept_form.sign_in_first(request, person, (kept_post.FIELD, sealed), reverse("account_kept"))


def _answer_locked(request: HttpRequest, view: Any) -> HttpResponseBase | None:
    match = request.resolver_match
    if match is not None and match.url_name in OPEN:
        return None
    if getattr(view, "answers_script", False):
        return kept_form.refuse_locked_script()
    if idle.is_background(view):
        return redirect("account_reauthenticate")  # a script takes any redirect for "not now"
    return confirm.ask(request)


def _keeps_by_itself(view: Any) -> bool:
    return getattr(view, "keeps_form", False)
