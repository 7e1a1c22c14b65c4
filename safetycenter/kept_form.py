"""Long desk forms that are sent after the session has ended: what was typed is given back, and nothing is saved.

The response carries the whole form as it was sent: it needs no script, and nothing is stored for anonymous users.
After sign-in, in another tab, its button opens the form again with every word in it. Only the account that opened the
form at first can do that: people may share a computer, and the next person may have an account too. A form with words
about a report travels sealed (``accounts.kept_post.preserve_sealed``).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .accounts import idle
from .hints import View
from .same_origin import sent_by_this_site

KEPT_FIELD = "_kept"  # sent with a form that is only shown again; a view that finds it saves nothing
WRITER_FIELD = "_writer"  # sent with every form: the signed id of the account that opened it
FILES_FIELD = "_files"  # sent with a form that is shown again: files were chosen, and have to be chosen again
_IGNORED_FIELDS = {"csrfmiddlewaretoken", KEPT_FIELD, FILES_FIELD, "_save", "_continue", "_addanother", "_saveasnew"}


def preserve_form(view_func: View, give_back: Callable[[HttpRequest], HttpResponse | None] | None = None) -> View:
    """Decorate ``view_func``, a desk view with a form, to give back what was typed by someone who is signed out.

    ``give_back`` returns the page that does so, or None to answer as for other forms; without it, ``restore`` does.
    """
    give_back = give_back or restore

    @wraps(view_func)
    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_ours = request.method == "POST" and sent_by_this_site(request)
        if is_ours and not _may_use_desk(request) and (kept := give_back(request)):
            return kept
        if KEPT_FIELD in request.POST and not _is_writer(request):
            return _refused(request)
        response = view_func(request, *args, **kwargs)
        context = getattr(response, "context_data", None)
        if context is not None:
            context["writer_field"] = writer_field(request)
        return response

    view.keeps_form, view.gives_back = True, give_back  # type: ignore[attr-defined]
    return view


def answer_script(view_func: View) -> View:
    """Decorate ``view_func``, which the script of such a form calls with what was typed, to say in JSON why it refuses.

    The words stay on the page then. ``signed_in`` is false for someone who is signed out, and for another account.
    """

    @wraps(view_func)
    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _may_use_desk(request):
            return _json_refusal(_("You were signed out. Keep writing: your words stay on this page."))
        if not _is_writer(request):
            return _json_refusal(_("Another account is signed in now. Your words stay on this page."))
        return view_func(request, *args, **kwargs)

    view.answers_script = True  # type: ignore[attr-defined]
    return view


def refuse_locked_script() -> JsonResponse:
    """Return what the script of such a form gets while the session is locked (accounts.idle)."""
    return _json_refusal(_("This screen is locked. Keep writing: your words stay on this page."))


def _json_refusal(said: str) -> JsonResponse:
    return JsonResponse({"signed_in": False, "said": said}, status=403)


def response_to_expired_token(request: HttpRequest) -> HttpResponse | None:
    """Return the response to a form with an invalid CSRF token, for the views above; ``None`` for all others.

    A form from another site gets the ordinary refusal: its words must not be shown under our name.

    Signing in changes the token. Showing the form again needs no token: it saves nothing.
    """
    match = request.resolver_match
    if match is not None and getattr(match.func, "answers_script", False) and sent_by_this_site(request):
        return _new_token(request)
    if match is None or not getattr(match.func, "keeps_form", False) or not sent_by_this_site(request):
        return None
    if KEPT_FIELD in request.POST and _may_use_desk(request):
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        return match.func(request, *match.args, **match.kwargs)
    if _may_use_desk(request) and not _is_writer(request):
        return _refused(request)
    return match.func.gives_back(request)  # type: ignore[attr-defined]


@never_cache
def _new_token(request: HttpRequest) -> HttpResponse:
    """Give the script of a form a new token, for the account that opened the form. Signing in again changed it."""
    if _may_use_desk(request) and _is_writer(request):
        return JsonResponse({"signed_in": True, "token": get_token(request)}, status=403)
    return _json_refusal(_("You were signed out. Keep writing: your words stay on this page."))


@never_cache
def restore(request: HttpRequest) -> HttpResponse:
    """Return a page with everything that was sent, so that its writer can send it to the same form again."""
    sent = [(name, text) for name in request.POST if name not in _IGNORED_FIELDS for text in request.POST.getlist(name)]
    return _page(request, sent, request.path)


@never_cache
def sign_in_first(request: HttpRequest, person: int, sealed: tuple[str, str], address: str) -> HttpResponse:
    """Return the same page for a form that ``person`` sent as their session ended, with its sealed fields.

    ``address`` is the page that gives them back after sign-in.
    """
    return _page(request, [sealed, (WRITER_FIELD, _signer().sign(str(person)))], address, is_sealed=True)


def _page(request: HttpRequest, sent: list[tuple[str, str]], address: str, is_sealed: bool = False) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("Your text is not saved yet"),
        "sent": sent,
        "marker": KEPT_FIELD,
        "address": address,
        "signed_in": _may_use_desk(request),
        "is_sealed": is_sealed,  # then the page after this one opens the form
    }
    return render(request, "form_kept.html", context, status=403)


@never_cache
def _refused(request: HttpRequest) -> HttpResponse:
    """Return a page without any of the text: it belongs to another account."""
    context = {**admin.site.each_context(request), "title": _("This text belongs to another account")}
    return render(request, "form_kept_for_another.html", context, status=403)


def writer_field(request: HttpRequest) -> dict[str, str]:
    """Return the name and value of the input that says which account opened the form."""
    return {"name": WRITER_FIELD, "value": _signer().sign(str(request.user.pk))}


def _may_use_desk(request: HttpRequest) -> bool:
    """Return whether the desk is open to this request: somebody is signed in, and the session is not locked."""
    return admin.site.has_permission(request) and not idle.is_locked(request)


def _is_writer(request: HttpRequest) -> bool:
    """Return whether the signed-in account is the one that opened the form; without proof, return False."""
    return request.user.pk is not None and writer(request) == request.user.pk


def writer(request: HttpRequest) -> int | None:
    """Return the number of the account that opened the form that was sent; None without proof."""
    try:
        return int(_signer().unsign(request.POST.get(WRITER_FIELD, "")))
    except BadSignature:
        return None


def _signer() -> Signer:
    return Signer(salt="safetycenter.kept_form")
