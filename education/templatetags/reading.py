"""Template helpers for templates that have no view context."""

from django import template

from education import urls_for

register = template.Library()


@register.simple_tag
def addresses_of(name: str) -> dict[str, str]:
    """Return ``{language: path}`` of a page by its URL name: ``{% addresses_of "education:home" as alternates %}``."""
    return urls_for.urls_of_name(name)
