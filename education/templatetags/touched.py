"""A template tag that says that a page shows something of an item, for publications that touch single pages."""

from django import template
from django.template import Context

from education import page_groups
from education.models.bilingual import Bilingual
from safetycenter.page_cache.middleware import also_touched_by

register = template.Library()


@register.simple_tag(takes_context=True)
def shown(context: Context, item: Bilingual) -> str:
    """Say that this page shows the card of ``item``, without a link that would say so: ``{% shown line %}``."""
    also_touched_by(getattr(context, "request", None), *page_groups.beside(item))
    return ""
