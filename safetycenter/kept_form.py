"""Long desk forms that are sent after the session has ended: what was typed is given back, and nothing is saved.

The response carries the whole form as it was sent: it needs no script, and nothing is stored for anonymous users.
After sign-in, in another tab, its button opens the form again with every word in it. Only the account that opened the
form at first can do that: people may share a computer, and the next person may have an account too.
"""

from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .hints import View
from .same_origin import sent_by_this_site

KEPT_FIELD = "_kept"  # sent with a form that is only shown again; a view that finds it saves nothing
WRITER_FIELD = "_writer"  # sent with every form: the signed id of the account that opened it
_IGNORED_FIELDS = {"csrfmiddlewaretoken", KEPT_FIELD, "_save", "_continue", "_addanother", "_saveasnew"}


def preserve_form(view_func: View) -> View:
    """Decorate ``view_func``, a desk view with a form, to give back what was typed by someone who is signed out."""

    @wraps(view_func)
    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_ours = request.method == "POST" and sent_by_this_site(request)
        if is_ours and not admin.site.has_permission(request):
            return restore(request)
        if KEPT_FIELD in request.POST and not _is_writer(request):
            return _refused(request)
        response = view_func(request, *args, **kwargs)
        context = getattr(response, "context_data", None)
        if context is not None:
            context["writer_field"] = {"name": WRITER_FIELD, "value": _signer().sign(str(request.user.pk))}
        return response

    view.keeps_form = True  # type: ignore[attr-defined]
    return view


def response_to_expired_token(request: HttpRequest) -> HttpResponse | None:
    """Return the response to a form with an invalid CSRF token, for the views above; ``None`` for all others.

    A form from another site gets the ordinary refusal: its words must not be shown under our name.

    Signing in changes the token. Showing the form again needs no token: it saves nothing.
    """
    match = request.resolver_match
    if match is None or not getattr(match.func, "keeps_form", False) or not sent_by_this_site(request):
        return None
    if KEPT_FIELD in request.POST and admin.site.has_permission(request):
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        return match.func(request, *match.args, **match.kwargs)
    return restore(request)


@never_cache
def restore(request: HttpRequest) -> HttpResponse:
    """Return a page with everything that was sent, so that its writer can send it to the same form again."""
    if admin.site.has_permission(request) and not _is_writer(request):
        return _refused(request)
    sent = [(name, text) for name in request.POST if name not in _IGNORED_FIELDS for text in request.POST.getlist(name)]
    context = {
        **admin.site.each_context(request),
        "title": _("Your text is not saved yet"),
        "sent": sent,
        "marker": KEPT_FIELD,
        "address": request.path,
        "signed_in": admin.site.has_permission(request),
    }
    return render(request, "form_kept.html", context, status=403)


@never_cache
def _refused(request: HttpRequest) -> HttpResponse:
    """Return a page without any of the text: it belongs to another account."""
    context = {**admin.site.each_context(request), "title": _("This text belongs to another account")}
    return render(request, "form_kept_for_another.html", context, status=403)


def _is_writer(request: HttpRequest) -> bool:
    """Return whether the signed-in account is the one that opened the form; without proof, return False."""
    try:
        return _signer().unsign(request.POST.get(WRITER_FIELD, "")) == str(request.user.pk)
    except BadSignature:
        return False


def _signer() -> Signer:
    return Signer(salt="safetycenter.kept_form")
