"""For views without a CSRF token: whether this site sent the request, according to the browser's headers.

Safe only for views that use no authority: a quick exit, a reader's one-tap feedback, or the first answer of the form,
which begins a draft. Nothing else may use it. Only with ``is_same_origin`` may a view delete or begin anything; else it
asks for the CSRF token.
"""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from safetycenter.hints import View


def same_origin(view: View) -> View:
    """Decorate a view without a CSRF token: set ``request.is_same_origin`` to whether this site sent the request.

    The view answers in any case, because someone may have to leave at once. A request without the headers counts as
    foreign; then the view must not delete anything.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.is_same_origin = _is_same_origin(request)  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return wrapper


def sent_by_this_site(request: HttpRequest) -> bool:
    """Return whether the browser says that a page of this site sent this form; without the headers, return False."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _is_same_origin(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer", "")
    here = f"{request.scheme}://{request.get_host()}"
    return source == here or source.startswith(f"{here}/")
