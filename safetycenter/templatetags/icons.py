"""Icons, drawn into the page: a sprite would be one more request, which a slow line feels more than the few bytes."""

import re
from functools import lru_cache
from pathlib import Path

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
SPRITE = Path(settings.BASE_DIR, "static/img/icons.svg")
_SYMBOL = re.compile(r'<symbol id="([\w-]+)" ([^>]*)>(.*?)</symbol>', re.DOTALL)


@register.simple_tag
def icon(name: str) -> SafeString:
    """The drawing called ``name``; a KeyError for one that is not there."""
    return _drawings()[name]


@lru_cache(maxsize=1)
def _drawings() -> dict[str, SafeString]:
    """Every icon of the sprite by its name. Safe: the file is ours."""
    drawn = '<svg class="icon" {} aria-hidden="true" focusable="false">{}</svg>'
    found = _SYMBOL.findall(SPRITE.read_text())
    return {name: mark_safe(drawn.format(looks, paths)) for name, looks, paths in found}  # noqa: S308
