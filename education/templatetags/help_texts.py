"""Template tags for help texts, the interface for other apps' templates. See the docstring of ``education.help``."""

import logging

from django import template
from django.db import DatabaseError

from education import help as help_texts
from education.models import Guide
from education.models.guide import LARGE_FIELDS

log = logging.getLogger(__name__)
register = template.Library()
register.simple_tag(help_texts.help_for)


@register.inclusion_tag("education/_guides_about.html")
def guide_for_help(text: help_texts.HelpText, heading: str = "") -> dict:
    """Show the link to the guide of ``text`` under a heading; nothing if readers see no such guide. Takes one query."""
    try:
        guides = list(Guide.objects.published().filter(number=text.guide or 0).defer(*LARGE_FIELDS))
    except DatabaseError:
        log.warning("no guide shown: the database does not answer")
        guides = []
    return {"guides": guides, "heading": heading}
