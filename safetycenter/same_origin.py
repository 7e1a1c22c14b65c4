"""For doors without a form token: whether a request comes from this very site, as the browser tells it.

Safe for what uses no authority: a quick exit, a reader's one tap. Nothing else may use it.
"""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from safetycenter.hints import View


def same_origin(view: View) -> View:
    """Tell a view without a form token, as ``request.is_from_here``, whether this very site sent the request.

    The view answers in any case, because someone may have to leave at once. A browser that says nothing of where the
    request came from does not count as here; then nothing may be lost by it.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.is_from_here = _is_from_here(request)  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return wrapper


def sent_by_this_site(request: HttpRequest) -> bool:
    """Return whether the browser says that a page of this very site sent this form; a missing word counts as no."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _is_from_here(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer", "")
    here = f"{request.scheme}://{request.get_host()}"
    return source == here or source.startswith(f"{here}/")
