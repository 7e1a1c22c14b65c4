"""Template tags for addresses of readers' pages, which keep the display mode that the reader has chosen."""

from typing import Any

from django import template
from django.urls import reverse

from safetycenter.page_cache import display_modes

register = template.Library()


@register.simple_tag
def page_url(name: str, *args: Any) -> str:
    """Return the address of the readers' page ``name``: ``{% page_url "education:home" %}``."""
    return display_modes.in_mode(reverse(name, args=args))


@register.filter
def in_mode(address: str) -> str:
    """Return the ``address`` of a readers' page in the chosen display mode: ``{{ address|in_mode }}``."""
    return display_modes.in_mode(address)


@register.simple_tag
def mode_query(separator: str) -> str:
    """Return the query of the chosen display mode after ``separator``, or nothing: ``?topic=3{% mode_query "&" %}``."""
    query = display_modes.in_mode("").removeprefix("?")
    return query and separator + query
