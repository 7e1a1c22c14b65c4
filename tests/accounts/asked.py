"""What a page that asks for a proof, or gives back what was sent, holds."""

import re
from html import unescape

FIELD = re.compile(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', re.DOTALL)
SEALED = re.compile(r'name="_sealed" value="([^"]+)"')


def fields(page) -> dict[str, str]:
    """What the hidden fields of the page would send."""
    return {name: unescape(text) for name, text in FIELD.findall(page.text)}
