"""Render template tags of education outside a page."""

from django.template import Context, Template
from django.utils import translation


def render_tag(tag: str) -> str:
    """What a tag renders on an Indonesian page."""
    with translation.override("id"):
        return Template("{% load education %}" + tag).render(Context())
