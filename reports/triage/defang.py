"""Make the links in a text impossible to click."""

import re

LINK = re.compile(r"\b(https?)://(\S+)", re.IGNORECASE)
# The pattern starts at the first label of a name only, so that "a.a.a.…" takes linear time.
BARE = re.compile(
    r"(?<![\w-])(?<![\w-]\.)((?:[\w-]+\.)+(?:com|net|org|id|co|me|io|tv|link|site|xyz|app|gg|ly)\b\S*)", re.IGNORECASE
)


def defang(text: str) -> str:
    """Return ``text`` with links that nobody can click or load by accident: ``hxxps://example[.]com/x``."""
    text = LINK.sub(lambda m: f"{m[1].lower().replace('tt', 'xx')}://{m[2].replace('.', '[.]')}", text)
    return BARE.sub(lambda m: m[1].replace(".", "[.]"), text)
