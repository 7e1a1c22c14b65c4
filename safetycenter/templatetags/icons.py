"""Icons as inline drawings: a sprite would take another request, which costs more on a slow line than the few bytes."""

import re
from functools import lru_cache
from pathlib import Path

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from safetycenter.page_cache import display_modes

register = template.Library()
SPRITE = Path(settings.BASE_DIR, "static/img/icons.svg")
_SYMBOL = re.compile(r'<symbol id="([\w-]+)" ([^>]*)>(.*?)</symbol>', re.DOTALL)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return the drawing called ``name``; nothing on a text-only page. Raises KeyError for an unknown name."""
    drawing = _drawings()[name]
    return SafeString("") if display_modes.is_text() else drawing


@lru_cache(maxsize=1)
def _drawings() -> dict[str, SafeString]:
    """Return every icon of the sprite by its name. Safe, because the file is ours."""
    drawn = '<svg class="icon" {} aria-hidden="true" focusable="false">{}</svg>'
    found = _SYMBOL.findall(SPRITE.read_text())
    return {name: mark_safe(drawn.format(looks, paths)) for name, looks, paths in found}  # noqa: S308
