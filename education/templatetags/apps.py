"""Template tags that link to the page of an app, from guides and from the last page of a report."""

import logging

from django import template
from django.db import DatabaseError

from education.models.platform import AGE_FIELD, anchor_of_section
from education.search import items

log = logging.getLogger(__name__)
register = template.Library()


@register.inclusion_tag("education/_app_link.html")
def app_page_link(name: str) -> dict:
    """Show a link to the page of the app with this name, if it has one: ``{% app_page_link guide.app %}``."""
    found = (one for one in items.platforms() if one.name.casefold() == name.strip().casefold())
    return {"platform": next(found, None)}


@register.inclusion_tag("education/_app_link.html")
def app_page_for(key: str, may_have_account: bool = False) -> dict:
    """Show a link to the page of the app with this key, if it has one: ``{% app_page_for "tiktok" True %}``.

    Where the age of 16 decides, it leads to the part for readers under 16, unless the person may have an account.
    """
    try:
        platform = next((one for one in items.platforms() if one.key == key), None)
    except DatabaseError:
        log.warning("no page of an app shown: the database does not answer")
        platform = None
    if platform is None or may_have_account or not platform.puts_age_first:
        return {"platform": platform}
    has_part = bool(getattr(platform.localized, AGE_FIELD))
    return {"platform": platform if has_part else None, "part": anchor_of_section(AGE_FIELD)}
