"""Long forms of the desk that arrive after the visit has ended: what was typed is given back, and nothing is saved.

The page that answers carries the whole form as it was sent: it needs no script, and nothing is stored for a stranger.
After sign-in, in another tab, its button opens the form again with every word in it.
"""

from functools import wraps

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .same_origin import sent_by_this_site

KEPT = "_kept"  # sent with a form that is only shown again; a form that finds it saves nothing
_NO_FIELD = {"csrfmiddlewaretoken", KEPT, "_save", "_continue", "_addanother", "_saveasnew"}


def keeping(guarded):
    """Let ``guarded``, a view of the desk with a form, give back what was typed by someone who is signed out."""

    @wraps(guarded)
    def view(request: HttpRequest, *args, **kwargs):
        is_ours = request.method == "POST" and sent_by_this_site(request)
        if is_ours and not admin.site.has_permission(request):
            return given_back(request)
        return guarded(request, *args, **kwargs)

    view.keeps_form = True
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
        request._dont_enforce_csrf_checks = True
        return match.func(request, *match.args, **match.kwargs)
    return given_back(request)


@never_cache
def given_back(request: HttpRequest) -> HttpResponse:
    """Answer with everything that was sent, ready to be sent to the same form once more."""
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
