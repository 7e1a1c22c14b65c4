"""Colours that a style sheet declares."""

import re


def declared(css: str, block: str) -> dict[str, str]:
    """The hex colours of the first ``block { … }`` in a style sheet, by name."""
    body = css[css.index(block) :]
    return dict(re.findall(r"--color-([\w-]+): (#[0-9a-f]{6});", body[: body.index("}")]))
