"""Pages as a browser reads them: their fields, and which words a machine may translate."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

NOT_TYPED = {"hidden", "radio", "checkbox", "file", "submit", "button"}


def tree(page: str) -> Element:
    """The whole page."""
    return html5lib.parse(page, namespaceHTMLElements=False)


def text_fields(page: str) -> list[Element]:
    """Everything that words can be typed into."""
    inputs = [e for e in tree(page).iter("input") if e.get("type", "text") not in NOT_TYPED]
    return [*inputs, *tree(page).iter("textarea")]


def translatable(page: str) -> str:
    """All text that a machine may translate: whatever does not stand under ``translate="no"``."""
    return " ".join(_texts(tree(page)))


def _texts(element: Element) -> Iterator[str]:
    if element.get("translate") != "no":
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""
