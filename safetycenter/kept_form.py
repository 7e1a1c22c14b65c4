"""Long forms of the desk that arrive after the visit has ended: what was typed is given back, and nothing is saved.

The page that answers carries the whole form as it was sent: it needs no script, and nothing is stored for a stranger.
After sign-in, in another tab, its button opens the form again with every word in it. Only the account that opened the
form in the first place can do that: a computer may be shared, and the next person may have an account too.
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

KEPT = "_kept"  # sent with a form that is only shown again; a form that finds it saves nothing
WRITER = "_writer"  # sent with every form: the signed number of the account that opened it
_NO_FIELD = {"csrfmiddlewaretoken", KEPT, "_save", "_continue", "_addanother", "_saveasnew"}


def keeps_form(guarded: View) -> View:
    """Let ``guarded``, a view of the desk with a form, give back what was typed by someone who is signed out."""

    @wraps(guarded)
    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_ours = request.method == "POST" and sent_by_this_site(request)
        if is_ours and not admin.site.has_permission(request):
            return restore(request)
        if KEPT in request.POST and not _is_writer(request):
            return _refused(request)
        response = guarded(request, *args, **kwargs)
        context = getattr(response, "context_data", None)
        if context is not None:
            context["writer_field"] = {"name": WRITER, "value": _signer().sign(str(request.user.pk))}
        return response

    view.keeps_form = True  # type: ignore[attr-defined]
    return view


def after_expired_token(request: HttpRequest) -> HttpResponse | None:
    """Return the answer to a form whose token is not valid any more, for the views above; ``None`` for all others.

    What another site sends gets the ordinary refusal: its words must not come back under our name.

    Signing in changes the token. Showing the form again needs none: it saves nothing.
    """
    match = request.resolver_match
    if match is None or not getattr(match.func, "keeps_form", False) or not sent_by_this_site(request):
        return None
    if KEPT in request.POST and admin.site.has_permission(request):
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        return match.func(request, *match.args, **match.kwargs)
    return restore(request)


@never_cache
def restore(request: HttpRequest) -> HttpResponse:
    """Answer with everything that was sent, ready to be sent to the same form once more by who wrote it."""
    if admin.site.has_permission(request) and not _is_writer(request):
        return _refused(request)
    sent = [(name, text) for name in request.POST if name not in _NO_FIELD for text in request.POST.getlist(name)]
    context = {
        **admin.site.each_context(request),
        "title": _("Your text is not saved yet"),
        "sent": sent,
        "marker": KEPT,
        "address": request.path,
        "signed_in": admin.site.has_permission(request),
    }
    return render(request, "form_kept.html", context, status=403)


@never_cache
def _refused(request: HttpRequest) -> HttpResponse:
    """Answer without a word of the text: it belongs to another account."""
    context = {**admin.site.each_context(request), "title": _("This text belongs to another account")}
    return render(request, "form_kept_for_another.html", context, status=403)


def _is_writer(request: HttpRequest) -> bool:
    """Return whether the account that is signed in is the one that opened the form; a missing proof counts as no."""
    try:
        return _signer().unsign(request.POST.get(WRITER, "")) == str(request.user.pk)
    except BadSignature:
        return False


def _signer() -> Signer:
    return Signer(salt="safetycenter.kept_form")
