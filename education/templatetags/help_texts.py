"""Template tags for help texts, the interface for other apps' templates. See the docstring of ``education.help``."""

import logging

from django import template
from django.db import DatabaseError

from education import help as help_texts
from education.help import readers
from education.models import Guide
from education.models.guide import LARGE_FIELDS

log = logging.getLogger(__name__)
register = template.Library()
register.simple_tag(help_texts.help_for)


@register.inclusion_tag("education/_guides_about.html")
def guide_for_help(text: help_texts.HelpText, age: str = "") -> dict:
    """Show the link to the guide of ``text`` that fits a reader of this ``age`` (``education.help.readers``).

    Nothing if readers see no such guide. Takes one query.
    """
    try:
        own, adults = readers.guides_for(text.guide, text.person, age)
        wanted = Guide.objects.published().filter(number__in={own, adults} - {None})
        found = {guide.number: guide for guide in wanted.defer(*LARGE_FIELDS)}
    except DatabaseError:
        log.warning("no guide shown: the database does not answer")
        own, adults, found = None, None, {}
    guides = [found[own]] if own in found else []
    return {"guides": guides, "for_adults": found.get(adults), "heading": ""}
