"""Render template tags of education outside a page."""

from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from education.helplines import selection


def render_tag(tag: str) -> str:
    """What a tag renders on an Indonesian page."""
    with translation.override("id"):
        return Template("{% load education %}" + tag).render(Context())


def render_cards(*slugs: str) -> str:
    """The cards of these helplines on an Indonesian page."""
    with translation.override("id"):
        return render_to_string("education/_helpline_cards.html", {"cards": selection.by_slugs(slugs)})
