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


def where_buttons_lead(page: str) -> dict[str, str]:
    """The address to which each button sends its form, by the words on it; empty for the page itself."""
    forms = list(tree(page).iter("form"))
    by_id = {form.get("id"): form for form in forms}
    inside = [(button, form) for form in forms for button in form.iter("button")]
    outside = [(button, by_id[button.get("form")]) for button in tree(page).iter("button") if button.get("form")]
    return {"".join(button.itertext()).strip(): form.get("action", "") for button, form in [*inside, *outside]}


def translatable(page: str) -> str:
    """All text that a machine may translate: whatever does not stand under ``translate="no"``."""
    return " ".join(_texts(tree(page)))


def _texts(element: Element) -> Iterator[str]:
    if element.get("translate") != "no":
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def words_of(page: str) -> int:
    """The number of words in ``<main>`` that a reader with a phone meets without opening anything.

    Sentences that a safety rule requires are not counted; their elements carry ``data-rule``, or are the notice that
    chats stay on the phone (H10).
    """
    return len(" ".join(_met(next(tree(page).iter("main")))).split())


def _met(element: Element) -> Iterator[str]:
    if element.tag in ("script", "style", "template") or element.get("data-rule") or element.get("class") == "trace":
        return
    if element.tag == "aside" and element.get("class") == "side":
        return  # on wide screens only
    if "visually-hidden" in (element.get("class") or "") or element.get("hidden") is not None:
        return
    yield element.text or ""
    closed = element.tag == "details" and element.get("open") is None
    for child in element:
        if not closed or child.tag == "summary":
            yield from _met(child)
        yield child.tail or ""
