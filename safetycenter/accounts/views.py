"""allauth's views in the desk's frame."""

from collections.abc import Callable
from functools import wraps

from django.contrib import admin
from django.http import Http404, HttpRequest


def desk_page(view: Callable, title: str) -> Callable:
    """``view``, given what the frame of the desk shows round it, under ``title``."""

    @wraps(view)
    def framed(request: HttpRequest, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if getattr(response, "context_data", None) is not None:
            response.context_data = {
                **admin.site.each_context(request),
                "title": title,
                "subtitle": None,
                **response.context_data,
            }
        return response

    return framed


def not_here(request: HttpRequest, rest: str = ""):
    """404, where the admin's own last door would lead a visitor to sign-in."""
    raise Http404
